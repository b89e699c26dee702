"""What is guaranteed of a guide, judged over every possible set of answers to each need.

Needs never disturb each other (see :mod:`wizard.rules.visit`), so what holds for each need holds for every visit.
A broken guarantee becomes a :class:`Finding` with the fewest answers that show it.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from wizard.rules.decide import find_floor, find_step
from wizard.rules.findings import UNHELPED, Finding, NeedAudit, smaller, smallest
from wizard.rules.model import Need
from wizard.rules.regions import Budget, Leaf, Region, Space, Wanted, cut, make_space
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows
from wizard.rules.witness import fewest_answers


def audit_need(ruleset: Ruleset, need: Need, budget: Budget) -> NeedAudit:
    """Judge every set of answers to a need. Raises ``TooLargeError`` when the budget is spent."""
    audit = _Audit(ruleset, need, make_space(ruleset, need), budget)
    regions = covered = 0
    steps: set[int] = set()
    gaps: dict[tuple[int, int], Finding] = {}
    findings: list[Finding] = []
    for leaf, floor, step in audit.results({}):
        regions += 1
        covered += audit.space.size(leaf.region)
        steps.add(step)
        if step != floor:
            found = Finding("gap", need.id, "", floor, step, leaf.region)
            gaps[floor, step] = smaller(gaps.get((floor, step)), found)
        findings += audit.unhelped(leaf, step)
    differing = tuple(map(audit.with_fewest_answers, gaps.values()))
    broken = (*map(audit.with_fewest_answers, smallest(findings)), *audit.dead_rules())
    return NeedAudit(need.id, regions, covered, tuple(sorted(steps)), differing, broken)


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


@dataclass(frozen=True, slots=True)
class _Audit:
    """A need under judgement."""

    ruleset: Ruleset
    need: Need
    space: Space
    budget: Budget

    def results(self, region: Region) -> Iterator[tuple[Leaf, int, int]]:
        """The parts of a region in which somebody may have the need, each with its floor and step."""
        entry = self.space.table.entry << self.space.half
        for leaf in cut(self.space, step_rows(self.ruleset, self.need, self.space), self.budget, region):
            if leaf.certain & entry:
                yield leaf, *floor_and_step(self.ruleset, self.space, leaf)

    def unhelped(self, leaf: Leaf, step: int) -> Iterator[Finding]:
        """Places where the step has nothing to show, ask about or say, or nothing that can be used without applying."""
        for kind in UNHELPED:
            for region, is_helped in self._parts(kind, leaf, step):
                if not is_helped:
                    yield Finding(kind, self.need.id, step=step, shown_by=region)

    def _parts(self, kind: str, leaf: Leaf, step: int) -> Iterator[tuple[Region, bool]]:
        """The parts of a region, and whether something both exists and helps there."""
        if kind == "nothing_open" and step in self.ruleset.open_steps:
            yield leaf.region, True
            return
        helping = [*self._help(kind, step), (self.space.table.sentences, self.space.table.sentences)]

        def is_helped(certain: Rows) -> bool:
            return any(certain & who and certain & fits for who, fits in helping)

        def wanted(possible: Rows, certain: Rows) -> Rows:
            if is_helped(certain):
                return 0
            rows = 0
            for who, fits in helping:
                if possible & who and possible & fits:
                    rows |= who | fits
            return rows

        for part in cut(self.space, wanted, self.budget, leaf.region):
            yield part.region, is_helped(part.certain)

    def _help(self, kind: str, step: int) -> Iterator[tuple[Rows, Rows]]:
        """``who`` and ``fits`` of what helps: the step's own, certain or not; or what can be used without applying."""
        for offer, who, fits in zip(self.need.offers, self.space.table.who, self.space.table.fits, strict=True):
            if kind == "empty" and offer.step == step and not (offer.placement or offer.included):
                yield who, fits
                yield who, fits << self.space.half
            if kind == "nothing_open" and offer.step <= step and offer.without_application and not offer.placement:
                yield who, fits

    def with_fewest_answers(self, found: Finding) -> Finding:
        """The finding with no more answers than it takes to show it."""
        shown_by = fewest_answers(found.shown_by, self.space.domains, lambda region: self._shows(region, found))
        return replace(found, shown_by=shown_by)

    def _shows(self, region: Region, found: Finding) -> bool:
        """Whether every set of answers in a region shows a finding."""
        entry = self.space.table.entry << self.space.half
        for leaf in cut(self.space, step_rows(self.ruleset, self.need, self.space), self.budget, region):
            if not leaf.certain & entry:
                return False
            floor, step = floor_and_step(self.ruleset, self.space, leaf)
            if step != found.step or (found.kind == "gap" and floor != found.floor):
                return False
            if found.kind in UNHELPED and any(is_helped for _, is_helped in self._parts(found.kind, leaf, step)):
                return False
        return True

    def dead_rules(self) -> Iterator[Finding]:
        """Rules that are never the only ones to set the floor for somebody who may have it: nobody would miss them."""
        table, entry = self.space.table, self.space.table.entry << self.space.half
        for index, rule in enumerate(self.need.rules):
            own = sum(1 << row for row, i in enumerate(table.rule_of) if i == index)
            as_high = bisect_left(table.steps, rule.at_least, hi=len(table.rule_of))
            rivals = table.rules >> as_high << as_high & ~own
            leaves = cut(self.space, _only(own, rivals, entry), self.budget)
            if not any(_alone(leaf.certain, own, rivals, entry) for leaf in leaves):
                yield Finding("dead_rule", self.need.id, rule.id)


def _only(own: Rows, rivals: Rows, entry: Rows) -> Wanted:
    """Decide whether one of ``own`` and of ``entry`` holds and none of ``rivals``, giving up where that is excluded."""

    def wanted(possible: Rows, certain: Rows) -> Rows:
        if not possible & own or not possible & entry or certain & rivals:
            return 0
        return own if not certain & own else entry if not certain & entry else rivals

    return wanted


def _alone(certain: Rows, own: Rows, rivals: Rows, entry: Rows) -> bool:
    return bool(certain & own and certain & entry and not certain & rivals)
