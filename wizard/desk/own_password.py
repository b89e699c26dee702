"""Where somebody who is logged in chooses another password: it takes all that a login takes, and ends all others.

Whoever comes in through the login provider has no password here, and this page is not there for them.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.exceptions import TooManyRequests
from werkzeug.wrappers import Response

from wizard.desk.login import Answered, use_code
from wizard.desk.login_log import Way, note_refused, note_too_often
from wizard.desk.new_password import fault_of
from wizard.desk.passwords import LONGEST, SHORTEST, digest_password, is_password
from wizard.desk.staff import Staff, live_staff, log_in
from wizard.store.access_log import Act, note_access
from wizard.store.staff_sessions import end_all_sessions
from wizard.store.staff_tables import StaffUser
from wizard.web.language import gettext
from wizard.web.limits import too_often
from wizard.web.stored import store

own_password = Blueprint("own_password", __name__, url_prefix="/skranke/passord")
_PER_USER, _PER_ADDRESS = "5 per 5 minutes", "100 per 5 minutes"


@own_password.get("")
def show() -> str:
    """The form, or that it is done."""
    _owner()
    return _page(done="byttet" in request.args)


@own_password.post("")
def change() -> Answered:
    """Take the password of now, a code and the new one; from then on only this browser is logged in."""
    staff = _owner()
    if too_often("own password", str(staff.id), per_key=_PER_USER, per_address=_PER_ADDRESS):
        note_too_often(staff.id, Way.PASSWORD)
        raise TooManyRequests
    if fault := _fault(staff):
        return _page(*fault), 422
    digest = digest_password(request.form["passord"])
    with store().database.writing() as session:
        session.get_one(StaffUser, staff.id).password = digest
        end_all_sessions(session, staff.id)
        note_access(session, staff.id, Act.PASSWORD_CHANGED)
    log_in(staff.id, by=Way.CODE)
    return _to_done()


def _fault(staff: Staff) -> tuple[str, str] | None:
    """The field that is wrong, and why. The code is asked last, since it is used up by that."""
    given = request.form
    with store().database.writing() as session:
        digest = session.get_one(StaffUser, staff.id).password
    if not is_password(digest, given.get("gammelt", "")[: LONGEST + 1]):
        note_refused(staff.id, Way.PASSWORD)
        return "gammelt", gettext("Dette er ikke passordet du har nå.")
    if fault := fault_of(given.get("passord", ""), given.get("passord2", ""), staff.name):
        return fault
    if not use_code(staff.id, given.get("kode", "")):
        note_refused(staff.id, Way.CODE)
        return "kode", gettext("Koden stemmer ikke, eller den er brukt allerede.")
    return None


def _owner() -> Staff:
    staff = live_staff()
    if not staff.has_password:
        abort(404)
    return staff


def _to_done() -> Response:
    return redirect(url_for("own_password.show", byttet=1), 303)


def _page(wrong: str = "", fault: str = "", *, done: bool = False) -> str:
    return render_template("desk/password.html", wrong=wrong, fault=fault, shortest=SHORTEST, done=done)
