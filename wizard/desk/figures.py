"""From counted numbers to shown ones: what of a quarter is hidden or rounded, and what a year adds up to.

A quarter that is over is shown with small numbers hidden (:mod:`wizard.desk.suppression`). One that still runs could be
watched while somebody sits at the next table, so its numbers are rounded down to whole fives. A year adds up what its
quarters show and nothing else, so that no quarter can be worked out from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wizard.desk.sums import Cell, Group, Sum
from wizard.desk.suppression import SMALL, hide


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as everybody may see it: as it is, or at least so many; hidden where even that would tell too much."""

    count: int
    exact: bool = True

    @property
    def hidden(self) -> bool:
        """Whether nothing is said of it."""
        return not self.exact and self.count < SMALL

    def __add__(self, other: "Shown") -> "Shown":
        return Shown(self.count + other.count, self.exact and other.exact)


NONE = Shown(0)
HIDDEN = Shown(1, exact=False)
"""What is hidden is at least one: zeros are always shown."""


def show_quarter(groups: Iterable[Group], *, over: bool) -> dict[Cell, Shown]:
    """What may be shown of a quarter."""
    shown: dict[Cell, Shown] = {}
    for group in groups:
        shown |= _with_hidden(group) if over else _rounded(group)
    return shown


def show_year(quarters: Sequence[Mapping[Cell, Shown]], sums: Iterable[Sum]) -> dict[Cell, Shown]:
    """What its quarters add up to, as far as they are shown; a sum is no less than its parts, parts before sums."""
    cells = dict.fromkeys(cell for quarter in quarters for cell in quarter)
    year = {cell: sum((quarter.get(cell, NONE) for quarter in quarters), NONE) for cell in cells}
    for total, parts in sums:
        least = sum(year[part].count for part in parts)
        if not year[total].exact and least > year[total].count:
            year[total] = Shown(least, exact=False)
    return year


def _with_hidden(group: Group) -> dict[Cell, Shown]:
    hidden = hide(group.values, group.sums)
    return {cell: HIDDEN if cell in hidden else Shown(value) for cell, value in group.values.items()}


def _rounded(group: Group) -> dict[Cell, Shown]:
    """Whole fives; a sum is the sum of these, so that it tells no more than they do."""
    totals = dict(reversed(group.sums))
    rounded: dict[Cell, int] = {}

    def value(cell: Cell) -> int:
        if cell not in rounded:
            parts = totals.get(cell)
            own = group.values[cell] // SMALL * SMALL
            rounded[cell] = own if parts is None else sum(value(part) for part in parts)
        return rounded[cell]

    return {cell: Shown(value(cell), exact=False) for cell in group.values}
