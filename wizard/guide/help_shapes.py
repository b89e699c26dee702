"""The strict shapes of urgent help, rights and contacts. See ``docs/guide-format.md`` for the format in words."""

from datetime import date

from pydantic import Field

from wizard.guide.schema import Id, Line, Phone, RawCondition, Shape, Url, Voiced


class NumberShape(Shape):
    """A telephone number, with where and when it was checked."""

    id: Id
    number: Phone
    name: Line
    about: Line
    open: Line | None = None
    source: Line
    checked: date | None = None


class HelpLineShape(Shape):
    """A number to call, or something else to do, with an optional note on when."""

    call: Id | None = None
    say: Line | None = None
    note: Line | None = None


class DangerShape(Shape):
    """An urgent situation."""

    id: Id
    when: RawCondition
    first: tuple[HelpLineShape, ...] = Field(min_length=1)
    also: tuple[HelpLineShape, ...] = ()
    say: Voiced


class UrgentShape(Shape):
    """``urgent.yaml``."""

    numbers: tuple[NumberShape, ...]
    dangers: tuple[DangerShape, ...]


class NeedsFromStep(Shape):
    """At least ``count`` needs on ``step`` or above."""

    count: int = Field(ge=1)
    step: int


class RightShape(Shape):
    """A right, in the words to use, with its paragraph. ``asks``: whether a question is asked for its sake alone."""

    id: Id
    title: Line
    text: Line
    law: Line
    when: RawCondition = None
    from_step: int | None = None
    on_steps: tuple[int, ...] = ()
    needs_from_step: NeedsFromStep | None = None
    asks: bool = True


class ContactShape(Shape):
    """Whom to ask. ``next`` is where to turn when this contact has no channel of its own."""

    id: Id
    name: Line
    about: Line | None = None
    phone: Phone | None = None
    web: Url | None = None
    visit: Line | None = None
    post: Line | None = None
    next: Id | None = None
    source: Line | None = None
    checked: date | None = None
