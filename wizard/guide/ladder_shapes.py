"""The strict shape of a step of the ladder with its services. See ``docs/guide-format.md`` for the format in words."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from wizard.guide.schema import Id, Line, Name, RawCondition, Shape, Url, Verbatim, as_list


class Kind(StrEnum):
    """What an entry of the ladder is."""

    SERVICE = "service"
    ARENA = "arena"
    INSTRUMENT = "instrument"
    PLACEMENT = "placement"


class Access(StrEnum):
    """How one gets a service, from easiest to hardest."""

    OPEN = "open"
    NATIONAL = "national"
    CONTACT = "contact"
    SIGN_UP = "sign_up"
    INCLUDED = "included"
    APPLICATION = "application"
    REFERRAL = "referral"


SheetRow = Literal["not_included", "time", "cost"]
"""What may have no meaning for an entry, such as the price of money that one is given."""


class LinkShape(Shape):
    """A link to follow for more."""

    text: Line
    url: Url


class ServiceShape(Shape):
    """One entry of the ladder."""

    id: Id
    printed: Verbatim
    name: Name
    kind: Kind
    about: Line
    who: Annotated[tuple[RawCondition, ...], BeforeValidator(as_list)] = ("everyone",)
    serves: tuple[Id, ...] = ()
    fits: dict[Id, RawCondition] = Field(default_factory=dict)
    priority: dict[Id, Literal["first", "last"]] = Field(default_factory=dict)
    access: Access
    provider: Literal["municipality", "state", "county", "voluntary", "private"]
    contact: Id
    law: Verbatim | None = None
    expect: Line | None = None
    not_included: Line | None = None
    from_you: Line | None = None
    time: Line | None = None
    cost: Line | None = None
    how: Line | None = None
    leave_out: tuple[SheetRow, ...] = ()
    form: LinkShape | None = None
    complaint: Annotated[tuple[Id, ...], BeforeValidator(as_list)] = ()
    links: tuple[LinkShape, ...] = ()
    checked: date | None = None


class CategoryShape(Shape):
    """A printed heading with its entries in printed order."""

    title: Line
    services: tuple[ServiceShape, ...]


class StepShape(Shape):
    """One step of the ladder. ``judged``: one asks the municipality to judge this, and never applies for a place."""

    number: int = Field(ge=1, le=99)
    title: Line
    theme: Line
    band: Id
    judged: bool = False
    aim: Line
    does: tuple[Line, ...] = ()
    categories: tuple[CategoryShape, ...]
