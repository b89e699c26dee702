"""Which open questions still matter, and how much: for a step, a danger or a right, or only for the services shown.

A row is *live* while it is unknown and could change something. A question matters while a live row mentions it, or
when it opens the gate of one that matters. Every rule here errs on the side of asking.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from wizard.rules.conditions import mentioned
from wizard.rules.decide import find_floor
from wizard.rules.model import Answers, Asked, Truth
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows, Table
from wizard.rules.visit import Settled, Visit


@dataclass(frozen=True, slots=True)
class Relevance:
    """The open variables of the core and of each need, and the needs' questions that could change something.

    ``deciding`` questions could change a step, a danger or a right; ``choosing`` ones which services are shown.
    """

    in_core: Set[str]
    by_need: Mapping[str, Set[str]]
    deciding: Set[str]
    choosing: Set[str]

    def is_open(self, item: Asked, settled: Settled | None) -> bool:
        """Whether more can still be known of a question."""
        still_open = self.by_need[settled.need.id] if settled else self.in_core
        return not still_open.isdisjoint(item.question.variables)


def find_relevance(ruleset: Ruleset, visit: Visit, answers: Answers) -> Relevance:
    """What a visit could still be asked for."""
    in_core = open_variables(ruleset.core, visit.core_gates, answers, frozenset())
    by_need = {s.need.id: open_variables(s.need.asked, s.gates, answers, in_core) for s in visit.needs}
    live = ruleset.signals.live(visit.signals, visit.masks, in_core.union(*by_need.values()))
    signals = ruleset.signals.mentioned(live)
    deciding: set[str] = set()
    choosing: set[str] = set()
    for settled in visit.needs:
        table, still_open = ruleset.tables[settled.need.id], by_need[settled.need.id]
        for_step, for_services = live_rows(ruleset, settled, still_open)
        deciding.update(questions_of(settled, still_open, signals | table.mentioned(for_step)))
        choosing.update(questions_of(settled, still_open, table.mentioned(for_services)))
    return Relevance(in_core, by_need, deciding, choosing)


def open_variables(
    items: Iterable[Asked], gates: Mapping[str, Truth], answers: Answers, before: Set[str]
) -> frozenset[str]:
    """The variables of which more can still be known (with those of ``before``).

    These are the unanswered ones of an open question, and those of a question whose gate hangs on an open variable.
    A gate that hangs on nothing but a "vet ikke" stays as it is, and so does what is behind it.
    """
    still_open = set(before)
    for item in items:
        gate, question = gates[item.question.id], item.question
        if gate is Truth.YES:
            still_open.update([variable for variable in question.variables if variable not in answers])
        elif gate is Truth.UNKNOWN and not still_open.isdisjoint(mentioned(item.gate)):
            still_open.update(question.variables)
    return frozenset(still_open)


def questions_of(settled: Settled, still_open: Set[str], live: set[str]) -> Iterator[str]:
    """The open questions of a need on which live variables hang, or that open the gate of such a question."""
    for item in reversed(settled.need.asked):
        if not live.isdisjoint(item.question.variables) and not still_open.isdisjoint(item.question.variables):
            yield item.question.id
            if settled.gates[item.question.id] is Truth.UNKNOWN:
                live.update(mentioned(item.gate))


def live_rows(ruleset: Ruleset, settled: Settled, still_open: Set[str]) -> tuple[Rows, Rows]:
    """The unknown rows that could change the step, and those that could only change the services.

    The step hangs on the rules above the floor, and on whom an offer is for where nothing certain stands on its step.
    The services hang on ``who`` and ``fits`` of every offer on a step that can still be the result.
    """
    need, table, masks = settled.need, ruleset.tables[settled.need.id], settled.masks
    possible, certain = table.judge(masks)
    floor = find_floor(ruleset, table, (possible, certain))
    above = possible & table.rules_above(floor) & ~certain
    for_step = above & table.can_hold(masks, still_open) if above else 0
    sure = {offer.step for offer, who in zip(need.offers, table.who, strict=True) if certain & who}
    lowest, top = reach(ruleset, table, sure, floor, for_step)
    for_services = 0
    for offer, who, fits in zip(need.offers, table.who, table.fits, strict=True):
        if lowest <= offer.step <= top and possible & who:
            for_services |= 0 if certain & fits else possible & fits
            if not certain & who:
                for_services |= possible & who
                for_step |= 0 if offer.step in sure else possible & who
    return for_step, for_services


def reach(ruleset: Ruleset, table: Table, sure: Set[int], floor: int, climbing: Rows) -> tuple[int, int]:
    """The lowest and highest step that can still be the result: ``sure`` are the steps with a certain offer.

    ``climbing`` are the rows of rules above the floor that can still become certain.
    """
    highest = table.steps[climbing.bit_length() - 1] if climbing else floor
    lowest = floor if any(step >= floor for step in sure) else ruleset.steps[0]
    return lowest, min((step for step in sure if step >= highest), default=ruleset.steps[-1])
