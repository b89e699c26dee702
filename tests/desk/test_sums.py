"""Every sum that a reader of the overview can do is one that hiding knows of."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from flask import Flask

from tests.desk.test_suppression import reach, small_of
from wizard.desk.sums import ALL, Cell, Counted, Group, group_counts
from wizard.desk.suppression import SMALL, hide
from wizard.guide.guide import Guide
from wizard.store.counters import Key, Override, What
from wizard.store.helped import Helped
from wizard.web.content import content

QUARTER = "2026-Q2"


@pytest.fixture
def guide(app: Flask) -> Guide:
    with app.app_context():
        return content().guide


def drawn(guide: Guide, most: int, seed: int) -> Counted:
    """A quarter in which everything was counted, up to so many times each; ages fit the steps."""
    random = Random(seed)
    visits: dict[Key, int] = {}
    for need in guide.needs:
        for step in guide.steps:
            for age in ("young", "old", "unknown"):
                visits[Key(QUARTER, guide.id, What.NEED, need, step, age)] = random.randint(0, most)
        visits[Key(QUARTER, guide.id, What.SHORT, need, 7)] = random.randint(0, most)
        visits[Key(QUARTER, guide.id, What.NOTHING, need, 2)] = random.randint(0, most)
    for voice in ("self", "relative", "staff"):
        for question in guide.questions:
            visits[Key(QUARTER, guide.id, What.WAITING, question, 0, voice)] = random.randint(0, most)
        for step in (0, *guide.steps):
            visits[Key(QUARTER, guide.id, What.TOP, "", step, voice)] = random.randint(0, most)
    overrides = {
        Override(need, 3, to, reason): random.randint(0, most)
        for need in guide.needs for to in (2, 4) for reason in ("known", "wish", "other")
    }  # fmt: skip
    helped = {(about, answer.value): random.randint(0, most) for about in ("", "need.chores") for answer in Helped}
    return Counted({key: count for key, count in visits.items() if count}, overrides, helped)


def sums_on_the_page(group: Group) -> Iterator[tuple[Cell, list[Cell]]]:
    """Every sum by rows, by columns and between tables, as somebody reads them off the page."""
    cells = [*group.values]
    tables = {cell[0] for cell in cells}
    inner = [cell for cell in cells if ALL not in cell]
    for table in tables & {"step", "band", "age", "stop", "gap", "reason", "override", "helped"}:
        for row in {cell[1] for cell in cells if cell[0] == table}:
            total = ("need", row, ALL) if table in {"step", "band", "age"} else (table, row, ALL)
            total = ("way", ALL, ALL) if table in {"reason", "override"} and row == ALL else total
            parts = [cell for cell in cells if cell[:2] == (table, row) and cell[2] != ALL]
            if parts:
                yield total, parts
        for column in {cell[2] for cell in inner if cell[0] == table}:
            total = ("way", ALL, column) if table in {"reason", "override"} else (table, ALL, column)
            yield total, [cell for cell in inner if cell[0] == table and cell[2] == column]
    if "need" in tables:
        yield ("need", ALL, ALL), [cell for cell in cells if cell[0] == "need" and cell[1] != ALL]
    if "way" in tables:
        yield ("way", ALL, ALL), [cell for cell in cells if cell[0] == "way" and cell[2] != ALL]
    if "top" in tables:
        yield ("stop", "result", ALL), [cell for cell in inner if cell[0] == "top"]
        yield ("stop", ALL, ALL), [cell for cell in cells if cell[0] == "stop" and cell[1] != ALL and cell[2] == ALL]
        for part in ("before", "after"):
            yield ("stop", part, ALL), [cell for cell in inner if cell[:2] == ("question", part)]


def matrix(cells: list[Cell], sums: list[tuple[Cell, list[Cell]]]) -> np.ndarray:
    rows = np.zeros((len(sums), len(cells)))
    for number, (total, parts) in enumerate(sums):
        rows[number, cells.index(total)] -= 1
        for part in parts:
            rows[number, cells.index(part)] += 1
    return rows


def test_hiding_knows_every_sum_of_the_page(guide: Guide) -> None:
    for group in group_counts(guide, drawn(guide, 50, 1)):
        cells, seen = [*group.values], list(sums_on_the_page(group))
        assert len(seen) > 3
        for total, parts in seen:
            assert group.values[total] == sum(group.values[part] for part in parts), total
        known = matrix(cells, [(total, list(parts)) for total, parts in group.sums])
        both = np.vstack([known, matrix(cells, seen)])
        assert np.linalg.matrix_rank(both) == np.linalg.matrix_rank(known)


@pytest.mark.parametrize(("most", "seed"), [(2, 1), (4, 2), (12, 3), (40, 4)])
def test_no_small_number_of_the_overview_can_be_worked_out(guide: Guide, most: int, seed: int) -> None:
    for group in group_counts(guide, drawn(guide, most, seed)):
        hidden = hide(group.values, group.sums)
        seen = list(sums_on_the_page(group))
        small = list(small_of(group.values))
        assert set(small) <= hidden
        for cell in small[:: max(1, len(small) // 12)]:
            least, highest = reach(group.values, seen, hidden, cell)
            assert least <= group.values[cell] + 1e-6
            assert highest >= group.values[cell] + SMALL - 1e-6
