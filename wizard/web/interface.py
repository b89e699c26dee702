"""The interface's own words in other languages, read from their catalogues when a language is first asked for."""

import io
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations

from wizard.guide.catalogue import is_machine_made, messages, read_catalogue
from wizard.guide.languages import LANGUAGES, SOURCE, Language
from wizard.guide.marks import bind_numbers, isolate_numbers
from wizard.guide.sound_translation import is_sound

MESSAGES, DESK = "messages", "desk"
"""The words of citizens' pages, and those of the desk alone, which has fewer languages."""


@dataclass(frozen=True, slots=True)
class Interface:
    """The words in a language. ``reviewed``: whether a person has read every one of them."""

    translations: NullTranslations
    reviewed: bool = True


class AsWritten(NullTranslations):
    """The words as they stand in the code."""

    def ugettext(self, message: str) -> str:
        """A text, with every number in one piece."""
        return bind_numbers(message)

    def ungettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form of a text for a number."""
        return bind_numbers(msgid1 if n == 1 else msgid2)


def interface_file(folder: Path, language: str, domain: str) -> Path:
    """Where the translations of the interface lie."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


@cache
def read_interface(folder: Path, language: str) -> Interface:
    """The words of the interface; what is missing or not sound is left in bokmål.

    Raises :class:`~wizard.guide.catalogue.CatalogueError` where a file is no catalogue.
    """
    if language == SOURCE:
        return Interface(AsWritten())
    files = [interface_file(folder, language, domain) for domain in (MESSAGES, DESK)]
    found = [message for file in files if file.is_file() for message in messages(read_catalogue(file, language))]
    spoken = Catalog(locale=language)
    for message in found:
        if is_sound(message):
            message.string = _keep_whole(message.string, LANGUAGES[language])
            spoken[message.id] = message
    compiled = io.BytesIO()
    write_mo(compiled, spoken)
    compiled.seek(0)
    return Interface(Translations(compiled), not any(is_machine_made(message) for message in found))


def _keep_whole(said: str | Collection[str] | None, language: Language) -> str | tuple[str, ...]:
    """A translation, or all its forms, with every number in one piece."""
    bind = isolate_numbers if language.right_to_left else bind_numbers
    return bind(said) if isinstance(said, str) else tuple(bind(form) for form in said or ())
