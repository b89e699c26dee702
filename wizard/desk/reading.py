"""Reads what is shown of a period in the words of a guide: rows in its own order, unknown ids as they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from wizard.desk.figures import Shown, Told
from wizard.desk.sums import ALL, UNSAID
from wizard.guide.guide import Guide
from wizard.rules.answers import UNKNOWN
from wizard.web.language import gettext


@dataclass(frozen=True, slots=True)
class Row:
    """A row: what it is about, its numbers, and the words after them. ``total``: it sums the others up."""

    label: str
    numbers: tuple[Shown, ...] = ()
    words: tuple[str, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table under its name, which is also its address as a file. ``corner`` says what the rows are."""

    name: str
    title: str
    corner: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def told(self) -> bool:
        """Whether it tells anything."""
        return any(row.words if not row.numbers else any(n.count for n in row.numbers) for row in self.rows)


class Reading:
    """The numbers of a period, and the guide they were counted with."""

    def __init__(self, guide: Guide, told: Told) -> None:
        self.guide = guide
        self.told = told

    def at(self, table: str, row: str, column: str) -> Shown:
        """A number as it may be seen."""
        return self.told.at((table, row, column))

    def seen(self, table: str, place: int) -> set[str]:
        """The rows (1) or columns (2) of a table in which there is anything to tell."""
        found = (cell for cell, number in self.told.cells.items() if cell[0] == table and number.count)
        return {cell[place] for cell in found} - {ALL}

    def need(self, id_: str) -> str:
        """A need by its title."""
        return (self.guide.needs[id_].title if id_ in self.guide.needs else id_) if id_ else gettext("Alle")

    def step(self, number: int) -> str:
        """A step by its number and title."""
        if number in self.guide.steps:
            return f"{number}. {self.guide.steps[number].title}"
        return gettext("Trinn %(number)s", number=number) if number else gettext("Uten trinn")

    def columns(self, table: str, order: list[str]) -> list[str]:
        """The columns in their order; those that the guide no longer has at the end, and unusual ones where needed."""
        seen = self.seen(table, 2)
        return [id_ for id_ in order if id_ in seen or id_ not in {UNKNOWN, UNSAID}] + sorted(seen - set(order))

    def rows(self, table: str, order: Iterable[str], make: Callable[[str], Row]) -> tuple[Row, ...]:
        """A row for each that has any number, those that the guide no longer has at the end, and one for all."""
        seen = {row for row in self.seen(table, 1) if self.at(table, row, ALL).count}
        known = [id_ for id_ in order if id_ in seen]
        return tuple(make(id_) for id_ in [*known, *sorted(seen - set(known)), ALL])
