"""Between which steps a need can still end, and which answers decide it: for whoever asks in an order of their own."""

from collections.abc import Iterator, Set
from dataclasses import dataclass

from wizard.rules.conditions import mentioned
from wizard.rules.decide import find_floor, find_step
from wizard.rules.model import Answers, Truth
from wizard.rules.relevance import live_rows, open_variables, questions_of, reach
from wizard.rules.ruleset import Ruleset
from wizard.rules.visit import Settled, Visit


@dataclass(frozen=True, slots=True)
class Span:
    """The lowest and highest step that a need can still end on, and the open questions that decide between them."""

    lowest: int
    highest: int
    questions: tuple[str, ...]


def find_span(ruleset: Ruleset, visit: Visit, answers: Answers, settled: Settled) -> Span:
    """What the answers so far leave open for the step of a need.

    Only questions that can be answered now are named; what they may open comes after them.
    """
    table, need = ruleset.tables[settled.need.id], settled.need
    in_core = open_variables(ruleset.core, visit.core_gates, answers, frozenset())
    still_open = open_variables(need.asked, settled.gates, answers, in_core)
    possible, certain = rows = table.judge(settled.masks)
    floor = find_floor(ruleset, table, rows)
    for_step, _ = live_rows(ruleset, settled, still_open)
    named = {*_deciding(ruleset, visit, settled, still_open, table.mentioned(for_step))}
    if not named:
        step, _ = find_step(table, rows, floor)
        return Span(step, step, ())
    sure, maybe = (
        {offer.step for offer, who in zip(need.offers, table.who, strict=True) if those & who}
        for those in (certain, possible)
    )
    lowest, top = reach(ruleset, table, sure, floor, for_step & table.rules)
    order = [item.question.id for item in (*ruleset.core, *need.asked)]
    return Span(
        min((step for step in maybe if step >= lowest), default=lowest),
        max((step for step in maybe if step <= top), default=top),
        tuple(id_ for id_ in order if id_ in named),
    )


def _deciding(ruleset: Ruleset, visit: Visit, settled: Settled, still_open: Set[str], live: set[str]) -> Iterator[str]:
    """The open questions on which the step hangs, first the need's own, then those of the core."""
    for id_ in [*questions_of(settled, still_open, live)]:
        if settled.gates[id_] is Truth.YES:
            yield id_
    for item in reversed(ruleset.core):
        if not live.isdisjoint(item.question.variables) and not still_open.isdisjoint(item.question.variables):
            gate = visit.core_gates[item.question.id]
            if gate is Truth.UNKNOWN:
                live.update(mentioned(item.gate))
            else:
                yield item.question.id
