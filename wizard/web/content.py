"""What is published, at hand for every request: the guide, and the sheets prepared from it."""

from dataclasses import dataclass

from flask import Flask, current_app

from wizard.config import Settings
from wizard.guide.guide import Guide
from wizard.search.index import Index, build_index
from wizard.web.sheets import Sheets
from wizard.web.tables import Tables

_KEY = "rett-trinn"


@dataclass(frozen=True, slots=True)
class Content:
    """The guide that is served, its question sheets, tables and words, and the settings of the server."""

    guide: Guide
    sheets: Sheets
    tables: Tables
    index: Index
    settings: Settings


def register_content(app: Flask, settings: Settings, guide: Guide) -> None:
    """Put the guide at hand for views and templates."""
    app.extensions[_KEY] = Content(guide, Sheets(guide), Tables(guide), build_index(guide), settings)
    app.jinja_env.globals.update(guide=guide, leave_to=settings.leave_to, statement=settings.statement)


def content() -> Content:
    """What is published."""
    found: Content = current_app.extensions[_KEY]
    return found


def current_guide() -> Guide:
    """The guide that is served."""
    return content().guide
