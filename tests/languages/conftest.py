"""A guide in languages that nobody has to translate: every text between ⟦ and ⟧, as it stands."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from flask import Flask

from tests.conftest import GUIDES, SETTINGS
from tests.web.conftest import address
from wizard.app import create_app
from wizard.config import ROOT, Settings
from wizard.guide.catalogue import messages
from wizard.guide.languages import LANGUAGES, SOURCE
from wizard.guide.sources import read_sources
from wizard.guide.texts import make_template
from wizard.i18n import make_interface_template
from wizard.web.interface import DESK, MESSAGES, interface_file

__all__ = ["address"]
OPENS, CLOSES = "⟦", "⟧"
OTHERS = [language for language in LANGUAGES if language != SOURCE]


def published_in(folder: Path, guide: Path, *languages: str) -> Path:
    """A copy of a guide, published in some languages."""
    copy = folder / guide.name
    shutil.copytree(guide, copy, ignore=shutil.ignore_patterns("translations"))
    about = (copy / "guide.yaml").read_text(encoding="utf-8")
    named, times = re.subn(r"(?m)^languages: .*$", f"languages: [{', '.join((SOURCE, *languages))}]", about)
    assert times == 1
    (copy / "guide.yaml").write_text(named, encoding="utf-8")
    return copy


def translate_all(guide: Path, interface: Path, language: str) -> None:
    """Say every text of a guide and of the interface between marks."""
    template = make_template(read_sources(guide), LANGUAGES[language])
    _write(guide / "translations" / f"{language}.po", template)
    for domain in (MESSAGES, DESK) if LANGUAGES[language].at_desk else (MESSAGES,):
        _write(interface_file(interface, language, domain), make_interface_template(domain, LANGUAGES[language]))


def _write(file: Path, template: Catalog) -> None:
    for message in messages(template):
        if isinstance(message.id, str):
            message.string = f"{OPENS}{message.id}{CLOSES}"
        else:
            message.string = (f"{OPENS}{' '.join(message.id)}{CLOSES}",) * template.num_plurals
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("wb") as opened:
        write_po(opened, template)


@pytest.fixture(scope="session")
def marked_settings(tmp_path_factory: pytest.TempPathFactory, database: str) -> Settings:
    """The small guide in every language, all of it between marks."""
    folder = tmp_path_factory.mktemp("marked")
    guide = published_in(folder, GUIDES / "fjordvik", *OTHERS)
    for language in OTHERS:
        translate_all(guide, folder / "interface", language)
    return replace(SETTINGS, guides=folder, translations=folder / "interface", database=database)


@pytest.fixture(scope="session")
def marked(marked_settings: Settings) -> Flask:
    return create_app(marked_settings)


@pytest.fixture(scope="session")
def marked_lillesand(tmp_path_factory: pytest.TempPathFactory, database: str, marked_settings: Settings) -> Flask:
    """The real guide in Arabic and English, all of it between marks."""
    folder = tmp_path_factory.mktemp("marked-lillesand")
    guide = published_in(folder, ROOT / "data" / "lillesand", "en", "ar")
    for language in ("en", "ar"):
        translate_all(guide, marked_settings.translations, language)
    return create_app(replace(marked_settings, guides=folder, guide="lillesand"))
