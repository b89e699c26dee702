"""Takes up answers that somebody kept under a code, or deletes them. It asks for the code and for nothing else.

A code that is unknown, deleted or out of time is met with the same words, so that nobody can learn which codes exist.
What cannot be a code at all is told as what it is.
"""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.store.codes import ALPHABET, LENGTH, read_code, read_signs
from wizard.store.saved import find, forget, forget_expired, today
from wizard.web.content import current_guide
from wizard.web.keep import without_code
from wizard.web.kept import take_up
from wizard.web.language import gettext, ngettext
from wizard.web.onward import go_on, live_walk
from wizard.web.session import begin_with, current_visit, keep_visit
from wizard.web.stored import store
from wizard.web.walk import renew
from wizard.web.words import CODE_UNKNOWN

fetch = Blueprint("fetch", __name__)
Answered = Response | tuple[str, int]


@fetch.get("/hent")
def show() -> str:
    """The one field."""
    return _page()


@fetch.post("/hent")
def take() -> Answered:
    """Open what is kept, or delete it. A form on somebody else's page can do neither."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return redirect(url_for("fetch.show"), 303)
    written = request.form.get("code", "")
    code = read_code(written)
    if code and "delete" in request.form:
        return _delete(code)
    opened = _open(code) if code else None
    return opened or (_page(written, _fault(written) or str(CODE_UNKNOWN), deleting="delete" in request.form), 422)


def _fault(written: str) -> str:
    """Why this cannot be a code; empty where it can."""
    signs = read_signs(written)
    strange = next((sign for sign in signs if sign not in ALPHABET), None)
    if not signs:
        return gettext("Skriv koden i feltet.")
    if strange:
        return gettext("Koder har ikke tegnet «%(sign)s». Se om du har lest riktig.", sign=strange)
    if len(signs) != LENGTH:
        said = ngettext("Du har skrevet %(num)s tegn.", "Du har skrevet %(num)s tegn.", len(signs))
        how_long = gettext("Koden har %(length)s.", length=LENGTH)
        return f"{said} {how_long}"
    return ""


def _open(code: str) -> Response | None:
    """Begin a visit with what is kept, judged by today's guide."""
    day = today()
    with store().database.writing() as session:
        forget_expired(session, day=day)
        found = find(session, store().vault, code, day=day)
    visit = take_up(code, found.data, until=found.last_day) if found else None
    if visit is None:
        return None
    begin_with(renew(current_guide(), visit))
    return go_on(live_walk())


def _delete(code: str) -> Response:
    """Delete, and say the same whether there was anything or not."""
    with store().database.writing() as session:
        forget(session, store().vault, code)
    visit = current_visit()
    if visit and visit.code == code:
        keep_visit(without_code(visit))
        return redirect(url_for("keep.deleted"), 303)
    return redirect(url_for("fetch.deleted"), 303)


@fetch.get("/slettet")
def deleted() -> str:
    """That nothing is kept under the code that was written."""
    return render_template("pages/deleted.html", own=False, live=current_visit() is not None)


def _page(written: str = "", fault: str = "", *, deleting: bool = False) -> str:
    visit = current_visit()
    return render_template(
        "pages/fetch.html",
        written=written[:60],
        fault=fault,
        deleting=deleting,
        replaces=bool(visit and visit.answers),
    )
