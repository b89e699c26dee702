"""The engine itself, need by need as the product calls it, and its bit table stretched over all needs at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bench.contestants.entry import Decision, Entry
from bench.problem import Problem, Visit
from wizard.rules.decide import decide, find_floor, find_step
from wizard.rules.model import Condition, Mask, Need, Ruleset, Variable
from wizard.rules.outcome import NeedOutcome
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
    floor = find_floor(ruleset, need, table, rows)
    step, _ = find_step(need, table, rows, floor)
    return floor, step


def enter_full(problem: Problem) -> Entry:
    """The full outcome: services and reasons too."""
    ruleset = problem.ruleset

    def run(visit: Visit) -> list[NeedOutcome]:
        return [decide(ruleset, ruleset.needs[id_], visit.masks) for id_ in visit.needs]

    return Entry(run, problem.visits, lambda outcomes: [(outcome.floor, outcome.step) for outcome in outcomes])


@dataclass(frozen=True, slots=True)
class Part:
    """Where a need stands in the joined table: its rule rows, the floor that each sets, then its ``who`` rows."""

    first_rule: int
    rules: Rows
    floors: tuple[int, ...]
    first_who: int
    who: Rows
    from_floor: Mapping[int, Rows]
    steps: tuple[int, ...]


def enter_joined(problem: Problem) -> Entry:
    """All needs judged in one pass. Possible here because no gate makes two needs see different answers."""
    rows: list[Condition] = []
    parts = [_part(need, problem.ruleset.steps, rows) for need in problem.ruleset.needs.values()]
    columns = _certain_columns(rows, problem.ruleset.variables)
    everything = (1 << len(rows)) - 1

    def run(visit: Visit) -> list[Decision]:
        masks, certain = visit.masks, everything
        for id_, column in columns:
            certain &= column[masks[id_]]
        return list(_read_parts(parts, certain))

    return Entry(run, problem.visits)


def _read_parts(parts: list[Part], certain: Rows) -> Iterator[Decision]:
    for part in parts:
        floor = part.floors[(certain >> part.first_rule & part.rules).bit_length()]
        who = certain >> part.first_who & part.who
        if here := who & part.from_floor[floor]:
            yield floor, part.steps[(here & -here).bit_length() - 1]
        else:
            yield floor, part.steps[who.bit_length() - 1] if who else floor


def _part(need: Need, ladder: tuple[int, ...], rows: list[Condition]) -> Part:
    first_rule = len(rows)
    floors = [ladder[0]]
    for rule in need.rules:
        rows += rule.when
        floors += [rule.at_least] * len(rule.when)
    first_who = len(rows)
    for offer in need.offers:
        rows += offer.who
    steps = tuple(offer.step for offer in need.offers for _ in offer.who)
    from_floor = {floor: sum(1 << i for i, step in enumerate(steps) if step >= floor) for floor in ladder}
    rules, who = (1 << first_who - first_rule) - 1, (1 << len(steps)) - 1
    return Part(first_rule, rules, tuple(floors), first_who, who, from_floor, steps)


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
