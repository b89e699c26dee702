"""Brings every catalogue of translations up to date with what it translates: the guides, and the interface.

``python -m wizard.i18n`` (``make i18n``) does it for the catalogues there are; with codes of languages, it begins those
too. The texts of the desk have a catalogue of their own, since staff work in fewer languages than citizens read.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from operator import itemgetter
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir

from wizard.config import ROOT
from wizard.guide.catalogue import messages, source_of, update_catalogue
from wizard.guide.edition import catalogue_file
from wizard.guide.faults import Fault
from wizard.guide.glossary import Term
from wizard.guide.languages import LANGUAGES, SOURCE, Language
from wizard.guide.schema import Said
from wizard.guide.sources import read_sources
from wizard.guide.texts import make_template
from wizard.guide.translation_check import judge_file
from wizard.web.interface import DESK, MESSAGES, interface_file

GUIDES = ROOT / "data"
INTERFACE = ROOT / "translations"
_KEYWORDS = {**DEFAULT_KEYWORDS, "lazy_gettext": None}
_WHERE: Mapping[str, list[tuple[str, str]]] = {"wizard": [("**.py", "python")], "templates": [("**.html", "jinja2")]}
Text = str | tuple[str, ...]
"""A text to translate, or its forms for one and for several."""
_OF_DESK = ("wizard/desk/", "templates/desk/", "templates/layouts/desk.html")


def update_all(begun: Iterable[str] = ()) -> Iterator[Path]:
    """Update every catalogue there is, and begin those of some languages; each is told when it is done."""
    for language in LANGUAGES.values():
        if language.id != SOURCE:
            for file, template in _catalogues(language):
                if file.is_file() or language.id in begun:
                    update_catalogue(file, template, language)
                    yield file


def _catalogues(language: Language) -> Iterator[tuple[Path, Catalog]]:
    """The catalogues that a language can have, with what they translate."""
    for domain in (MESSAGES, DESK) if language.at_desk else (MESSAGES,):
        yield interface_file(INTERFACE, language.id, domain), make_interface_template(domain, language)
    for folder in sorted(GUIDES.iterdir()):
        if (folder / "guide.yaml").is_file():
            yield catalogue_file(folder, language.id), make_template(read_sources(folder), language)


def make_interface_template(domain: str, language: Language) -> Catalog:
    """The catalogue of the interface with nothing translated. What citizens read too is not among the desk's."""
    found = _texts()
    of_citizens = {text for file, text, _ in found if not file.startswith(_OF_DESK)}
    template = Catalog(locale=language.id)
    for file, text, comments in found:
        if (text in of_citizens) is (domain == MESSAGES):
            template.add(text, locations=[(file, 0)], auto_comments=comments)
    return template


def check_interface(language: Language, terms: tuple[Term, ...] = ()) -> Iterator[Fault]:
    """Every fault in the translations of the interface into a language."""
    for domain in (MESSAGES, DESK) if language.at_desk else (MESSAGES,):
        wanted = {source_of(message): set[Said]() for message in messages(make_interface_template(domain, language))}
        yield from judge_file(interface_file(INTERFACE, language.id, domain), language, wanted, terms)


@cache
def _texts() -> tuple[tuple[str, Text, list[str]], ...]:
    """Every text of the interface, with its file and what is told to translators, by files."""
    found = (
        (f"{folder}/{file}", text, comments)
        for folder, methods in _WHERE.items()
        for file, _, text, comments, _ in extract_from_dir(ROOT / folder, methods, keywords=_KEYWORDS)
    )
    return tuple(sorted(found, key=itemgetter(0)))


if __name__ == "__main__":
    for updated in update_all(sys.argv[1:]):
        sys.stdout.write(f"{updated.relative_to(ROOT)}\n")
