"""Which numbers of a quarter are sums of which others: the tables of the overview before anything is hidden.

Every number is told in as many sums as a reader can see it in, but a sum that follows from the others is left out, so
that each number stands in two at most (:mod:`wizard.desk.suppression`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from wizard.guide.guide import Guide
from wizard.store.counters import Key, Override, What

Cell = tuple[str, str, str]
"""A number by its table, its row and its column."""
Sum = tuple[Cell, Sequence[Cell]]
ALL = ""
"""Stands for every row or every column."""
UNSAID = "-"
"""Stands for an age that was not asked for, for no step, and for an answer about the guide as a whole."""
UP, DOWN = "up", "down"
BEFORE, AFTER, RESULT = "before", "after", "result"
"""How far visits came: not to the choice of needs, not to the result, to the result."""


class Group(NamedTuple):
    """Numbers that belong together, since they are parts of the same sums."""

    values: dict[Cell, int]
    sums: list[Sum]


@dataclass(frozen=True, slots=True)
class Counted:
    """Everything that was counted in a quarter."""

    visits: Mapping[Key, int]
    overrides: Mapping[Override, int]
    helped: Mapping[tuple[str, str], int]


def group_counts(guide: Guide, counted: Counted) -> tuple[Group, ...]:
    """The numbers with the sums that are shown of them. A cell is a table, a row and a column."""
    return (
        _needs(guide, counted.visits),
        _visits(guide, counted.visits),
        _gaps(counted.visits),
        _overrides(counted.overrides),
        _helped(counted.helped),
    )


class _Sums:
    """Numbers that are added up to sums, parts first. Where a sum is made in two ways, both are told."""

    def __init__(self) -> None:
        self.values: dict[Cell, int] = {}
        self.sums: list[Sum] = []

    def add(self, count: int, *cells: Cell) -> None:
        for cell in cells:
            self.values[cell] = self.values.get(cell, 0) + count

    def total(self, total: Cell, parts: Sequence[Cell]) -> None:
        summed = sum(self.values.setdefault(part, 0) for part in parts)
        self.values.setdefault(total, summed)
        self.sums.append((total, parts))

    def seen(self, table: str, place: int) -> list[str]:
        """The rows (1) or columns (2) of a table."""
        return [*dict.fromkeys(cell[place] for cell in self.values if cell[0] == table and cell[place] != ALL)]

    def cross(self, table: str) -> None:
        """A table with the sums of its rows, of its columns, and of it all."""
        rows, columns = self.seen(table, 1), self.seen(table, 2)
        for row in rows:
            self.total((table, row, ALL), [(table, row, column) for column in columns])
        for column in columns:
            self.total((table, ALL, column), [(table, row, column) for row in rows])
        self.total((table, ALL, ALL), [(table, row, ALL) for row in rows])
        self.total((table, ALL, ALL), [(table, ALL, column) for column in columns])

    def done(self) -> Group:
        return Group(self.values, self.sums)


def band_of(guide: Guide, step: int) -> str:
    """The band of a step; none for no step, and for one that the guide no longer has."""
    return guide.steps[step].band if step in guide.steps else UNSAID


def _needs(guide: Guide, counts: Mapping[Key, int]) -> Group:
    """Results by need: on the one side their steps with a sum per band, on the other the age groups."""
    sums = _Sums()
    for key, count in counts.items():
        if key.what is What.NEED:
            sums.add(count, ("step", key.about, str(key.step)), ("age", key.about, key.who or UNSAID))
    needs, steps, ages = sums.seen("step", 1), sums.seen("step", 2), sums.seen("age", 2)
    bands: dict[str, list[str]] = {}
    for step in steps:
        bands.setdefault(band_of(guide, int(step)), []).append(step)

    def along(row: str) -> None:
        for band, own in bands.items():
            sums.total(("band", row, band), [("step", row, step) for step in own])
        sums.total(("need", row, ALL), [("band", row, band) for band in bands])
        sums.total(("need", row, ALL), [("age", row, age) for age in ages])

    for need in needs:
        along(need)
    for table, columns in (("step", steps), ("age", ages)):
        for column in columns:
            sums.total((table, ALL, column), [(table, need, column) for need in needs])
    along(ALL)
    return sums.done()


def _visits(guide: Guide, counts: Mapping[Key, int]) -> Group:
    """How far visits came, by voice; the questions where they stopped, and the highest step of those that did not."""
    sums = _Sums()
    for key, count in counts.items():
        if key.what is What.WAITING:
            part = BEFORE if key.about in guide.questions and guide.questions[key.about].place == "core" else AFTER
            sums.add(count, ("stop", part, key.who), ("question", part, key.about))
        elif key.what is What.TOP:
            sums.add(count, ("stop", RESULT, key.who), ("top", band_of(guide, key.step), str(key.step)))
    voices, bands = sums.seen("stop", 2), dict.fromkeys(cell[1] for cell in sums.values if cell[0] == "top")
    for part in (BEFORE, AFTER, RESULT):
        sums.total(("stop", part, ALL), [("stop", part, voice) for voice in voices])
    for voice in voices:
        sums.total(("stop", ALL, voice), [("stop", part, voice) for part in (BEFORE, AFTER, RESULT)])
    sums.total(("stop", ALL, ALL), [("stop", ALL, voice) for voice in voices])
    for part in (BEFORE, AFTER):
        sums.total(("stop", part, ALL), [cell for cell in sums.values if cell[:2] == ("question", part)])
    for band in bands:
        sums.total(("top", band, ALL), [cell for cell in sums.values if cell[:2] == ("top", band)])
    sums.total(("stop", RESULT, ALL), [("top", band, ALL) for band in bands])
    return sums.done()


def _gaps(counts: Mapping[Key, int]) -> Group:
    """Needs for which the ladder had nothing suitable, by what was missing."""
    sums = _Sums()
    for key, count in counts.items():
        if key.what in (What.SHORT, What.NOTHING):
            sums.add(count, ("gap", key.about, key.what.value))
    sums.cross("gap")
    return sums.done()


def _overrides(counts: Mapping[Override, int]) -> Group:
    """How often the desk set another step, upwards or downwards: by reason, and by need."""
    sums = _Sums()
    for override, count in counts.items():
        way = UP if override.to_step > override.from_step else DOWN
        sums.add(count, ("reason", override.reason, way), ("override", override.need, way))
    for table in ("reason", "override"):
        rows = sums.seen(table, 1)
        for row in rows:
            sums.total((table, row, ALL), [(table, row, way) for way in (UP, DOWN)])
        for way in (UP, DOWN):
            sums.total(("way", ALL, way), [(table, row, way) for row in rows])
        sums.total(("way", ALL, ALL), [(table, row, ALL) for row in rows])
    return sums.done()


def _helped(counts: Mapping[tuple[str, str], int]) -> Group:
    """The answers to "did it help?", by what they are about."""
    sums = _Sums()
    for (about, answer), count in counts.items():
        sums.add(count, ("helped", about or UNSAID, answer))
    sums.cross("helped")
    return sums.done()
