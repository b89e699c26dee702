"""The pages around the visit: browsing, urgent help, leaving quickly, errors and headers."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SETTINGS, Visitor
from wizard.app import create_app

OPEN = {
    "/": "start", "/trappen": "ladder", "/trappen/3": "step", "/tilbud/home_help": "service", "/hjelp-na": "urgent",
    "/slik-virker-det": "how", "/slik-virker-det/chores": "table",
}  # fmt: skip


@pytest.mark.parametrize(("path", "kind"), OPEN.items())
def test_browsing_needs_no_visit(client: Visitor, path: str, kind: str) -> None:
    assert client.get(path).status_code == 200
    assert client.kind == kind


def test_every_step_and_service_has_a_page(client: Visitor, app: Flask) -> None:
    guide = app.extensions["rett-trinn"].guide
    for number, step in guide.steps.items():
        assert client.get(f"/trappen/{number}").status_code == 200
        assert step.title in client.text
    for id_, placed in guide.services.items():
        assert client.get(f"/tilbud/{id_}").status_code == 200
        assert placed.service.printed in client.text
        assert "Servicetorget" in client.text


def test_every_page_of_the_real_guide_is_sound(real_client: Visitor, real_app: Flask) -> None:
    guide = real_app.extensions["rett-trinn"].guide
    for path in [*(f"/trappen/{n}" for n in guide.steps), *(f"/tilbud/{id_}" for id_ in guide.services), "/hjelp-na"]:
        assert real_client.get(path).status_code == 200


def test_urgent_help_names_every_number_with_source_and_date(client: Visitor, app: Flask) -> None:
    client.get("/hjelp-na")
    for number in app.extensions["rett-trinn"].guide.numbers.values():
        assert number.number in client.text
        assert number.source in client.text
    assert "Sist kontrollert 1. oktober 2026." in client.text


@pytest.mark.parametrize("live", [False, True])
def test_leaving_quickly_needs_nothing_and_leaves_nothing(client: Visitor, live: bool) -> None:
    if live:
        client.begin().answer("self")
    response = client.client.post("/avslutt-raskt")
    assert response.status_code == 200
    assert response.headers["Clear-Site-Data"] == '"cache", "cookies"'
    text = response.get_data(as_text=True)
    assert '<meta http-equiv="refresh" content="0; url=https://www.yr.no">' in text
    assert "Rett trinn" not in text
    assert client.cookie is None


def test_leaving_quickly_works_with_a_broken_cookie(client: Visitor) -> None:
    client.client.set_cookie("visit", "garbage")
    assert client.post("/avslutt-raskt").status_code == 200
    assert client.cookie is None


@pytest.mark.parametrize("path", [*OPEN, "/nowhere"])
def test_the_way_out_comes_first_on_every_page(client: Visitor, path: str) -> None:
    client.get(path)
    _, _, body = client.text.partition("<body")
    first = min(body.find(mark) for mark in ("<a ", "<button", "<input") if mark in body)
    assert "Forlat siden raskt" in body[first : first + 200]


@pytest.mark.parametrize("path", [*OPEN, "/nowhere", "/healthz", "/sporsmal/1"])
def test_security_headers_stand_on_every_response(client: Visitor, path: str) -> None:
    headers = client.get(path, follow=False).headers
    policy = headers["Content-Security-Policy"]
    for rule in ("default-src 'self'", "img-src 'self' data:", "form-action 'self'", "frame-ancestors 'none'"):
        assert rule in policy
    assert "unsafe" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Permissions-Policy" in headers
    assert headers["Cache-Control"] == "no-store"


def test_the_pages_of_a_visit_are_never_kept(client: Visitor) -> None:
    for response in (client.post("/start", follow=False), client.get("/sporsmal/1"), client.answer("self")):
        assert response.headers["Cache-Control"] == "no-store"


NUMBERS = ("113", "112", "116 117")


@pytest.mark.parametrize("path", ["/nowhere", "/trappen/99", "/tilbud/nothing", "/trappen/x", "/sporsmal/-1", "/%00"])
def test_a_page_that_is_not_there(client: Visitor, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.kind == "error"
    assert all(number in client.text for number in NUMBERS)


@pytest.mark.parametrize("path", ["/hjelp-na/", "/trappen/", "/skranke/logg-inn/"])
def test_a_stroke_too_many_at_the_end_of_an_address_does_no_harm(client: Visitor, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.kind != "error"


def test_a_sign_that_no_keyboard_has_and_no_database_takes(client: Visitor) -> None:
    response = client.post("/sok", {"tekst": "vask\x00hjelp"})
    assert response.status_code == 400
    assert all(number in client.text for number in NUMBERS)


def test_a_request_that_is_too_large(client: Visitor) -> None:
    client.begin()
    response = client.post("/sporsmal/1", {"answer": "x" * 70_000})
    assert response.status_code == 413
    assert all(number in client.text for number in NUMBERS)


def test_a_way_that_is_not_open(client: Visitor) -> None:
    assert client.post("/trappen").status_code in {400, 405}
    assert client.get("/avslutt-raskt").status_code == 405
    assert all(number in client.text for number in NUMBERS)


def test_a_failure_shows_nothing_of_the_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(SETTINGS)

    def fail() -> str:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setitem(app.view_functions, "browse.ladder", fail)
    visitor = Visitor(app.test_client())
    assert visitor.get("/trappen").status_code == 500
    assert "secret" not in visitor.text
    assert "Traceback" not in visitor.text
    assert all(number in visitor.text for number in NUMBERS)


def test_the_server_tells_that_it_is_alive(client: Visitor) -> None:
    assert client.get("/healthz").get_data(as_text=True) == "ok"


def test_pages_work_without_the_built_files(tmp_path: Path) -> None:
    for own in ("own.css", "own.js", "own.svg"):
        (tmp_path / own).write_text("")
    visitor = Visitor(create_app(replace(SETTINGS, static=tmp_path)).test_client())
    assert visitor.get("/").status_code == 200
    assert "system." not in visitor.text


def test_static_files_are_served_with_the_same_care(client: Visitor) -> None:
    response = client.client.get("/static/own.css")
    assert response.status_code == 200
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_those_who_cannot_call_are_told_how_to_write(real_client: Visitor) -> None:
    real_client.get("/hjelp-na")
    assert "kan sende SMS til 110, 112 og 113" in real_client.text


def test_the_accessibility_statement_is_linked_once_there_is_one(client: Visitor) -> None:
    client.get("/")
    assert "uustatus.no" not in client.text
    address = "https://uustatus.no/nb/erklaringer/publisert/eksempel"
    with create_app(replace(SETTINGS, statement=address)).test_client() as other:
        assert f'href="{address}"' in other.get("/nb/").get_data(as_text=True)
