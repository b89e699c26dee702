"""All conditions of a need judged at once.

Each condition is a row, numbered by a bit. For every variable and every mask of it the table holds two integers:
the rows still possible under that mask (OR over its options), and the rows certain under it (AND over them). ANDed
over the variables they judge every row together, however many there are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wizard.rules.model import Condition, Mask, Need, Variable, When

Rows = int
"""A set of rows: bit *r* is row *r*."""
Columns = tuple[tuple[str, tuple[tuple[Rows, Rows], ...]], ...]
"""For each variable, and each mask of it, the rows possible and the rows certain."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows in the order: rules from low to high, ``who`` of each offer in ladder order, ``fits``, and the need's own.

    ``rule_of`` gives the rule of each rule row; ``who`` and ``fits`` the rows of each offer; ``entry`` those that
    let somebody have the need at all; ``sentences`` those of its plain sentences.
    """

    columns: Columns
    everything: Rows
    rule_of: tuple[int, ...]
    who: tuple[Rows, ...]
    fits: tuple[Rows, ...]
    entry: Rows
    sentences: Rows
    conditions: tuple[Condition, ...]

    def judge(self, masks: Mapping[str, Mask]) -> tuple[Rows, Rows]:
        """The rows that are still possible, and those that are certain."""
        possible = certain = self.everything
        for variable, column in self.columns:
            may, must = column[masks[variable]]
            possible &= may
            certain &= must
        return possible, certain


def build_table(need: Need, variables: Mapping[str, Variable]) -> Table:
    """Turn the conditions of a need on their side."""
    rows: list[Condition] = []
    rule_of: list[int] = []
    for index, rule in enumerate(need.rules):
        rows += rule.when
        rule_of += [index] * len(rule.when)
    who = [_append(rows, offer.who) for offer in need.offers]
    fits = [_append(rows, offer.fits) for offer in need.offers]
    entry, sentences = _append(rows, need.who), _append(rows, need.sentences)
    columns = build_columns(rows, variables)
    everything = (1 << len(rows)) - 1
    return Table(columns, everything, tuple(rule_of), tuple(who), tuple(fits), entry, sentences, tuple(rows))


def build_columns(rows: Sequence[Condition], variables: Mapping[str, Variable]) -> Columns:
    """For each variable that the rows look at, and each mask of it: the rows possible and the rows certain."""
    everything = (1 << len(rows)) - 1
    named = dict.fromkeys(variable for row in rows for variable, _ in row)
    return tuple((id_, tuple(_column(variables[id_], rows, everything))) for id_ in named)


def _append(rows: list[Condition], when: When) -> Rows:
    start = len(rows)
    rows.extend(when)
    return ((1 << len(rows) - start) - 1) << start


def _column(variable: Variable, rows: Sequence[Condition], everything: Rows) -> list[tuple[Rows, Rows]]:
    """For each mask of a variable: the rows possible and the rows certain."""
    size = len(variable.options)
    allowed = [dict(row).get(variable.id, -1) for row in rows]
    by_option = [sum(1 << r for r, mask in enumerate(allowed) if mask >> option & 1) for option in range(size)]
    column = [(0, everything)]
    for mask in range(1, 1 << size):
        lowest = by_option[(mask & -mask).bit_length() - 1]
        may, must = column[mask & mask - 1]
        column.append((may | lowest, must & lowest))
    return column
