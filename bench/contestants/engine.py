"""The engine itself, need by need as the product calls it, and its bit table stretched over all needs at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter

from bench.contestants.entry import Decision, Entry
from bench.problem import CORE, Problem, Visit
from wizard.rules.conditions import judge_any
from wizard.rules.decide import decide, find_floor, find_step
from wizard.rules.model import Mask, Need, Truth
from wizard.rules.outcome import NeedOutcome
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows, build_columns


def enter(problem: Problem) -> Entry:
    """The bare decision: floor and step of each need of the visit."""
    ruleset = problem.ruleset

    def run(visit: Visit) -> list[Decision]:
        return [_bare(ruleset, ruleset.needs[id_], visit.masks) for id_ in visit.needs]

    return Entry(run, problem.visits)


def _bare(ruleset: Ruleset, need: Need, masks: Mapping[str, Mask]) -> Decision:
    table = ruleset.tables[need.id]
    rows = table.judge(masks)
    floor = find_floor(ruleset, table, rows)
    step, _ = find_step(table, rows, floor)
    return floor, step


def enter_full(problem: Problem) -> Entry:
    """The full outcome: services and reasons too."""
    ruleset = problem.ruleset

    def run(visit: Visit) -> list[NeedOutcome]:
        return [decide(ruleset, ruleset.needs[id_], visit.masks) for id_ in visit.needs]

    return Entry(run, problem.visits, lambda outcomes: [(outcome.floor, outcome.step) for outcome in outcomes])


Place = tuple[int, Decision, Rows]
"""What a certain rule says: the number of its need, the decision, and every row below those of the need."""


@dataclass(frozen=True, slots=True)
class Joined:
    """One bit table over the rules of all needs, each from low to high: the rows, and the columns to look them up.

    Two questions share a column, which gives the rows certain under the masks of both: half as many look-ups.
    """

    needs: tuple[Need, ...]
    lowest: int
    everything: Rows
    first: Callable[[Mapping[str, Mask]], tuple[Mask, ...]]
    second: Callable[[Mapping[str, Mask]], tuple[Mask, ...]]
    columns: tuple[tuple[tuple[Rows, ...], ...], ...]

    def person(self, masks: Mapping[str, Mask]) -> tuple[list[Decision], list[Place]]:
        """For somebody of this age and role: what is decided where no rule holds, and what each row then decides."""
        decided, places = [], [(0, (0, 0), 0)]
        for number, need in enumerate(self.needs):
            here = [offer.step for offer in need.offers if judge_any(offer.who, masks) is Truth.YES]
            decided.append((self.lowest, _step(here, self.lowest)))
            below = (1 << len(places) - 1) - 1
            for rule in need.rules:
                places += [(number, (rule.at_least, _step(here, rule.at_least)), below)] * len(rule.when)
        return decided, places


def enter_joined(problem: Problem) -> Entry:
    """All needs decided in one pass, from the highest certain row down; each jumps over the rest of its need.

    Which step follows which floor hangs on age and role alone, and is worked out once for each of them. Possible here
    because no gate makes two needs see different answers.
    """
    joined = _join(problem)
    everything, first, second, columns = joined.everything, joined.first, joined.second, joined.columns
    who, people = itemgetter(*CORE), dict[tuple[Mask, ...], tuple[list[Decision], list[Place]]]()

    def run(visit: Visit) -> list[Decision]:
        masks, certain = visit.masks, everything
        for one, other, column in zip(first(masks), second(masks), columns, strict=True):
            certain &= column[one][other]
        someone = who(masks)
        if someone not in people:
            people[someone] = joined.person(masks)
        decided, places = people[someone]
        decided = decided[:]
        while certain:
            number, decision, below = places[certain.bit_length()]
            decided[number] = decision
            certain &= below
        return decided

    return Entry(run, problem.visits)


def _step(here: list[int], floor: int) -> int:
    """The lowest step at or above the floor with a service, or the nearest below."""
    return next((step for step in here if step >= floor), here[-1] if here else floor)


def _join(problem: Problem) -> Joined:
    ruleset = problem.ruleset
    rows = [row for need in ruleset.needs.values() for rule in need.rules for row in rule.when]
    everything = (1 << len(rows)) - 1
    columns = [(id_, [both & everything for both in column]) for id_, column in build_columns(rows, ruleset.variables)]
    pairs = list(zip(columns[::2], columns[1::2] + columns[:1], strict=False))
    return Joined(
        needs=tuple(ruleset.needs.values()),
        lowest=ruleset.steps[0],
        everything=everything,
        first=itemgetter(*(one for (one, _), _ in pairs)),
        second=itemgetter(*(other for _, (other, _) in pairs)),
        columns=tuple(tuple(tuple(a & b for b in others) for a in ones) for (_, ones), (_, others) in pairs),
    )
