"""The one door to the library that translates: which language a page is in, and how texts and dates are said in it.

The source language of every text is bokmål, so the text to translate is the text itself.
"""

from datetime import date, timedelta

import flask_babel
from flask import Flask

from wizard.config import Settings

SOURCE = "nb"
_RIGHT_TO_LEFT = {"ar", "fa", "he", "ur"}


def register_language(app: Flask, settings: Settings) -> None:
    """Say every text in the language of the visitor; today there is one."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(settings.translations)
    app.config["BABEL_DEFAULT_LOCALE"] = SOURCE
    flask_babel.Babel(app, locale_selector=_select)
    app.jinja_env.globals.update(
        page_language=page_language, page_direction=page_direction, say_date=say_date, say_span=say_span
    )


def _select() -> str:
    return SOURCE


def page_language() -> str:
    """The language of the page, as written in ``lang``."""
    return _select()


def page_direction() -> str:
    """Which way the page is read."""
    return "rtl" if _select() in _RIGHT_TO_LEFT else "ltr"


def say_date(day: date) -> str:
    """A date in words: 22. november 2026."""
    return str(flask_babel.format_date(day, "d. MMMM y"))


def say_span(minutes: int) -> str:
    """A stretch of time in words: 30 minutter, 2 timer."""
    return str(flask_babel.format_timedelta(timedelta(minutes=minutes), threshold=1.01))


def gettext(text: str, **values: object) -> str:
    """A text in the language of the page, with its values filled in."""
    return str(flask_babel.gettext(text, **values))


def ngettext(one: str, several: str, num: int, **values: object) -> str:
    """A text whose form hangs on a number."""
    return str(flask_babel.ngettext(one, several, num, **values))


def lazy_gettext(text: str) -> str:
    """A text that finds its language when it is shown; for texts written down before any page is asked for."""
    lazy: str = flask_babel.lazy_gettext(text)
    return lazy
