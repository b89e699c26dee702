"""The log of who has opened and changed what, and of who came in.

There is a way to add to it and a way to read it, and no other.

Old lines go by ``wizard purge`` alone (:mod:`wizard.store.retention`); the database refuses to delete younger ones.
"""

import time
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wizard.store.access_log_tables import KEPT_AT_LEAST_DAYS, LONGEST_ABOUT, AccessLog
from wizard.store.moments import end_of_day, start_of_day
from wizard.store.staff_tables import StaffUser

_DAY = 24 * 60 * 60


class Act(StrEnum):
    """What somebody did."""

    ENQUIRY_MADE = "enquiry_made"
    ENQUIRY_OPENED = "enquiry_opened"
    ENQUIRY_CHANGED = "enquiry_changed"
    CALL_BACK_OPENED = "call_back_opened"
    CALL_BACK_CHANGED = "call_back_changed"
    TAKEN_OVER = "taken_over"
    """Answers that a citizen had kept were opened at the desk."""
    LOG_OPENED = "log_opened"
    LOGGED_IN = "logged_in"
    LOGIN_REFUSED = "login_refused"
    LOGGED_OUT = "logged_out"
    PASSWORD_CHANGED = "password_changed"  # noqa: S105  a word
    ROLE_CHANGED = "role_changed"
    ACCOUNT_CLOSED = "account_closed"
    ACCOUNT_OPENED = "account_opened"
    PAGE_REFUSED = "page_refused"
    """A page that the role does not open."""


@dataclass(frozen=True, slots=True)
class Access:
    """One line of the log."""

    moment: int
    who: str
    act: Act
    about: str


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which lines are asked for; empty is any."""

    who: str = ""
    act: str = ""
    about: str = ""
    since: date | None = None
    until: date | None = None


def note_access(session: Session, staff_id: int, act: Act, about: str = "") -> None:
    """Write a line. In the same transaction as what it tells of, so that neither happens without the other."""
    session.add(AccessLog(moment=int(time.time()), staff_id=staff_id, act=act.value, about=about[:LONGEST_ABOUT]))


def list_accesses(session: Session, wanted: LogFilter, *, most: int) -> list[Access]:
    """The lines asked for, the latest first."""
    query = select(AccessLog, StaffUser.name).join(StaffUser, StaffUser.id == AccessLog.staff_id)
    if wanted.who:
        query = query.where(StaffUser.name == wanted.who)
    if wanted.act:
        query = query.where(AccessLog.act == wanted.act)
    if wanted.about:
        query = query.where(func.lower(AccessLog.about) == wanted.about.lower())
    if wanted.since:
        query = query.where(AccessLog.moment >= start_of_day(wanted.since))
    if wanted.until:
        query = query.where(AccessLog.moment <= end_of_day(wanted.until))
    rows = session.execute(query.order_by(AccessLog.id.desc()).limit(most))
    return [Access(row.moment, name, Act(row.act), row.about) for row, name in rows]


def is_old_access(keep_days: int) -> Any:
    """The condition that a line is older than it is to be, and that the database lets it go."""
    return AccessLog.moment < int(time.time()) - max(keep_days, KEPT_AT_LEAST_DAYS) * _DAY - 1
