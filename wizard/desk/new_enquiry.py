"""Makes an enquiry of a conversation: the form with what it comes to, and the enquiry, once per form.

The form carries what it began with, sealed for whoever is logged in. So what is kept is what was seen, and nothing is
lost where the conversation is deleted while somebody writes.
"""

from base64 import b64decode, b64encode
from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.desk.drafts import Talk, end_talk, open_talk
from wizard.desk.enquiry_form import Written, form_choices, is_once, judge_form, read_form
from wizard.desk.enquiry_told import tell_needs
from wizard.desk.sheet import see
from wizard.desk.staff import live_staff
from wizard.desk.talk_count import count_talk
from wizard.rules.visit import assess
from wizard.store.enquiries import Edit, add_enquiry
from wizard.store.enquiry import Begun, NeedFound, read_begun, write_begun
from wizard.web.content import current_guide
from wizard.web.stored import store

new_enquiry = Blueprint("new_enquiry", __name__, url_prefix="/skranke/henvendelser")


@new_enquiry.post("/ny")
def begin() -> Response | str:
    """The form for a new enquiry, with what the conversation comes to."""
    talk = open_talk(request.form.get("ark", ""))
    return _page(_begun_with(talk), Written(), {}) if talk else redirect(url_for("triage.begin"), 303)


@new_enquiry.post("")
def make() -> Response | tuple[str, int]:
    """Make an enquiry. A fault keeps everything that was written."""
    once, begun = request.form.get("once", ""), _unseal(request.form.get("grunnlag", ""))
    if begun is None or not is_once(once):
        abort(400)
    written = read_form(request.form, begun)
    judged = judge_form(current_guide(), begun, written)
    if judged.course is None:
        return _page(begun, written, judged.faults), 422
    edit = Edit(live_staff().id, once)
    with store().database.writing() as session:
        reference = add_enquiry(session, store().field_key, begun, judged.course, edit)
    draft = request.form.get("ark", "")
    count_talk(draft)
    if "avslutt" in request.form:
        end_talk(draft)
    return redirect(url_for("enquiry.show", reference=reference, beskjed="laget"), 303)


def _begun_with(talk: Talk) -> Begun:
    """What a conversation comes to."""
    guide = current_guide()
    seen = see(guide, talk)
    outcome = assess(guide.ruleset, seen.masks)
    needs = tuple(
        NeedFound(
            need=need.need,
            subject=subject.subject,
            step=need.step,
            services=(*need.services, *need.meanwhile),
            ask_about=need.ask_about,
            contact=guide.whom_to_ask(need.need, seen.settled.masks),
        )
        for subject in outcome.subjects
        for need in subject.needs
    )
    return Begun(guide.id, guide.revision, needs)


def _page(begun: Begun, written: Written, faults: Mapping[str, str]) -> str:
    return render_template(
        "desk/enquiry_new.html",
        sealed=_seal(begun),
        talk=request.form.get("ark", ""),
        needs=tell_needs(current_guide(), begun),
        **form_choices(begun, written, faults),
    )


def _seal(begun: Begun) -> str:
    return b64encode(store().field_key.seal(write_begun(begun), _place())).decode()


def _unseal(text: str) -> Begun | None:
    try:
        return read_begun(store().field_key.open(b64decode(text, validate=True), _place()))
    except ValueError:
        return None


def _place() -> str:
    return f"new enquiry of {live_staff().id}"
