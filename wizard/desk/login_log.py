"""Who came in and who did not: in the log of the desk for administrators, in the server's for those who look after it.

An account stands in the server's log by its number alone, and what somebody wrote stands nowhere: not a name, not a
password, not a code.
"""

import logging
from enum import StrEnum

from sqlalchemy.orm import Session

from wizard.store.access_log import Act, note_access
from wizard.store.tries import count_try, mark_of_try
from wizard.web.stored import store

_log = logging.getLogger("wizard.logins")
_NOBODYS_SECONDS = 60


class Way(StrEnum):
    """What somebody tries to come in by; the words stand in the log of the desk."""

    PASSWORD = "passord"  # noqa: S105  a word
    CODE = "kode"
    PROVIDER = "kommunen"


def note_login(session: Session, user_id: int, way: Way) -> None:
    """Somebody came in."""
    _tell(logging.INFO, "Let in", user_id, way)
    note_access(session, user_id, Act.LOGGED_IN, way)


def note_logout(session: Session, user_id: int) -> None:
    """Somebody went."""
    note_access(session, user_id, Act.LOGGED_OUT)


def note_refused(user_id: int | None, way: Way) -> None:
    """Somebody did not come in. A name that no account has costs as much time as one of an account."""
    _tell(logging.WARNING, "Refused", user_id, way)
    with store().database.writing() as session:
        if user_id is None:
            count_try(session, mark_of_try(store().vault, "login of nobody"), seconds=_NOBODYS_SECONDS)
        else:
            note_access(session, user_id, Act.LOGIN_REFUSED, way)


def note_too_often(user_id: int | None, way: Way) -> None:
    """Somebody tries too often. It stands in the server's log alone, since nobody may fill the other with it."""
    _tell(logging.WARNING, "Too many tries", user_id, way)


def note_wrong_role(user_id: int, endpoint: str) -> None:
    """Somebody asked for a page that their role does not open."""
    with store().database.writing() as session:
        note_access(session, user_id, Act.PAGE_REFUSED, endpoint)


def _tell(level: int, outcome: str, user_id: int | None, way: Way) -> None:
    _log.log(level, "%s: account %s, by %s", outcome, user_id or "unknown", way.name.lower())
