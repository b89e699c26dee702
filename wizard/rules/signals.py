"""Dangers and rights, judged all at once, as :mod:`wizard.rules.table` judges the rules of a need."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from wizard.rules.model import Condition, Danger, Mask, Right, Variable
from wizard.rules.table import Conditions, Rows, append_rows, build_columns


@dataclass(frozen=True, slots=True)
class Signals(Conditions):
    """The rows of each danger; ``groups`` are these, and those of each right for whose sake a question is asked."""

    dangers: tuple[tuple[str, Rows], ...]
    groups: tuple[Rows, ...]

    def urgent(self, judged: tuple[Rows, Rows]) -> tuple[str, ...]:
        """The dangers that are certain. A "vet ikke" about safety is an answer of its own, with a danger of its own."""
        return tuple([id_ for id_, rows in self.dangers if judged[1] & rows])

    def live(self, judged: tuple[Rows, Rows], masks: Mapping[str, Mask], still_open: Set[str]) -> Rows:
        """The conditions that can still hold of dangers and rights that are neither certain nor excluded."""
        possible, certain = judged
        unsure = 0
        for rows in self.groups:
            if not certain & rows:
                unsure |= possible & rows
        return unsure & self.can_hold(masks, still_open) if unsure else 0


def build_signals(dangers: Iterable[Danger], rights: Iterable[Right], variables: Mapping[str, Variable]) -> Signals:
    """Turn the conditions of dangers and of rights on their side."""
    rows: list[Condition] = []
    of_dangers = tuple([(danger.id, append_rows(rows, danger.when)) for danger in dangers])
    of_rights = tuple([append_rows(rows, right.when) for right in rights if right.asks])
    groups = (*(of for _, of in of_dangers), *of_rights)
    return Signals(build_columns(rows, variables), tuple(rows), of_dangers, groups)
