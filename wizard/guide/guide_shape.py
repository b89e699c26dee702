"""The strict shape of ``guide.yaml``: what the guide is, and what holds for all of its needs."""

from datetime import date
from typing import Literal

from pydantic import Field

from wizard.guide.schema import Id, Line, RawCondition, Shape, Url, Verbatim, Voiced


class BandShape(Shape):
    """A stretch of the ladder that works in one way."""

    title: Line
    about: Line
    open: bool = False


class AreaShape(Shape):
    """An area of life, with the needs it holds."""

    title: Line
    needs: tuple[Id, ...]


class GapShape(Shape):
    """A place where the step may differ from the floor, and why that is right."""

    need: Id
    floor: int
    step: int
    because: Verbatim


class AtRiskShape(Shape):
    """A side of life, and the need whose open offers up to a step are early help for it."""

    when: RawCondition
    need: Id
    up_to: int


Matter = Literal["privacy", "guide", "accessibility"]
"""What somebody other than the guide's own contact may answer for."""


class SettledShape(Shape):
    """What the municipality has settled and checked, in the words to use; where it was found, and whom to turn to."""

    say: Line
    source: Verbatim
    contact: Id | None = None


class ApplyingShape(Shape):
    """What holds for every application: the rights whose words stand on each service one applies for."""

    help: Id | None = None
    time: Id | None = None


class YoungShape(Shape):
    """Who is met with the words for children, what is said to them, and the number that is always in sight."""

    when: RawCondition
    say: tuple[Line, ...]
    call: Id
    contact: Id | None = None


class SensitiveShape(Shape):
    """What visitors are told before the first question that may be hard to be asked, and which questions those are."""

    say: Voiced
    questions: tuple[Id, ...] = Field(min_length=1)


class GuideShape(Shape):
    """``guide.yaml``."""

    id: Id
    title: Verbatim
    municipality: Verbatim
    home: Url
    source: Verbatim
    revised: date
    languages: tuple[str, ...]
    interpreter: Id | None = None
    contact: Id
    ask_about: dict[Matter, Id] = Field(default_factory=dict)
    privacy: dict[Literal["law", "officer", "complain"], SettledShape] = Field(default_factory=dict)
    bands: dict[Id, BandShape]
    areas: tuple[AreaShape, ...]
    audience: dict[Literal["person", "child", "relative", "none"], dict[Id, RawCondition]]
    second_subject: RawCondition = None
    accepted_gaps: tuple[GapShape, ...] = ()
    at_risk: tuple[AtRiskShape, ...] = ()
    sensitive: SensitiveShape | None = None
    applying: ApplyingShape = ApplyingShape()
    young: tuple[YoungShape, ...] = ()
