"""Everything the rules know of a guide, in one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.rules.model import Asked, AtRisk, Danger, Need, Question, Right, Variable, When
from wizard.rules.signals import Signals, build_signals
from wizard.rules.table import Table


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Everything the rules know of a guide. ``steps`` are in the ladder's order, lowest first.

    ``duties`` are told to staff as rights are to citizens; nothing is asked for their sake.
    """

    steps: tuple[int, ...]
    variables: Mapping[str, Variable]
    questions: Mapping[str, Question]
    core: tuple[Asked, ...]
    extra: tuple[Asked, ...]
    needs: Mapping[str, Need]
    tables: Mapping[str, Table]
    dangers: tuple[Danger, ...]
    rights: tuple[Right, ...]
    duties: tuple[Right, ...] = ()
    second_subject: When = ()
    open_steps: frozenset[int] = field(default_factory=frozenset)
    at_risk: tuple[AtRisk, ...] = ()
    signals: Signals = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "signals", build_signals(self.dangers, self.rights, self.variables))
