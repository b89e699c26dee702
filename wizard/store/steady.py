"""Notices a clock that has jumped before anything is deleted by it.

The latest day that was seen is kept. Where the clock was set back over midnight, that day holds, so that nothing that
is out of time comes back. Where it is more than a month ahead, nothing goes until somebody says that it is right.
"""

from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wizard.store.database import insert_or_change
from wizard.store.retention_tables import LastPurge

PURGED, SEEN = 1, 2
LONGEST_PAUSE, ONE_DAY = timedelta(31), timedelta(1)


def is_trusted(session: Session, day: date) -> bool:
    """Whether today can be this day. Remembers it then."""
    seen = _seen(session)
    if seen and day - seen > LONGEST_PAUSE:
        return False
    if seen is None or day > seen or seen - day > ONE_DAY:
        note_day(session, SEEN, day)
    return True


def steady_day(session: Session, day: date) -> date:
    """The day by which something is out of time: the one that the clock tells, or the next where that has begun."""
    seen = _seen(session)
    return seen if seen and day < seen <= day + ONE_DAY else day


def latest_day(session: Session) -> date | None:
    """The latest day that is remembered at all."""
    return session.scalar(select(func.max(LastPurge.day)))


def note_day(session: Session, what: int, day: date) -> None:
    """Remember a day."""
    insert_or_change(session, LastPurge, {"id": what, "day": day}, {"day": day})


def _seen(session: Session) -> date | None:
    return session.scalar(select(LastPurge.day).where(LastPurge.id == SEEN))
