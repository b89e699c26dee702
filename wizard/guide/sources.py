"""The files of a guide in their shapes. What has no shape is told of, set aside, and does not hide other faults."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from wizard.guide.faults import Fault
from wizard.guide.glossary import TermShape
from wizard.guide.guide_shape import GuideShape
from wizard.guide.help_shapes import ComplaintShape, ContactShape, DutyShape, RightShape, UrgentShape
from wizard.guide.judging_shapes import PlainShape, ScenarioShape
from wizard.guide.ladder_shapes import StepShape
from wizard.guide.schema import ID_PATTERN, OWN, PHONE_PATTERN, URL_PATTERN, USE, NeedShape, QuestionShape, Shape
from wizard.guide.source import DataPath, Document, read_document
from wizard.guide.words_shape import WordsShape

_WHOLE: dict[str, type[Shape]] = {"guide": GuideShape, "urgent": UrgentShape}
_MAYBE: Mapping[str, type[Shape]] = {"plain": PlainShape}
"""Whole files that a guide can do without."""
_LISTS: dict[str, type[Shape]] = {"questions": QuestionShape, "rights": RightShape, "contacts": ContactShape}
_OPTIONAL: Mapping[str, type[Shape]] = {
    "words": WordsShape,
    "complaints": ComplaintShape,
    "duties": DutyShape,
    "glossary": TermShape,
}
"""List files that a guide can do without."""
_FOLDERS: Mapping[str, type[Shape]] = {"steps": StepShape, "needs": NeedShape, "scenarios": ScenarioShape}
_WRITTEN_ID = re.compile(r"\b(?:id|number): *([a-z0-9_]+)")

_MENDS = {
    "missing": "Add it.",
    "extra_forbidden": "Remove it, or correct its spelling.",
    "string_type": "Write a text; put quotes around a number that is meant as text.",
    "string_too_short": "Write something, or remove the line.",
    "enum": "Use one of the words it names.",
    "literal_error": "Use one of the words it names.",
    "date_from_datetime_parsing": "Write it as 2026-11-22.",
    "date_parsing": "Write it as 2026-11-22.",
    ID_PATTERN: "An id is lower-case letters a–z, digits and underscores, and begins with a letter.",
    URL_PATTERN: "An address begins with https:// and holds no spaces.",
    PHONE_PATTERN: "A number is digits with spaces between, such as 116 117.",
}
_PLAIN = {
    "missing": "“{key}” is missing.",
    "extra_forbidden": "“{key}” is not a key that is known here.",
    "string_pattern_mismatch": "“{key}” is not written as it should be.",
    "string_too_short": "“{key}” is empty.",
    "date_from_datetime_parsing": "“{key}” is not a date.",
    "date_parsing": "“{key}” is not a date.",
}


@dataclass(slots=True)
class Sources:
    """The files of a guide. ``listed`` holds what stands in lists and folders, each with its document and place."""

    folder: Path
    documents: dict[str, Document] = field(default_factory=dict)
    whole: dict[str, Any] = field(default_factory=dict)
    listed: dict[str, list[tuple[Document, DataPath, Any]]] = field(default_factory=dict)
    tolerated: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every file that a guide needs could be read, so that references between files can be followed."""
        return self.whole.keys() >= _WHOLE.keys() and all(name in self.documents for name in _LISTS)

    def several(self, kind: str) -> Iterator[tuple[Document, Any]]:
        """Documents and shapes of one subfolder, by file name."""
        return ((document, shape) for document, _, shape in self.listed.get(kind, ()))

    def items(self, name: str) -> Iterator[tuple[DataPath, Any]]:
        """Places and shapes of the items of one list file."""
        return ((path, shape) for _, path, shape in self.listed.get(name, ()))


def read_sources(folder: Path) -> Sources:
    """Read every file of a guide into its shape."""
    sources = Sources(folder)
    if not (folder / "guide.yaml").is_file():
        sources.faults.append(Fault(str(folder / "guide.yaml"), 1, "There is no guide here.", "Name its folder."))
        return sources
    for name, shape in (_WHOLE | _present(folder, _MAYBE)).items():
        if document := _read(sources, folder / f"{name}.yaml", name):
            found = _shape(sources, document, shape, ())
            if found is not None:
                sources.whole[name] = found
    for name, shape in (_LISTS | _present(folder, _OPTIONAL)).items():
        if document := _read(sources, folder / f"{name}.yaml", name):
            _read_list(sources, name, document, shape)
    for name, shape in _FOLDERS.items():
        for file in sorted((folder / name).glob("*.yaml")):
            if document := _read(sources, file, f"{name}/{file.stem}"):
                _keep(sources, name, document, shape, ())
    return sources


def _present(folder: Path, optional: Mapping[str, type[Shape]]) -> dict[str, type[Shape]]:
    """The files a guide can do without, where it has them."""
    return {name: shape for name, shape in optional.items() if (folder / f"{name}.yaml").is_file()}


def _read(sources: Sources, file: Path, name: str) -> Document | None:
    """One file, or None where it is missing or not YAML; the ids it seems to define are then tolerated elsewhere."""
    if not file.is_file():
        sources.faults.append(Fault(str(file), 1, "The file is missing.", "Add it."))
        return None
    document = read_document(file)
    sources.faults += document.faults
    if document.faults:
        sources.tolerated.update(_WRITTEN_ID.findall(file.read_text(encoding="utf-8", errors="replace")))
        return None
    sources.documents[name] = document
    return document


def _read_list(sources: Sources, name: str, document: Document, shape: type[Shape]) -> None:
    if not isinstance(document.data, list):
        sources.faults.append(document.fault((), "The file should be a list.", "Begin each item with “- ”."))
        return
    for i in range(len(document.data)):
        _keep(sources, name, document, shape, (i,))


def _keep(sources: Sources, name: str, document: Document, shape: type[Shape], path: DataPath) -> None:
    found = _shape(sources, document, shape, path)
    if found is not None:
        sources.listed.setdefault(name, []).append((document, path, found))


def _shape(sources: Sources, document: Document, shape: type[Shape], path: DataPath) -> Shape | None:
    """The data at a place in its shape, or None with the faults noted and its ids tolerated elsewhere."""
    data = document.data[path[0]] if path else document.data
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        sources.faults += (_shape_fault(document, path, dict(item)) for item in error.errors(include_url=False))
        sources.tolerated.update(_ids(data))
        return None


def _ids(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield key
            if key in ("id", "number"):
                yield str(value)
            yield from _ids(value)
    elif isinstance(data, list):
        for item in data:
            yield from _ids(item)


def _shape_fault(document: Document, above: DataPath, error: Mapping[str, Any]) -> Fault:
    path: DataPath = (*above, *(part for part in error["loc"] if part not in (OWN, USE, "[key]")))
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
    message = f"{error['msg'][0].lower()}{error['msg'][1:]}"
    what = _PLAIN.get(error["type"], "“{key}”: {message}.").format(key=key, message=message)
    pattern = error.get("ctx", {}).get("pattern", error["type"])
    return document.fault(path, what, _MENDS.get(pattern, _MENDS.get(error["type"], "See docs/guide-format.md.")))
