"""Which needs somebody may have at all, judged for all needs at once; only an age or a role excludes one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from wizard.rules.model import NEEDS, YES, Condition, Mask, Need, Variable
from wizard.rules.table import Conditions, Rows, append_rows, build_columns


class Entry(NamedTuple):
    """A need, the tick that chooses it, and the rows of ``who`` may have it."""

    need: Need
    tick: str
    who: Rows


@dataclass(frozen=True, slots=True)
class Entries(Conditions):
    """The ``who`` of every need."""

    entries: tuple[Entry, ...]

    def offered(self, core: Mapping[str, Mask]) -> tuple[Need, ...]:
        """The needs that somebody may have who answered the core like this."""
        return self._possible(self.entries, core)

    def chosen(self, core: Mapping[str, Mask]) -> tuple[Need, ...]:
        """Those of them that are ticked."""
        ticked = [entry for entry in self.entries if core.get(entry.tick) == YES]
        return self._possible(ticked, core) if ticked else ()

    def _possible(self, entries: Iterable[Entry], core: Mapping[str, Mask]) -> tuple[Need, ...]:
        possible, _ = self.judge(core)
        return tuple([entry.need for entry in entries if possible & entry.who])


def build_entries(needs: Iterable[Need], variables: Mapping[str, Variable]) -> Entries:
    """Turn the ``who`` of all needs on their side."""
    rows: list[Condition] = []
    entries = tuple([Entry(need, f"{NEEDS}.{need.id}", append_rows(rows, need.who)) for need in needs])
    return Entries(build_columns(rows, variables), tuple(rows), entries)
