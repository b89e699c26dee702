"""One enquiry: read, which stands in the log, and changed by one person at a time.

Whoever is second is shown both, and gets a form with what is stored and, on top of it, what they had changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.desk.enquiry_form import Written, form_choices, is_once, judge_form, read_form, write_form
from wizard.desk.enquiry_told import FieldTold, merge, tell_difference, tell_history, tell_needs, write_journal
from wizard.desk.moments import say_moment, today
from wizard.desk.staff import live_staff
from wizard.store.drafts import Fate
from wizard.store.enquiries import Edit, Kept, change_enquiry, find_enquiry, open_enquiry
from wizard.store.enquiry import Course, Status
from wizard.web.content import content, current_guide
from wizard.web.stored import store

enquiry = Blueprint("enquiry", __name__, url_prefix="/skranke/henvendelser")


@dataclass(frozen=True, slots=True)
class Conflict:
    """That somebody was faster: who and when, and for each field what is stored and what one's own form says."""

    who: str
    when: str
    fields: tuple[FieldTold, ...]


@enquiry.get("/<reference>")
def show(reference: str) -> str:
    """Read an enquiry."""
    with store().database.writing() as session:
        kept = open_enquiry(session, store().field_key, reference, live_staff().id, keep_days=_keep_days())
    if kept is None:
        abort(404)
    course = kept.latest.course
    return _page(kept, write_form(course) if course else Written(), {}, kept.latest.version)


@enquiry.post("/<reference>")
def change(reference: str) -> Response | tuple[str, int]:
    """Change an enquiry, where nobody has done so since the form was made."""
    once, version = request.form.get("once", ""), request.form.get("utgave", "")
    if not is_once(once) or not (version.isdecimal() and len(version) < 9):
        abort(400)
    edit = Edit(live_staff().id, once, int(version))
    with store().database.writing() as session:
        kept = find_enquiry(session, store().field_key, reference, keep_days=_keep_days())
        if kept is None or kept.begun is None:
            abort(404)
        written = read_form(request.form, kept.begun)
        judged = judge_form(current_guide(), kept.begun, written)
        fate = change_enquiry(session, store().field_key, kept, judged.course, edit) if judged.course else None
    if judged.course is None:
        return _page(kept, written, judged.faults, edit.version), 422
    if fate is Fate.REFUSED:
        return _conflict(kept, judged.course, edit.version), 409
    return redirect(url_for("enquiry.show", reference=reference, beskjed="lagret"), 303)


def _conflict(kept: Kept, own: Course, version: int) -> str:
    """Both versions, and the form for a third that has the best of them."""
    latest, guide = kept.latest, current_guide()
    stored = latest.course or own
    base = next((known.course for known in kept.history if known.version == version), None) or stored
    conflict = Conflict(latest.who, say_moment(latest.moment), tell_difference(guide, stored, own))
    return _page(kept, write_form(merge(base, stored, own)), {}, latest.version, conflict)


def _page(
    kept: Kept, written: Written, faults: Mapping[str, str], version: int, conflict: Conflict | None = None
) -> str:
    guide, course = current_guide(), kept.latest.course
    return render_template(
        "desk/enquiry.html",
        kept=kept,
        course=course,
        needs=tell_needs(guide, kept.begun) if kept.begun else (),
        renewed=kept.begun is not None and kept.begun.revision != guide.revision,
        history=tell_history(guide, kept),
        journal=write_journal(guide, kept, today()),
        version=version,
        conflict=conflict,
        done=request.args.get("beskjed", ""),
        late=bool(course and course.due and course.due < today() and course.status is not Status.CLOSED),
        **form_choices(kept.begun, written, faults),
    )


def _keep_days() -> int:
    return content().settings.keep_enquiries_days
