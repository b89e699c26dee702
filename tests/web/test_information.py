"""The pages to read before answering: they say what is true of this server and of this guide, and nothing else."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.conftest import SETTINGS, Visitor
from wizard.app import create_app
from wizard.config import ROOT
from wizard.web.information import reachable, services_for_groups
from wizard.web.session import COOKIE

PAGES = {
    "/personvern": "privacy", "/om": "about", "/kontakt": "contact", "/tilgjengelighet": "accessibility",
}  # fmt: skip


@pytest.mark.parametrize(("path", "kind"), PAGES.items())
def test_everybody_may_read_and_no_cookie_is_set(client: Visitor, path: str, kind: str) -> None:
    response = client.get(path)
    assert (response.status_code, client.kind) == (200, kind)
    assert "Set-Cookie" not in response.headers


@pytest.mark.parametrize("page", ["/", "/hjelp-na", "/nowhere"])
def test_they_are_linked_from_every_page(client: Visitor, page: str) -> None:
    client.get(page)
    assert all(f'href="/nb{path}"' in client.text for path in PAGES)


def test_they_can_be_read_in_the_middle_of_a_visit(client: Visitor) -> None:
    client.begin().answer("self")
    for path in PAGES:
        assert client.get(path).status_code == 200
    client.get("/sporsmal/2")
    assert client.question == "age"


def test_privacy_names_the_one_cookie_and_the_times_of_this_server() -> None:
    visitor = Visitor(create_app(replace(SETTINGS, idle_minutes=12, longest_minutes=180)).test_client())
    visitor.get("/personvern")
    assert f"«{COOKIE}»" in visitor.text
    assert "12 minutter" in visitor.text
    assert "3 timer" in visitor.text


def test_privacy_promises_what_is_kept_and_no_more(client: Visitor) -> None:
    client.get("/personvern")
    assert "Vi lagrer ingen svar som vi kan lese uten koden din." in client.text
    for word in ("anonym", "zero knowledge"):
        assert word not in client.text.lower()
    for rule in ("forvaltningsloven § 18", "personvernforordningen artikkel 15"):
        assert rule in client.text


def test_the_municipality_says_who_answers_for_privacy(client: Visitor) -> None:
    client.get("/personvern")
    assert "Fjordvik kommune har ansvaret" in client.text
    assert "Rådgivningen" in client.text
    client.get("/tilgjengelighet")
    assert "Rådgivningen" not in client.text
    assert "Servicetorget" in client.text


def test_privacy_tells_what_the_municipality_has_settled_and_what_nobody_has_checked(
    app: Flask, real_app: Flask
) -> None:
    client, real_client = Visitor(app.test_client()), Visitor(real_app.test_client())
    open_ = ["hvilken lov kommunen bygger på", "hvem som er personvernombud", "hvor du kan klage på personvern"]
    real_client.get("/personvern")
    assert [words in real_client.text for words in open_] == [True, True, True]
    client.get("/personvern")
    assert [words in client.text for words in open_] == [True, False, True]
    officer = client.text.partition("Personvernombudet svarer på spørsmål om opplysningene dine.")[2]
    assert "Hjemmekontoret" in officer


def test_about_tells_source_date_revision_and_size_of_the_guide_in_force(client: Visitor, app: Flask) -> None:
    guide = app.extensions["rett-trinn"].guide
    client.get("/om")
    assert guide.about.source in client.text
    assert guide.revision in client.text
    assert f"7 trinn, {len(guide.services)} tilbud, 4 behov og {len(guide.rules)} regler" in client.text
    assert "ikke et vedtak" in client.text
    assert "MIT-lisens" in client.text
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License")


def test_contact_shows_every_contact_under_somebody_who_answers(real_client: Visitor, real_app: Flask) -> None:
    guide = real_app.extensions["rett-trinn"].guide
    with real_app.test_request_context():
        reached = list(reachable(guide))
    names = [who.contact.name for who in reached] + [card.name for who in reached for card in who.ask_for]
    assert sorted(names) == sorted(contact.name for contact in guide.contacts.values())
    assert all(who.contact.phone or who.contact.web or who.contact.visit for who in reached)
    assert reached[0].contact.name == guide.contacts[guide.about.contact].name
    real_client.get("/kontakt")
    assert all(name in real_client.text for name in names)
    assert all(number in real_client.text for number in ("113", "112", "116 117"))


def test_associations_and_firms_find_what_is_theirs(real_client: Visitor, real_app: Flask) -> None:
    with real_app.test_request_context():
        cards = services_for_groups(real_app.extensions["rett-trinn"].guide)
    assert cards
    for page in ("/", "/kontakt"):
        real_client.get(page)
        assert 'href="/nb/lag-og-firma"' in real_client.text
    real_client.get("/lag-og-firma")
    assert real_client.kind == "groups"
    assert all(f'href="/nb/tilbud/{card.id}"' in real_client.text for card in cards)


def test_a_guide_with_nothing_for_associations_says_nothing_of_them(client: Visitor) -> None:
    client.get("/")
    assert "/lag-og-firma" not in client.text
    assert client.get("/lag-og-firma").status_code == 404


def test_an_error_tells_that_the_answers_are_kept_only_where_there_are_any(client: Visitor) -> None:
    client.get("/nowhere")
    assert "Svarene dine er ikke borte" not in client.text
    client.begin().answer("self")
    client.get("/nowhere")
    assert "Svarene dine er ikke borte" in client.text
    client.get("/sporsmal/2")
    assert client.question == "age"
