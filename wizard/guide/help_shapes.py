"""The strict shapes of urgent help, rights and contacts. See ``docs/guide-format.md`` for the format in words."""

from datetime import date
from typing import ClassVar, Literal

from pydantic import Field

from wizard.guide.schema import Id, Line, Name, Phone, RawCondition, Shape, Url, Verbatim, Voiced


class NumberShape(Shape):
    """A telephone number, with where and when it was checked."""

    id: Id
    number: Phone
    name: Name
    about: Line
    open: Line | None = None
    source: Verbatim
    checked: date | None = None


class HelpLineShape(Shape):
    """A number to call, or something else to do, with an optional note on when."""

    call: Id | None = None
    say: Line | None = None
    note: Line | None = None


class DangerShape(Shape):
    """An urgent situation. ``instead_of`` is another one, whose words are left out where this one's are said."""

    id: Id
    when: RawCondition
    first: tuple[HelpLineShape, ...] = Field(min_length=1)
    also: tuple[HelpLineShape, ...] = ()
    say: Voiced
    instead_of: Id | None = None


class InWritingShape(Shape):
    """How those who cannot use the telephone reach the emergency numbers, and where that was found."""

    say: Line
    source: Verbatim


class UrgentShape(Shape):
    """``urgent.yaml``."""

    numbers: tuple[NumberShape, ...]
    dangers: tuple[DangerShape, ...]
    in_writing: InWritingShape | None = None


class NeedsFromStep(Shape):
    """At least ``count`` needs on ``step`` or above."""

    count: int = Field(ge=1)
    step: int


class ToldShape(Shape):
    """What is told where the answers call for it, in the words to use, with its paragraph. Any one ground is enough."""

    id: Id
    title: Line
    text: Line
    law: Verbatim
    when: RawCondition = None
    from_step: int | None = None
    on_steps: tuple[int, ...] = ()
    needs_from_step: NeedsFromStep | None = None


class DutyShape(ToldShape):
    """A duty of those who serve citizens at the desk. Nobody is asked anything for its sake."""

    asks: ClassVar[bool] = False
    subject: ClassVar[None] = None


class RightShape(ToldShape):
    """A right.

    ``asks``: whether a question is asked for its sake alone. ``subject``: whose right it is where a visit is about two
    people; both are told of one without it. ``ahead``: told before the result, not only among the rights.
    """

    asks: bool = True
    subject: Literal["person", "relative"] | None = None
    ahead: bool = False


ComplaintFact = Literal["deadline", "sent_to", "decided_by", "law"]


class ComplaintShape(Shape):
    """How to complain about one kind of decision. What is named in ``unverified`` is kept here, never published.

    ``without_decision``: what is said of help that begins before any decision is made.
    """

    id: Id
    about: Line
    deadline: Line | None = None
    sent_to: Line | None = None
    decided_by: Line | None = None
    without_decision: Line | None = None
    help: Line | None = None
    law: Verbatim | None = None
    source: Verbatim | None = None
    unverified: tuple[ComplaintFact, ...] = ()
    checked: date | None = None

    def known(self, fact: ComplaintFact) -> str:
        """What may be published of a fact; empty where it is missing or not verified."""
        return "" if fact in self.unverified else getattr(self, fact) or ""


class ContactShape(Shape):
    """Whom to ask. ``next`` is where to turn when this contact has no channel of its own."""

    id: Id
    name: Name
    about: Line | None = None
    phone: Phone | None = None
    web: Url | None = None
    visit: Verbatim | None = None
    post: Verbatim | None = None
    next: Id | None = None
    source: Verbatim | None = None
    checked: date | None = None
