"""The list of enquiries: what is to be done, by what is asked for, and the way to one by its reference."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.desk.enquiry_told import tell_needs, unit_name
from wizard.desk.enquiry_words import BIRTH_NUMBER, FOLLOW_UP, STATUS
from wizard.desk.moments import today
from wizard.store.birth_number import find_birth_number
from wizard.store.enquiries import ANY_STATUS, EnquiryFilter, find_enquiry, list_enquiries
from wizard.store.enquiry import Status
from wizard.store.references import read_reference
from wizard.web.content import content, current_guide
from wizard.web.language import gettext
from wizard.web.stored import store

enquiries = Blueprint("enquiries", __name__, url_prefix="/skranke/henvendelser")

MOST = 200
_LONGEST_REFERENCE = 40


@enquiries.get("")
def show() -> str:
    """The enquiries, by what is asked for."""
    return _page()


@enquiries.post("/finn")
def find() -> Response | tuple[str, int]:
    """Go to an enquiry by its reference, written as people write it. A POST, so that no slip stands in an address."""
    written = request.form.get("nummer", "")
    if find_birth_number(written):
        return _page(written, str(BIRTH_NUMBER)), 422
    reference = read_reference(written[:_LONGEST_REFERENCE], today().year)
    keep_days = content().settings.keep_enquiries_days
    with store().database.writing() as session:
        found = reference and find_enquiry(session, store().field_key, reference, keep_days=keep_days)
    if not found:
        return _page(written, gettext("Vi finner ingen henvendelse med dette nummeret. Se om det er riktig.")), 422
    return redirect(url_for("enquiry.show", reference=found.reference), 303)


def _page(written: str = "", fault: str = "") -> str:
    guide, wanted, keep_days = current_guide(), _wanted(), content().settings.keep_enquiries_days
    with store().database.writing() as session:
        rows = list_enquiries(session, store().field_key, wanted, keep_days=keep_days, most=MOST)
    return render_template(
        "desk/enquiries.html",
        rows=[(row, tell_needs(guide, row.begun) if row.begun else (), unit_name(guide, row.unit)) for row in rows],
        full=len(rows) == MOST,
        wanted=wanted,
        filtered=bool(request.args),
        statuses={"": gettext("Ikke ferdige"), **STATUS, ANY_STATUS: gettext("Alle")},
        status_words=STATUS,
        follow_ups=FOLLOW_UP,
        today=today(),
        keep_days=keep_days,
        written=written[:_LONGEST_REFERENCE],
        fault=fault,
    )


def _wanted() -> EnquiryFilter:
    """What the filters ask for; what they could not ask for is passed over."""
    guide, given = current_guide(), request.args
    status, unit, need = given.get("status", ""), given.get("enhet", ""), given.get("behov", "")
    return EnquiryFilter(
        status=status if status in {*Status, ANY_STATUS} else "",
        unit=unit if unit in guide.contacts else "",
        need=need if need in guide.needs else "",
        late="over" in given,
    )
