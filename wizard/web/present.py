"""The result as a visitor reads it: what the rules answered, put into the guide's words. Templates only print."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from flask import request, url_for

from wizard.guide.guide import Guide
from wizard.guide.help_shapes import RightShape
from wizard.rules.answers import UNKNOWN
from wizard.rules.conditions import judge_any
from wizard.rules.model import Truth
from wizard.rules.outcome import Outcome, SubjectOutcome
from wizard.rules.visit import PERSON
from wizard.web.cards import Card, ContactCard, contact_cards
from wizard.web.content import content
from wizard.web.needs import NeedResult, present_need
from wizard.web.plan import FirstThing, Plan, first_things, make_plan
from wizard.web.sheets import Sheets
from wizard.web.stairs import Stairs, draw_stairs
from wizard.web.urgent import Alarm, Line, make_alarms, make_line
from wizard.web.visit import Visit
from wizard.web.walk import Walk
from wizard.web.words import FOR_PERSON, FOR_RELATIVE

_MOST_ADDRESSES = 1024
_FEW_NEEDS = 2
"""So many needs are read from beginning to end; see ``docs/decisions/0008-a-long-result.md``."""


@dataclass(frozen=True, slots=True)
class SubjectResult:
    """The result for one of the people a visit is about. ``ahead``: what to know before reading on."""

    id: str
    title: str
    stairs: Stairs
    needs: tuple[NeedResult, ...]
    early: tuple[Card, ...]
    ahead: tuple[RightShape, ...]
    rights: tuple[str, ...]
    plan: Plan


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """An answer, with the way back to its question."""

    number: int
    ask: str
    answers: tuple[str, ...]
    address: str
    open: bool

    @property
    def answered(self) -> bool:
        """Whether there is an answer."""
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class Young:
    """The words for children and young people, and the number that stays in sight."""

    say: tuple[str, ...]
    call: Line
    contacts: tuple[ContactCard, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole result page. ``first`` is empty where the result is short enough to be its own beginning."""

    outcome: Outcome
    alarms: tuple[Alarm, ...]
    young: Young | None
    first: tuple[FirstThing, ...]
    subjects: tuple[SubjectResult, ...]
    could_change: tuple[AnswerRow, ...]
    answers: tuple[AnswerRow, ...]
    extras: tuple[AnswerRow, ...]
    contacts: tuple[ContactCard, ...]

    @property
    def has_needs(self) -> bool:
        """Whether any need was chosen."""
        return any(subject.needs for subject in self.subjects)

    @property
    def with_needs(self) -> tuple[SubjectResult, ...]:
        """The people who have needs."""
        return tuple(subject for subject in self.subjects if subject.needs)

    @property
    def is_long(self) -> bool:
        """Whether there are so many needs that only the first of each person stands open."""
        return sum(len(subject.needs) for subject in self.subjects) > _FEW_NEEDS

    @property
    def side_by_side(self) -> bool:
        """Whether two people have needs of their own."""
        return sum(bool(subject.needs) for subject in self.subjects) > 1


def present_result(guide: Guide, sheets: Sheets, visit: Visit, path: Walk) -> Result:
    """Judge a visit and put the outcome into words."""
    outcome = path.outcome
    rows = tuple(_rows(sheets, visit, path, path.pages, "questions.show"))
    open_questions = set(_could_change(outcome))
    young = young_words(guide, path)
    ahead = young.contacts if young else ()
    subjects = tuple(_present_subject(guide, path, subject, ahead) for subject in outcome.subjects)
    needs = [subject.needs for subject in subjects]
    return Result(
        outcome=outcome,
        alarms=make_alarms(guide, (id_ for subject in outcome.subjects for id_ in subject.urgent), path.voice),
        young=young,
        first=first_things(needs) if sum(map(len, needs)) > 1 else (),
        subjects=subjects,
        could_change=tuple(
            row for id_, row in zip(path.pages, rows, strict=True) if row.open and id_ in open_questions
        ),
        answers=rows,
        extras=tuple(_rows(sheets, visit, path, path.extras, "questions.show_extra")),
        contacts=contact_cards(guide, guide.about.contact),
    )


def young_words(guide: Guide, path: Walk) -> Young | None:
    """What is said to a child or young person who answers, the first words that fit."""
    for shape, when in zip(guide.about.young, guide.young, strict=True):
        if judge_any(when, path.settled.masks) is Truth.YES:
            contacts = contact_cards(guide, shape.contact) if shape.contact else ()
            return Young(shape.say, make_line(guide.numbers[shape.call]), contacts)
    return None


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
        yield AnswerRow(number, sheet.ask, texts, _address(endpoint, number, request.script_root), UNKNOWN in chosen)


@lru_cache(_MOST_ADDRESSES)
def _address(endpoint: str, number: int, _root: str) -> str:
    return url_for(endpoint, number=number)


def _present_subject(
    guide: Guide, path: Walk, outcome: SubjectOutcome, ahead: tuple[ContactCard, ...]
) -> SubjectResult:
    title = str((FOR_PERSON if outcome.subject == PERSON else FOR_RELATIVE)[path.voice])
    needs = tuple(present_need(guide, path.settled.masks, path.voice, need) for need in outcome.needs)
    return SubjectResult(
        id=outcome.subject,
        title=title,
        stairs=draw_stairs(guide, frozenset(need.step for need in outcome.needs)),
        needs=needs,
        early=tuple(content().cards.find(id_) for id_ in outcome.early),
        ahead=tuple(guide.rights[id_] for id_ in outcome.rights if guide.rights[id_].ahead),
        rights=tuple(id_ for id_ in outcome.rights if not guide.rights[id_].ahead),
        plan=make_plan(title, needs, ahead),
    )
