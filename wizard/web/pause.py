"""A calm page before the first question that may be hard to be asked, or hard to be seen answering.

It says what kind of questions come, that none must be answered, and how to get away. It is shown once in a visit,
is no question itself, and never meets the front desk. Which questions it stands before is the guide's to say.
"""

from dataclasses import replace

from flask import Blueprint, render_template, url_for
from werkzeug.wrappers import Response

from wizard.web.onward import go_on, live_walk
from wizard.web.session import keep_visit, live_visit
from wizard.web.urgent import emergency_numbers
from wizard.web.visit import Visit
from wizard.web.walk import Walk

pause = Blueprint("pause", __name__)


def pauses_before(visit: Visit, path: Walk, question: str) -> bool:
    """Whether the visitor is to see the page before this question is asked."""
    sensitive = path.guide.about.sensitive
    if sensitive is None or visit.prepared or visit.desk or path.voice == "staff":
        return False
    return question in sensitive.questions and question not in visit.answers


@pause.get("/for-du-svarer")
def show() -> Response | str:
    """The page, remembered as shown; where there is none, or nothing left to ask, on to where the visitor is."""
    path = live_walk()
    guide = path.guide
    if guide.about.sensitive is None or path.next_number is None:
        return go_on(path)
    keep_visit(replace(live_visit(), prepared=True))
    before = path.next_number - 1
    return render_template(
        "pages/pause.html",
        say=guide.about.sensitive.say.said(path.voice),
        back=url_for("questions.show", number=before) if before else url_for("start.show"),
        onward=url_for("questions.show", number=path.next_number),
        numbers=emergency_numbers(guide),
    )
