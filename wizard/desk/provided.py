"""The way in through the municipality's login provider. Only somebody who was added by name before gets in.

Between going and coming back, what must fit lies sealed in a cookie of its own, bound to the browser that went.
"""

import base64
import binascii
import hmac
import time
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound, TooManyRequests
from werkzeug.wrappers import Response

from wizard.config import Settings
from wizard.desk.cookies import give_cookie, read_cookie, take_cookie
from wizard.desk.login import onward, to_page
from wizard.desk.login_log import Way, note_refused, note_too_often
from wizard.desk.provider import LevelTooLowError, NotVouchedForError, Provider, ProviderAwayError
from wizard.desk.staff import browser_mark, log_in
from wizard.store.staff import find_provided, mark_of
from wizard.web.language import gettext
from wizard.web.limits import too_often
from wizard.web.stored import store

provided = Blueprint("provided", __name__, url_prefix="/skranke/logg-inn/kommunen")
COOKIE = "skranke-ut"
_KEY = "rett-trinn-login-provider"
_SECONDS = 10 * 60
_LONGEST = 4_000
_PER_ADDRESS = "100 per 5 minutes"
Answered = Response | tuple[str, int]


def register_provider(app: Flask, settings: Settings) -> None:
    """Know the provider that the settings name, if any; the page of the login offers it then."""
    if settings.provider:
        app.extensions[_KEY] = Provider(settings.provider)
    app.jinja_env.globals["login_provider"] = settings.provider is not None


@provided.get("")
def begin() -> Answered:
    """Send the browser to the provider."""
    if too_often("provider", request.remote_addr or "", per_key=_PER_ADDRESS, per_address=_PER_ADDRESS):
        note_too_often(None, Way.PROVIDER)
        raise TooManyRequests
    try:
        asked = _provider().ask(_back_to())
    except ProviderAwayError as error:
        return _tell_away(error)
    response = redirect(asked.address, 303)
    sealed = store().field_key.seal(asdict(asked) | {"onward": onward(), "since": int(time.time())}, _bound_to())
    text = base64.urlsafe_b64encode(sealed).decode()
    give_cookie(response, COOKIE, text, seconds=_SECONDS, path=url_for("provided.begin"))
    return response


@provided.get("/tilbake")
def take() -> Answered:
    """Take in whoever comes back, once."""
    response = _answer()
    made = current_app.make_response(response)
    take_cookie(made, COOKIE, path=url_for("provided.begin"))
    return made


def _answer() -> Answered:
    provider, asked, code = _provider(), _asked(), request.args.get("code", "")
    if asked is None or not code or not _fits(asked):
        return _tell_unsound("the state does not fit")
    try:
        subject = provider.subject_of(code, _back_to(), nonce=asked["nonce"], verifier=asked["verifier"])
    except ProviderAwayError as error:
        return _tell_away(error)
    except NotVouchedForError as error:
        return _tell_unsound(str(error))
    except LevelTooLowError:
        return _refuse(gettext("Du må logge inn på en sikrere måte hos kommunen, for eksempel med engangskode.")), 403
    return _let_in(subject, asked["onward"])


def _let_in(subject: str, onward_to: str) -> Answered:
    issuer = _provider().about.issuer
    with store().database.writing() as session:
        user = find_provided(session, mark_of(store().vault, issuer, subject))
    if user is None or user.disabled:
        note_refused(user.id if user else None, Way.PROVIDER)
        words = gettext("Du har ikke tilgang til skranken. Den som styrer brukerne hos dere, kan gi deg det.")
        return render_template("desk/refused.html", text=words, subject=subject), 403
    log_in(user.id, by=Way.PROVIDER)
    return redirect(to_page(onward_to), 303)


def _fits(asked: dict[str, Any]) -> bool:
    """Whether this is the answer to what this browser asked for, from the one that was asked."""
    state, issuer = request.args.get("state", ""), request.args.get("iss", _provider().about.issuer)
    young = 0 <= time.time() - asked["since"] <= _SECONDS
    return young and hmac.compare_digest(state.encode(), asked["state"].encode()) and issuer == _provider().about.issuer


def _asked() -> dict[str, Any] | None:
    text = read_cookie(COOKIE)
    try:
        sealed = base64.b64decode(text[:_LONGEST], altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return store().field_key.open(sealed, _bound_to())


def _bound_to() -> str:
    return f"login {browser_mark()}"


def _back_to() -> str:
    return url_for("provided.take", _external=True)


def _provider() -> Provider:
    found: Provider | None = current_app.extensions.get(_KEY)
    if found is None:
        raise NotFound
    return found


def _tell_away(error: ProviderAwayError) -> Answered:
    current_app.logger.error("The login provider did not answer: %s", error)
    return _refuse(gettext("Kommunens innlogging svarer ikke nå. Prøv igjen om litt, eller logg inn med passord.")), 503


def _tell_unsound(reason: str) -> Answered:
    current_app.logger.warning("A login through the provider was refused: %s", reason)
    return _refuse(gettext("Innloggingen gikk ikke i orden. Begynn på nytt.")), 400


def _refuse(text: str) -> str:
    return render_template("desk/refused.html", text=text, subject="")
