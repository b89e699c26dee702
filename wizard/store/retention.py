"""Deletes what the desk has kept long enough, and refuses where it looks like a mistake.

A clock that has jumped could delete everything at once. So the day of the last cleaning is kept, and nothing goes where
today is earlier, or more than a month later. Nor does it where suddenly a large part of something would go.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, delete, exists, func, select
from sqlalchemy.orm import Session

from wizard.store.access_log import is_old_access
from wizard.store.access_log_tables import LONGEST_ABOUT, AccessLog
from wizard.store.callback_tables import CallBack
from wizard.store.enquiry_tables import Enquiry, EnquiryVersion
from wizard.store.models import Base
from wizard.store.moments import in_norway, start_of_day
from wizard.store.staff_tables import StaffUser
from wizard.store.steady import LONGEST_PAUSE, PURGED, SEEN, latest_day, note_day

CALL_BACK_DAYS = 14
_MANY, _LARGE_PART = 50, 0.2


class PurgeRefusedError(Exception):
    """Too much would go, or the clock cannot be right; the message is one line."""


@dataclass(frozen=True, slots=True)
class KeptFor:
    """For how many days closed enquiries and the lines of the log are kept, and conversations for how many minutes.

    What is open longer than ``open_days`` is not deleted, but somebody is told.
    """

    enquiries: int
    log: int
    draft_minutes: int
    open_days: int = 30


@dataclass(frozen=True, slots=True)
class Going:
    """How many of a kind go, and how many there are."""

    what: str
    going: int
    of: int


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What of a kind has been open too long, by its numbers alone, the oldest first."""

    what: str
    numbers: tuple[str, ...]


def left_open(session: Session, kept_for: KeptFor) -> tuple[LeftOpen, ...]:
    """Enquiries that nobody closes and requests that nobody handles: they live for ever until somebody does."""
    day = _today() - timedelta(kept_for.open_days)
    enquiries = select(Enquiry.reference).where(Enquiry.closed.is_(None), Enquiry.created < day)
    calls = select(CallBack.id).where(CallBack.handled.is_(None), CallBack.created < start_of_day(day))
    return (
        LeftOpen("Enquiries", tuple(session.scalars(enquiries.order_by(Enquiry.created, Enquiry.reference)))),
        LeftOpen("Call-backs", tuple(map(str, session.scalars(calls.order_by(CallBack.created, CallBack.id))))),
    )


def count_going(session: Session, kept_for: KeptFor) -> tuple[Going, ...]:
    """What cleaning up would delete today."""
    return tuple(_count(session, what, table, old) for what, table, old in _kinds(kept_for))


def clean_up(session: Session, kept_for: KeptFor) -> None:
    """Delete what is out of time, and remember the day."""
    for _, table, old in _kinds(kept_for):
        session.execute(delete(table).where(old))
    for what in (PURGED, SEEN):
        note_day(session, what, _today())


def refuse_mistakes(session: Session, counted: tuple[Going, ...]) -> None:
    """Raises :class:`PurgeRefusedError` where the clock has jumped, or much would go at once."""
    last = latest_day(session)
    if last and not last <= _today() <= last + LONGEST_PAUSE:
        raise PurgeRefusedError(
            f"It was {last} when last looked, and today is {_today()}. Nothing of the desk's was deleted. "
            "If the clock is right, say --force."
        )
    for kind in counted:
        if kind.going > _MANY and kind.going > kind.of * _LARGE_PART:
            raise PurgeRefusedError(
                f"{kind.going} of {kind.of} {kind.what.lower()} would go. Nothing of the desk's was deleted. "
                "If that is right, say --force."
            )


def _kinds(kept_for: KeptFor) -> Iterator[tuple[str, type[Base], Any]]:
    yield "Closed accounts", StaffUser, _is_forgotten()
    yield "Enquiries", Enquiry, Enquiry.closed < _today() - timedelta(kept_for.enquiries)
    yield "Call-backs", CallBack, CallBack.handled < _today() - timedelta(CALL_BACK_DAYS)
    yield "Log lines", AccessLog, is_old_access(kept_for.log)


def _is_forgotten() -> ColumnElement[bool]:
    """That an account is closed, and that no line of the log and no enquiry needs its name any more."""
    told = AccessLog.about == func.substr(StaffUser.name, 1, LONGEST_ABOUT)
    named = exists().where((AccessLog.staff_id == StaffUser.id) | told)
    return StaffUser.disabled & ~named & ~exists().where(EnquiryVersion.staff_id == StaffUser.id)


def _count(session: Session, what: str, table: type[Base], old: Any) -> Going:
    rows = select(func.count()).select_from(table)
    return Going(what, session.scalar(rows.where(old)) or 0, session.scalar(rows) or 0)


def _today() -> date:
    return in_norway(int(time.time())).date()
