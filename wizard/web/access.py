"""Who may reach which page; the guard stands above the views, so that no view has to ask.

Every route is named here. A route that is not is reached by nobody, and a test compares this list with the routes.
"""

from collections.abc import Mapping
from enum import StrEnum

from flask import Flask, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from wizard.web.content import current_guide
from wizard.web.session import current_visit, keep_visit, lost_visit
from wizard.web.walk import renew


class Audience(StrEnum):
    """Who a page is for."""

    EVERYONE = "everyone"
    VISITOR = "visitor"
    """Somebody with a live visit."""


AUDIENCE: Mapping[str, Audience] = {
    "start.show": Audience.EVERYONE,
    "start.begin": Audience.EVERYONE,
    "start.erase": Audience.EVERYONE,
    "leave.quickly": Audience.EVERYONE,
    "questions.show": Audience.VISITOR,
    "questions.answer": Audience.VISITOR,
    "questions.show_extra": Audience.VISITOR,
    "questions.answer_extra": Audience.VISITOR,
    "related.add": Audience.VISITOR,
    "result.show": Audience.VISITOR,
    "browse.ladder": Audience.EVERYONE,
    "browse.step": Audience.EVERYONE,
    "browse.service": Audience.EVERYONE,
    "browse.urgent": Audience.EVERYONE,
    "how.overview": Audience.EVERYONE,
    "how.table": Audience.EVERYONE,
    "how.drawing": Audience.EVERYONE,
    "health.show": Audience.EVERYONE,
}


def register_access(app: Flask) -> None:
    """Put the guard above all views."""
    app.before_request(_guard)


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
    return None
