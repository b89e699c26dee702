"""The texts of a guide as translators get them: every text once, with the places where it stands."""

from collections.abc import Iterator
from dataclasses import replace

from babel.messages.catalog import Catalog

from wizard.guide.languages import Language
from wizard.guide.schema import Said
from wizard.guide.source import DataPath, Document
from wizard.guide.sources import Sources
from wizard.guide.spoken import Spoken, find_spoken

_NOT_SAID = ("plain", "scenarios", "glossary")
"""Files that no page is made of."""
_DESK_FILES = ("duties",)
_NOTES = {"relative": "to a relative, about the person", "child": "to a parent, about the child", "staff": "to staff"}
"""What translators are told of a text beside what it answers: whom it speaks to."""


def find_texts(sources: Sources, language: Language) -> Iterator[tuple[Document, Spoken]]:
    """Every text of a guide that is translated into a language, each with its file."""
    for document, spoken in _all_texts(sources):
        if spoken.said is not Said.VERBATIM and (spoken.said is not Said.AT_DESK or language.at_desk):
            yield document, spoken


def make_template(sources: Sources, language: Language) -> Catalog:
    """The catalogue of a guide with nothing translated."""
    template = Catalog(locale=language.id)
    for document, spoken in find_texts(sources, language):
        name = document.name.removeprefix(f"{sources.folder}/")
        template.add(spoken.text, locations=[(name, _line(document, spoken.path))], auto_comments=_notes(spoken))
    return template


def _line(document: Document, path: DataPath) -> int:
    """The line of a text. The voices of an option may stand beside its text, not in it."""
    beside = tuple(part for part in path if part != "text")
    return document.lines.get(path) or document.lines.get(beside) or document.line(path)


def _all_texts(sources: Sources) -> Iterator[tuple[Document, Spoken]]:
    for name, shape in sources.whole.items():
        if name not in _NOT_SAID:
            yield from ((sources.documents[name], spoken) for spoken in find_spoken(shape))
    for name, listed in sources.listed.items():
        if name not in _NOT_SAID:
            for document, path, shape in listed:
                for spoken in find_spoken(shape, path):
                    yield document, replace(spoken, said=Said.AT_DESK) if name in _DESK_FILES else spoken


def _notes(spoken: Spoken) -> list[str]:
    notes = [f"answer to: {spoken.answers}"] if spoken.answers else []
    notes += [_NOTES[key] for key in spoken.path[-1:] if key in _NOTES]
    return [*notes, "name"] if spoken.said is Said.NAME else notes
