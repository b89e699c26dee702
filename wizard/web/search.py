"""Search, open to everybody without answering anything.

People search for what they would never say aloud. So the form is a POST that shows the results at once: what was
written is in no address, log, title or cookie, and going back or loading the page anew gives an empty search.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request

from wizard.guide.guide import Guide
from wizard.guide.ladder_shapes import Access
from wizard.guide.schema import NeedShape
from wizard.search.ages import age_groups
from wizard.search.filters import FREE, WAYS, Filters, providers
from wizard.search.find import find
from wizard.search.found import Found, Hit, Tier
from wizard.search.letters import LONGEST_TEXT
from wizard.web.cards import Card, contact_cards, make_card
from wizard.web.content import content, current_guide, source_content
from wizard.web.language import gettext, lazy_gettext
from wizard.web.needs import StepName, name_step
from wizard.web.session import current_visit
from wizard.web.urgent import Alarm, make_alarms
from wizard.web.words import PROVIDER

search = Blueprint("search", __name__)

WAY_NAMES: Mapping[str, str] = {
    FREE: lazy_gettext("Uten å søke"),
    Access.APPLICATION: lazy_gettext("Du søker, og får et vedtak"),
    Access.REFERRAL: lazy_gettext("Fagfolk henviser deg"),
    Access.INCLUDED: lazy_gettext("Følger med annen hjelp"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to keep only. ``options``: groups of values with their words; a group without a name stands alone."""

    name: str
    label: str
    everything: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    chosen: str


@dataclass(frozen=True, slots=True)
class ServiceHit:
    """A service that was found, why where that is not plain, and the steps it stands on."""

    card: Card
    why: str
    steps: tuple[StepName, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of a search prints. ``asked``: whether anything was looked for; ``browsing``: without a text."""

    text: str
    choices: tuple[Choice, ...]
    asked: bool
    browsing: bool
    narrowed: bool
    found: Found
    needs: tuple[NeedShape, ...]
    services: tuple[ServiceHit, ...]
    alarms: tuple[Alarm, ...]

    @property
    def count(self) -> int:
        """How many things were found."""
        return 0 if self.found.nearest else len(self.found.needs) + len(self.found.services) + self.found.more


@search.get("/sok")
def show() -> str:
    """An empty search."""
    return _render("", Filters(), asked=False)


@search.post("/sok")
def results() -> str:
    """What was found, on the page that the form leads to."""
    fields = request.form
    text = "".join(letter if letter.isprintable() else " " for letter in fields.get("tekst", "")[:LONGEST_TEXT]).strip()
    filters = Filters(fields.get("alder", ""), fields.get("trinn", ""), fields.get("vei", ""), fields.get("gir", ""))
    return _render(text, filters.known(current_guide()), asked=True)


def _render(text: str, filters: Filters, *, asked: bool) -> str:
    guide = current_guide()
    found = _find(text, filters) if asked else Found()
    page = Page(
        text=text,
        choices=tuple(_choices(guide, filters)),
        asked=asked and bool(text or filters),
        browsing=not text,
        narrowed=bool(filters),
        found=found,
        needs=tuple(guide.needs[hit.id] for hit in found.needs),
        services=tuple(_service_hits(guide, found)),
        alarms=make_alarms(guide, found.dangers, "self"),
    )
    contacts = contact_cards(guide, guide.about.contact)
    return render_template("pages/search.html", page=page, contacts=contacts, live=current_visit() is not None)


def _find(text: str, filters: Filters) -> Found:
    """What the page's language finds; where it knows nothing of it, what bokmål does."""
    found = find(content().index, text, filters)
    return find(source_content().index, text, filters) if found.nearest else found


def _service_hits(guide: Guide, found: Found) -> Iterator[ServiceHit]:
    """The services; words of danger are not repeated at each, where others may read them."""
    for hit in found.services:
        steps = sorted({guide.services[id_].step.number for id_ in (hit.id, *hit.twins)})
        card = make_card(guide, hit.id)
        yield ServiceHit(
            card, "" if found.dangers else _why(hit, card), tuple(name_step(guide, number) for number in steps)
        )


def _why(hit: Hit, card: Card) -> str:
    """Why a service was found, where its own words do not show it."""
    if hit.tier is Tier.NAME or not hit.typed or hit.typed in f"{card.name} {card.about}".casefold():
        return ""
    if hit.called and hit.called.casefold() != hit.typed:
        return gettext("Du skrev «%(typed)s». Kommunen kaller det %(called)s.", typed=hit.typed, called=hit.called)
    return "" if hit.mended else gettext("Passer til «%(typed)s».", typed=hit.typed)


def _choices(guide: Guide, filters: Filters) -> Iterator[Choice]:
    if ages := age_groups(guide):
        yield Choice("alder", gettext("Alder"), gettext("Alle aldre"), (("", tuple(ages.items())),), filters.age)
    yield Choice("trinn", gettext("Trinn"), gettext("Alle trinn"), tuple(_places(guide)), filters.place)
    ways = tuple((way, str(WAY_NAMES[way])) for way in WAYS)
    yield Choice("vei", gettext("Slik ber du om det"), gettext("Alle måter"), (("", ways),), filters.way)
    givers = tuple((id_, str(PROVIDER[id_])) for id_ in providers(guide))
    yield Choice("gir", gettext("Hvem gir hjelpen"), gettext("Alle"), (("", givers),), filters.provider)


def _places(guide: Guide) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Per band the whole of it, and each of its steps."""
    for id_, band in guide.about.bands.items():
        steps = [step for step in guide.steps.values() if step.band == id_]
        if steps:
            whole = gettext("Alle på trinn %(first)s–%(last)s", first=steps[0].number, last=steps[-1].number)
            single = ((str(s.number), gettext("%(number)s. %(title)s", number=s.number, title=s.title)) for s in steps)
            yield band.title, ((id_, whole), *single)
