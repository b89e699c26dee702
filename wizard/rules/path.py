"""Which question is next, which are answered, and how many can still come.

Nothing is remembered but the answers: the path is replayed from them each time, so that back and change need no code.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.rules.conditions import judge_any, mentioned
from wizard.rules.decide import find_floor
from wizard.rules.model import Answers, Need, Question, Truth
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows, Table, bits
from wizard.rules.visit import Settled, Visit, items_in_order, settle_visit


@dataclass(frozen=True, slots=True)
class Path:
    """The questions answered so far that still count, the next one, and at most how many come after the answers."""

    answered: tuple[Question, ...]
    next: Question | None
    at_most_left: int


def find_path(ruleset: Ruleset, answers: Answers) -> Path:
    """Walk the guide's order, core first, then need by need; a question shared by several needs comes once."""
    visit = settle_visit(ruleset, answers)
    relevant = {id_ for settled in visit.needs for id_ in relevant_questions(ruleset, visit, settled)}
    answered: dict[str, Question] = {}
    waiting: dict[str, Question] = {}
    possible: dict[str, Question] = {}
    for item, settled in items_in_order(ruleset, visit):
        question = item.question
        gate = (settled.gates if settled else visit.core_gates)[question.id]
        if gate is Truth.NO:
            continue
        if question.variables[0] in answers:
            if gate is Truth.YES:
                answered[question.id] = question
        elif settled is None or question.always or question.id in relevant:
            possible[question.id] = question
            if gate is Truth.YES:
                waiting[question.id] = question
    return Path(tuple(answered.values()), next(iter(waiting.values()), None), len(possible))


def relevant_questions(ruleset: Ruleset, visit: Visit, settled: Settled) -> set[str]:
    """The questions of a need that could still change its outcome, the dangers or the rights.

    A row is *live* while it is unknown and could matter: a rule above the floor, the ``fits`` of an offer on a step
    that can still be reached, a danger, a right. A question matters when a live row mentions it, or when it opens the
    gate of one that matters.
    """
    live = set(_live_variables(ruleset, visit, settled))
    relevant: set[str] = set()
    for item in reversed(settled.need.asked):
        if not live.isdisjoint(item.question.variables) and settled.gates[item.question.id] is not Truth.NO:
            relevant.add(item.question.id)
            if settled.gates[item.question.id] is Truth.UNKNOWN:
                live.update(mentioned(item.gate))
    return relevant


def _live_variables(ruleset: Ruleset, visit: Visit, settled: Settled) -> Iterator[str]:
    table = ruleset.tables[settled.need.id]
    for row in bits(_live_rows(ruleset, settled, table)):
        yield from (variable for variable, _ in table.conditions[row])
    signals = [danger.when for danger in ruleset.dangers] + [right.when for right in ruleset.rights if right.asks]
    for when in signals:
        if judge_any(when, visit.masks) is Truth.UNKNOWN:
            yield from mentioned(when)


def _live_rows(ruleset: Ruleset, settled: Settled, table: Table) -> Rows:
    """The unknown rows of rules above the floor, and of offers on the steps that can still be the result."""
    need = settled.need
    possible, certain = table.judge(settled.masks)
    floor = find_floor(ruleset, table, (possible, certain))
    live = possible & table.rules_above(floor)
    highest = table.steps[live.bit_length() - 1] if live else floor
    lowest, top = _reach(ruleset, need, table, certain, (floor, highest))
    for offer, who, fits in zip(need.offers, table.who, table.fits, strict=True):
        if lowest <= offer.step <= top and possible & who:
            live |= 0 if certain & who else possible & who
            live |= 0 if certain & fits else possible & fits
    return live & ~certain


def _reach(ruleset: Ruleset, need: Need, table: Table, certain: Rows, floors: tuple[int, int]) -> tuple[int, int]:
    """The lowest and highest step that can still be the result, for the lowest and highest floor that can."""
    sure = [offer.step for offer, who in zip(need.offers, table.who, strict=True) if certain & who]
    lowest = floors[0] if any(step >= floors[0] for step in sure) else ruleset.steps[0]
    return lowest, min((step for step in sure if step >= floors[1]), default=ruleset.steps[-1])
