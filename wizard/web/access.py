"""Who may reach which page; the guard stands above the views, so that no view has to ask.

Every route is named here. A route that is not is reached by nobody, and a test compares this list with the routes.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from flask import Flask, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from wizard.web.content import current_guide
from wizard.web.session import current_visit, keep_visit, lost_visit
from wizard.web.walk import renew


class Audience(StrEnum):
    """Who a page is for."""

    EVERYONE = "everyone"
    VISITOR = "visitor"
    """Somebody with a live visit."""
    DESK = "desk"
    """Somebody who is logged in at the desk."""
    ADMIN = "admin"
    """Somebody who is logged in and looks after the desk."""


STAFF = (Audience.DESK, Audience.ADMIN)
DESK_PATH = "/skranke"
_STAFF_GUARD = "rett-trinn-staff-guard"
StaffGuard = Callable[[Audience], Response | None]
"""Sends away whoever is not of an audience among :data:`STAFF`; None lets them in."""


AUDIENCE: Mapping[str, Audience] = {
    "start.show": Audience.EVERYONE,
    "start.begin": Audience.EVERYONE,
    "start.erase": Audience.EVERYONE,
    "leave.quickly": Audience.EVERYONE,
    "pause.show": Audience.VISITOR,
    "questions.show": Audience.VISITOR,
    "questions.answer": Audience.VISITOR,
    "questions.show_extra": Audience.VISITOR,
    "questions.answer_extra": Audience.VISITOR,
    "related.add": Audience.VISITOR,
    "result.show": Audience.VISITOR,
    "keep.store_answers": Audience.VISITOR,
    "keep.show": Audience.VISITOR,
    "keep.delete": Audience.VISITOR,
    "keep.deleted": Audience.VISITOR,
    "fetch.show": Audience.EVERYONE,
    "fetch.take": Audience.EVERYONE,
    "fetch.deleted": Audience.EVERYONE,
    "helped.answer": Audience.VISITOR,
    "contact_request.show": Audience.VISITOR,
    "contact_request.ask": Audience.VISITOR,
    "contact_request.receipt": Audience.VISITOR,
    "withdrawal.show_field": Audience.EVERYONE,
    "withdrawal.withdraw": Audience.EVERYONE,
    "withdrawal.done": Audience.EVERYONE,
    "browse.ladder": Audience.EVERYONE,
    "browse.step": Audience.EVERYONE,
    "browse.service": Audience.EVERYONE,
    "browse.urgent": Audience.EVERYONE,
    "search.show": Audience.EVERYONE,
    "search.results": Audience.EVERYONE,
    "how.overview": Audience.EVERYONE,
    "how.table": Audience.EVERYONE,
    "how.drawing": Audience.EVERYONE,
    "information.privacy": Audience.EVERYONE,
    "information.about": Audience.EVERYONE,
    "information.contact": Audience.EVERYONE,
    "information.accessibility": Audience.EVERYONE,
    "information.groups": Audience.EVERYONE,
    "health.show": Audience.EVERYONE,
    "health.show_alive": Audience.EVERYONE,
    "metrics.show": Audience.EVERYONE,
    "security_txt.show": Audience.EVERYONE,
    "login.show": Audience.EVERYONE,
    "login.check": Audience.EVERYONE,
    "login.show_code": Audience.EVERYONE,
    "login.check_code": Audience.EVERYONE,
    "login.leave": Audience.DESK,
    "login.leave_everywhere": Audience.DESK,
    "login.left": Audience.EVERYONE,
    "provided.begin": Audience.EVERYONE,
    "provided.take": Audience.EVERYONE,
    "enrol.show": Audience.EVERYONE,
    "enrol.take": Audience.EVERYONE,
    "enrol.show_app": Audience.EVERYONE,
    "enrol.confirm": Audience.EVERYONE,
    "desk_home.show": Audience.DESK,
    "own_password.show": Audience.DESK,
    "own_password.change": Audience.DESK,
    "tongue.choose": Audience.DESK,
    "triage.begin": Audience.DESK,
    "triage.save": Audience.DESK,
    "triage.resume": Audience.DESK,
    "triage.suggest": Audience.DESK,
    "triage.end": Audience.DESK,
    "triage.emptied": Audience.DESK,
    "triage.set_keys": Audience.DESK,
    "handout.show": Audience.DESK,
    "handout.show_paper": Audience.DESK,
    "handout.give_code": Audience.DESK,
    "takeover.show": Audience.DESK,
    "takeover.take": Audience.DESK,
    "enquiries.show": Audience.DESK,
    "enquiries.find": Audience.DESK,
    "new_enquiry.begin": Audience.DESK,
    "new_enquiry.make": Audience.DESK,
    "enquiry.show": Audience.DESK,
    "enquiry.change": Audience.DESK,
    "callbacks.show": Audience.DESK,
    "callbacks.open_one": Audience.DESK,
    "callbacks.change": Audience.DESK,
    "overview.show": Audience.DESK,
    "overview.export": Audience.ADMIN,
    "access_log.show": Audience.ADMIN,
    "access_log.select": Audience.ADMIN,
    "users.show": Audience.ADMIN,
    "users.set_role": Audience.ADMIN,
    "users.close": Audience.ADMIN,
    "users.reopen": Audience.ADMIN,
}


def register_access(app: Flask) -> None:
    """Put the guard above all views."""
    app.before_request(_guard)
    app.jinja_env.globals["at_desk"] = at_desk


def at_desk() -> bool:
    """Whether an address of the desk is asked for, whoever asks."""
    return f"{request.path}/".startswith(f"{DESK_PATH}/")


def register_staff_guard(app: Flask, guard: StaffGuard) -> None:
    """Let the desk say who is there; without it, its pages are reached by nobody."""
    app.extensions[_STAFF_GUARD] = guard


def _guard() -> Response | None:
    if request.endpoint is None:
        return None
    audience = AUDIENCE.get(request.endpoint)
    if audience is None:
        abort(404)
    visit = current_visit()
    if visit is not None:
        keep_visit(renew(current_guide(), visit))
    elif audience is Audience.VISITOR:
        return redirect(url_for("start.show", beskjed=lost_visit()), 303)
    return _guard_desk(audience) if audience in STAFF else None


def _guard_desk(audience: Audience) -> Response | None:
    guard: StaffGuard | None = current_app.extensions.get(_STAFF_GUARD)
    if guard is None:
        abort(404)
    return guard(audience)
