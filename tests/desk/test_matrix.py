"""Every address with every method, for everybody there is: who gets in, and what the others are told.

Drawn from the routes themselves, so that a new page cannot be forgotten. The pages behind the guard are replaced by a
word, so that only the guard is judged.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import IntegerConverter, Rule

from tests.conftest import in_language
from tests.desk.conftest import make_app, store_of, token_for
from wizard.desk.staff import COOKIE, Role
from wizard.web.access import AUDIENCE, DESK_PATH, STAFF, Audience

REACHED = "somebody got in"
DOORS = {"login", "provided", "enrol"}
"""The parts of the desk that must stand open, so that anybody can come in."""
WHO = ("anybody", "visitor", "desk", "admin", "admin on a visit")
GETS_IN = {
    Audience.EVERYONE: set(WHO),
    Audience.VISITOR: {"visitor", "admin on a visit"},
    Audience.DESK: {"desk", "admin", "admin on a visit"},
    Audience.ADMIN: {"admin", "admin on a visit"},
}


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = make_app(tmp_path_factory.mktemp("matrix"))
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    store_of(app).database.engine.dispose()


@pytest.fixture(scope="module")
def clients(app: Flask) -> dict[str, FlaskClient]:
    """A browser for each, with what it carries; then every page is replaced."""
    made = {who: app.test_client() for who in WHO}
    for who, client in made.items():
        if "visit" in who:
            client.post(in_language("/start"))
        if "desk" in who or "admin" in who:
            client.set_cookie(COOKIE, token_for(app, who.split()[0], Role(who.split()[0])), path=DESK_PATH)
    app.view_functions = dict.fromkeys(app.view_functions, lambda **_: REACHED)
    return made


def addresses(app: Flask) -> Iterator[tuple[Rule, str, str]]:
    """Every route, with each of its methods and an address of it."""
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        values = {name: 1 if isinstance(rule._converters[name], IntegerConverter) else "x" for name in rule.arguments}
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            yield rule, method, in_language(adapter.build(rule.endpoint, values, method=method))


@pytest.mark.parametrize("who", WHO)
def test_everybody_gets_where_they_should_and_nowhere_else(
    app: Flask, clients: dict[str, FlaskClient], who: str
) -> None:
    tried, wrong = 0, []
    for rule, method, address in addresses(app):
        response = clients[who].open(address, method=method)
        tried += 1
        if (response.get_data(as_text=True) == REACHED) is not (who in GETS_IN[AUDIENCE[rule.endpoint]]):
            wrong.append((method, address, response.status_code))
    assert tried > len(AUDIENCE) / 2
    assert wrong == []


def answer_of(client: FlaskClient, method: str, address: str) -> tuple[int, str]:
    response = client.open(address, method=method)
    return response.status_code, (response.location or "").partition("?")[0]


def test_whoever_does_not_get_in_is_told_the_way(app: Flask, clients: dict[str, FlaskClient]) -> None:
    for rule, method, address in addresses(app):
        audience = AUDIENCE[rule.endpoint]
        if audience in STAFF:
            way = (303, "/skranke/logg-inn") if method == "GET" else (401, "")
            assert answer_of(clients["anybody"], method, address) == way
            assert answer_of(clients["visitor"], method, address) == way
        if audience is Audience.ADMIN:
            assert answer_of(clients["desk"], method, address) == (403, "")
        if audience is Audience.VISITOR:
            assert answer_of(clients["anybody"], method, address) == (303, "/nb/")


def test_the_desk_lies_under_one_address_and_has_no_open_pages_but_its_doors(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        below = rule.rule == DESK_PATH or rule.rule.startswith(f"{DESK_PATH}/")
        open_ = rule.endpoint.partition(".")[0] in DOORS and AUDIENCE[rule.endpoint] is Audience.EVERYONE
        assert below is (AUDIENCE[rule.endpoint] in STAFF or open_), rule.rule


def test_a_halfway_login_opens_nothing(tmp_path: Path) -> None:
    app = make_app(tmp_path)
    client = app.test_client()
    client.set_cookie(COOKIE, token_for(app, "astrid", Role.ADMIN, confirmed=False), path=DESK_PATH)
    closed = [
        address for rule, method, address in addresses(app) if AUDIENCE[rule.endpoint] in STAFF and method == "GET"
    ]
    assert closed
    assert {answer_of(client, "GET", address) for address in closed} == {(303, "/skranke/logg-inn")}
