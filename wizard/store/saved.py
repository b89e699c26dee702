"""Keeps answers under a code, finds them again while they live, and forgets them on time.

A day is a day in UTC everywhere. Norway is ahead of UTC, so nothing is gone before the day that was promised is over.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wizard.store.database import insert_or_change
from wizard.store.models import SavedVisit
from wizard.store.steady import SEEN, is_trusted, note_day, steady_day
from wizard.store.vault import Vault


@dataclass(frozen=True, slots=True)
class Found:
    """What was kept under a code, and the last day it lives."""

    data: Any
    last_day: date


def today() -> date:
    """The day by which things are kept and forgotten."""
    return datetime.now(UTC).date()


def save(session: Session, vault: Vault, code: str, data: Any, *, last_day: date) -> None:
    """Keep the data under the code; what was there before is replaced, so doing it twice is doing it once."""
    kept = {"sealed": vault.seal(code, data), "last_day": last_day}
    insert_or_change(session, SavedVisit, {"lookup": vault.lookup(code)} | kept, kept)


def find(session: Session, vault: Vault, code: str, *, day: date) -> Found | None:
    """What is kept under the code, or None where nothing is, where its time is out, or where it cannot be opened."""
    row = session.get(SavedVisit, vault.lookup(code))
    if row is None or row.last_day < steady_day(session, day):
        return None
    data = vault.open(code, row.sealed)
    return None if data is None else Found(data, row.last_day)


def forget(session: Session, vault: Vault, code: str) -> None:
    """Delete what is kept under the code, if anything is."""
    session.execute(delete(SavedVisit).where(SavedVisit.lookup == vault.lookup(code)))


def forget_expired(session: Session, *, day: date, force: bool = False) -> int:
    """Delete everything whose last day is over, and tell how many that was. None where the clock has jumped."""
    if force:
        note_day(session, SEEN, day)
    elif not is_trusted(session, day):
        return 0
    gone = session.execute(delete(SavedVisit).where(SavedVisit.last_day < day).returning(SavedVisit.lookup))
    return len(gone.all())


def count_saved(session: Session) -> int:
    """How many are kept."""
    return session.scalar(select(func.count()).select_from(SavedVisit)) or 0
