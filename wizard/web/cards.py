"""Services and contacts as the cards that pages print."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from wizard.guide.guide import Guide, Placed
from wizard.guide.help_shapes import ContactShape
from wizard.guide.ladder_shapes import Access, Kind, LinkShape
from wizard.web.expectations import Sheet, kind_note, make_sheet
from wizard.web.language import say_date
from wizard.web.words import ACCESS, JUDGED, PROVIDER

_COUNTRY = "+47"
_LONG_NUMBER = 8
_MOST_CHAINS = 1024
"""Chains of contacts that are kept; they hang on the guide alone."""


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One place to turn to, with the channels that are known."""

    name: str
    about: str
    phone: str
    call: str
    web: str
    site: str
    visit: str
    post: str
    source: str
    checked: str


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """A service as a visitor reads of it. ``contacts`` ends with one that has a channel."""

    id: str
    name: str
    printed: str
    about: str
    step: int
    category: str
    access: str
    way: str
    provider: str
    kind_note: str
    contacts: tuple[ContactCard, ...]
    sheet: Sheet | None
    law: str
    links: tuple[LinkShape, ...]
    checked: str


def make_card(guide: Guide, id_: str) -> Card:
    """The card of a service."""
    placed = guide.services[id_]
    service = placed.service
    contacts = contact_cards(guide, service.contact)
    return Card(
        id=id_,
        name=service.name,
        printed=service.printed,
        about=service.about,
        step=placed.step.number,
        category=placed.category,
        access=_access(placed),
        way=service.access.value,
        provider=str(PROVIDER[service.provider]),
        kind_note=kind_note(placed),
        contacts=contacts,
        sheet=make_sheet(guide, placed, contacts[0].name),
        law=service.law or "",
        links=service.links,
        checked=say_date(service.checked) if service.checked else "",
    )


class Cards:
    """The cards of a guide, each made when it is first asked for, so that what is made of it can be kept."""

    def __init__(self, guide: Guide) -> None:
        self._guide = guide
        self._made: dict[str, Card] = {}

    def find(self, id_: str) -> Card:
        """The card of a service."""
        card = self._made.get(id_)
        if card is None:
            card = self._made[id_] = make_card(self._guide, id_)
        return card


def _access(placed: Placed) -> str:
    """How one gets a service, in a line; nothing where nobody can ask for it."""
    service = placed.service
    if service.kind is Kind.PLACEMENT:
        return ""
    if service.how:
        return service.how
    judged = service.access is Access.APPLICATION and placed.step.judged
    return str(JUDGED if judged else ACCESS[service.access])


@lru_cache(_MOST_CHAINS)
def contact_cards(guide: Guide, contact: str) -> tuple[ContactCard, ...]:
    """Whom to ask, and on until somebody who can be reached."""
    return tuple(_contact_cards(guide, contact))


def _contact_cards(guide: Guide, contact: str) -> Iterator[ContactCard]:
    for shape in guide.contact_chain(contact):
        yield _make_contact(shape)


def _make_contact(shape: ContactShape) -> ContactCard:
    return ContactCard(
        name=shape.name,
        about=shape.about or "",
        phone=shape.phone or "",
        call=call_address(shape.phone) if shape.phone else "",
        web=shape.web or "",
        site=site_name(shape.web) if shape.web else "",
        visit=shape.visit or "",
        post=shape.post or "",
        source=shape.source or "",
        checked=say_date(shape.checked) if shape.checked else "",
    )


def call_address(number: str) -> str:
    """The address that makes a telephone call the number."""
    digits = "".join(number.split())
    return f"tel:{_COUNTRY}{digits}" if len(digits) == _LONG_NUMBER else f"tel:{digits}"


def site_name(address: str) -> str:
    """A web address as people say it."""
    return address.removeprefix("https://").removeprefix("www.").rstrip("/")
