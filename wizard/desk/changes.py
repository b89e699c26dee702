"""What has changed in a conversation against what the citizen had kept: answer by answer, and step by step."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.desk.drafts import Talk
from wizard.desk.filled import find_sheet
from wizard.desk.sheet import answer_texts, staff_only
from wizard.guide.guide import Guide
from wizard.web.kept import Since, since_kept, steps_of
from wizard.web.walk import renew


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """An answer that is another one now. ``staff_only``: only the desk is offered what was chosen."""

    question: str
    ask: str
    then: tuple[str, ...]
    now: tuple[str, ...]
    staff_only: bool


@dataclass(frozen=True, slots=True)
class ChangedStep:
    """A need whose step is another one now; None where the need was not chosen, then or now."""

    title: str
    then: int | None
    now: int | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What the conversation has changed, and what today's guide tells otherwise of the answers that were kept."""

    since: Since | None
    answers: tuple[ChangedAnswer, ...]
    steps: tuple[ChangedStep, ...]


def find_changes(guide: Guide, talk: Talk) -> Changes | None:
    """What differs; None where the conversation did not begin with a citizen's answers."""
    if talk.had is None:
        return None
    return Changes(since_kept(guide, talk.had), tuple(_answers(guide, talk)), tuple(_steps(guide, talk)))


def _answers(guide: Guide, talk: Talk) -> Iterator[ChangedAnswer]:
    had = talk.had.answers if talk.had else {}
    for id_ in guide.questions:
        then, now = had.get(id_, ()), talk.answers.get(id_, ())
        if then == now:
            continue
        sheet, reserved = find_sheet(id_), staff_only(guide.questions[id_])
        chosen = {now} if isinstance(now, str) else {*now}
        before, after = answer_texts(sheet, then), answer_texts(sheet, now)
        yield ChangedAnswer(id_, sheet.ask, before, after, bool(chosen & reserved))


def _steps(guide: Guide, talk: Talk) -> Iterator[ChangedStep]:
    """Both judged by today's guide, so that only what was said makes a difference."""
    then = steps_of(guide, renew(guide, talk.had)) if talk.had else {}
    now = steps_of(guide, talk.visit)
    for id_, need in guide.needs.items():
        if then.get(id_) != now.get(id_):
            yield ChangedStep(need.title, then.get(id_), now.get(id_))
