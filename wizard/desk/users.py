"""The page about who may log in: accounts made on the command line are closed, opened and given roles here."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy.orm import Session

from wizard.desk.login import Answered
from wizard.desk.staff import Role, live_staff
from wizard.store.access_log import Act, note_access
from wizard.store.staff import LastAdminError, change_role, disable_user, enable_user, keep_an_admin, list_users
from wizard.store.staff_sessions import count_sessions
from wizard.store.staff_tables import StaffUser
from wizard.web.language import gettext
from wizard.web.stored import store

users = Blueprint("users", __name__, url_prefix="/skranke/brukere")


class State(StrEnum):
    """What an account can be used for."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Row:
    """An account as it stands in the list; ``sessions`` in how many browsers it is used now."""

    id: int
    name: str
    role: Role
    state: State
    by_provider: bool
    sessions: int


@users.get("")
def show() -> str:
    """Everybody who may log in, or might once."""
    return _page()


@users.post("/<int:id_>/rolle")
def set_role(id_: int) -> Answered:
    """Give somebody another role."""
    role = request.form.get("rolle", "")
    if role not in set(Role):
        abort(400)

    def change(session: Session, user: StaffUser) -> None:
        if role != Role.ADMIN:
            keep_an_admin(session, user)
        change_role(user, role)

    return _change(id_, Act.ROLE_CHANGED, change)


@users.post("/<int:id_>/steng")
def close(id_: int) -> Answered:
    """Close an account; whoever uses it is out at once."""

    def change(session: Session, user: StaffUser) -> None:
        keep_an_admin(session, user)
        disable_user(session, user)

    return _change(id_, Act.ACCOUNT_CLOSED, change)


@users.post("/<int:id_>/apne")
def reopen(id_: int) -> Answered:
    """Open an account again."""
    return _change(id_, Act.ACCOUNT_OPENED, lambda _session, user: enable_user(user))


def _change(id_: int, act: Act, change: Callable[[Session, StaffUser], None]) -> Answered:
    try:
        with store().database.writing() as session:
            user = session.get(StaffUser, id_)
            if user is None:
                abort(404)
            change(session, user)
            note_access(session, live_staff().id, act, user.name)
    except LastAdminError:
        return _page(gettext("Det må alltid være minst én som styrer brukerne. Gi en annen den rollen først.")), 409
    return redirect(url_for("users.show"), 303)


def _page(fault: str = "") -> str:
    with store().database.writing() as session:
        rows = [_row(session, user) for user in list_users(session)]
    return render_template("desk/users.html", rows=rows, roles=list(Role), fault=fault)


def _row(session: Session, user: StaffUser) -> Row:
    ready = user.enrolled or user.provider_mark is not None
    state = State.CLOSED if user.disabled else State.OPEN if ready else State.WAITING
    return Row(
        user.id, user.name, Role(user.role), state, user.provider_mark is not None, count_sessions(session, user.id)
    )
