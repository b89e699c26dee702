"""Dangers and rights, judged all at once, as :mod:`wizard.rules.table` judges the rules of a need."""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from wizard.rules.model import Condition, Danger, Mask, Right, Variable
from wizard.rules.table import Conditions, Rows, append_rows, bits, build_columns


@dataclass(frozen=True, slots=True)
class Signals(Conditions):
    """The rows of each danger, and of each right for whose sake a question is asked."""

    dangers: tuple[tuple[str, Rows], ...]
    rights: tuple[Rows, ...]

    def urgent(self, judged: tuple[Rows, Rows]) -> tuple[str, ...]:
        """The dangers that are certain. A "vet ikke" about safety is an answer of its own, with a danger of its own."""
        return tuple([id_ for id_, rows in self.dangers if judged[1] & rows])

    def mentioned(self, judged: tuple[Rows, Rows], masks: Mapping[str, Mask], still_open: Set[str]) -> Iterator[str]:
        """The variables on which a danger or a right hangs that is neither certain nor excluded.

        A condition that can no longer become certain, whatever is asked, mentions nothing.
        """
        possible, certain = judged
        for rows in (*(rows for _, rows in self.dangers), *self.rights):
            if not certain & rows and possible & rows:
                for row in bits(possible & rows):
                    if can_hold(self.conditions[row], masks, still_open):
                        yield from (variable for variable, _ in self.conditions[row])


def can_hold(condition: Condition, masks: Mapping[str, Mask], still_open: Set[str]) -> bool:
    """Whether a condition is certain, or can still become so when more is known of the open variables."""
    for variable, allowed in condition:
        mask = masks[variable]
        if not mask & allowed or (mask & ~allowed and variable not in still_open):
            return False
    return True


def build_signals(dangers: Iterable[Danger], rights: Iterable[Right], variables: Mapping[str, Variable]) -> Signals:
    """Turn the conditions of dangers and of rights on their side."""
    rows: list[Condition] = []
    of_dangers = tuple([(danger.id, append_rows(rows, danger.when)) for danger in dangers])
    of_rights = tuple([append_rows(rows, right.when) for right in rights if right.asks])
    everything = (1 << len(rows)) - 1
    return Signals(build_columns(rows, variables), everything, tuple(rows), of_dangers, of_rights)
