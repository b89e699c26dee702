"""How somebody gets into an account for the first time: a one-time code, a password of their own, and an app for codes.

The one-time code is used up when the first code of the app has been confirmed; until then one may begin again.
"""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from wizard.desk.login import Answered
from wizard.desk.login_log import Way, note_refused, note_too_often
from wizard.desk.new_password import fault_of
from wizard.desk.one_time_codes import app_address, group_secret, new_secret, step_of
from wizard.desk.passwords import SHORTEST, digest_password
from wizard.desk.staff import halfway_user, log_in
from wizard.store.codes import read_code
from wizard.store.places import totp_place
from wizard.store.staff import find_enrolling, finish_enrolment, use_step
from wizard.store.staff_tables import StaffUser
from wizard.web.content import current_guide
from wizard.web.keep import draw_code
from wizard.web.language import gettext
from wizard.web.limits import too_often
from wizard.web.stored import store

enrol = Blueprint("enrol", __name__, url_prefix="/skranke/velkommen")
_PER_USER, _PER_ADDRESS = "5 per 5 minutes", "50 per 5 minutes"


@dataclass(frozen=True, slots=True)
class Enrolling:
    """What the app needs to be told, and by whom."""

    name: str
    secret: str
    drawing: Markup


@enrol.get("")
def show() -> str:
    """The form for the one-time code and the password."""
    return _page()


@enrol.post("")
def take() -> Answered:
    """Set the password, and make a secret for the app."""
    written = request.form.get("engangskode", "")
    code = read_code(written)
    if too_often("enrol", code or written, per_key=_PER_USER, per_address=_PER_ADDRESS):
        note_too_often(None, Way.CODE)
        raise TooManyRequests
    with store().database.writing() as session:
        user = find_enrolling(session, code) if code else None
    if user is None:
        note_refused(None, Way.CODE)
        return _page("engangskode", gettext("Koden stemmer ikke, er brukt, eller er for gammel. Be om en ny.")), 422
    if fault := fault_of(request.form.get("passord", ""), request.form.get("passord2", ""), user.name):
        return _page(*fault), 422
    _set_password(user.id, request.form["passord"])
    log_in(user.id, by=None)
    return redirect(url_for("enrol.show_app"), 303)


def _set_password(user_id: int, password: str) -> None:
    digest = digest_password(password)
    with store().database.writing() as session:
        user = session.get_one(StaffUser, user_id)
        user.password = digest
        user.totp, user.totp_step = store().field_key.seal(new_secret(), totp_place(user.id)), 0


@enrol.get("/app")
def show_app() -> Response | str:
    """The drawing for the app, and the form for its first code."""
    enrolling = _enrolling()
    return _app_page(enrolling) if enrolling else redirect(url_for("enrol.show"), 303)


@enrol.post("/app")
def confirm() -> Answered:
    """Judge the first code of the app; from then on the account can be used."""
    enrolling, user_id = _enrolling(), halfway_user()
    if enrolling is None or user_id is None:
        return redirect(url_for("enrol.show"), 303)
    if too_often("first code", str(user_id), per_key=_PER_USER, per_address=_PER_ADDRESS):
        note_too_often(user_id, Way.CODE)
        raise TooManyRequests
    step = step_of(enrolling.secret, request.form.get("kode", ""), after=0)
    if step is None:
        return _app_page(enrolling, gettext("Koden stemmer ikke. Se om klokka på telefonen går riktig.")), 422
    with store().database.writing() as session:
        user = session.get_one(StaffUser, user_id)
        use_step(session, user, step)
        finish_enrolment(user)
    log_in(user_id, by=Way.CODE)
    return redirect(url_for("desk_home.show"), 303)


def _enrolling() -> Enrolling | None:
    """What was made for the account that has come halfway in this browser, as long as it is not confirmed."""
    user_id = halfway_user()
    if user_id is None:
        return None
    with store().database.writing() as session:
        user = session.get_one(StaffUser, user_id)
        secret = None if user.enrolled else store().field_key.open(user.totp or b"", totp_place(user_id))
    if secret is None:
        return None
    about = current_guide().about
    return Enrolling(
        user.name, secret, draw_code(app_address(secret, user.name, f"{about.title} {about.municipality}"))
    )


def _page(wrong: str = "", fault: str = "") -> str:
    return render_template("desk/enrol.html", wrong=wrong, fault=fault, shortest=SHORTEST)


def _app_page(enrolling: Enrolling, fault: str = "") -> str:
    secret = group_secret(enrolling.secret)
    return render_template("desk/enrol_app.html", enrolling=enrolling, secret=secret, fault=fault)
