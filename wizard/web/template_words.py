"""Gives templates their words. A page says a hundred texts, so each is looked up once per language and then kept.

The library would find the language, the catalogue and the text anew every time, which was half of what a page cost.
"""

from collections.abc import Mapping
from functools import cache

from babel.support import NullTranslations
from flask import Flask
from markupsafe import Markup, escape

from wizard.config import Settings
from wizard.web.interface import read_interface
from wizard.web.language import page_language


class Words:
    """The texts of templates in one language, ready to stand in a page. Only texts of templates come here."""

    def __init__(self, translations: NullTranslations) -> None:
        self._translations = translations
        self._said: dict[str, Markup] = {}
        self._to_fill: dict[str, str] = {}

    def say(self, text: str) -> Markup:
        """A text that has no values."""
        said = self._said.get(text)
        if said is None:
            said = self._said[text] = fill(self.to_fill(text), {})
        return said

    def to_fill(self, text: str) -> str:
        """A text whose values are yet to be filled in."""
        found = self._to_fill.get(text)
        if found is None:
            found = self._to_fill[text] = self._translations.ugettext(text)
        return found

    def count(self, one: str, several: str, num: int) -> str:
        """The form of a text for a number, its values yet to be filled in."""
        return str(self._translations.ungettext(one, several, num))


def register_template_words(app: Flask, settings: Settings) -> None:
    """Take the place of what the library gave to templates; the tags stay, and so do the rules for values."""

    @cache
    def words_in(language: str) -> Words:
        return Words(read_interface(settings.translations, language).translations)

    def gettext(text: str, /, **values: object) -> Markup:
        words = words_in(page_language())
        return fill(words.to_fill(text), values) if values else words.say(text)

    def ngettext(one: str, several: str, num: int, /, **values: object) -> Markup:
        return fill(words_in(page_language()).count(one, several, num), {"num": num, **values})

    app.jinja_env.globals.update({"_": gettext, "gettext": gettext, "ngettext": ngettext})


def fill(text: str, values: Mapping[str, object]) -> Markup:
    """A text of ours with its values in it, each escaped unless it says how it stands in a page."""
    return Markup(text % {name: escape(value) for name, value in values.items()})  # noqa: S704  escaped here
