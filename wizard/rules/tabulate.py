"""The decision table of a need: these answers, this step, these services. Complete, and as small as it can be told.

Of two forms the smaller was chosen. A list of regions that do not overlap has to spell out everything that did *not*
happen in every row; a large need then fills over a thousand rows that nobody reads. Here the table is read from the
top: blocks of rows, highest floor first, and the first block with a fitting row decides. The last row always fits,
so nobody falls through. That is the engine's own order, and it takes no more rows than the need has rules.

A row *fits* when its answers are certain. It is true by itself, too: whoever it fits is on its floor or above. So an
answer is left out of a row only where it goes without saying (its gate demands it, or nobody else may have the need),
and a row only where it never decides anything. What a spent budget cannot show to be superfluous stays.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wizard.rules.audit import floor_and_step, step_rows
from wizard.rules.conditions import judge_any
from wizard.rules.minimal import Judge, Line
from wizard.rules.model import Answers, Condition, Need, Offer, Truth, When
from wizard.rules.regions import Budget, cut, make_space
from wizard.rules.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Row:
    """Answers that lead to the step of their block, and the rule that says so; no rule where nothing else fits."""

    rule: str
    when: When


@dataclass(frozen=True, slots=True)
class Shown:
    """A service that a step can show: whom it exists for, and when it fits."""

    offer: Offer
    who: When
    fits: When


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that lead to one step. ``floor`` differs from it where the ladder has nothing for the person there."""

    floor: int
    step: int
    rows: tuple[Row, ...]
    services: tuple[Shown, ...] = ()

    @property
    def when(self) -> When:
        """Every set of answers that this block is for, unless a block above it is."""
        return tuple(condition for row in self.rows for condition in row.when)


def tabulate(ruleset: Ruleset, need: Need, budget: Budget) -> tuple[Block, ...]:
    """The table of a need. Raises ``TooLargeError`` where the budget does not reach to tell the steps apart."""
    blocks: list[Block] = []
    judge = Judge(ruleset, need, budget)
    for floor, step, lines in _draft(ruleset, need, _steps_by_floor(ruleset, need, budget)):
        above = tuple(condition for block in blocks for condition in block.when)
        kept = judge.without_dead(judge.merged([(rule, judge.shorten(c)) for rule, c in lines]), above)
        if kept:
            blocks.append(Block(floor, step, tuple(_rows(kept)), tuple(_shown(need, step, judge))))
    return tuple(blocks)


def find_block(blocks: Iterable[Block], masks: Answers) -> Block:
    """The block that decides under settled answers: the first that has a fitting row."""
    return next(block for block in blocks if judge_any(block.when, masks) is Truth.YES)


def _steps_by_floor(ruleset: Ruleset, need: Need, budget: Budget) -> Mapping[int, set[int]]:
    """Which steps each floor leads to, for somebody."""
    space = make_space(ruleset, need)
    found: dict[int, set[int]] = {}
    for leaf in cut(space, step_rows(ruleset, need, space), budget):
        if leaf.certain & space.table.entry << space.half:
            floor, step = floor_and_step(ruleset, space, leaf)
            found.setdefault(floor, set()).add(step)
    return found


def _draft(ruleset: Ruleset, need: Need, reached: Mapping[int, set[int]]) -> Iterator[tuple[int, int, list[Line]]]:
    """The rules as blocks, highest floor first. Where a floor leads to several steps, the one an offer exists on."""
    for floor in sorted(reached, reverse=True):
        lines = [(rule.id, condition) for rule in need.rules if rule.at_least == floor for condition in rule.when]
        if floor == ruleset.steps[0]:
            lines = [("", ())]
        if len(reached[floor]) == 1:
            (step,) = reached[floor]
            yield floor, step, lines
            continue
        for step in sorted(reached[floor], key=lambda step: (step < floor, abs(step - floor))):
            who = [condition for offer in need.offers if offer.step == step for condition in offer.who]
            joined = [(rule, both) for rule, c in lines for w in who if (both := _join(c, w)) is not None]
            yield floor, step, joined
        yield floor, floor, lines


def _join(one: Condition, other: Condition) -> Condition | None:
    """Both conditions in one; None where they exclude each other."""
    terms = dict(one)
    for variable, allowed in other:
        terms[variable] = terms.get(variable, allowed) & allowed
    return None if 0 in terms.values() else tuple(terms.items())


def _rows(lines: Iterable[Line]) -> Iterator[Row]:
    """The lines of a block, with those of one rule together."""
    by_rule: dict[str, list[Condition]] = {}
    for rule, condition in lines:
        by_rule.setdefault(rule, []).append(condition)
    return (Row(rule, tuple(conditions)) for rule, conditions in by_rule.items())


def _shown(need: Need, step: int, judge: Judge) -> Iterator[Shown]:
    for offer in need.offers:
        if offer.step == step:
            yield Shown(offer, judge.simplify(offer.who), judge.simplify(offer.fits))
