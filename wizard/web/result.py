"""The page where a visit ends: what may suit, why, whom to contact, and the way back to every answer."""

from dataclasses import replace

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from wizard.web.content import content
from wizard.web.counting import count_result
from wizard.web.onward import live_walk
from wizard.web.present import present_result
from wizard.web.result_page import make_result_page
from wizard.web.session import keep_visit, live_visit

result = Blueprint("result", __name__)


@result.get("/resultat")
def show() -> Response | str:
    """The result, once every question that matters is answered."""
    visit, path = live_visit(), live_walk()
    if path.next_number is not None:
        return redirect(url_for("questions.show", number=path.next_number), 303)
    keep_visit(replace(visit, warned=path.trail.dangers, updated=False))
    count_result(path)
    return make_result_page(visit, present_result(path.guide, content().sheets, visit, path)).render()
