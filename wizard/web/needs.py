"""The result for one need in the guide's words: the step and why, what to use today, and what comes next."""

from dataclasses import dataclass

from wizard.guide.guide import Guide, Note
from wizard.rules.conditions import judge_any
from wizard.rules.model import Answers, Truth
from wizard.rules.outcome import NeedOutcome, Reason
from wizard.web.cards import Card, ContactCard, contact_cards
from wizard.web.content import content


@dataclass(frozen=True, slots=True)
class StepName:
    """A step as it is named: trinn 6 av 12. ``open``: nobody has to apply. ``judged``: one asks to be considered."""

    number: int
    of: int
    title: str
    band: str
    band_about: str
    open: bool
    judged: bool


@dataclass(frozen=True, slots=True)
class NextUp:
    """What would make the step a higher one."""

    step: StepName
    when: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A plain sentence. ``see``: the service that it speaks of, empty where it names none."""

    text: str
    see: str
    name: str


@dataclass(frozen=True, slots=True)
class NeedResult:
    """The result for one need. ``fell_short`` is the step the answers speak for, where the ladder has nothing there.

    ``undecided``: no rule holds, and one could hold but for a "vet ikke", so the lowest step is no statement.
    ``for_asking``: there is something to ask the municipality for, as there is not where all that helps is open, or
    where only a doctor gives it.
    """

    id: str
    title: str
    step: StepName
    why: str
    source: str
    fell_short: int | None
    undecided: bool
    today: tuple[Card, ...]
    suitable: tuple[Card, ...]
    for_asking: bool
    included: tuple[Card, ...]
    ask_about: tuple[Card, ...]
    next_up: NextUp | None
    notes: tuple[Sentence, ...]
    outside: tuple[Sentence, ...]
    contacts: tuple[ContactCard, ...]


def present_need(guide: Guide, masks: Answers, voice: str, outcome: NeedOutcome) -> NeedResult:
    """Put the outcome for one need into words; ``masks`` are all answers, settled."""
    shape, find_card = guide.needs[outcome.need], content().cards.find
    free = {o.service for o in guide.ruleset.needs[outcome.need].offers if o.without_application}
    shown = (*outcome.services, *outcome.meanwhile)
    reason = guide.rules[outcome.because[0].rule] if outcome.because else None
    step, suitable = name_step(guide, outcome.step), tuple(find_card(id_) for id_ in shown if id_ not in free)
    notes = [note for note in guide.notes[outcome.need] if _holds(masks, note)]
    judged = step.judged or not (step.open or outcome.services)
    return NeedResult(
        id=outcome.need,
        title=shape.title,
        step=step,
        why=reason.because if reason else "",
        source=reason.source if reason else "",
        fell_short=outcome.floor if outcome.fell_short else None,
        undecided=not outcome.because and bool(outcome.could_change),
        today=tuple(find_card(id_) for id_ in shown if id_ in free),
        suitable=suitable,
        for_asking=bool(suitable) or (judged and not any(note.instead for note in notes)),
        included=tuple(find_card(id_) for id_ in outcome.included),
        ask_about=tuple(find_card(id_) for id_ in outcome.ask_about),
        next_up=_next_up(guide, outcome.next_up),
        notes=tuple(_say(guide, voice, note) for note in notes),
        outside=tuple(_say(guide, voice, note) for note in guide.outside[outcome.need] if _holds(masks, note)),
        contacts=contact_cards(guide, guide.whom_to_ask(outcome.need, masks)),
    )


def _next_up(guide: Guide, reason: Reason | None) -> NextUp | None:
    if reason is None or reason.step not in guide.steps:
        return None
    return NextUp(name_step(guide, reason.step), guide.rules[reason.rule].because)


def _holds(masks: Answers, note: Note) -> bool:
    return judge_any(note.when, masks) is Truth.YES


def _say(guide: Guide, voice: str, note: Note) -> Sentence:
    name = guide.services[note.see].service.name if note.see else ""
    return Sentence(note.text.said(voice), note.see or "", name)


def name_step(guide: Guide, number: int) -> StepName:
    """A step with its place in the ladder."""
    band, step = guide.band(number), guide.steps[number]
    return StepName(number, len(guide.steps), step.title, band.title, band.about, band.open, step.judged)
