"""What stands beside the sheet while somebody talks: whom to call, the step of each need so far, and what is left."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.desk.drafts import Talk
from wizard.desk.filled import VOICE, find_sheet
from wizard.guide.guide import Guide
from wizard.guide.help_shapes import DutyShape, RightShape
from wizard.rules.outcome import NeedOutcome, SubjectOutcome
from wizard.rules.span import Span, find_span
from wizard.rules.visit import PERSON, assess, duties_told
from wizard.web.needs import NeedResult, present_need
from wizard.web.urgent import Alarm, make_alarms
from wizard.web.walk import Situation
from wizard.web.words import FOR_PERSON, FOR_RELATIVE


@dataclass(frozen=True, slots=True)
class Pending:
    """A question that is not answered yet, with its words."""

    question: str
    ask: str


@dataclass(frozen=True, slots=True)
class NeedNow:
    """A need as far as it is known: the step so far, between which steps it can end, and what decides it."""

    result: NeedResult
    lowest: int
    highest: int
    pending: tuple[Pending, ...]


@dataclass(frozen=True, slots=True)
class SubjectNow:
    """The needs of one of those it is about."""

    title: str
    needs: tuple[NeedNow, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """The whole side. ``unasked``: questions about safety that nobody has answered.

    ``duties`` are those that the answers call for, and ``standing`` those that always hold.
    """

    alarms: tuple[Alarm, ...]
    unasked: tuple[Pending, ...]
    subjects: tuple[SubjectNow, ...]
    rights: tuple[RightShape, ...]
    duties: tuple[DutyShape, ...]
    standing: tuple[DutyShape, ...]

    @property
    def needs(self) -> tuple[NeedNow, ...]:
        """Every need, whoever's it is."""
        return tuple(need for subject in self.subjects for need in subject.needs)


def make_panel(guide: Guide, talk: Talk, seen: Situation) -> Panel:
    """Judge what is known so far."""
    outcome = assess(guide.ruleset, seen.masks)
    spans = {s.need.id: find_span(guide.ruleset, seen.settled, seen.masks, s) for s in seen.settled.needs}
    duties = [guide.duties[id_] for id_ in duties_told(guide.ruleset, seen.masks, outcome)]
    rights = (id_ for subject in outcome.subjects for id_ in subject.rights)
    return Panel(
        alarms=make_alarms(guide, (id_ for subject in outcome.subjects for id_ in subject.urgent), VOICE),
        unasked=tuple(_pending(_unasked(guide, talk, seen))),
        subjects=tuple(_subject(guide, seen, subject, spans) for subject in outcome.subjects if subject.needs),
        rights=tuple(guide.rights[id_] for id_ in dict.fromkeys(rights)),
        duties=tuple(duty for duty in duties if not _always(duty)),
        standing=tuple(duty for duty in duties if _always(duty)),
    )


def _subject(guide: Guide, seen: Situation, outcome: SubjectOutcome, spans: dict[str, Span]) -> SubjectNow:
    title = (FOR_PERSON if outcome.subject == PERSON else FOR_RELATIVE)[VOICE]
    return SubjectNow(str(title), tuple(_need(guide, seen, need, spans[need.need]) for need in outcome.needs))


def _need(guide: Guide, seen: Situation, outcome: NeedOutcome, span: Span) -> NeedNow:
    result = present_need(guide, seen.settled.masks, VOICE, outcome)
    return NeedNow(result, span.lowest, span.highest, tuple(_pending(span.questions)))


def _unasked(guide: Guide, talk: Talk, seen: Situation) -> Iterator[str]:
    """The questions about safety that count and have no answer."""
    for item in guide.ruleset.core:
        gate = seen.settled.core_gates[item.question.id].value
        if item.question.always and gate == "yes" and item.question.id not in talk.answers:
            yield item.question.id


def _pending(questions: Iterable[str]) -> Iterator[Pending]:
    return (Pending(id_, find_sheet(id_).ask) for id_ in questions)


def _always(duty: DutyShape) -> bool:
    return duty.when is None and not (duty.from_step or duty.on_steps or duty.needs_from_step)
