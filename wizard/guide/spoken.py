"""The texts for people in the shapes of a guide: where they stand, and the same shapes with other words in them.

Which fields hold such texts is told by their types (:class:`~wizard.guide.schema.Said`), so that a new field is
translated, or left alone, without anything to remember here.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cache
from typing import Any, get_args, get_type_hints

from wizard.guide.schema import QuestionShape, Said, Shape
from wizard.guide.source import DataPath

Say = Callable[[str, Said], str]
"""From a text in bokmål, and how it is to be said, to the text as it is read."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """One text, where it stands in its file, and what was asked where it is an answer."""

    path: DataPath
    said: Said
    text: str
    answers: str = ""


def find_spoken(value: object, path: DataPath = (), asked: str = "") -> Iterator[Spoken]:
    """Every text for people in a shape, in the order of its fields."""
    if not isinstance(value, Shape):
        for part, inner in _parts(value):
            yield from find_spoken(inner, (*path, part), asked)
        return
    asked = value.ask.own if isinstance(value, QuestionShape) else asked
    for name, key, said in fields_said(type(value)):
        inner, here = getattr(value, name), (*path, key)
        if said is None:
            yield from find_spoken(inner, here, asked)
        else:
            answers = asked if "options" in path else ""
            lines = [((), inner)] if isinstance(inner, str) else [((i,), line) for i, line in _parts(inner)]
            yield from (Spoken((*here, *at), said, line, answers) for at, line in lines)


def say_anew(value: Any, say: Say, said: Said | None = None) -> Any:
    """The same value with every text for people said by ``say``; ``said`` is how a text that stands here is said."""
    match value:
        case str():
            return say(value, said) if said else value
        case Shape():
            texts = fields_said(type(value))
            return value.model_copy(update={name: say_anew(getattr(value, name), say, how) for name, _, how in texts})
        case tuple():
            return tuple(say_anew(inner, say, said) for inner in value)
        case Mapping():
            return {key: say_anew(inner, say, said) for key, inner in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{part.name: say_anew(getattr(value, part.name), say) for part in fields(value)})
    return value


@cache
def fields_said(shape: type[Shape]) -> tuple[tuple[str, str, Said | None], ...]:
    """The fields of a shape, with their keys as written in files, and how their texts are said. None: no text here."""
    hints = get_type_hints(shape, include_extras=True)
    return tuple((name, field.alias or name, _said(hints[name])) for name, field in shape.model_fields.items())


def _said(hint: Any) -> Said | None:
    """How texts of this type are said. The parts of a type are looked through, but not the fields of a shape in it."""
    if isinstance(hint, Said):
        return hint
    parts = (*get_args(hint), *getattr(hint, "__metadata__", ()))
    return next((said for part in parts if (said := _said(part))), None)


def _parts(value: object) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple | list):
        yield from enumerate(value)
