"""The part of the ``wizard`` command for translators: what is missing or wrong in a language, published or not."""

import sys
from pathlib import Path

import click

from wizard.cli_named import find_folder
from wizard.guide.catalogue import is_machine_made, messages, read_catalogue
from wizard.guide.edition import catalogue_file
from wizard.guide.glossary import read_terms
from wizard.guide.languages import LANGUAGES, SOURCE, Language
from wizard.guide.sound_translation import is_sound
from wizard.guide.sources import read_sources
from wizard.guide.translation_check import check_language
from wizard.i18n import INTERFACE, check_interface
from wizard.web.interface import DESK, MESSAGES, interface_file

TRANSLATED = [language for language in LANGUAGES if language != SOURCE]


@click.command()
@click.argument("language", type=click.Choice(TRANSLATED))
@click.argument("named", metavar="[GUIDE]", default="lillesand")
def translations(language: str, named: str) -> None:
    """Judge what is translated into a language: the texts of a guide, and the words of the pages around them."""
    folder = find_folder(named)
    sources, spoken = read_sources(folder), LANGUAGES[language]
    terms = tuple(read_terms((shape for _, shape in sources.items("glossary")), language))
    faults = [*check_language(sources, spoken), *check_interface(spoken, terms)]
    for fault in sorted(faults):
        click.echo(str(fault))
    interface = (interface_file(INTERFACE, language, domain) for domain in (MESSAGES, DESK))
    for file in (catalogue_file(folder, language), *interface):
        if file.is_file():
            click.echo(_sum_up(file, spoken))
    sys.exit(any(not fault.warning for fault in faults))


def _sum_up(file: Path, language: Language) -> str:
    """How far a catalogue has come."""
    found = list(messages(read_catalogue(file, language.id)))
    done, unread = sum(map(is_sound, found)), sum(map(is_machine_made, found))
    return f"{file}: {done} of {len(found)} texts are ready; {unread} are by a machine and not read through."
