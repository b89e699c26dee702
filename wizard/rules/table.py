"""All conditions of a need judged at once.

Each condition is a row, numbered by a bit. For every variable and every mask of it the table holds one integer with
two halves: below, the rows certain under that mask (AND over its options); above, the rows still possible under it
(OR over them). ANDed over the variables they judge every row together, however many there are.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from wizard.rules.model import Condition, Mask, Need, Variable

Rows = int
"""A set of rows: bit *r* is row *r*."""
Columns = tuple[tuple[str, tuple[int, ...]], ...]
"""For each variable, and each mask of it, the rows possible above the rows certain."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on their side: every row, and the columns that judge them all together."""

    columns: Columns
    conditions: tuple[Condition, ...]
    everything: Rows = field(init=False)
    watching: Mapping[str, Rows] = field(init=False)
    """For each variable, the rows that look at it."""

    def __post_init__(self) -> None:
        watching: dict[str, Rows] = {}
        for row, condition in enumerate(self.conditions):
            for variable, _ in condition:
                watching[variable] = watching.get(variable, 0) | 1 << row
        object.__setattr__(self, "everything", (1 << len(self.conditions)) - 1)
        object.__setattr__(self, "watching", watching)

    def judge(self, masks: Mapping[str, Mask]) -> tuple[Rows, Rows]:
        """The rows that are still possible, and those that are certain."""
        rows = -1
        for variable, column in self.columns:
            rows &= column[masks[variable]]
        everything = self.everything
        return rows >> len(self.conditions) & everything, rows & everything

    def can_hold(self, masks: Mapping[str, Mask], still_open: Set[str]) -> Rows:
        """The rows that are certain, or can still become so when more is known of the open variables."""
        rows, size = self.everything, len(self.conditions)
        for variable, column in self.columns:
            judged = column[masks[variable]]
            rows &= judged >> size if variable in still_open else judged
        return rows

    def mentioned(self, rows: Rows) -> set[str]:
        """The variables that these rows look at."""
        return {variable for variable, watching in self.watching.items() if watching & rows} if rows else set()


@dataclass(frozen=True, slots=True)
class Table(Conditions):
    """Rows in the order: rules from low to high, ``who`` of each offer in ladder order, ``fits``, and the need's own.

    ``rules`` are all rule rows, and ``rule_of`` gives the rule of each; ``next_up`` are those that may be held out as
    the next step, and ``scales`` the variables on which things get harder. ``anybody`` are all ``who`` rows. ``steps``
    is the step of each rule row and then of each ``who`` row. ``from_floor`` are the ``who`` rows from a floor upwards,
    for each floor that a rule sets; ``placements`` those of placements. ``who`` and ``fits`` are the rows of each
    offer, the fits from few terms to many; ``entry`` those that let somebody have the need at all; ``sentences`` those
    of its plain sentences.
    """

    rules: Rows
    anybody: Rows
    rule_of: tuple[int, ...]
    steps: tuple[int, ...]
    from_floor: Mapping[int, Rows]
    placements: Rows
    who: tuple[Rows, ...]
    fits: tuple[Rows, ...]
    entry: Rows
    sentences: Rows
    next_up: Rows
    scales: frozenset[str]

    def rules_above(self, floor: int) -> Rows:
        """The rows of the rules for a higher step than the floor; they stand from low to high."""
        first = bisect_right(self.steps, floor, hi=len(self.rule_of))
        return self.rules >> first << first


def bits(rows: Rows) -> Iterator[int]:
    """The numbers of the rows, lowest first."""
    while rows:
        yield (rows & -rows).bit_length() - 1
        rows &= rows - 1


def build_table(need: Need, variables: Mapping[str, Variable]) -> Table:
    """Turn the conditions of a need on their side."""
    rows: list[Condition] = []
    rule_of: list[int] = []
    for index, rule in enumerate(need.rules):
        rows += rule.when
        rule_of += [index] * len(rule.when)
    who = [append_rows(rows, offer.who) for offer in need.offers]
    steps = [rule.at_least for rule in need.rules for _ in rule.when]
    steps += [offer.step for offer in need.offers for _ in offer.who]
    fits = [append_rows(rows, sorted(offer.fits, key=len)) for offer in need.offers]
    entry, sentences = append_rows(rows, need.who), append_rows(rows, need.sentences)
    return Table(
        columns=build_columns(rows, variables),
        rules=(1 << len(rule_of)) - 1,
        anybody=sum(who),
        rule_of=tuple(rule_of),
        steps=tuple(steps),
        from_floor={floor: _from_floor(need, who, floor) for floor in {rule.at_least for rule in need.rules}},
        placements=sum(rows for rows, offer in zip(who, need.offers, strict=True) if offer.placement),
        who=tuple(who),
        fits=tuple(fits),
        entry=entry,
        sentences=sentences,
        next_up=sum(1 << row for row, index in enumerate(rule_of) if not need.rules[index].never_next),
        scales=frozenset(id_ for item in need.asked if item.question.scale for id_ in item.question.variables),
        conditions=tuple(rows),
    )


def _from_floor(need: Need, who: Sequence[Rows], floor: int) -> Rows:
    return sum(rows for offer, rows in zip(need.offers, who, strict=True) if offer.step >= floor)


def build_columns(rows: Sequence[Condition], variables: Mapping[str, Variable]) -> Columns:
    """For each variable that the rows look at, and each mask of it: the rows possible above the rows certain."""
    everything = (1 << len(rows)) - 1
    by_option: dict[str, list[Rows]] = {}
    for r, row in enumerate(rows):
        for id_, allowed in row:
            options = by_option.setdefault(id_, [everything] * len(variables[id_].options))
            for option in range(len(options)):
                if not allowed >> option & 1:
                    options[option] &= ~(1 << r)
    return tuple((id_, tuple(_column(options, everything))) for id_, options in by_option.items())


def append_rows(rows: list[Condition], when: Sequence[Condition]) -> Rows:
    """Put conditions after those that stand, and tell which rows they have become."""
    start = len(rows)
    rows.extend(when)
    return ((1 << len(rows) - start) - 1) << start


def _column(by_option: Sequence[Rows], everything: Rows) -> Iterator[int]:
    """For each mask of a variable, both halves. The masks with an option are those before it, and that option."""
    possible, certain = [0], [everything]
    for rows in by_option:
        possible += [before | rows for before in possible]
        certain += [before & rows for before in certain]
    size = everything.bit_length()
    return (may << size | must for may, must in zip(possible, certain, strict=True))
