"""The language that somebody at the desk works in: in a cookie of the desk, so that addresses stay as they are."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from wizard.desk.cookies import give_cookie
from wizard.web.language import DESK_COOKIE, spoken_languages

tongue = Blueprint("tongue", __name__)
_A_YEAR = 365 * 24 * 3600


@tongue.post("/skranke/sprak")
def choose() -> Response:
    """Remember a language for this browser, and begin at the start page of the desk."""
    response = redirect(url_for("desk_home.show"), 303)
    chosen = request.form.get("sprak", "")
    if chosen in {language.id for language in spoken_languages().for_page()}:
        give_cookie(response, DESK_COOKIE, chosen, seconds=_A_YEAR)
    return response
