"""A whole visit: whose needs, which dangers, which rights. The one door through which answers become an outcome."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from wizard.rules.conditions import judge_any, settle
from wizard.rules.decide import decide
from wizard.rules.early import early_offers
from wizard.rules.model import Answers, Asked, Mask, Need, Right, Truth
from wizard.rules.outcome import NeedOutcome, Outcome, SubjectOutcome
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows

PERSON, RELATIVE = "person", "relative"


@dataclass(frozen=True, slots=True)
class Settled:
    """A need under the answers: what is possible for its variables, and which of its questions are open."""

    need: Need
    masks: Mapping[str, Mask]
    gates: Mapping[str, Truth]


@dataclass(frozen=True, slots=True)
class Visit:
    """The answers settled behind their gates: the core, each chosen need by itself, and all of it together.

    ``signals`` are the conditions of dangers and rights under all of it, as :class:`wizard.rules.signals.Signals` has
    judged them.
    """

    core: Mapping[str, Mask]
    core_gates: Mapping[str, Truth]
    needs: tuple[Settled, ...]
    masks: Mapping[str, Mask]
    signals: tuple[Rows, Rows]

    def chosen(self) -> Iterator[Need]:
        """The needs the visit is about."""
        return (settled.need for settled in self.needs)


def settle_visit(ruleset: Ruleset, answers: Answers) -> Visit:
    """Settle the core, then each chosen need apart, so that needs never disturb each other.

    A question that several needs share counts, for the visit as a whole, as the need whose gate is most open has it.
    """
    core, core_gates = settle(ruleset.core, answers, {})
    needs = tuple([Settled(need, *settle(need.asked, answers, core)) for need in ruleset.entries.chosen(core)])
    before = {**ruleset.lowest, **core}
    masks = {**before, **_most_open(needs), **_answered(ruleset, answers, before)}
    return Visit(core, core_gates, needs, masks, ruleset.signals.judge(masks))


def _answered(ruleset: Ruleset, answers: Answers, before: Mapping[str, Mask]) -> dict[str, Mask]:
    """What the extra questions were answered with, where they were."""
    extra = [variable for item in ruleset.extra for variable in item.question.variables if variable in answers]
    if not extra:
        return {}
    masks, _ = settle(ruleset.extra, answers, before)
    return {variable: masks[variable] for variable in extra}


def _most_open(needs: Iterable[Settled]) -> dict[str, Mask]:
    """Per variable of the needs' questions, the mask of the need whose gate is most open."""
    order = (Truth.NO, Truth.UNKNOWN, Truth.YES)
    best: dict[str, tuple[int, Mask]] = {}
    for settled in needs:
        for item in settled.need.asked:
            openness = order.index(settled.gates[item.question.id])
            for variable in item.question.variables:
                if variable not in best or openness > best[variable][0]:
                    best[variable] = openness, settled.masks[variable]
    return {variable: mask for variable, (_, mask) in best.items()}


def assess(ruleset: Ruleset, answers: Answers, visit: Visit | None = None) -> Outcome:
    """The outcome of a visit, finished or not: per subject its needs, dangers and rights.

    ``visit`` is the answers settled, where somebody has done so already.
    """
    visit = visit or settle_visit(ruleset, answers)
    outcomes: dict[str, list[NeedOutcome]] = {PERSON: [], RELATIVE: []}
    for settled in visit.needs:
        outcome = decide(ruleset, settled.need, settled.masks)
        outcomes[subject_of(ruleset, visit, settled.need.subject)].append(outcome)
    chosen = frozenset(settled.need.id for settled in visit.needs)
    subjects = []
    for subject, needs in outcomes.items():
        urgent = tuple(_urgent(ruleset, visit, subject))
        if needs or urgent or subject == PERSON:
            early = early_offers(ruleset, visit.masks, chosen) if subject == PERSON else ()
            subjects.append(SubjectOutcome(subject, tuple(needs), urgent, early=early))
    if len(subjects) > 1 and not (subjects[0].needs or subjects[0].urgent or subjects[0].early):
        del subjects[0]
    return Outcome(tuple(_with_rights(ruleset, visit, subjects)))


def subject_of(ruleset: Ruleset, visit: Visit, subject: str) -> str:
    """Whose result a need or danger belongs to: the relative's own only where a visit has two subjects."""
    two = subject == RELATIVE and judge_any(ruleset.second_subject, visit.core) is Truth.YES
    return RELATIVE if two else PERSON


def _urgent(ruleset: Ruleset, visit: Visit, subject: str) -> Iterator[str]:
    urgent = ruleset.signals.urgent(visit.signals)
    for danger in ruleset.dangers if urgent else ():
        if danger.id in urgent and subject_of(ruleset, visit, danger.subject) == subject:
            yield danger.id


def _with_rights(ruleset: Ruleset, visit: Visit, outcomes: list[SubjectOutcome]) -> Iterator[SubjectOutcome]:
    """Tell everybody of their rights; a right of somebody who has no result of their own is told to all."""
    told = {outcome.subject for outcome in outcomes}
    for outcome in outcomes:
        steps = [need.step for need in outcome.needs]
        others = told - {outcome.subject}
        rights = (r for r in ruleset.rights if not (r.subject and subject_of(ruleset, visit, r.subject) in others))
        yield replace(outcome, rights=tuple(right.id for right in rights if _holds(right, visit, steps)))


def duties_told(ruleset: Ruleset, answers: Answers, outcome: Outcome) -> tuple[str, ...]:
    """The duties of staff that the answers of a visit, and all steps of its outcome, call for."""
    visit = settle_visit(ruleset, answers)
    steps = [need.step for subject in outcome.subjects for need in subject.needs]
    return tuple(duty.id for duty in ruleset.duties if _holds(duty, visit, steps))


def _holds(right: Right, visit: Visit, steps: list[int]) -> bool:
    """A right holds on any one of its grounds."""
    if judge_any(right.when, visit.masks) is Truth.YES:
        return True
    if right.from_step is not None and any(step >= right.from_step for step in steps):
        return True
    if any(step in right.on_steps for step in steps):
        return True
    if right.needs_from_step is None:
        return False
    count, lowest = right.needs_from_step
    return sum(step >= lowest for step in steps) >= count


def items_in_order(ruleset: Ruleset, visit: Visit) -> Iterator[tuple[Asked, Settled | None]]:
    """Every question of the visit in the guide's order: the core, then need by need."""
    yield from ((item, None) for item in ruleset.core)
    for settled in visit.needs:
        yield from ((item, settled) for item in settled.need.asked)
