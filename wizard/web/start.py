"""Where a visit begins and where it can be taken back."""

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.rules.model import NEEDS
from wizard.web.cards import contact_cards
from wizard.web.content import content, current_guide
from wizard.web.information import services_for_groups
from wizard.web.onward import go_on, live_walk
from wizard.web.session import Lost, current_visit, end_visit, keep_visit, live_visit, lost_visit, start_visit
from wizard.web.words import ERASED, ERASED_TEXT, LOST

start = Blueprint("start", __name__)


@start.get("/")
def show() -> str:
    """What this is, for whom, and what happens with the answers."""
    guide = current_guide()
    return render_template(
        "pages/start.html",
        message=_message(),
        live=current_visit() is not None,
        settings=content().settings,
        contacts=contact_cards(guide, guide.about.contact),
        for_groups=bool(services_for_groups(guide)),
    )


def _message() -> str:
    """Why the visitor is back here, where there is something to tell."""
    said = request.args.get("beskjed", "")
    lost = lost_visit()
    if lost or said in {reason.value for reason in Lost}:
        return str(LOST[lost or Lost(said)])
    return str(ERASED_TEXT) if said == ERASED else ""


@start.post("/start")
def begin() -> Response:
    """Begin a visit, with no answers or with a need that was found. A form on somebody else's page cannot do it."""
    if request.headers.get("Sec-Fetch-Site", "none") == "cross-site":
        return redirect(url_for("start.show"), 303)
    guide = current_guide()
    start_visit(guide.revision, desk="desk" in request.form)
    if (need := request.form.get("need", "")) in guide.needs:
        keep_visit(replace(live_visit(), answers={NEEDS: [need]}))
    return go_on(live_walk())


@start.post("/slett")
def erase() -> Response:
    """Delete the answers at once."""
    end_visit()
    return redirect(url_for("start.show", beskjed=ERASED), 303)
