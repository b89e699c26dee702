"""The result for one need in the guide's words: the step and why, what to use today, and what comes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.guide.guide import Guide, Note
from wizard.rules.conditions import judge_any
from wizard.rules.model import Truth
from wizard.rules.outcome import NeedOutcome, Reason
from wizard.rules.visit import Visit
from wizard.web.cards import Card, ContactCard, contact_cards, make_card
from wizard.web.walk import Walk


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
class NeedResult:
    """The result for one need. ``fell_short`` is the step the answers speak for, where the ladder has nothing there.

    ``undecided``: no rule holds, and one could hold but for a "vet ikke", so the lowest step is no statement.
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
    included: tuple[Card, ...]
    ask_about: tuple[Card, ...]
    next_up: NextUp | None
    notes: tuple[str, ...]
    outside: tuple[str, ...]
    contacts: tuple[ContactCard, ...]


def present_need(guide: Guide, path: Walk, outcome: NeedOutcome) -> NeedResult:
    """Put the outcome for one need into words."""
    shape = guide.needs[outcome.need]
    free = {o.service for o in guide.ruleset.needs[outcome.need].offers if o.without_application}
    shown = (*outcome.services, *outcome.meanwhile)
    reason = guide.rules[outcome.because[0].rule] if outcome.because else None
    return NeedResult(
        id=outcome.need,
        title=shape.title,
        step=name_step(guide, outcome.step),
        why=reason.because if reason else "",
        source=reason.source if reason else "",
        fell_short=outcome.floor if outcome.fell_short else None,
        undecided=not outcome.because and bool(outcome.could_change),
        today=tuple(make_card(guide, id_) for id_ in shown if id_ in free),
        suitable=tuple(make_card(guide, id_) for id_ in shown if id_ not in free),
        included=tuple(make_card(guide, id_) for id_ in outcome.included),
        ask_about=tuple(make_card(guide, id_) for id_ in outcome.ask_about),
        next_up=_next_up(guide, outcome.next_up),
        notes=tuple(_said(path, guide.notes[outcome.need])),
        outside=tuple(_said(path, guide.outside[outcome.need])),
        contacts=contact_cards(guide, whom_to_ask(guide, path.settled, outcome.need)),
    )


def _next_up(guide: Guide, reason: Reason | None) -> NextUp | None:
    if reason is None or reason.step not in guide.steps:
        return None
    return NextUp(name_step(guide, reason.step), guide.rules[reason.rule].because)


def _said(path: Walk, notes: Iterable[Note]) -> Iterator[str]:
    for note in notes:
        if judge_any(note.when, path.settled.masks) is Truth.YES:
            yield note.text.said(path.voice)


def whom_to_ask(guide: Guide, visit: Visit, need: str) -> str:
    """The contact of a need: the first whose condition holds, or else the need's own."""
    turns = (turn.contact for turn in guide.turns[need] if judge_any(turn.when, visit.masks) is Truth.YES)
    return next(turns, guide.needs[need].contact)


def name_step(guide: Guide, number: int) -> StepName:
    """A step with its place in the ladder."""
    band, step = guide.band(number), guide.steps[number]
    return StepName(number, len(guide.steps), step.title, band.title, band.about, band.open, step.judged)
