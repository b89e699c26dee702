"""YAML files as plain data that remembers its lines.

Only the part of YAML that people write by hand is read: mappings, lists and scalars. Anchors and aliases are refused,
since a few hundred bytes of them can stand for hundreds of millions of values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    Event,
    MappingStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from wizard.guide.faults import Fault

DataPath = tuple[str | int, ...]
"""Keys and list positions from the top of a file down to a value."""

_WHOLE_NUMBER = re.compile(r"-?\d+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_LARGEST_FILE = 1_000_000
_DEEPEST = 30


@dataclass(slots=True)
class Document:
    """One file: its name inside the guide, its data, and the line (from 1) of every key and value."""

    name: str
    data: Any = None
    lines: dict[DataPath, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: DataPath) -> int:
        """The line of a value, or of the nearest thing around it that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: DataPath, what: str, mend: str, *, warning: bool = False) -> Fault:
        """A fault at a value of this file."""
        return Fault(self.name, self.line(path), what, mend, warning)


def read_document(file: Path) -> Document:
    """Read one file of a guide. Faults of form are collected in the document; its data is then None."""
    document = Document(str(file))
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        document.faults.append(document.fault((), "The file is not UTF-8 text.", "Save it as UTF-8."))
        return document
    if len(text) > _LARGEST_FILE:
        document.faults.append(document.fault((), "The file is over 1 MB.", "Split it, or remove what is not text."))
        return document
    try:
        document.data = _Reader(document, iter(_events(text))).read()
    except YAMLError as error:
        document.faults.append(_form_fault(document, error))
    if document.faults:
        document.data = None
    return document


def _events(text: str) -> list[Event]:
    """The quick parser is tried first; it is stricter than YAML 1.2 is, so the full one has the last word."""
    try:
        return list(_shallow(YAML(typ="safe").parse(text)))
    except _TooDeepError:
        raise
    except YAMLError:
        return list(_shallow(YAML(typ="safe", pure=True).parse(text)))


class _TooDeepError(MarkedYAMLError):
    """More levels than anybody writes by hand."""


def _shallow(events: Iterator[Event]) -> Iterator[Event]:
    """The events, as long as they are not nested too deeply: the full parser would need hours for such a file."""
    depth = 0
    for event in events:
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            raise _TooDeepError(problem=f"more than {_DEEPEST} levels inside each other", problem_mark=event.start_mark)
        yield event


def _form_fault(document: Document, error: YAMLError) -> Fault:
    line, problem = 1, "it cannot be read"
    if isinstance(error, MarkedYAMLError):
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        problem = error.problem or problem
    what = f"The file is not valid YAML: {problem}."
    return Fault(document.name, line, what, "Look at quotes, colons and indentation here and just above.")


class _Reader:
    """Builds plain data from YAML events, noting lines and refusing anchors, aliases and repeated keys."""

    def __init__(self, document: Document, events: Iterator[Event]) -> None:
        self.document = document
        self.events = events

    def read(self) -> Any:
        for event in self.events:
            if isinstance(event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent):
                return self._value(event, ())
        self.document.faults.append(self.document.fault((), "The file is empty.", "Fill it, or delete it."))
        return None

    def _value(self, event: Event, path: DataPath) -> Any:
        self.document.lines.setdefault(path, event.start_mark.line + 1)
        anchor = getattr(event, "anchor", None)
        if anchor:
            what = f"YAML anchors and aliases (&{anchor}, *{anchor}) are not allowed."
            self.document.faults.append(self.document.fault(path, what, "Write the value out."))
        if isinstance(event, MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, SequenceStartEvent):
            return [self._value(item, (*path, i)) for i, item in enumerate(self._items())]
        return _scalar(event) if isinstance(event, ScalarEvent) else None

    def _items(self) -> Iterator[Event]:
        while (event := next(self.events)) and isinstance(
            event, MappingStartEvent | SequenceStartEvent | ScalarEvent | AliasEvent
        ):
            yield event

    def _mapping(self, path: DataPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in self._items():
            key = str(event.value) if isinstance(event, ScalarEvent) else "?"
            here = (*path, key)
            if key in data:
                line = event.start_mark.line + 1
                what = f"The key “{key}” stands twice; it stood first on line {self.document.line(here)}."
                self.document.faults.append(Fault(self.document.name, line, what, "Keep one of them."))
            if not isinstance(event, ScalarEvent):
                self._value(event, here)
                self.document.faults.append(self.document.fault(here, "A key must be a word.", "Use an id as key."))
            self.document.lines[here] = event.start_mark.line + 1
            data[key] = self._value(next(self.events), here)
        return data


def _scalar(event: ScalarEvent) -> str | int | bool | None:
    """A quoted or block scalar is text; a plain one may also be true, false, nothing or a whole number."""
    value = str(event.value)
    if event.style:
        return value
    if value in _WORDS:
        return _WORDS[value]
    return int(value) if _WHOLE_NUMBER.fullmatch(value) and len(value) < 10 else value
