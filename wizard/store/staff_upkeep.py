"""What the command line does with the accounts of the desk, each as one piece of work on the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from wizard.store.database import Database
from wizard.store.schema import prepare
from wizard.store.staff import (
    StaffError,
    add_user,
    begin_enrolment,
    change_role,
    disable_user,
    enable_user,
    find_user,
    mark_of,
)
from wizard.store.staff import list_users as list_all
from wizard.store.staff_tables import StaffUser
from wizard.store.vault import Vault


@contextmanager
def _working(address: str) -> Iterator[Session]:
    database = Database(address)
    prepare(database)
    with database.writing() as session:
        yield session
    database.engine.dispose()


def add(address: str, name: str, role: str) -> str:
    """Make an account, and tell its one-time code."""
    with _working(address) as session:
        return begin_enrolment(session, add_user(session, name, role))


def add_provided(address: str, name: str, role: str, mark: bytes) -> None:
    """Make an account for somebody whom the login provider vouches for."""
    with _working(address) as session:
        add_user(session, name, role, mark)


def reset(address: str, name: str) -> str:
    """Forget password and codes of an account, and tell a new one-time code."""
    with _working(address) as session:
        user = _known(session, name)
        if user.provider_mark:
            raise StaffError(f"{user.name} logs in through the login provider, and has no password here.")
        return begin_enrolment(session, user)


def disable(address: str, name: str) -> None:
    """Close an account, and end its sessions everywhere."""
    with _working(address) as session:
        disable_user(session, _known(session, name))


def enable(address: str, name: str) -> None:
    """Open an account again."""
    with _working(address) as session:
        enable_user(_known(session, name))


def set_role(address: str, name: str, role: str) -> None:
    """Give an account another role."""
    with _working(address) as session:
        change_role(_known(session, name), role)


def list_users(address: str) -> list[StaffUser]:
    """All accounts by name."""
    with _working(address) as session:
        return list_all(session)


def provider_mark(pepper: str, issuer: str, subject: str) -> bytes:
    """The mark by which an account is found after a login elsewhere; see :func:`wizard.store.staff.mark_of`."""
    return mark_of(Vault(pepper), issuer, subject)


def _known(session: Session, name: str) -> StaffUser:
    user = find_user(session, name)
    if user is None:
        raise StaffError(f"There is no user named {name}.")
    return user
