"""Hides small numbers, and as many others as it takes that nobody can work a small one out from the sums around it.

A number from 1 to 4 might tell of somebody, so it is hidden. Where sums are shown as well, it could be had back by
subtracting; so more numbers are hidden, until every small one might, for all that is shown, be five more than it is,
and also as little as 1, or as its own parts let it be. Zeros are always shown: nobody stands behind them, and which
cannot be otherwise anybody can read in the guide. All that is hidden looks the same, since a mark that told small from
large would be a clue itself.

Every number belongs to at most two sums, as in a table with margins, or in two tables that share a margin. Then the
numbers are flows in a network, and what one of them may be is asked by sending as much as possible around through the
others: exact, and in whole numbers (complementary cell suppression by network flow; Cox, "Network Models for
Complementary Cell Suppression", Journal of the American Statistical Association 90, 1995).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any

SMALL = 5
"""Numbers under this one are hidden, and could be so many more than they are for all that can be worked out."""
Cell = Any
"""What a number is known by, whatever can be a key."""
Sum = tuple[Cell, Sequence[Cell]]
"""A number, and the numbers that it is the sum of."""
_DEAR = 8
"""How much rather a part is hidden than a sum."""
_OUTSIDE = -1


@dataclass(frozen=True, slots=True)
class _Arc:
    """A number as a flow from one sum to another."""

    tail: int
    head: int
    value: int
    cost: int


def hide(values: Mapping[Cell, int], sums: Sequence[Sum]) -> frozenset[Cell]:
    """What must not be shown. Raises :class:`ValueError` where the sums do not hold, or are no network."""
    arcs = _arcs(values, sums)
    small = sorted((cell for cell in values if 0 < values[cell] < SMALL), key=lambda cell: (values[cell], str(cell)))
    hidden = set(small)
    network = _Network({cell: arc for cell, arc in arcs.items() if arc.value > 0}, hidden)
    for cell in small:
        network.make_room(cell, up=True, units=SMALL)
        network.make_room(cell, up=False, units=values[cell] - 1)
    return frozenset(hidden)


class _Network:
    """The numbers that are not zero, and those of them that are hidden so far."""

    def __init__(self, arcs: Mapping[Cell, _Arc], hidden: set[Cell]) -> None:
        self.arcs = arcs
        self.hidden = hidden
        self.at: defaultdict[int, list[Cell]] = defaultdict(list)
        for cell, arc in arcs.items():
            self.at[arc.tail].append(cell)
            self.at[arc.head].append(cell)

    def make_room(self, cell: Cell, *, up: bool, units: int) -> None:
        """Hide what it takes, at the least cost, for a number to be so many units more than it is.

        Or less; but a sum of hidden numbers is never less than one for each, so there may be no way down.
        """
        arc = self.arcs[cell]
        start, end = (arc.head, arc.tail) if up else (arc.tail, arc.head)
        moved: dict[Cell, int] = {}
        while units > 0:
            way = self._cheapest_way(cell, start, end, moved)
            if way is None:
                return
            units -= (step := min([units, *(self._room(*turn, moved) for turn in way)]))
            for other, sign in way:
                moved[other] = moved.get(other, 0) + sign * step
                self.hidden.add(other)

    def _room(self, cell: Cell, sign: int, moved: Mapping[Cell, int]) -> int:
        """How far a number can be moved; what is hidden is known to be at least one."""
        return SMALL if sign > 0 else self.arcs[cell].value + moved.get(cell, 0) - 1

    def _cheapest_way(
        self, avoid: Cell, start: int, end: int, moved: Mapping[Cell, int]
    ) -> list[tuple[Cell, int]] | None:
        """From one sum to another by numbers that grow or shrink, hiding as little as possible (Dijkstra)."""
        order = count()
        queue: list[tuple[int, int, int]] = [(0, next(order), start)]
        came: dict[int, tuple[int, Cell, int]] = {}
        best = {start: 0}
        while queue:
            cost, _, here = heappop(queue)
            if here == end:
                break
            if cost > best[here]:
                continue
            for cell, sign, there in self._onward(avoid, here, moved):
                total = cost + (0 if cell in self.hidden else self.arcs[cell].cost)
                if total < best.get(there, total + 1):
                    best[there], came[there] = total, (here, cell, sign)
                    heappush(queue, (total, next(order), there))
        return list(_walked_back(came, start, end)) if end in best else None

    def _onward(self, avoid: Cell, here: int, moved: Mapping[Cell, int]) -> Iterator[tuple[Cell, int, int]]:
        for cell in self.at[here]:
            arc = self.arcs[cell]
            sign, there = (1, arc.head) if arc.tail == here else (-1, arc.tail)
            if cell != avoid and self._room(cell, sign, moved) > 0:
                yield cell, sign, there


def _walked_back(came: Mapping[int, tuple[int, Cell, int]], start: int, end: int) -> Iterator[tuple[Cell, int]]:
    while end != start:
        end, cell, sign = came[end]
        yield cell, sign


def _arcs(values: Mapping[Cell, int], sums: Sequence[Sum]) -> dict[Cell, _Arc]:
    """Every number as an arc between the two sums that it belongs to; outside is a sum like the others."""
    places: defaultdict[Cell, list[tuple[int, int]]] = defaultdict(list)
    for number, (total, parts) in enumerate(sums):
        if values[total] != sum(values[part] for part in parts):
            raise ValueError(f"{total} is not the sum of its parts")
        places[total].append((number, -1))
        for part in parts:
            places[part].append((number, 1))
    signs = _orient(places, len(sums))
    totals = {total for total, _ in sums}
    arcs = {}
    for cell, value in values.items():
        ends = {sign * signs[number]: number for number, sign in places[cell]}
        cost = (value + 1) * (_DEAR if cell in totals else 1)
        arcs[cell] = _Arc(ends.get(-1, _OUTSIDE), ends.get(1, _OUTSIDE), value, cost)
    return arcs


def _orient(places: Mapping[Cell, Sequence[tuple[int, int]]], sums: int) -> list[int]:
    """A sign per sum, so that every number that belongs to two flows into one and out of the other."""
    beside: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for cell, found in places.items():
        if len(found) > 2:
            raise ValueError(f"{cell} belongs to more than two sums")
        if len(found) == 2:
            (one, a), (other, b) = found
            beside[one].append((other, -a * b))
            beside[other].append((one, -a * b))
    signs = [0] * sums
    for first in range(sums):
        if signs[first]:
            continue
        signs[first], waiting = 1, [first]
        while waiting:
            here = waiting.pop()
            for there, turn in beside[here]:
                if not signs[there]:
                    signs[there] = turn * signs[here]
                    waiting.append(there)
                elif signs[there] != turn * signs[here]:
                    raise ValueError("these sums are no network")
    return signs
