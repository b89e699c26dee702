"""The strict shapes of what a guide is judged by: its named persons, and its plain language."""

from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from wizard.guide.schema import Id, Line, Shape


class ExpectShape(Shape):
    """What a scenario expects of one need."""

    step: tuple[int, ...] = Field(min_length=1, max_length=2)
    show: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    why_changed: Line | None = None


def _as_expect(value: Any) -> Any:
    if isinstance(value, dict) and isinstance(value.get("step"), int):
        return {**value, "step": [value["step"]]}
    return value


class ScenarioShape(Shape):
    """A named person, the answers, and what a case worker expects."""

    name: Line
    story: Line
    answers: dict[Id, Any]
    expect: dict[Id, Annotated[ExpectShape, BeforeValidator(_as_expect)]] = Field(default_factory=dict)
    urgent: tuple[Id, ...] = ()


class PlainExceptionShape(Shape):
    """What the plain language gate lets pass: a ``text`` as it stands, or the LIX of a ``page``; and why."""

    text: Line | None = None
    page: Line | None = None
    reason: Line


class PlainShape(Shape):
    """``plain.yaml``. ``words``: official words, each with a better one; a word may end in ``*`` for any ending."""

    words: dict[Line, Line] = Field(default_factory=dict)
    exceptions: tuple[PlainExceptionShape, ...] = ()
