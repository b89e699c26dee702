"""The public pages on how the guide works: the rules in force, with revision and date."""

import pytest
from flask import Flask

from tests.conftest import Visitor


def test_the_overview_leads_to_the_table_of_every_need(client: Visitor, app: Flask) -> None:
    guide = app.extensions["rett-trinn"].guide
    assert client.get("/slik-virker-det").status_code == 200
    assert client.kind == "how"
    for need in guide.needs:
        assert f'href="/nb/slik-virker-det/{need}"' in client.text
    assert 'href="/nb/trappen"' in client.text
    assert "ikke et vedtak" in client.text


@pytest.mark.parametrize("path", ["/slik-virker-det", "/slik-virker-det/chores"])
def test_the_rules_in_force_stand_with_revision_and_date(client: Visitor, app: Flask, path: str) -> None:
    client.get(path)
    assert f"Utgave {app.extensions['rett-trinn'].guide.revision}, sist kontrollert " in client.text


def test_a_table_names_every_rule_with_reason_and_source_and_links_every_service(client: Visitor, app: Flask) -> None:
    guide = app.extensions["rett-trinn"].guide
    for need in guide.needs:
        assert client.get(f"/slik-virker-det/{need}").status_code == 200
        assert client.kind == "table"
        for rule in guide.needs[need].climb:
            assert rule.because in client.text
            assert rule.source in client.text
        for block in app.extensions["rett-trinn"].find("nb").tables.table(need).blocks:
            assert all(f'href="/nb/tilbud/{service.id}"' in client.text for service in block.services)


def test_every_table_of_the_real_guide_is_sound(real_client: Visitor, real_app: Flask) -> None:
    for need in real_app.extensions["rett-trinn"].guide.needs:
        assert real_client.get(f"/slik-virker-det/{need}").status_code == 200


def test_a_table_is_made_once_and_kept(app: Flask) -> None:
    tables = app.extensions["rett-trinn"].find("nb").tables
    with app.test_request_context():
        assert tables.table("chores") is tables.table("chores")
        assert tables.flow("chores") is tables.flow("chores")


def test_the_drawing_can_be_had_by_itself(client: Visitor) -> None:
    response = client.get("/slik-virker-det/chores.svg")
    assert (response.status_code, response.mimetype) == (200, "image/svg+xml")
    assert client.text.startswith("<svg ")


@pytest.mark.parametrize("path", ["/slik-virker-det/nothing", "/slik-virker-det/nothing.svg"])
def test_a_need_that_is_not_there(client: Visitor, path: str) -> None:
    assert client.get(path).status_code == 404


def test_the_pages_are_linked_from_everywhere(client: Visitor) -> None:
    for path in ("/", "/trappen", "/hjelp-na"):
        client.get(path)
        assert 'href="/nb/slik-virker-det"' in client.text
