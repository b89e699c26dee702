"""What is published, at hand for every request: the guide in the page's language, and the sheets prepared from it."""

from dataclasses import dataclass, field
from threading import Lock

from flask import Flask, current_app
from werkzeug.local import LocalProxy

from wizard.config import Settings
from wizard.guide.edition import Edition, make_edition
from wizard.guide.guide import Guide
from wizard.guide.languages import LANGUAGES, SOURCE
from wizard.search.index import Index, build_index
from wizard.web.cards import Cards
from wizard.web.interface import read_interface
from wizard.web.language import page_language
from wizard.web.sheets import Sheets
from wizard.web.tables import Tables

_KEY = "rett-trinn"


@dataclass(frozen=True, slots=True)
class Content:
    """The guide in a language, its question sheets, cards, tables and words, and the settings of the server."""

    edition: Edition
    guide: Guide
    sheets: Sheets
    cards: Cards
    tables: Tables
    index: Index
    settings: Settings


@dataclass(slots=True)
class _Published:
    """The guide in every language, each made when it is first asked for."""

    guide: Guide
    settings: Settings
    made: dict[str, Content] = field(default_factory=dict)
    making: Lock = field(default_factory=Lock)

    def find(self, language: str) -> Content:
        found = self.made.get(language)
        if found is None:
            with self.making:
                found = self.made.get(language) or self._make(language)
                self.made[language] = found
        return found

    def _make(self, language: str) -> Content:
        edition = make_edition(self.guide, self.settings.guide_folder, LANGUAGES[language])
        said = edition.guide
        index = build_index(said, edition.language.stemmer)
        return Content(edition, said, Sheets(said, self.guide), Cards(said), Tables(said), index, self.settings)


def register_content(app: Flask, settings: Settings, guide: Guide) -> None:
    """Put the guide at hand for views and templates."""
    published = app.extensions[_KEY] = _Published(guide, settings)
    published.find(SOURCE)
    here = LocalProxy(current_guide)
    app.jinja_env.globals.update(guide=here, leave_to=settings.leave_to, statement=settings.statement)
    app.jinja_env.globals["is_reviewed"] = is_reviewed


def content() -> Content:
    """What is published, in the language of the page."""
    published: _Published = current_app.extensions[_KEY]
    return published.find(page_language())


def source_content() -> Content:
    """What is published, as it was written."""
    published: _Published = current_app.extensions[_KEY]
    return published.find(SOURCE)


def is_reviewed() -> bool:
    """Whether a person has read the translations that the page is made of."""
    published = content()
    language = published.edition.language.id
    return published.edition.reviewed and read_interface(published.settings.translations, language).reviewed


def current_guide() -> Guide:
    """The guide that is served, in the language of the page."""
    return content().guide
