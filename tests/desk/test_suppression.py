"""Small numbers cannot be worked out by whoever adds and subtracts what is shown, however cleverly."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wizard.desk.suppression import SMALL, Cell, Sum, hide

ALL = "all"
COUNTS = st.one_of(st.integers(0, 6), st.just(0), st.integers(0, 60))
Table = dict[Cell, int]


def margins(inner: Mapping[tuple[str, str], int], name: str = "") -> tuple[Table, list[Sum]]:
    """A table with the sums of its rows and columns, and all of it."""
    rows, columns = sorted({row for row, _ in inner}), sorted({column for _, column in inner})
    table: Table = {(name, *cell): count for cell, count in inner.items()}
    sums: list[Sum] = [((name, row, ALL), [(name, row, column) for column in columns]) for row in rows]
    sums += [((name, ALL, column), [(name, row, column) for row in rows]) for column in [*columns]]
    sums.append(((name, ALL, ALL), [(name, row, ALL) for row in rows]))
    for total, parts in sums:
        table[total] = sum(table[part] for part in parts)
    sums.append(((name, ALL, ALL), [(name, ALL, column) for column in columns]))
    return table, sums


def reach(table: Table, sums: Sequence[Sum], hidden: frozenset[Cell], cell: Cell) -> tuple[float, float]:
    """The least and the most that somebody can prove a hidden number to be, who knows how numbers are hidden."""
    unknown = sorted(hidden, key=str)
    place = {other: i for i, other in enumerate(unknown)}
    left, right = [], []
    for total, parts in sums:
        row, known = np.zeros(len(unknown)), 0
        for other, sign in [(total, -1), *((part, 1) for part in parts)]:
            if other in place:
                row[place[other]] += sign
            else:
                known += sign * table[other]
        left.append(row)
        right.append(-known)
    bounds = [(1, None)] * len(unknown)  # zeros are always shown, so what is hidden is at least one
    found = []
    for sign in (1, -1):
        goal = np.zeros(len(unknown))
        goal[place[cell]] = sign
        answer = linprog(goal, A_eq=np.array(left), b_eq=np.array(right), bounds=bounds)
        found.append(float("inf") if answer.status == 3 else abs(answer.fun))
    return found[0], found[1]


def small_of(table: Table) -> Iterator[Cell]:
    return (cell for cell, count in table.items() if 0 < count < SMALL)


def holds(table: Table, sums: Sequence[Sum]) -> frozenset[Cell]:
    """Every small number is hidden and could be five more; nothing that is zero is hidden."""
    hidden = hide(table, sums)
    assert set(small_of(table)) <= hidden
    assert all(table[cell] for cell in hidden)
    for cell in small_of(table):
        least, most = reach(table, sums, hidden, cell)
        assert least <= table[cell] + 1e-6
        assert most >= table[cell] + SMALL - 1e-6
    return hidden


@st.composite
def tables(draw: st.DrawFn) -> dict[tuple[str, str], int]:
    rows, columns = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    cells = product("abcde"[:rows], "vwxyz"[:columns])
    return {cell: draw(COUNTS) for cell in cells}


@settings(max_examples=150, deadline=None)
@given(tables())
def test_no_small_number_of_a_table_can_be_worked_out(inner: dict[tuple[str, str], int]) -> None:
    table, sums = margins(inner)
    hidden = holds(table, sums)
    for cell in small_of(table):
        if ALL not in str(cell):
            assert reach(table, sums, hidden, cell)[0] <= 1 + 1e-6


@settings(max_examples=80, deadline=None)
@given(st.data(), st.lists(st.lists(COUNTS, min_size=3, max_size=3), min_size=1, max_size=4))
def test_nor_of_two_tables_that_share_a_margin(data: st.DataObject, steps: list[list[int]]) -> None:
    """Rows are needs; on one side the steps with a sum in between, on the other the same visits by age."""
    left = {(str(i), str(j)): count for i, row in enumerate(steps) for j, count in enumerate(row)}
    table, sums = margins(left, "step")
    right: dict[tuple[str, str], int] = {}
    for i, row in enumerate(steps):
        young = data.draw(st.integers(0, sum(row)))
        right |= {(str(i), "young"): young, (str(i), "old"): sum(row) - young}
    other, others = margins(right, "age")
    shared = {("age", *cell[1:]): cell for cell in table if cell[2] == ALL}
    table |= {cell: count for cell, count in other.items() if cell not in shared}
    both = sums + [(shared.get(total, total), [shared.get(part, part) for part in parts]) for total, parts in others]
    network = [s for s in both if s[0] != ("step", ALL, ALL) or s[1][0] != ("step", "0", ALL)]  # said by others already
    assert len(network) == len(both) - 2
    hidden = hide(table, network)
    for cell in small_of(table):
        assert cell in hidden
        least, most = reach(table, both, hidden, cell)
        assert least <= table[cell] + 1e-6
        assert most >= table[cell] + SMALL - 1e-6


def test_a_table_of_large_numbers_is_shown_whole() -> None:
    assert hide(*margins({("a", "x"): 5, ("a", "y"): 0, ("b", "x"): 9, ("b", "y"): 70})) == frozenset()


def test_one_small_number_takes_three_others_with_it_and_no_more() -> None:
    inner = {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40, ("c", "x"): 90, ("c", "y"): 90}
    table, sums = margins(inner)
    assert hide(table, sums) == {("", *cell) for cell in [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]}


def test_without_enough_of_it_nothing_is_shown_but_zeros() -> None:
    table, sums = margins({("a", "x"): 2, ("a", "y"): 0})
    assert hide(table, sums) == {cell for cell, count in table.items() if count}


@pytest.mark.parametrize(
    ("values", "sums", "fault"),
    [
        ({"t": 3, "a": 1, "b": 1}, [("t", ["a", "b"])], "not the sum"),
        ({"t": 1, "u": 1, "v": 1, "a": 1}, [("t", ["a"]), ("u", ["a"]), ("v", ["a"])], "more than two"),
        (dict.fromkeys("abcpqr", 0), [("p", ["a", "b"]), ("q", ["b", "c"]), ("r", ["c", "a"])], "no network"),
    ],
)
def test_what_cannot_be_judged_is_refused(values: Table, sums: list[Sum], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        hide(values, sums)
