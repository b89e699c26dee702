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
NOT_YET = Shown(0, exact=False)
"""What a number begins with while a quarter runs."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a period. ``rest`` is said of all that was never counted."""

    cells: Mapping[Cell, Shown]
    rest: Shown = NONE

    def at(self, cell: Cell) -> Shown:
        """A number as it may be seen."""
        return self.cells.get(cell, self.rest)


def show_quarter(groups: Iterable[Group], *, over: bool) -> Told:
    """What may be shown of a quarter. While it runs, nobody sees whether something was counted at all."""
    cells: dict[Cell, Shown] = {}
    for group in groups:
        cells |= _with_hidden(group) if over else _rounded(group)
    return Told(cells, NONE if over else NOT_YET)


def show_year(quarters: Sequence[Told], sums: Iterable[Sum]) -> Told:
    """What its quarters add up to, as far as they are shown; a sum is no less than its parts, parts before sums."""
    cells = dict.fromkeys(cell for quarter in quarters for cell in quarter.cells)
    year = {cell: sum((quarter.at(cell) for quarter in quarters), NONE) for cell in cells}
    for total, parts in sums:
        least = sum(year[part].count for part in parts)
        if not year[total].exact and least > year[total].count:
            year[total] = Shown(least, exact=False)
    return Told(year, sum((quarter.rest for quarter in quarters), NONE))


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
