"""The way in and out of the desk: name and password, then a code; the same words whatever was wrong.

Nothing here writes a name, a password or a code to a log (:mod:`wizard.desk.login_log`).
"""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.wrappers import Response

from wizard.desk.login_log import Way, note_refused, note_too_often
from wizard.desk.one_time_codes import step_of
from wizard.desk.passwords import LONGEST, digest_password, is_password, wants_new_digest
from wizard.desk.staff import current_staff, halfway_user, live_staff, log_in, log_out
from wizard.store.places import totp_place
from wizard.store.staff import find_user, fold_name, use_step
from wizard.store.staff_sessions import end_all_sessions
from wizard.store.staff_tables import StaffUser
from wizard.web.access import AUDIENCE, STAFF
from wizard.web.language import gettext
from wizard.web.limits import too_often
from wizard.web.stored import store

login = Blueprint("login", __name__, url_prefix="/skranke")
Answered = Response | tuple[str, int]
_PER_NAME, _PER_USER, _PER_ADDRESS = "10 per 5 minutes", "5 per 5 minutes", "100 per 5 minutes"
"""A whole town hall may share one address; a name is one person's."""


@login.get("/logg-inn")
def show() -> Response | str:
    """The form; whoever is logged in goes on."""
    return _go_on() if current_staff() else _page()


@login.post("/logg-inn")
def check() -> Answered:
    """Judge name and password."""
    name, password = fold_name(request.form.get("navn", "")), request.form.get("passord", "")[: LONGEST + 1]
    if too_often("login", name, per_key=_PER_NAME, per_address=_PER_ADDRESS):
        note_too_often(None, Way.PASSWORD)
        raise TooManyRequests
    user_id, fits = _judge(name, password)
    if user_id is None or not fits:
        note_refused(user_id, Way.PASSWORD)
        return _page(gettext("Navnet eller passordet stemmer ikke."), name=name), 422
    log_in(user_id, by=None)
    return redirect(url_for("login.show_code", videre=onward() or None), 303)


def _judge(name: str, password: str) -> tuple[int | None, bool]:
    """The account of a name, and whether this lets it in. Digesting takes a while; no connection is held meanwhile."""
    with store().database.writing() as session:
        user = find_user(session, name)
    usable = user is not None and user.enrolled and not user.disabled
    fits = is_password(user.password if user and usable else "", password)
    if user and fits and wants_new_digest(user.password):
        with store().database.writing() as session:
            session.get_one(StaffUser, user.id).password = digest_password(password)
    return (user.id if user else None), fits


@login.get("/logg-inn/kode")
def show_code() -> Response | str:
    """The second form."""
    return redirect(url_for("login.show"), 303) if halfway_user() is None else _code_page()


@login.post("/logg-inn/kode")
def check_code() -> Answered:
    """Judge the code; each is good for one login."""
    user_id = halfway_user()
    if user_id is None:
        return redirect(url_for("login.show"), 303)
    if too_often("code", str(user_id), per_key=_PER_USER, per_address=_PER_ADDRESS):
        note_too_often(user_id, Way.CODE)
        raise TooManyRequests
    if not use_code(user_id, request.form.get("kode", "")):
        note_refused(user_id, Way.CODE)
        return _code_page(gettext("Koden stemmer ikke, eller den er brukt allerede.")), 422
    log_in(user_id, by=Way.CODE)
    return _go_on()


def use_code(user_id: int, written: str) -> bool:
    """Whether this is a code of somebody's app that was not used yet; it is used up then."""
    with store().database.writing() as session:
        user = session.get_one(StaffUser, user_id)
        secret = store().field_key.open(user.totp or b"", totp_place(user_id))
        step = step_of(secret, written, after=user.totp_step) if secret and user.enrolled else None
        return step is not None and use_step(session, user, step)


@login.post("/logg-ut")
def leave() -> Response:
    """End the session of this browser."""
    log_out()
    return redirect(url_for("login.left"), 303)


@login.post("/logg-ut-overalt")
def leave_everywhere() -> Response:
    """End the sessions of this person in all browsers."""
    with store().database.writing() as session:
        end_all_sessions(session, live_staff().id)
    log_out()
    return redirect(url_for("login.left"), 303)


@login.get("/logget-ut")
def left() -> str:
    """That nobody is logged in any more."""
    return render_template("desk/left.html")


def _go_on() -> Response:
    return redirect(to_page(onward()), 303)


def to_page(path: str) -> str:
    """The address of a page that :func:`onward` has let through; of the start page where there is none."""
    return f"{request.script_root}{path}" if path else url_for("desk_home.show")


def onward() -> str:
    """The page of the desk that was asked for before the login, if it is one; never an address elsewhere."""
    path = request.values.get("videre", "")
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        return ""
    return path if AUDIENCE.get(endpoint) in STAFF else ""


def _page(fault: str = "", name: str = "") -> str:
    return render_template("desk/login.html", fault=fault, name=name[:60], onward=onward())


def _code_page(fault: str = "") -> str:
    return render_template("desk/code.html", fault=fault, onward=onward())
