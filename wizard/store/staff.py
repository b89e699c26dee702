"""The accounts of those who work at the desk: made on the command line, looked up at login, closed at once."""

import hashlib
import unicodedata

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from wizard.store.codes import new_code
from wizard.store.staff_sessions import end_all_sessions, now
from wizard.store.staff_tables import StaffUser
from wizard.store.vault import Vault

ENROL_SECONDS = 24 * 60 * 60
LONGEST_NAME = 60
ADMIN = "admin"
STEPS_AHEAD = 240
"""A code used two hours from now was used while the clock was wrong; it shuts nobody out until then."""


class StaffError(Exception):
    """What was asked for cannot be done; the message is one line for whoever asked."""


class LastAdminError(StaffError):
    """Without an administrator nobody could let anybody in again."""


def fold_name(name: str) -> str:
    """A name as it is kept and compared: Kari and kari are one."""
    return unicodedata.normalize("NFKC", name[: 2 * LONGEST_NAME]).casefold().strip()


def add_user(session: Session, name: str, role: str, provider_mark: bytes | None = None) -> StaffUser:
    """Make an account. Raises :class:`StaffError` where the name cannot be used or is taken."""
    folded = fold_name(name)
    if not folded or len(folded) > LONGEST_NAME or any(not c.isalnum() and c not in "._-@" for c in folded):
        raise StaffError(f"A name has 1 to {LONGEST_NAME} letters, digits, dots, hyphens or @, and no spaces.")
    if find_user(session, folded):
        raise StaffError(f"There is a user named {folded} already.")
    if provider_mark and find_provided(session, provider_mark):
        raise StaffError("Another user has this login already.")
    user = StaffUser(name=folded, role=role, provider_mark=provider_mark)
    session.add(user)
    session.flush()
    return user


def find_user(session: Session, name: str) -> StaffUser | None:
    """The account of a name."""
    return session.scalar(select(StaffUser).where(StaffUser.name == fold_name(name)))


def find_provided(session: Session, mark: bytes) -> StaffUser | None:
    """The account of somebody whom the login provider has vouched for."""
    return session.scalar(select(StaffUser).where(StaffUser.provider_mark == mark))


def mark_of(vault: Vault, issuer: str, subject: str) -> bytes:
    """By what an account is found after a login elsewhere. It does not tell what the person is called there."""
    return vault.lookup(f"login provider {issuer} {subject}")


def list_users(session: Session) -> list[StaffUser]:
    """All accounts by name."""
    return list(session.scalars(select(StaffUser).order_by(StaffUser.name)))


def has_staff(session: Session) -> bool:
    """Whether anybody can be at the desk: an open account that is ready for use."""
    ready = StaffUser.enrolled | StaffUser.provider_mark.is_not(None)
    return session.scalar(select(StaffUser.id).where(~StaffUser.disabled, ready).limit(1)) is not None


def begin_enrolment(session: Session, user: StaffUser) -> str:
    """Forget password and codes of an account, end its sessions, and tell the one-time code that sets new ones."""
    code = new_code()
    user.enrol_mark, user.enrol_until = _enrol_mark(code), now() + ENROL_SECONDS
    user.enrolled, user.password, user.totp = False, "", None
    end_all_sessions(session, user.id)
    return code


def find_enrolling(session: Session, code: str) -> StaffUser | None:
    """The account that a one-time code was made for, while it is good."""
    user = session.scalar(select(StaffUser).where(StaffUser.enrol_mark == _enrol_mark(code)))
    return user if user and not user.disabled and not user.enrolled and user.enrol_until >= now() else None


def finish_enrolment(user: StaffUser) -> None:
    """Password and codes have been confirmed: the one-time code is used up."""
    user.enrolled, user.enrol_mark, user.enrol_until = True, None, 0


def use_step(session: Session, user: StaffUser, step: int) -> bool:
    """Use up a step of the codes; False where it was used already, also by somebody at the same moment."""
    fresh = or_(StaffUser.totp_step < step, StaffUser.totp_step > step + STEPS_AHEAD)
    later = update(StaffUser).where(StaffUser.id == user.id, fresh).values(totp_step=step)
    return bool(session.execute(later.returning(StaffUser.id)).all())


def disable_user(session: Session, user: StaffUser) -> None:
    """Close an account and end its sessions."""
    user.disabled = True
    end_all_sessions(session, user.id)


def enable_user(user: StaffUser) -> None:
    """Open an account again."""
    user.disabled = False


def change_role(user: StaffUser, role: str) -> None:
    """Give somebody another role, from the next page on."""
    user.role = role


def keep_an_admin(session: Session, user: StaffUser) -> None:
    """Raises :class:`LastAdminError` where nobody else could look after the users.

    The rows are locked, so that two administrators who close each other at the same moment do not both succeed.
    """
    admins = select(StaffUser.id).where(StaffUser.role == ADMIN, ~StaffUser.disabled).with_for_update()
    if list(session.scalars(admins)) == [user.id]:
        raise LastAdminError(f"{user.name} is the last administrator.")


def _enrol_mark(code: str) -> bytes:
    return hashlib.sha256(b"enrol " + code.encode()).digest()
