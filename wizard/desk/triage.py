"""Talk-order triage: a person tells everything at once, and whoever listens ticks it off in the order it comes.

Every page of a conversation is the answer to a form and stands at one address. So no id and no answer is in an
address, and Back or reload give a blank sheet; what was filled in is found again under the open conversations.
"""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.desk.cookies import give_cookie, take_cookie
from wizard.desk.drafts import Talk, blank_talk, end_talk, open_talk, open_talks, talk_with, write_talk
from wizard.desk.filled import Filled, read_edit, read_form
from wizard.desk.page import KEYS_COOKIE, Notice, find_needs, show_sheet
from wizard.desk.sheet import make_areas, see
from wizard.desk.staff import browser_mark
from wizard.desk.talk_count import count_talk
from wizard.store.drafts import Fate, is_draft_id
from wizard.web.content import content, current_guide
from wizard.web.visit import Given

triage = Blueprint("triage", __name__, url_prefix="/skranke/samtale")
Answered = Response | str | tuple[str, int]


@triage.get("")
def begin() -> str:
    """A blank sheet for a new person. Nothing is kept before the first answer."""
    ended = request.args.get("beskjed") == Notice.ENDED
    return show_sheet(blank_talk(), notice=Notice.ENDED if ended else Notice.NONE, others=tuple(open_talks()))


@triage.post("")
def save() -> Answered:
    """Take what is filled in so far, and show the sheet again with what follows from it."""
    talk, filled, notice, rivals = take_form()
    page = show_sheet(talk, filled, notice=notice, rivals=rivals, text=request.form.get("sok", ""))
    return (page, 422) if filled.faults or notice else page


def take_form() -> tuple[Talk, Filled, Notice, dict[str, Given]]:
    """Keep the form that was sent. Where that cannot be done, nothing is lost: both sides are given back."""
    draft = request.form.get("ark", "")
    if not is_draft_id(draft):
        abort(400)
    filled = read_form(request.form)
    fate, talk = write_talk(draft, filled.fill_in, read_edit(request.form))
    if talk is None:
        return talk_with(filled.add_to({})), filled, Notice.GONE, {}
    if fate is not Fate.REFUSED:
        return talk, filled, Notice.NONE, {}
    rivals = filled.against(talk.answers)
    both = replace(talk, visit=replace(talk.visit, answers=filled.add_to(talk.answers)))
    same = both.answers == talk.answers and not rivals
    return both, filled, Notice.NONE if same else Notice.REFUSED, rivals


@triage.post("/fortsett")
def resume() -> Answered:
    """Go on with a conversation that is open."""
    talk = open_talk(request.form.get("ark", ""))
    return show_sheet(talk) if talk else redirect(url_for("triage.begin"), 303)


@triage.post("/sok")
def suggest() -> str:
    """The needs that a few words may be about, as a part of the page."""
    guide, talk = current_guide(), talk_with(read_form(request.form).answers)
    areas = make_areas(guide, talk, see(guide, talk), None)
    return render_template("desk/hits.html", hits=find_needs(request.form.get("sok", ""), areas))


@triage.post("/avslutt")
def end() -> Response:
    """Delete the conversation, and be ready for the next person."""
    count_talk(request.form.get("ark", ""))
    end_talk(request.form.get("ark", ""))
    return redirect(url_for("triage.begin", beskjed=Notice.ENDED), 303)


@triage.get("/tomt")
def emptied() -> str:
    """Where a screen goes that nobody has touched for a while."""
    return render_template("desk/emptied.html", minutes=content().settings.draft_minutes)


@triage.post("/taster")
def set_keys() -> Response:
    """Switch shortcuts on or off, until the next login."""
    response = Response(status=204)
    if "av" in request.form:
        mark = browser_mark()[:32]
        give_cookie(response, KEYS_COOKIE, mark)
    else:
        take_cookie(response, KEYS_COOKIE)
    return response
