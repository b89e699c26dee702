"""What stands in the bar on top of every page of the desk; each entry shows itself as soon as its page exists."""

from dataclasses import dataclass

from flask import Flask, current_app

from wizard.desk.staff import current_staff
from wizard.store.callbacks import count_waiting
from wizard.store.errors import StoreUnavailableError
from wizard.web.access import AUDIENCE, Audience
from wizard.web.language import lazy_gettext
from wizard.web.stored import store


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that the bar leads to, what it is called, and what it is for."""

    endpoint: str
    words: str
    about: str


ENTRIES = (
    Entry("triage.begin", lazy_gettext("Ny person"), lazy_gettext("Begynn en samtale med blanke ark.")),
    Entry("takeover.show", lazy_gettext("Overta med kode"), lazy_gettext("Åpne svar som en innbygger har lagret.")),
    Entry("enquiries.show", lazy_gettext("Henvendelser"), lazy_gettext("Se, søk i og følg opp henvendelser.")),
    Entry("callbacks.show", lazy_gettext("Ring tilbake"), lazy_gettext("De som har bedt om å bli kontaktet.")),
    Entry("overview.show", lazy_gettext("Omfang"), lazy_gettext("Tall på hva folk trenger, og hva de får hjelp med.")),
    Entry("access_log.show", lazy_gettext("Logg"), lazy_gettext("Hvem som har åpnet og endret hva.")),
    Entry("users.show", lazy_gettext("Brukere"), lazy_gettext("Hvem som kan logge inn her, og hva de kan gjøre.")),
)


def register_bar(app: Flask) -> None:
    """Let the layout of the desk draw its bar."""
    app.jinja_env.globals |= {"desk_bar": desk_bar, "waiting_calls": waiting_calls}


def desk_bar() -> list[Entry]:
    """The entries for whoever is logged in."""
    staff = current_staff()
    if staff is None:
        return []
    here = [entry for entry in ENTRIES if entry.endpoint in current_app.view_functions]
    return [entry for entry in here if staff.is_admin or AUDIENCE[entry.endpoint] is not Audience.ADMIN]


def waiting_calls() -> int:
    """How many wait to be called, told on every page of the desk; none where that cannot be known now."""
    try:
        with store().database.writing() as session:
            return count_waiting(session)
    except StoreUnavailableError:
        return 0
