"""Keeps conversations of the desk while they last, so that no two write over each other, and forgets them on time.

A draft belongs to whoever began it; nobody else is even told that it exists.
"""

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from wizard.store.database import insert_or_change
from wizard.store.draft_tables import Draft
from wizard.store.field_key import FieldKey
from wizard.store.moments import in_norway, start_of_day
from wizard.store.places import draft_place
from wizard.store.saved import today as counted_on
from wizard.store.steady import is_trusted

_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Edit:
    """What a page sends along with a change: whose page it is, which version it knows, and its count of changes."""

    writer: str
    version: int
    turn: int = 0


class Fate(Enum):
    """What became of a change."""

    DONE = "done"
    REPEATED = "repeated"
    """It was done already, or a later one of the same page was."""
    REFUSED = "refused"
    """Another page has changed the draft meanwhile."""
    GONE = "gone"
    """There is no such draft, or no more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft as it is kept now. ``begun`` and ``changed`` are seconds since 1970."""

    id: str
    data: Any
    version: int
    begun: int
    changed: int


def new_draft_id() -> str:
    """A name that nobody guesses: 128 random bits."""
    return secrets.token_hex(16)


def is_draft_id(text: str) -> bool:
    """Whether a text can be the name of a draft."""
    return _ID.fullmatch(text) is not None


def now() -> int:
    """The moment by which drafts are kept and forgotten."""
    return int(time.time())


def write_draft(
    session: Session, key: FieldKey, draft: str, owner: int, change: Callable[[Any], Any], edit: Edit
) -> tuple[Fate, Kept | None]:
    """Change a draft, or begin it where its page knows no version yet. Tells what is kept afterwards.

    ``change`` makes the new content of the old, which is None at first.
    """
    if edit.version == 0 and is_draft_id(draft):
        _begin(session, key, draft, owner, edit)
    row = _find(session, draft, owner, lock=True)
    if row is None:
        return Fate.GONE, None
    before = key.open(row.sealed, draft_place(draft))
    after = change(before)
    fate = _judge(row, edit, same=after == before)
    if fate is Fate.DONE:
        row.sealed, row.changed = key.seal(after, draft_place(draft)), now()
        row.version, row.writer, row.turn = row.version + 1, edit.writer, edit.turn
    return fate, _open(row, key)


def _begin(session: Session, key: FieldKey, draft: str, owner: int, edit: Edit) -> None:
    """An empty draft, unless it is there already."""
    moment = now()
    values = {"id": draft, "owner": owner, "sealed": key.seal(None, draft_place(draft)), "version": 0}
    values |= {"writer": edit.writer, "turn": -1, "begun": moment, "changed": moment}
    insert_or_change(session, Draft, values, {"id": draft})


def _judge(row: Draft, edit: Edit, *, same: bool) -> Fate:
    """A page that goes on from its own change is right whatever version it knows: its last answer may be lost."""
    if row.writer == edit.writer and edit.turn != row.turn:
        return Fate.DONE if edit.turn > row.turn else Fate.REPEATED
    if row.version == edit.version:
        return Fate.DONE
    return Fate.REPEATED if same else Fate.REFUSED


def find_draft(session: Session, key: FieldKey, draft: str, owner: int) -> Kept | None:
    """A draft, or None where this person has none of that name."""
    row = _find(session, draft, owner)
    return _open(row, key) if row else None


def list_drafts(session: Session, key: FieldKey, owner: int) -> list[Kept]:
    """All drafts of somebody, the one changed last first."""
    rows = session.scalars(select(Draft).where(Draft.owner == owner).order_by(Draft.changed.desc()))
    return [_open(row, key) for row in rows]


def note_draft(session: Session, key: FieldKey, draft: str, owner: int, change: Callable[[Any], Any]) -> None:
    """Change what no page of a draft lets anybody change, so that open pages need not be told."""
    row = _find(session, draft, owner, lock=True)
    if row:
        row.sealed, row.changed = key.seal(change(key.open(row.sealed, draft_place(draft))), draft_place(draft)), now()


def end_draft(session: Session, draft: str, owner: int) -> None:
    """Delete a draft, if this person has it."""
    session.execute(delete(Draft).where(Draft.id == draft, Draft.owner == owner))


def forget_old_drafts(session: Session, *, untouched_minutes: int) -> int:
    """Delete what nobody has touched for so long, and what was begun on an earlier day. Tells how many that was.

    Nothing goes where the clock has jumped.
    """
    if not is_trusted(session, counted_on()):
        return 0
    today = start_of_day(in_norway(now()).date())
    old = or_(Draft.changed < now() - untouched_minutes * 60, Draft.begun < today)
    return len(session.execute(delete(Draft).where(old).returning(Draft.id)).all())


def _find(session: Session, draft: str, owner: int, *, lock: bool = False) -> Draft | None:
    row = session.get(Draft, draft, with_for_update=lock) if is_draft_id(draft) else None
    return row if row and row.owner == owner else None


def _open(row: Draft, key: FieldKey) -> Kept:
    return Kept(row.id, key.open(row.sealed, draft_place(row.id)), row.version, row.begun, row.changed)
