"""Every route there is, also tomorrow's: forms take a token of ours, and no page can be framed or lets anything in."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.routing import IntegerConverter, Rule

from tests.conftest import SECRET, SETTINGS, Visitor, in_language
from tests.desk.conftest import store_of, token_for
from wizard.app import create_app
from wizard.desk.choice import read_choice
from wizard.desk.staff import COOKIE, Role
from wizard.store.models import Base
from wizard.web.access import DESK_PATH
from wizard.web.headers import SECURITY
from wizard.web.seal import Sealer

REACHED = "somebody got in"
WITHOUT_TOKEN = {
    "start.begin": "begins with nothing, and a page elsewhere cannot",
    "leave.quickly": "takes away, and must work when nothing else does",
    "fetch.take": "takes a code of 100 bits, and a page elsewhere cannot",
    "search.results": "changes nothing",
    "withdrawal.withdraw": "takes a number of 60 bits, and a page elsewhere cannot",
}
"""Forms that need no token of a visit, and why that does no harm."""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    file = tmp_path_factory.mktemp("routes") / "wizard.sqlite"
    app = create_app(replace(SETTINGS, database=f"sqlite:///{file}", security_contact="mailto:a@fjordvik.example"))
    yield app
    store_of(app).database.engine.dispose()


def rules(app: Flask) -> list[Rule]:
    return list(app.url_map.iter_rules())


def address(app: Flask, rule: Rule, method: str) -> str:
    values = {name: 1 if isinstance(rule._converters[name], IntegerConverter) else "x" for name in rule.arguments}
    return in_language(app.url_map.bind("localhost").build(rule.endpoint, values, method=method))


@pytest.mark.parametrize("token", ["", "forged", "IjEyMyI.aSHNhg.x"])
def test_no_form_is_taken_without_our_token(app: Flask, monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    client = app.test_client()
    client.post("/nb/start")
    client.set_cookie(COOKIE, token_for(app, "astrid", Role.ADMIN), path=DESK_PATH)
    monkeypatch.setattr(app, "view_functions", dict.fromkeys(app.view_functions, lambda **_: REACHED))
    taken = {
        rule.endpoint
        for rule in rules(app)
        if "POST" in (rule.methods or ())
        and client.post(address(app, rule, "POST"), data={"csrf_token": token}).text == REACHED
    }
    assert taken - set(WITHOUT_TOKEN) == set()


def test_no_address_changes_anything_by_being_opened(app: Flask) -> None:
    visitor = Visitor(app.test_client()).begin()
    visitor.answer("self")
    visitor.client.set_cookie(COOKIE, token_for(app, "astrid", Role.ADMIN), path=DESK_PATH)
    before, answers = rows(app), Sealer((SECRET,)).open(visitor.cookie or "")["visit"]["answers"]
    for rule in rules(app):
        if "GET" in (rule.methods or ()):
            visitor.client.get(address(app, rule, "GET"))
    assert rows(app) == before
    assert Sealer((SECRET,)).open(visitor.cookie or "")["visit"]["answers"] == answers


def rows(app: Flask) -> dict[str, int]:
    """How many there are of everything, but for what is noted of who was there, and when it was cleaned up."""
    noted = {"access_log", "staff_session", "tries", "last_purge"}
    with store_of(app).database.writing() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
            if name not in noted
        }


def test_no_page_can_be_framed_and_none_lets_anything_in_from_elsewhere(app: Flask) -> None:
    visitor, nobody = app.test_client(), app.test_client()
    visitor.post("/nb/start")
    visitor.set_cookie(COOKIE, token_for(app, "astrid", Role.ADMIN), path=DESK_PATH)
    seen = set()
    for rule in rules(app):
        for method in sorted((rule.methods or set()) & {"GET", "HEAD", "OPTIONS", "POST"}):
            for client in (visitor, nobody):
                response = client.open(address(app, rule, method), method=method)
                assert {name: response.headers.get(name) for name in SECURITY} == SECURITY, rule.rule
                assert response.headers["Cache-Control"] == "no-store", rule.rule
                assert "Access-Control-Allow-Origin" not in response.headers
                assert not response.data or "charset=utf-8" in response.content_type.lower(), rule.rule
                seen.add(response.status_code)
    assert {200, 303, 400, 401} <= seen


def test_what_the_browser_is_told_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    policy = dict(part.split(" ", 1) for part in SECURITY["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert SECURITY["X-Frame-Options"] == "DENY"
    assert not re.search(r"unsafe|\*|https?:", " ".join(policy.values()))


def test_every_cookie_is_out_of_reach_of_scripts_and_of_other_sites(tmp_path: Path) -> None:
    app = create_app(replace(SETTINGS, database=f"sqlite:///{tmp_path}/wizard.sqlite", https_only=True))
    client = app.test_client()
    cookies = [
        cookie
        for method, path in (("POST", "/nb/start"), ("GET", "/skranke/logg-inn"), ("POST", "/nb/avslutt-raskt"))
        for cookie in client.open(path, method=method, base_url="https://localhost").headers.getlist("Set-Cookie")
    ]
    assert {cookie.partition("=")[0] for cookie in cookies} == {"__Host-visit", "__Secure-skranke"}
    for cookie in cookies:
        assert {"HttpOnly", "Secure"} <= {part.strip() for part in cookie.split(";")}
        assert re.search(r"SameSite=(Lax|Strict)", cookie)
        assert "Domain" not in cookie
    store_of(app).database.engine.dispose()


def test_over_https_a_visit_and_a_login_hold_under_names_that_nobody_else_can_set(tmp_path: Path) -> None:
    app = create_app(replace(SETTINGS, database=f"sqlite:///{tmp_path}/wizard.sqlite", https_only=True))
    client, https = app.test_client(), "https://localhost"
    client.post("/nb/start", base_url=https)
    assert client.get("/nb/sporsmal/1", base_url=https).status_code == 200
    token = token_for(app, "astrid", Role.ADMIN)
    client.set_cookie(f"__Secure-{COOKIE}", token, path=DESK_PATH)
    assert client.get(DESK_PATH, base_url=https).status_code == 200
    page = client.get("/nb/personvern", base_url=https).text
    assert "__Host-visit" in page
    other = app.test_client()
    other.set_cookie(COOKIE, token, path=DESK_PATH)
    assert other.get(DESK_PATH, base_url=https).status_code == 303
    store_of(app).database.engine.dispose()


@pytest.mark.parametrize(
    "name", ["../fjordvik", "../guide/sound", "/etc", "fjordvik/../../x", "..", "fjordvik\0", "a" * 300]
)
def test_the_name_of_a_guide_is_no_way_out_of_its_folder(app: Flask, name: str) -> None:
    """One address takes the name of a guide, and chooses among those that are counted (``../guide/sound`` is there)."""
    client = app.test_client()
    for place in (f"/nb/tilbud/{name}", f"/nb/slik-virker-det/{name}", f"/static/{name}/config.py"):
        assert client.get(place).status_code in {302, 308, 404}
    client.set_cookie(COOKIE, token_for(app, "astrid", Role.ADMIN), path=DESK_PATH)
    assert client.get("/skranke/omfang", query_string={"veiviser": name}).status_code == 200
    with app.test_request_context("/skranke/omfang"):
        choice, _ = read_choice(name, "")
    assert (choice.guide.id, list(choice.guides)) == ("fjordvik", ["fjordvik"])
