"""What everybody may want to know before answering: who stands behind the guide, what it keeps, and whom to ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version

from flask import Blueprint, abort, render_template

from wizard.guide.guide import Guide
from wizard.guide.guide_shape import Matter
from wizard.web.cards import Card, ContactCard, contact_cards, make_card
from wizard.web.content import content, current_guide
from wizard.web.cookies import cookie_name
from wizard.web.keep import DAYS
from wizard.web.session import COOKIE
from wizard.web.stored import can_store
from wizard.web.urgent import emergency_numbers

information = Blueprint("information", __name__)


@dataclass(frozen=True, slots=True)
class Reached:
    """A contact with a channel that works, and those one asks for there."""

    contact: ContactCard
    ask_for: tuple[ContactCard, ...]


@information.get("/personvern")
def privacy() -> str:
    """What is asked, where the answers lie, and what the law gives the visitor.

    What the regulation wants told besides (articles 13.1 b and c, 13.2 d) stands there as far as the guide has it.
    """
    guide = current_guide()
    return render_template(
        "pages/privacy.html",
        cookie=cookie_name(COOKIE, content().settings),
        days=DAYS if can_store() else (),
        settings=content().settings,
        contacts=_contacts_about("privacy"),
        settled={
            matter: (told.say, contact_cards(guide, told.contact) if told.contact else ())
            for matter, told in guide.about.privacy.items()
        },
    )


@information.get("/om")
def about() -> str:
    """What the guide is, what it builds on, and what it is not."""
    return render_template("pages/about.html", version=version("rett-trinn"), contacts=_contacts_about("guide"))


@information.get("/kontakt")
def contact() -> str:
    """Whom to ask about help, about the guide, and about a decision."""
    guide = current_guide()
    return render_template(
        "pages/contact.html",
        numbers=emergency_numbers(guide),
        reached=tuple(reachable(guide)),
        about_guide=_contacts_about("guide"),
        for_groups=bool(services_for_groups(guide)),
    )


@information.get("/tilgjengelighet")
def accessibility() -> str:
    """What has been done so that everybody can use the guide, and whom to tell when somebody cannot."""
    return render_template("pages/accessibility.html", contacts=_contacts_about("accessibility"))


@information.get("/lag-og-firma")
def groups() -> str:
    """What there is for associations and firms; not there where the guide has nothing for them."""
    guide = current_guide()
    cards = services_for_groups(guide) or abort(404)
    return render_template("pages/groups.html", cards=cards, contacts=contact_cards(guide, guide.about.contact))


def _contacts_about(matter: Matter) -> tuple[ContactCard, ...]:
    """Whom to ask about a matter: the contact that the guide names for it, or else its own."""
    guide = current_guide()
    return contact_cards(guide, guide.about.ask_about.get(matter, guide.about.contact))


def reachable(guide: Guide) -> Iterator[Reached]:
    """Every contact of the guide by the one who answers, with the guide's own contact first."""
    chains = {id_: contact_cards(guide, id_) for id_ in (guide.about.contact, *guide.contacts)}
    for who in dict.fromkeys(chain[-1] for chain in chains.values()):
        yield Reached(who, tuple(chain[0] for chain in chains.values() if chain[-1] == who and len(chain) > 1))


def services_for_groups(guide: Guide) -> tuple[Card, ...]:
    """The services for needs that are nobody's own: those of associations and firms."""
    needs = {id_ for id_, need in guide.needs.items() if need.subject == "none"}
    return tuple(make_card(guide, id_) for id_, placed in guide.services.items() if needs & set(placed.service.serves))
