"""Catalogues of translations (``.po``), as translators know them: read, brought up to date, written.

Those of a guide and those of the interface are the same kind of file. Nothing is compiled: what is read is served.
"""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from wizard.guide.languages import Language

MACHINE = "machine-translated"
"""A comment on a translation that no person has read through. Whoever has, removes it."""
_HEADER = "# Rett trinn: {name} ({id}). How to translate: docs/translating.md"
_WIDTH = 116


class CatalogueError(ValueError):
    """A file that is no catalogue. ``line`` is where it cannot be read."""

    def __init__(self, what: str, line: int) -> None:
        super().__init__(what)
        self.line = line


def read_catalogue(file: Path, language: str) -> Catalog:
    """The catalogue of a language in a file. Raises :class:`CatalogueError` where it is none."""
    try:
        return read_po(io.BytesIO(file.read_bytes()), locale=language, charset="utf-8", abort_invalid=True)
    except PoFileError as error:
        raise CatalogueError("This is not a catalogue.", error.lineno) from error
    except UnicodeDecodeError as error:
        raise CatalogueError("This is not UTF-8 text.", 1) from error


def update_catalogue(file: Path, template: Catalog, language: Language) -> None:
    """Bring a file up to date with a template, and make it where it is missing.

    What is new comes in empty. A text that was changed keeps its translation, marked fuzzy. What is gone is left out.
    """
    catalogue = read_catalogue(file, language.id) if file.is_file() else Catalog(locale=language.id)
    catalogue.header_comment = _HEADER.format(name=language.name, id=language.id)
    catalogue.project, catalogue.version, catalogue.fuzzy = "Rett trinn", "1", False
    catalogue.msgid_bugs_address = catalogue.last_translator = ""
    catalogue.language_team = language.name
    catalogue.update(template, update_creation_date=False)
    write_catalogue(file, catalogue)


def write_catalogue(file: Path, catalogue: Catalog) -> None:
    """Write a catalogue, without what is no longer asked for."""
    written = io.BytesIO()
    write_po(written, catalogue, width=_WIDTH, ignore_obsolete=True, include_previous=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(written.getvalue())


def messages(catalogue: Catalog) -> Iterator[Message]:
    """The messages, without the header."""
    return (message for message in catalogue if message.id)


def source_of(message: Message) -> str:
    """The text that is translated; of a plural, its form for one."""
    return message.id if isinstance(message.id, str) else message.id[0]


def is_machine_made(message: Message) -> bool:
    """Whether a translation is by a machine, and no person has read it through."""
    return bool(message.string) and any(MACHINE in comment for comment in message.user_comments)
