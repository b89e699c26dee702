"""Everything the rules know of a guide, in one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from wizard.rules.entry import Entries, build_entries
from wizard.rules.heard import Heard, heard_by_all, heard_by_need
from wizard.rules.model import LOWEST, Asked, AtRisk, Danger, Mask, Need, Question, Right, Variable, When
from wizard.rules.signals import Signals, build_signals
from wizard.rules.table import Table


@dataclass(frozen=True, slots=True)
class Ruleset:
    """Everything the rules know of a guide. ``steps`` are in the ladder's order, lowest first.

    ``duties`` are told to staff as rights are to citizens; nothing is asked for their sake. ``lowest`` is what every
    variable counts as while its question is shut. ``heard_by`` has what each need listens to, ``heard`` what all do.
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
    entries: Entries = field(init=False)
    lowest: Mapping[str, Mask] = field(init=False)
    heard: Heard = field(init=False)
    heard_by: Mapping[str, Heard] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "signals", build_signals(self.dangers, self.rights, self.variables))
        object.__setattr__(self, "entries", build_entries(self.needs.values(), self.variables))
        object.__setattr__(self, "lowest", dict.fromkeys(self.variables, LOWEST))
        heard = heard_by_all(self.dangers, (*self.rights, *self.duties), self.at_risk)
        object.__setattr__(self, "heard", heard)
        object.__setattr__(self, "heard_by", {id_: heard_by_need(need) for id_, need in self.needs.items()})
