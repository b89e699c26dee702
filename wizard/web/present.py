"""The result as a visitor reads it: what the rules answered, put into the guide's words. Templates only print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for

from wizard.guide.guide import Guide
from wizard.guide.help_shapes import RightShape
from wizard.rules.answers import UNKNOWN
from wizard.rules.conditions import judge_any
from wizard.rules.model import Truth
from wizard.rules.outcome import NeedOutcome, Outcome, Reason, SubjectOutcome
from wizard.rules.visit import PERSON, assess
from wizard.web.cards import Card, ContactCard, contact_cards, make_card
from wizard.web.session import Visit
from wizard.web.sheets import Sheets
from wizard.web.stairs import Stairs, draw_stairs
from wizard.web.urgent import Alarm, make_alarms
from wizard.web.walk import Walk
from wizard.web.words import FOR_PERSON, FOR_RELATIVE


@dataclass(frozen=True, slots=True)
class StepName:
    """A step as it is named: trinn 6 av 12. ``open``: nobody has to apply there."""

    number: int
    of: int
    title: str
    band: str
    band_about: str
    open: bool


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


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """The result for one of the people a visit is about."""

    title: str
    needs: tuple[NeedResult, ...]
    early: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer, with the way back to its question."""

    number: int
    ask: str
    answers: tuple[str, ...]
    address: str
    open: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The whole result page."""

    alarms: tuple[Alarm, ...]
    stairs: Stairs
    subjects: tuple[SubjectResult, ...]
    rights: tuple[RightShape, ...]
    could_change: tuple[AnswerRow, ...]
    answers: tuple[AnswerRow, ...]
    extras: tuple[AnswerRow, ...]
    contacts: tuple[ContactCard, ...]

    @property
    def has_needs(self) -> bool:
        """Whether any need was chosen."""
        return any(subject.needs for subject in self.subjects)


def present_result(guide: Guide, sheets: Sheets, visit: Visit, path: Walk) -> Result:
    """Judge a visit and put the outcome into words."""
    outcome = assess(guide.ruleset, path.masks)
    rows = tuple(_rows(sheets, visit, path, path.pages, "questions.show"))
    open_questions = set(_could_change(outcome))
    return Result(
        alarms=make_alarms(guide, (id_ for subject in outcome.subjects for id_ in subject.urgent), path.voice),
        stairs=draw_stairs(guide, {need.step for subject in outcome.subjects for need in subject.needs}),
        subjects=tuple(_present_subject(guide, path, subject) for subject in outcome.subjects),
        rights=tuple(right for id_, right in guide.rights.items() if any(id_ in s.rights for s in outcome.subjects)),
        could_change=tuple(
            row for id_, row in zip(path.pages, rows, strict=True) if row.open and id_ in open_questions
        ),
        answers=rows,
        extras=tuple(_rows(sheets, visit, path, path.extras, "questions.show_extra")),
        contacts=contact_cards(guide, guide.about.contact),
    )


def _could_change(outcome: Outcome) -> Iterator[str]:
    """The questions that a higher step hangs on."""
    for subject in outcome.subjects:
        for need in subject.needs:
            for reason in need.could_change:
                yield from (variable.partition(".")[0] for variable, _ in reason.terms)


def _rows(sheets: Sheets, visit: Visit, path: Walk, pages: Iterable[str], endpoint: str) -> Iterator[AnswerRow]:
    for number, id_ in enumerate(pages, start=1):
        sheet = sheets.find(id_, path.voice, desk=visit.desk)
        given = visit.answers.get(id_, ())
        chosen = {given} if isinstance(given, str) else set(given)
        texts = tuple(choice.text for choice in sheet.choices if choice.value in chosen)
        yield AnswerRow(number, sheet.ask, texts, url_for(endpoint, number=number), UNKNOWN in chosen)


def _present_subject(guide: Guide, path: Walk, outcome: SubjectOutcome) -> SubjectResult:
    titles = FOR_PERSON if outcome.subject == PERSON else FOR_RELATIVE
    return SubjectResult(
        title=str(titles[path.voice]),
        needs=tuple(_present_need(guide, path, need) for need in outcome.needs),
        early=tuple(make_card(guide, id_) for id_ in outcome.early),
    )


def _present_need(guide: Guide, path: Walk, outcome: NeedOutcome) -> NeedResult:
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
        notes=tuple(_notes(guide, path, outcome.need)),
        outside=shape.outside,
        contacts=contact_cards(guide, shape.contact),
    )


def _next_up(guide: Guide, reason: Reason | None) -> NextUp | None:
    if reason is None or reason.step not in guide.steps:
        return None
    return NextUp(name_step(guide, reason.step), guide.rules[reason.rule].because)


def _notes(guide: Guide, path: Walk, need: str) -> Iterator[str]:
    for note in guide.notes[need]:
        if judge_any(note.when, path.settled.masks) is Truth.YES:
            yield note.text.said(path.voice)


def name_step(guide: Guide, number: int) -> StepName:
    """A step with its place in the ladder."""
    band = guide.band(number)
    return StepName(number, len(guide.steps), guide.steps[number].title, band.title, band.about, band.open)
