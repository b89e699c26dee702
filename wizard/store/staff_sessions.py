"""The sessions of the desk: who is there, in which browser, and for how long. Ending one ends it everywhere at once.

The browser holds 256 random bits and the database their digest, so that a stolen database lets nobody in.
"""

import hashlib
import secrets
import time
from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from wizard.store.staff_tables import StaffSession, StaffUser

IDLE_SECONDS = 30 * 60
LONGEST_SECONDS = 10 * 60 * 60
UNCONFIRMED_SECONDS = 10 * 60
_NOTED_EVERY = 60
"""How exactly it is noted when somebody was last seen; a write per page would make everybody wait for everybody."""


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody who has a live session, and whether the login is whole."""

    user: StaffUser
    confirmed: bool


def now() -> int:
    """The moment that it is, in whole seconds."""
    return int(time.time())


def new_token() -> str:
    """What a browser is given."""
    return secrets.token_urlsafe(32)


def open_session(session: Session, user_id: int, *, confirmed: bool) -> str:
    """Begin a session, and tell its token. Sessions whose time is out go on the way."""
    token, moment = new_token(), now()
    forget_ended(session, moment)
    session.add(StaffSession(mark=_mark(token), user_id=user_id, confirmed=confirmed, created=moment, seen=moment))
    return token


def find_present(session: Session, token: str) -> Present | None:
    """Who has the session of a token; None where there is none, its time is out, or the account is closed.

    One that is over goes at once, and with whoever is noted as seen all the others: a clock that is set back afterwards
    revives none of them.
    """
    row, moment = session.get(StaffSession, _mark(token)), now()
    if row is None:
        return None
    if _is_over(row, moment):
        end_session(session, token)
        return None
    user = session.get_one(StaffUser, row.user_id)
    if user.disabled:
        return None
    if moment - row.seen >= _NOTED_EVERY:
        session.execute(update(StaffSession).where(StaffSession.mark == row.mark).values(seen=moment))
        forget_ended(session, moment)
    return Present(user, row.confirmed)


def _is_over(row: StaffSession, moment: int) -> bool:
    longest = LONGEST_SECONDS if row.confirmed else UNCONFIRMED_SECONDS
    return moment - row.seen > IDLE_SECONDS or moment - row.created > longest or moment < row.seen - _NOTED_EVERY


def end_session(session: Session, token: str) -> None:
    """End one session."""
    session.execute(delete(StaffSession).where(StaffSession.mark == _mark(token)))


def end_all_sessions(session: Session, user_id: int) -> None:
    """End every session of somebody, in all browsers."""
    session.execute(delete(StaffSession).where(StaffSession.user_id == user_id))


def forget_ended(session: Session, moment: int) -> None:
    """Delete the sessions whose time is out, and those from before the clock was set back."""
    old = or_(StaffSession.seen < moment - IDLE_SECONDS, StaffSession.created < moment - LONGEST_SECONDS)
    session.execute(delete(StaffSession).where(or_(old, StaffSession.seen > moment + _NOTED_EVERY)))


def count_sessions(session: Session, user_id: int) -> int:
    """In how many browsers somebody is at the desk."""
    return len(session.scalars(select(StaffSession.mark).where(StaffSession.user_id == user_id)).all())


def _mark(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
