"""The page for administrators about who has opened and changed what. Looking at it stands in it, too."""

from collections.abc import Mapping
from datetime import date

from flask import Blueprint, render_template, request

from wizard.desk.enquiry_words import BIRTH_NUMBER
from wizard.desk.moments import say_moment
from wizard.desk.staff import live_staff
from wizard.store.access_log import Act, LogFilter, list_accesses, note_access
from wizard.store.birth_number import find_birth_number
from wizard.store.staff import list_users
from wizard.web.content import content
from wizard.web.language import lazy_gettext
from wizard.web.stored import store

access_log = Blueprint("access_log", __name__, url_prefix="/skranke/logg")

MOST = 500
_LONGEST = 40
ACT: Mapping[Act, str] = {
    Act.ENQUIRY_MADE: lazy_gettext("Laget henvendelse"),
    Act.ENQUIRY_OPENED: lazy_gettext("Åpnet henvendelse"),
    Act.ENQUIRY_CHANGED: lazy_gettext("Endret henvendelse"),
    Act.CALL_BACK_OPENED: lazy_gettext("Åpnet ønske om å bli ringt"),
    Act.CALL_BACK_CHANGED: lazy_gettext("Endret ønske om å bli ringt"),
    Act.TAKEN_OVER: lazy_gettext("Hentet fram svar med kode"),
    Act.LOG_OPENED: lazy_gettext("Så i loggen"),
    Act.LOGGED_IN: lazy_gettext("Logget inn"),
    Act.LOGIN_REFUSED: lazy_gettext("Kom ikke inn"),
    Act.LOGGED_OUT: lazy_gettext("Logget ut"),
    Act.PASSWORD_CHANGED: lazy_gettext("Byttet passord"),
    Act.ROLE_CHANGED: lazy_gettext("Ga en bruker en annen rolle"),
    Act.ACCOUNT_CLOSED: lazy_gettext("Stengte en bruker"),
    Act.ACCOUNT_OPENED: lazy_gettext("Åpnet en bruker igjen"),
    Act.PAGE_REFUSED: lazy_gettext("Ba om en side uten tilgang"),
}


@access_log.get("")
def show() -> str:
    """The latest lines."""
    return _page(LogFilter())


@access_log.post("")
def select() -> str | tuple[str, int]:
    """The lines that are asked for. A POST, so that no slip stands in an address."""
    given = request.form
    about, who, act = given.get("om", "").strip()[:_LONGEST], given.get("hvem", ""), given.get("hva", "")
    if find_birth_number(about):
        return _page(LogFilter(), about, str(BIRTH_NUMBER)), 422
    act = act if act in set(Act) else ""
    since, until = _day(given.get("fra", "")), _day(given.get("til", ""))
    return _page(LogFilter(who, act, about, since, until), about)


def _page(wanted: LogFilter, about: str = "", fault: str = "") -> str:
    with store().database.writing() as session:
        note_access(session, live_staff().id, Act.LOG_OPENED)
        rows = list_accesses(session, wanted, most=MOST)
        names = [user.name for user in list_users(session)]
    return render_template(
        "desk/access_log.html",
        rows=[(say_moment(row.moment), row) for row in rows],
        full=len(rows) == MOST,
        wanted=wanted,
        about=about,
        fault=fault,
        names=names,
        acts=ACT,
        days=content().settings.keep_log_days,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
