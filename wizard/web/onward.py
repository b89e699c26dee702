"""Where a visitor is, and where to after an answer: to the next question that waits, or to the result."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from wizard.web.content import current_guide
from wizard.web.counting import count_place
from wizard.web.session import keep_trail, known_trail, live_visit
from wizard.web.walk import Walk, walk


def live_walk() -> Walk:
    """The answers of the live visit, as far as they have come."""
    return walk(current_guide(), live_visit(), known_trail())


def go_on(path: Walk) -> Response:
    """Send the visitor on, with where the answers lead, so that the next page need not follow them again."""
    keep_trail(path.trail)
    count_place(path)
    if path.next_number is None:
        return redirect(url_for("result.show"), 303)
    return redirect(url_for("questions.show", number=path.next_number), 303)
