"""Who is at the desk: the session of staff, its cookie, and the guard in front of the desk's pages.

The cookie ``skranke`` has nothing to do with a citizen's visit. On the desk's pages the tokens of forms hang on it and
not on the visit, also before the login: every form carries ``csrf_token()`` as elsewhere, and a new login makes the
forms of the old one useless. Nothing is read from the database before a page of the desk is asked for.
"""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask, Response, abort, g, redirect, request, session, url_for
from werkzeug.wrappers import Response as AnyResponse

from wizard.config import Settings
from wizard.desk.cookies import give_cookie, read_cookie
from wizard.desk.login_log import Way, note_login, note_logout, note_wrong_role
from wizard.store.staff_sessions import end_session, find_present, new_token, open_session
from wizard.web.access import DESK_PATH, Audience, at_desk, register_staff_guard
from wizard.web.seal import derive_key
from wizard.web.stored import store

COOKIE = "skranke"
_FORM_TOKEN = "csrf_token"  # noqa: S105  the name under which the library keeps it
_LONGEST_TOKEN = 100


class Role(StrEnum):
    """What somebody may do: ``desk`` serves citizens, ``admin`` also looks after users and numbers."""

    DESK = "desk"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is logged in; ``has_password`` where no login provider vouches for them."""

    id: int
    name: str
    role: Role
    has_password: bool = False

    @property
    def is_admin(self) -> bool:
        """Whether the pages for administrators are open."""
        return self.role is Role.ADMIN


@dataclass(slots=True)
class _Presence:
    """What is known of this request: the cookie's token, and who has it. ``renewed`` tells the browser."""

    token: str
    renewed: bool = False
    asked: bool = False
    staff: Staff | None = None
    halfway: int | None = None
    visit_token: str | None = None


def register_staff(app: Flask, settings: Settings) -> None:
    """Know who is there. Before the guard of :mod:`wizard.web.access`, so that forms find their token in time."""
    key = derive_key(settings.pepper or settings.secrets[0], "desk forms")  # forms outlive a change of keys

    @app.before_request
    def enter() -> None:
        if not at_desk():
            return
        token = read_cookie(COOKIE)
        known = 0 < len(token) <= _LONGEST_TOKEN
        g.presence = _Presence(token if known else new_token(), renewed=not known)
        g.presence.visit_token = session.get(_FORM_TOKEN)
        session[_FORM_TOKEN] = hmac.digest(key, g.presence.token.encode(), hashlib.sha256).hex()

    @app.after_request
    def leave(response: Response) -> Response:
        if "presence" not in g:
            return response
        session.pop(_FORM_TOKEN, None)
        if _presence().visit_token:
            session[_FORM_TOKEN] = _presence().visit_token
        if _presence().renewed:
            give_cookie(response, COOKIE, _presence().token)
        return response

    app.jinja_env.globals["current_staff"] = current_staff
    register_staff_guard(app, _guard)


def current_staff() -> Staff | None:
    """Who is logged in, if somebody is. Never anybody outside the pages of the desk."""
    return _ask().staff if at_desk() and "presence" in g else None


def live_staff() -> Staff:
    """Who is logged in, where the guard above the view has made sure that somebody is."""
    staff = current_staff()
    if staff is None:
        raise RuntimeError("a page of the desk was reached without anybody logged in")
    return staff


def halfway_user() -> int | None:
    """The account that has come halfway through its login in this browser, by its id."""
    return _ask().halfway


def browser_mark() -> str:
    """A name for this browser as it is now, which does not tell what its cookie holds."""
    return hashlib.sha256(_presence().token.encode()).hexdigest()


def log_in(user_id: int, *, by: Way | None) -> None:
    """Begin a session under a new token; the one that the browser had ends. ``by`` is None as long as it is halfway."""
    with store().database.writing() as writing:
        end_session(writing, _presence().token)
        token = open_session(writing, user_id, confirmed=by is not None)
        if by:
            note_login(writing, user_id, by)
    g.presence = _Presence(token, renewed=True, visit_token=_presence().visit_token)


def log_out() -> None:
    """End the session of this browser, and give it a new token that opens nothing."""
    staff = current_staff()
    with store().database.writing() as writing:
        end_session(writing, _presence().token)
        if staff:
            note_logout(writing, staff.id)
    g.presence = _Presence(new_token(), renewed=True, visit_token=_presence().visit_token)


def _ask() -> _Presence:
    """Ask the database once per request; a token that was made just now is nobody's."""
    presence = _presence()
    if presence.asked or (presence.renewed and not read_cookie(COOKIE)):
        return presence
    presence.asked = True
    with store().database.writing() as reading:
        found = find_present(reading, presence.token)
    if found and found.confirmed:
        presence.staff = Staff(found.user.id, found.user.name, Role(found.user.role), bool(found.user.password))
    presence.halfway = found.user.id if found and not found.confirmed else None
    return presence


def _presence() -> _Presence:
    found: _Presence = g.presence
    return found


def _guard(audience: Audience) -> AnyResponse | None:
    """Nobody is sent to the login, or told so where a form was sent; the wrong role is refused."""
    staff = current_staff()
    if staff is None:
        if request.method not in {"GET", "HEAD"}:
            abort(401)
        return redirect(url_for("login.show", videre=request.path if request.path != DESK_PATH else None), 303)
    if audience is Audience.ADMIN and not staff.is_admin:
        note_wrong_role(staff.id, request.endpoint or "")
        abort(403)
    return None
