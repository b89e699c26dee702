"""Codes and passwords cannot be tried one after the other, on whichever server, and nobody's address is kept."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from tests.conftest import SETTINGS, Visitor
from tests.desk.test_login import quick_digests  # noqa: F401  a fixture
from tests.locks import locked
from wizard.app import create_app
from wizard.store.tries_tables import Tries
from wizard.web.limits import network_of
from wizard.web.stored import Store
from wizard.web.sweep import Sweeper

ADDRESS, NEIGHBOUR = "192.0.2.7", "192.0.2.8"
UNKNOWN_CODE = "0123456789ABCDEFGHJK"
NUMBERS = ("113", "112", "116 117")


def store_of(app: Flask) -> Store:
    found: Store = app.extensions["rett-trinn-store"]
    return found


@pytest.fixture
def new_server(each_database: str) -> Iterator[Callable[[], Flask]]:
    """Starts servers that share a database."""
    with ExitStack() as stack:

        def start() -> Flask:
            app = create_app(replace(SETTINGS, database=each_database))
            stack.callback(store_of(app).database.close)
            return app

        yield start


def try_code(app: Flask, address: str = ADDRESS) -> int:
    client = app.test_client()
    answer = client.post("/hent", data={"code": UNKNOWN_CODE}, environ_overrides={"REMOTE_ADDR": address})
    if answer.status_code == 308:
        path = answer.headers["Location"]
        answer = client.post(path, data={"code": UNKNOWN_CODE}, environ_overrides={"REMOTE_ADDR": address})
    return answer.status_code


def try_password(app: Flask) -> Visitor:
    visitor = Visitor(app.test_client())
    visitor.get("/skranke/logg-inn")
    visitor.post("/skranke/logg-inn", {"navn": "kari", "passord": "feil passord"})
    return visitor


def marks(app: Flask) -> list[Tries]:
    with store_of(app).database.writing() as session:
        return list(session.scalars(select(Tries)))


def test_two_servers_count_codes_together(new_server: Callable[[], Flask]) -> None:
    one, other = new_server(), new_server()
    assert [try_code(one) for _ in range(6)] == [422] * 6
    assert [try_code(other) for _ in range(6)] == [422] * 4 + [429] * 2
    assert try_code(one) == 429
    assert try_code(one, NEIGHBOUR) == 422


def test_two_servers_count_logins_together(new_server: Callable[[], Flask]) -> None:
    one, other = new_server(), new_server()
    statuses = [page.status_code for app in (one, other) for _ in range(6) if (page := try_password(app).page)]
    assert statuses == [422] * 10 + [429] * 2


def test_what_is_kept_of_a_try_is_a_mark_of_32_bytes_and_gone_a_minute_later(new_server: Callable[[], Flask]) -> None:
    app = new_server()
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        try_code(app)
        [kept] = marks(app)
        assert (len(kept.mark), kept.count, kept.until) == (32, 1, 1_800_000_060)
        assert ADDRESS.encode() not in kept.mark
        clock.shift(60)
        Sweeper(store_of(app).database).sweep()
        assert marks(app) == []


def test_without_the_pepper_the_same_address_has_another_mark(each_database: str) -> None:
    kept = []
    for pepper in (SETTINGS.pepper, "another pepper, as long as the first one was"):
        app = create_app(replace(SETTINGS, pepper=pepper, database=each_database))
        try_code(app)
        kept.append({row.mark for row in marks(app)})
        store_of(app).database.close()
    first, both = kept
    assert len(first) == 1
    assert len(both) == 2


def test_while_the_database_is_away_nobody_logs_in_and_everybody_is_told_kindly(
    new_server: Callable[[], Flask], each_database: str
) -> None:
    app = new_server()
    with locked(each_database):
        page = try_password(app)
        assert page.page
        assert page.page.status_code == 503
        assert all(number in page.text for number in NUMBERS)
        assert try_code(app) == 503
        visit = Visitor(app.test_client()).begin()
        assert visit.kind == "question"
        assert [visit.answer(answer).status_code for answer in ("self", "old")] == [200, 200]
    assert try_code(app) == 422


def test_while_the_database_is_away_each_server_still_counts(
    new_server: Callable[[], Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = new_server()
    monkeypatch.setattr(store_of(app).database, "_away", True)
    monkeypatch.setattr(store_of(app).database, "_rests_until", float("inf"))
    assert [try_code(app) for _ in range(12)] == [503] * 10 + [429] * 2


def test_a_household_is_one_address() -> None:
    assert network_of("2001:db8:1:2::5") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::5")
    assert network_of(ADDRESS) != network_of(NEIGHBOUR)
    assert network_of("nonsense") == ""
