"""The whole ladder, open to everybody without answering anything: its steps, its services, and urgent help."""

from flask import Blueprint, abort, render_template

from wizard.guide.ladder_shapes import Kind
from wizard.web.cards import contact_cards, make_card
from wizard.web.content import current_guide
from wizard.web.needs import name_step
from wizard.web.stairs import draw_stairs
from wizard.web.urgent import emergency_numbers, other_numbers

browse = Blueprint("browse", __name__)


@browse.get("/trappen")
def ladder() -> str:
    """The ladder with all its steps."""
    return render_template("pages/ladder.html", stairs=draw_stairs(current_guide()))


@browse.get("/trappen/<int:number>")
def step(number: int) -> str:
    """One step with its services in printed order."""
    guide = current_guide()
    shape = guide.steps.get(number) or abort(404)
    return render_template(
        "pages/step.html",
        step=shape,
        name=name_step(guide, number),
        stairs=draw_stairs(guide, frozenset({number})),
        placements=any(s.kind is Kind.PLACEMENT for category in shape.categories for s in category.services),
    )


@browse.get("/tilbud/<id_>")
def service(id_: str) -> str:
    """One service with all that is known about it."""
    guide = current_guide()
    if id_ not in guide.services:
        abort(404)
    card = make_card(guide, id_)
    return render_template("pages/service.html", card=card, name=name_step(guide, card.step))


@browse.get("/hjelp-na")
def urgent() -> str:
    """Every number to call, with its source, readable without answering anything."""
    guide = current_guide()
    contacts = contact_cards(guide, guide.about.contact)
    return render_template(
        "pages/urgent.html", first=emergency_numbers(guide), others=other_numbers(guide), contacts=contacts
    )
