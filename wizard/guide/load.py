"""The one door to a guide: a folder in, an immutable :class:`Guide` out, or every fault at once."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from wizard.guide.compile import compile_guide
from wizard.guide.faults import Fault, GuideFaultsError
from wizard.guide.guide import Guide
from wizard.guide.schema import (
    OWN,
    USE,
    ContactShape,
    GuideShape,
    NeedShape,
    QuestionShape,
    RightShape,
    ScenarioShape,
    StepShape,
    UrgentShape,
)
from wizard.guide.source import DataPath, Document, read_document

_SINGLE: Mapping[str, Any] = {
    "guide": GuideShape,
    "questions": tuple[QuestionShape, ...],
    "urgent": UrgentShape,
    "rights": tuple[RightShape, ...],
    "contacts": tuple[ContactShape, ...],
}
_FOLDERS: Mapping[str, Any] = {"steps": StepShape, "needs": NeedShape, "scenarios": ScenarioShape}

_MENDS = {
    "missing": "Add it.",
    "extra_forbidden": "Remove it, or correct its spelling.",
    "string_type": "Write a text; put quotes around a number that is meant as text.",
    "string_pattern_mismatch": "See docs/guide-format.md for what is allowed here.",
    "enum": "Use one of the words it names.",
    "literal_error": "Use one of the words it names.",
}


@dataclass(slots=True)
class Sources:
    """The files of a guide with their shapes; a file with faults of form has no shape."""

    folder: Path
    documents: dict[str, Document] = field(default_factory=dict)
    shapes: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def several(self, kind: str) -> Iterator[tuple[Document, Any]]:
        """Documents and shapes of one subfolder, by file name."""
        for name, document in self.documents.items():
            if name.startswith(f"{kind}/") and name in self.shapes:
                yield document, self.shapes[name]

    def tolerated(self) -> frozenset[str]:
        """The ids in files that have faults of form: references to them are not faults of their own."""
        broken = (d.data for name, d in self.documents.items() if name not in self.shapes)
        return frozenset(id_ for data in broken for id_ in _ids(data))


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


def load_guide(folder: Path) -> Guide:
    """Read, check and compile a guide.

    Raises :class:`GuideFaultsError` with every fault found, in the order of files and lines.
    """
    guide, faults = examine_guide(folder)
    if guide is None:
        raise GuideFaultsError(fault for fault in faults if not fault.warning)
    return guide


def examine_guide(folder: Path) -> tuple[Guide | None, tuple[Fault, ...]]:
    """The guide, or None where a fault stands in the way, and every fault and warning."""
    sources = read_sources(folder)
    if not all(name in sources.shapes for name in _SINGLE):
        return None, tuple(sorted(set(sources.faults)))
    guide, faults = compile_guide(sources, _revision(folder))
    everything = tuple(sorted({*sources.faults, *faults}))
    return (None if any(not fault.warning for fault in everything) else guide), everything


def read_sources(folder: Path) -> Sources:
    """Read every file of a guide into its shape."""
    sources = Sources(folder)
    if not (folder / "guide.yaml").is_file():
        sources.faults.append(Fault(str(folder / "guide.yaml"), 1, "There is no guide here.", "Name its folder."))
        return sources
    for name, shape in _SINGLE.items():
        _read(sources, folder / f"{name}.yaml", name, shape)
    for name, shape in _FOLDERS.items():
        for file in sorted((folder / name).glob("*.yaml")):
            _read(sources, file, f"{name}/{file.stem}", shape)
    return sources


def _read(sources: Sources, file: Path, name: str, shape: Any) -> None:
    if not file.is_file():
        sources.faults.append(Fault(str(file), 1, "The file is missing.", "Add it."))
        return
    document = sources.documents[name] = read_document(file)
    sources.faults += document.faults
    if document.faults:
        return
    try:
        sources.shapes[name] = TypeAdapter(shape).validate_python(document.data)
    except ValidationError as error:
        sources.faults += (_shape_fault(document, dict(item)) for item in error.errors(include_url=False))


def _shape_fault(document: Document, error: Mapping[str, Any]) -> Fault:
    path: DataPath = tuple(part for part in error["loc"] if part not in (OWN, USE, "[key]"))
    key = next((str(part) for part in reversed(path) if isinstance(part, str)), "the file")
    what = {
        "missing": f"“{key}” is missing.",
        "extra_forbidden": f"“{key}” is not a key that is known here.",
    }.get(error["type"], f"“{key}”: {error['msg'][0].lower()}{error['msg'][1:]}.")
    return document.fault(path, what, _MENDS.get(error["type"], "See docs/guide-format.md."))


def _revision(folder: Path) -> str:
    """A digest of the names and contents of everything that is published, twelve characters long."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.yaml")):
        name = file.relative_to(folder)
        if name.parts[0] != "scenarios":
            digest.update(str(name).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
