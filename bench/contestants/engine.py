"""The engine itself, need by need as the product calls it, and its bit table stretched over all needs at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from bench.contestants.entry import Decision, Entry
from bench.problem import Problem, Visit
from wizard.rules.decide import decide, find_floor, find_step
from wizard.rules.model import Condition, Mask, Need, Variable
from wizard.rules.outcome import NeedOutcome
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows


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


@dataclass(frozen=True, slots=True)
class Part:
    """Where a need stands in the joined table: its rule rows, its ``who`` rows, and those from each floor upwards."""

    rules: Rows
    who: Rows
    from_floor: Mapping[int, Rows]


def enter_joined(problem: Problem) -> Entry:
    """All needs judged in one pass. Possible here because no gate makes two needs see different answers."""
    ladder = problem.ruleset.steps
    rows: list[Condition] = []
    steps = [ladder[0]]
    parts = [_part(need, ladder, rows, steps) for need in problem.ruleset.needs.values()]
    columns = _certain_columns(rows, problem.ruleset.variables)
    everything = (1 << len(rows)) - 1

    def run(visit: Visit) -> list[Decision]:
        masks, certain = visit.masks, everything
        for id_, column in columns:
            certain &= column[masks[id_]]
        decisions = []
        for part in parts:
            floor = steps[(certain & part.rules).bit_length()]
            here = certain & part.from_floor[floor]
            if here:
                decisions.append((floor, steps[(here & -here).bit_length()]))
            else:
                below = certain & part.who
                decisions.append((floor, steps[below.bit_length()] if below else floor))
        return decisions

    return Entry(run, problem.visits)


def _part(need: Need, ladder: tuple[int, ...], rows: list[Condition], steps: list[int]) -> Part:
    """Append the rows of a need, and the step of each. No row at all counts as the lowest step."""
    first = len(rows)
    for rule in need.rules:
        rows += rule.when
        steps += [rule.at_least] * len(rule.when)
    rules = (1 << len(rows)) - (1 << first)
    from_floor = dict.fromkeys(ladder, 0)
    for offer in need.offers:
        own = (1 << len(rows) + len(offer.who)) - (1 << len(rows))
        rows += offer.who
        steps += [offer.step] * len(offer.who)
        for floor in ladder:
            from_floor[floor] |= own if floor <= offer.step else 0
    return Part(rules, from_floor[ladder[0]], from_floor)


def _certain_columns(rows: list[Condition], variables: Mapping[str, Variable]) -> list[tuple[str, dict[Mask, Rows]]]:
    """For each variable and each single option of it, the rows that allow it."""
    terms = [dict(row) for row in rows]
    named = dict.fromkeys(id_ for row in terms for id_ in row)
    return [
        (id_, {1 << i: _rows_with(terms, id_, 1 << i) for i in range(len(variables[id_].options))}) for id_ in named
    ]


def _rows_with(terms: list[dict[str, Mask]], id_: str, option: Mask) -> Rows:
    bits = "".join("1" if row.get(id_, option) & option else "0" for row in reversed(terms))
    return int(bits, 2)
