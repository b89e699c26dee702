"""What is guaranteed of a guide, judged over every possible set of answers to each need.

Needs never disturb each other (see :mod:`wizard.rules.visit`), so what holds for each need holds for every visit.
A broken guarantee becomes a :class:`Finding` with the region that shows it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from wizard.rules.decide import find_floor, find_step
from wizard.rules.model import Need, Offer
from wizard.rules.regions import Budget, Leaf, Region, Space, Wanted, cut, make_space
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken guarantee: its kind, what it is about, and answers (options left per variable) that show it."""

    kind: str
    need: str = ""
    about: str = ""
    floor: int = 0
    step: int = 0
    shown_by: Region = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NeedAudit:
    """One need, judged: how many regions, how many sets of answers they hold, which steps are reached.

    ``gaps`` are the places where the step is not the floor; whether they are accepted is the guide's to say.
    """

    need: str
    regions: int
    covered: int
    steps: tuple[int, ...]
    gaps: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def audit_need(ruleset: Ruleset, need: Need, budget: Budget) -> NeedAudit:
    """Judge every set of answers to a need. Raises ``TooLargeError`` when the budget is spent."""
    space = make_space(ruleset, need)
    regions = covered = 0
    steps: set[int] = set()
    gaps: dict[tuple[int, int], Finding] = {}
    findings: list[Finding] = []
    for leaf in cut(space, step_rows(ruleset, need, space), budget):
        if not leaf.certain & space.table.entry << space.half:
            continue
        regions += 1
        covered += space.size(leaf.region)
        floor, step = floor_and_step(ruleset, space, leaf)
        steps.add(step)
        if step != floor:
            found = Finding("gap", need.id, "", floor, step, leaf.region)
            gaps[floor, step] = _smaller(gaps.get((floor, step)), found)
        findings += _empty_results(ruleset, need, space, leaf, step, budget)
    findings += _dead_rules(need, space, budget)
    return NeedAudit(need.id, regions, covered, tuple(sorted(steps)), tuple(gaps.values()), tuple(_smallest(findings)))


def _smaller(one: Finding | None, other: Finding) -> Finding:
    return other if one is None or len(other.shown_by) < len(one.shown_by) else one


def _smallest(findings: list[Finding]) -> Iterator[Finding]:
    """One finding per thing found, the one that the fewest answers show."""
    best: dict[tuple[str, str, str, int], Finding] = {}
    for found in findings:
        key = found.kind, found.need, found.about, found.step
        best[key] = _smaller(best.get(key), found)
    return iter(best.values())


def step_rows(ruleset: Ruleset, need: Need, space: Space) -> Wanted:
    """The rows that floor and step hang on: the rules above the certain floor, then who the offers are for."""
    table = space.table

    def wanted(possible: Rows, certain: Rows) -> Rows:
        entry = table.entry << space.half
        if not possible & entry:
            return 0
        if not certain & entry:
            return entry
        floor = find_floor(ruleset, table, (possible, certain))
        above = table.rules_above(floor)
        if above & possible & ~certain:
            return above
        who = 0
        for offer, rows in zip(need.offers, table.who, strict=True):
            if offer.step >= floor:
                who |= rows
                if certain & rows:
                    return who
        return table.anybody

    return wanted


def floor_and_step(ruleset: Ruleset, space: Space, leaf: Leaf) -> tuple[int, int]:
    """Floor and step of a region in which the rows of :func:`step_rows` are decided."""
    rows = leaf.certain, leaf.certain
    floor = find_floor(ruleset, space.table, rows)
    return floor, find_step(space.table, rows, floor)[0]


def _empty_results(
    ruleset: Ruleset, need: Need, space: Space, leaf: Leaf, step: int, budget: Budget
) -> Iterator[Finding]:
    """Places where the step has nothing to show, ask about or say, or where nothing can be used without applying."""
    own = [*_rows_of(need, space, lambda o: o.step == step and not (o.placement or o.included))]
    asked = [(who, fits << space.half) for who, fits in own]
    said = [(space.table.sentences, space.table.sentences)]
    yield from _uncovered(space, leaf, own + asked + said, budget, Finding("empty", need.id, step=step))
    if step not in ruleset.open_steps:
        easy = [*_rows_of(need, space, lambda o: o.step <= step and o.without_application and not o.placement)]
        yield from _uncovered(space, leaf, easy + said, budget, Finding("nothing_open", need.id, step=step))


def _rows_of(need: Need, space: Space, admits: Callable[[Offer], bool]) -> Iterator[tuple[Rows, Rows]]:
    """``who`` and ``fits`` of the offers that ``admits`` takes."""
    for offer, who, fits in zip(need.offers, space.table.who, space.table.fits, strict=True):
        if admits(offer):
            yield who, fits


def _uncovered(
    space: Space, leaf: Leaf, offers: list[tuple[Rows, Rows]], budget: Budget, finding: Finding
) -> Iterator[Finding]:
    """The finding, for each part of the region in which no offer both exists and fits."""

    def is_covered(certain: Rows) -> bool:
        return any(certain & who and certain & fits for who, fits in offers)

    def wanted(possible: Rows, certain: Rows) -> Rows:
        if is_covered(certain):
            return 0
        rows = 0
        for who, fits in offers:
            if possible & who and possible & fits:
                rows |= who | fits
        return rows

    for part in cut(space, wanted, budget, leaf.region):
        if not is_covered(part.certain):
            yield replace(finding, shown_by=part.region)


def _dead_rules(need: Need, space: Space, budget: Budget) -> Iterator[Finding]:
    """Rules that are never the only ones to set the floor: nobody would miss them."""
    table = space.table
    for index, rule in enumerate(need.rules):
        own = sum(1 << row for row, i in enumerate(table.rule_of) if i == index)
        rivals = sum(
            1 << row for row, i in enumerate(table.rule_of) if i != index and need.rules[i].at_least >= rule.at_least
        )
        wanted = _only(own, rivals)
        if not any(leaf.certain & own and not leaf.certain & rivals for leaf in cut(space, wanted, budget)):
            yield Finding("dead_rule", need.id, rule.id)


def _only(own: Rows, rivals: Rows) -> Wanted:
    """Decide whether one of ``own`` holds and none of ``rivals`` does, giving up where that is excluded."""

    def wanted(possible: Rows, certain: Rows) -> Rows:
        if not possible & own or certain & rivals:
            return 0
        return rivals if certain & own else own

    return wanted
