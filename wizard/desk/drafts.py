"""The conversations of whoever is logged in: each by itself, begun blank or with what a citizen had kept.

Nothing of a conversation lies in a cookie or in an address. Its id travels in the form, so that two tabs with two
people never meet.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from wizard.desk.staff import live_staff
from wizard.guide.guide import Guide
from wizard.rules.model import NEEDS
from wizard.store.codes import new_code
from wizard.store.drafts import (
    Edit,
    Fate,
    end_draft,
    find_draft,
    forget_old_drafts,
    list_drafts,
    new_draft_id,
    note_draft,
    write_draft,
)
from wizard.store.drafts import Kept as KeptDraft
from wizard.store.saved import Found
from wizard.web.content import content, current_guide
from wizard.web.kept import take_up
from wizard.web.sheets import FOR_WHOM
from wizard.web.stored import store
from wizard.web.visit import Given, Kept, Visit
from wizard.web.walk import renew

Answers = Mapping[str, Given]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: the visit it comes to, and what a citizen had kept before it, if it began with that.

    ``version`` is 0 as long as nothing of it is kept. ``begun`` and ``changed`` are seconds since 1970.
    """

    id: str
    visit: Visit
    version: int = 0
    had: Visit | None = None
    begun: int = 0
    changed: int = 0

    @property
    def answers(self) -> Answers:
        """The answers so far."""
        return self.visit.answers

    @property
    def needs(self) -> tuple[str, ...]:
        """The needs that are chosen."""
        given = self.answers.get(NEEDS, ())
        return tuple(given) if not isinstance(given, str) else ()


@dataclass(frozen=True, slots=True)
class _Content:
    """What is sealed of a conversation. ``had`` is what was kept under the citizen's code, and until when."""

    revision: str
    answers: Answers
    code: str = field(default_factory=new_code)
    kept: Mapping[str, Any] | None = None
    had: tuple[Any, str] | None = None


def blank_talk() -> Talk:
    """A conversation of which nothing is known, and nothing kept."""
    return talk_with({})


def talk_with(answers: Answers) -> Talk:
    """A new conversation, of which nothing is kept yet, with some answers."""
    guide = current_guide()
    return _open(guide, KeptDraft(new_draft_id(), asdict(_Content(guide.revision, answers)), 0, 0, 0))


def open_talk(draft: str) -> Talk | None:
    """A conversation of whoever is logged in; None where there is none of that name."""
    with store().database.writing() as session:
        _forget_old(session)
        kept = find_draft(session, store().field_key, draft, live_staff().id)
    return _open(current_guide(), kept) if kept and kept.data else None


def open_talks() -> list[Talk]:
    """Every conversation of whoever is logged in, the one changed last first."""
    with store().database.writing() as session:
        _forget_old(session)
        found = list_drafts(session, store().field_key, live_staff().id)
    return [_open(current_guide(), kept) for kept in found if kept.data]


def write_talk(draft: str, change: Callable[[Answers], Answers], edit: Edit) -> tuple[Fate, Talk | None]:
    """Change the answers of a conversation. Tells what became of the change, and the conversation as it is now."""
    guide = current_guide()

    def changed(data: Any) -> Any:
        before = data or asdict(_Content(guide.revision, {}))
        visit = renew(guide, _visit(before))
        return {**before, "revision": guide.revision, "answers": dict(change(visit.answers))}

    with store().database.writing() as session:
        _forget_old(session)
        fate, kept = write_draft(session, store().field_key, draft, live_staff().id, changed, edit)
    return fate, _open(guide, kept) if kept else None


def begin_with_kept(draft: str, found: Found) -> Talk | None:
    """A new conversation that begins with what a citizen had kept; doing it twice is doing it once.

    None where an older edition wrote what we cannot read. What the citizen kept stays as it is.
    """
    guide = current_guide()
    had = take_up("", found.data, until=found.last_day)
    if had is None:
        return None
    content_ = _Content(guide.revision, renew(guide, had).answers, had=(found.data, found.last_day.isoformat()))
    begun = asdict(content_)
    with store().database.writing() as session:
        _forget_old(session)
        key, owner = store().field_key, live_staff().id
        write_draft(session, key, draft, owner, lambda data: data or begun, Edit(draft, 0))
        kept = find_draft(session, key, draft, owner)
    return _open(guide, kept) if kept else None


def note_kept(talk: Talk, kept: Kept) -> None:
    """Remember that the answers of a conversation are kept under its code."""
    with store().database.writing() as session:
        owner = live_staff().id
        note_draft(session, store().field_key, talk.id, owner, lambda data: {**data, "kept": asdict(kept)})


def end_talk(draft: str) -> None:
    """Delete a conversation."""
    with store().database.writing() as session:
        end_draft(session, draft, live_staff().id)


def _forget_old(session: Any) -> None:
    forget_old_drafts(session, untouched_minutes=content().settings.draft_minutes)


def _open(guide: Guide, kept: KeptDraft) -> Talk:
    had = kept.data.get("had")
    return Talk(
        kept.id,
        _with_whom(guide, renew(guide, _visit(kept.data))),
        kept.version,
        take_up("", had[0], until=date.fromisoformat(had[1])) if had else None,
        kept.begun,
        kept.changed,
    )


def _visit(data: Mapping[str, Any]) -> Visit:
    kept = Kept(**data["kept"]) if data.get("kept") else None
    return Visit(data["revision"], 0, 0, dict(data["answers"]), desk=True, code=data["code"], kept=kept)


def _with_whom(guide: Guide, visit: Visit) -> Visit:
    """The visit with whom it is about. Other questions wait for that, safety too, so it is never left open."""
    if FOR_WHOM in visit.answers or FOR_WHOM not in guide.questions:
        return visit
    options = guide.questions[FOR_WHOM].options
    whom = next((id_ for id_, option in options.items() if "staff" in option.audience), next(iter(options)))
    return replace(visit, answers={FOR_WHOM: whom, **visit.answers})
