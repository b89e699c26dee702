"""Keeps the answers under a code for whoever asks for it, shows the code, and deletes what is kept.

The code lies in the encrypted cookie of the visit from its beginning, and nowhere else. So a form that is sent twice
keeps one copy, a reload shows the same code, and the code never stands in an address, a title or a log.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

import segno
from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from wizard.store.codes import group_code, new_code
from wizard.store.saved import forget, forget_expired, save, today
from wizard.web.content import content
from wizard.web.kept import digest, keep_under_code, write_down
from wizard.web.language import say_date
from wizard.web.session import keep_visit, live_visit
from wizard.web.stored import can_store, form_key, is_own_form, store
from wizard.web.visit import Given, Visit

keep = Blueprint("keep", __name__)

DAYS = (1, 7, 30)
DEFAULT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept, until which day. ``changed``: the answers are others by now."""

    until: str
    changed: bool
    code: tuple[str, ...]
    qr: Markup


@keep.app_template_global()
def days_to_keep() -> tuple[tuple[int, bool], ...]:
    """For how long one may keep, and which of these it is unless one says otherwise."""
    return tuple((days, days == DEFAULT_DAYS) for days in DAYS)


@keep.app_template_global()
def own_form_key() -> str:
    """What a form of this visit carries, so that it counts once however often it is sent."""
    return form_key(live_visit())


def keeping(visit: Visit, answers: Mapping[str, Given]) -> Keeping | None:
    """What is kept of a visit that has these answers now; None where nothing is."""
    if visit.kept is None or not can_store():
        return None
    return Keeping(
        until=say_date(date.fromisoformat(visit.kept.until)),
        changed=visit.kept.answers != digest(answers),
        code=group_code(visit.code),
        qr=draw_code(visit.code),
    )


@keep.post("/lagre")
def store_answers() -> Response:
    """Keep the answers as they are now. Under a code that is in use, they take the place of the old ones."""
    visit = live_visit()
    days = next((days for days in DAYS if str(days) == request.form.get("days")), None)
    if days is None:
        abort(400)
    if not is_own_form(visit, request.form.get("once", "")):
        return redirect(url_for("result.show"), 303)
    since, until = today(), today() + timedelta(days)
    kept = keep_under_code(content().guide, visit, since=since, until=until)
    with store().database.writing() as session:
        forget_expired(session, day=since)
        save(session, store().vault, visit.code, write_down(visit, kept), last_day=until)
    keep_visit(replace(visit, kept=kept))
    return redirect(url_for("keep.show"), 303)


@keep.get("/lagret")
def show() -> Response | str:
    """The code, how to use it, and how to look after it."""
    visit = live_visit()
    if visit.kept is None:
        return redirect(url_for("result.show"), 303)
    return render_template("pages/kept.html", keeping=keeping(visit, visit.answers))


@keep.post("/lagret/slett")
def delete() -> Response:
    """Delete what is kept of this visit. The answers in the browser stay, and a new code lies ready."""
    visit = live_visit()
    with store().database.writing() as session:
        forget(session, store().vault, visit.code)
    keep_visit(without_code(visit))
    return redirect(url_for("keep.deleted"), 303)


@keep.get("/lagret/slettet")
def deleted() -> Response | str:
    """That what was kept of this visit is gone; here nobody can have mistyped a code."""
    if live_visit().kept is not None:
        return redirect(url_for("keep.show"), 303)
    return render_template("pages/deleted.html", own=True, live=True)


def without_code(visit: Visit) -> Visit:
    """The visit after what was kept of it is deleted."""
    return replace(visit, code=new_code(), kept=None)


def draw_code(code: str) -> Markup:
    """The bare code as a drawing that a scanner reads; no address, so that scanning it opens nothing."""
    drawing = segno.make(code, micro=False, error="m", boost_error=False)
    return Markup(drawing.svg_inline(omitsize=True, svgclass=None, lineclass=None, light="#fff"))  # noqa: S704
