"""The one door to the library that translates: which language a page is in, and how texts and dates are said in it.

The source language of every text is bokmål, so the text to translate is the text itself. Addresses begin with the
language of their page (:mod:`wizard.web.prefix`); where one does not, the browser tells what its owner reads. The desk
keeps its addresses, and remembers in a cookie of its own what its staff have chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import flask_babel
from babel.dates import format_date, format_timedelta
from babel.lists import format_list
from babel.support import NullTranslations
from flask import Flask, current_app, request

from wizard.config import Settings
from wizard.guide.languages import LANGUAGES, SOURCE, Language
from wizard.web.cookies import cookie_name
from wizard.web.interface import read_interface

DESK_COOKIE = "skranke-maal"
"""Holds the language that somebody at the desk has chosen; sent to the desk's pages only."""
IN_ADDRESS = "rett-trinn.language"
"""Where the prefix of an address is noted for the rest of the request."""
_CHOSEN = "rett-trinn.chosen-language"
_KEY = "rett-trinn-languages"
_MOST_KEPT = 1024
"""Dates and spans that are kept in words: saying one costs more than a small page."""
_OTHER_CODES = {"no": SOURCE}
"""What browsers call a language that is known here by another code."""


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages that this server speaks, where the desk lies, and the cookie that holds its language."""

    all: tuple[Language, ...]
    desk: str
    cookie: str

    def for_page(self) -> tuple[Language, ...]:
        """The languages that the page asked for can be read in."""
        return tuple(one for one in self.all if one.at_desk) if self.at_desk() else self.all

    def at_desk(self) -> bool:
        """Whether a page of the desk is asked for."""
        return f"{request.path}/".startswith(f"{self.desk}/")


class _Interface(flask_babel.Domain):  # type: ignore[misc]
    """The words of the interface, straight from their catalogues."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder

    def get_translations(self) -> NullTranslations:
        return read_interface(self.folder, page_language()).translations


def register_language(app: Flask, settings: Settings, languages: Iterable[Language], *, desk: str) -> None:
    """Say every text in the language of the page."""
    app.extensions[_KEY] = Languages(tuple(languages), desk, cookie_name(DESK_COOKIE, settings, desk))
    babel = flask_babel.Babel(app, default_locale=SOURCE, locale_selector=_formats)
    babel.domain_instance = _Interface(settings.translations)
    app.jinja_env.globals.update(
        page_language=page_language, page_direction=page_direction, say_date=say_date, say_span=say_span
    )
    app.jinja_env.filters["plain"] = str


def spoken_languages() -> Languages:
    """The languages of this server."""
    found: Languages = current_app.extensions[_KEY]
    return found


def page_language() -> str:
    """The language of the page, as written in ``lang``."""
    try:
        environ = request.environ
    except RuntimeError:  # there is no request
        return SOURCE
    found: str | None = environ.get(_CHOSEN)
    if found is None:
        found = environ[_CHOSEN] = environ.get(IN_ADDRESS) or _preferred()
    return found


def speak(language: str) -> bool:
    """Say the rest of this response in a language, whoever asked for it; tells whether it is spoken here at all."""
    spoken = language in {one.id for one in spoken_languages().all}
    if spoken:
        request.environ[_CHOSEN] = language
        flask_babel.refresh()
    return spoken


def _preferred() -> str:
    """The first language of the reader that the page can be read in; else bokmål."""
    languages = spoken_languages()
    offered = {language.id for language in languages.for_page()}
    wanted = [tag.partition("-")[0].lower() for tag, quality in request.accept_languages if quality]
    if languages.at_desk():
        wanted.insert(0, request.cookies.get(languages.cookie, ""))
    codes = (_OTHER_CODES.get(tag, tag) for tag in wanted)
    return next((code for code in codes if code in offered), SOURCE)


def _formats() -> str:
    """The locale whose dates and numbers the page has."""
    language = LANGUAGES[page_language()]
    return language.formats or language.id


def page_direction() -> str:
    """Which way the page is read."""
    return "rtl" if LANGUAGES[page_language()].right_to_left else "ltr"


def say_date(day: date) -> str:
    """A date in words: 22. november 2026."""
    return _say_date(day, "d. MMMM y" if LANGUAGES[page_language()].norwegian else "d MMMM y", _formats())


@lru_cache(_MOST_KEPT)
def _say_date(day: date, pattern: str, locale: str) -> str:
    return format_date(day, pattern, locale)


def say_span(minutes: int) -> str:
    """A stretch of time in words: 30 minutter, 2 timer."""
    return _say_span(minutes, _formats())


@lru_cache(_MOST_KEPT)
def _say_span(minutes: int, locale: str) -> str:
    return format_timedelta(timedelta(minutes=minutes), threshold=1.01, locale=locale)


def say_list(parts: Iterable[str]) -> str:
    """A few texts in one: pris, frist og klage."""
    return str(format_list([*parts], locale=_formats()))


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
