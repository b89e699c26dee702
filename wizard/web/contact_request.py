"""Be om å bli kontaktet: somebody leaves a name and a number for the desk, if it is safe to be called.

Whoever says that it is not is shown whom to call instead, and nothing is kept. The receipt number is made of the
visit's own secret: it is the same however often the form is sent, opens nothing, and takes the request back.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.store.callbacks import RECEIPT_LENGTH, ask_for_call, is_asked, make_receipt, withdraw_call
from wizard.store.codes import group_code, read_code
from wizard.store.errors import StoreUnavailableError
from wizard.store.retention import CALL_BACK_DAYS
from wizard.web.cards import contact_cards
from wizard.web.contact_form import Leaving, faults_of, make_wish, read_leaving
from wizard.web.content import current_guide
from wizard.web.desk_open import desk_open, knows_open_desk
from wizard.web.language import gettext
from wizard.web.onward import live_walk
from wizard.web.present import young_words
from wizard.web.session import live_visit
from wizard.web.stored import form_key, store
from wizard.web.urgent import emergency_numbers, make_alarms, other_numbers

contact_request = Blueprint("contact_request", __name__, url_prefix="/be-om-kontakt")
withdrawal = Blueprint("withdrawal", __name__, url_prefix="/trekk-tilbake")
contact_request.add_app_template_global(knows_open_desk)
Answered = Response | str | tuple[str, int]


@contact_request.get("")
def show() -> Answered:
    """The form, or the receipt where this visit has sent it already."""
    try:
        _must_be_open()
        if _asked():
            return redirect(url_for("contact_request.receipt"), 303)
    except StoreUnavailableError:
        return _page(Leaving(), {"": _away()}), 503
    return _page(Leaving(), {})


@contact_request.post("")
def ask() -> Answered:
    """Take the request. Whatever stands in the way, what was written is there to be sent again."""
    leaving = read_leaving(request.form)
    if leaving.safe == "nei":
        return _calm()
    faults = faults_of(leaving)
    if faults:
        return _page(leaving, faults), 422
    visit = live_visit()
    try:
        _must_be_open()
        with store().database.writing() as session:
            key, vault = store().field_key, store().vault
            ask_for_call(session, key, vault, make_receipt(vault, form_key(visit)), make_wish(leaving, visit))
    except StoreUnavailableError:
        return _page(leaving, {"": _away()}), 503
    return redirect(url_for("contact_request.receipt"), 303)


@contact_request.get("/kvittering")
def receipt() -> Response | str:
    """The receipt number, and how to take the request back."""
    if not _asked():
        return redirect(url_for("contact_request.show"), 303)
    number = make_receipt(store().vault, form_key(live_visit()))
    return render_template("pages/contact_receipt.html", number=number, groups=group_code(number), days=CALL_BACK_DAYS)


@withdrawal.get("")
def show_field() -> str:
    """The one field."""
    return render_template("pages/withdraw.html", written="", fault="")


@withdrawal.post("")
def withdraw() -> Answered:
    """Delete a request, and say the same whether there was one or not. A form on somebody else's page cannot."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        return redirect(url_for("withdrawal.show_field"), 303)
    written = request.form.get("nummer", "")
    number = read_code(written, RECEIPT_LENGTH)
    if number is None:
        fault = gettext("Kvitteringsnummeret har 12 bokstaver og tall. Se om alle er med.")
        return render_template("pages/withdraw.html", written=written[:60], fault=fault), 422
    with store().database.writing() as session:
        withdraw_call(session, store().vault, number)
    return redirect(url_for("withdrawal.done"), 303)


@withdrawal.get("/gjort")
def done() -> str:
    """That nothing is kept under the number any more."""
    return render_template("pages/withdrawn.html")


def _must_be_open() -> None:
    """Ends with 404 as long as nobody is at the desk."""
    if not knows_open_desk() and not desk_open().ask():
        abort(404)


def _asked() -> bool:
    with store().database.writing() as session:
        return is_asked(session, store().vault, make_receipt(store().vault, form_key(live_visit())))


def _away() -> str:
    return gettext(
        "Vi får ikke tatt imot akkurat nå. Det du skrev, står her fremdeles, men er ikke sendt. "
        "Prøv igjen om litt, eller ring selv."
    )


def _page(leaving: Leaving, faults: dict[str, str]) -> str:
    """The form under the numbers to call: those of the dangers told of, or else of all, and the one for the young."""
    guide, path = current_guide(), live_walk()
    young = young_words(guide, path)
    alarms = make_alarms(guide, path.trail.dangers, path.voice)
    return render_template(
        "pages/contact_request.html",
        alarms=alarms,
        numbers=(*((young.call,) if young else ()), *(() if alarms else emergency_numbers(guide))),
        leaving=leaving,
        faults=faults,
        days=CALL_BACK_DAYS,
    )


def _calm() -> str:
    """Nobody is called who says that it is not safe; nothing of what was written is kept or shown."""
    guide = current_guide()
    return render_template(
        "pages/contact_unsafe.html",
        first=emergency_numbers(guide),
        also=other_numbers(guide),
        contacts=contact_cards(guide, guide.about.contact),
    )
