"""A database that hangs is nobody's business who visits; whoever needs it is told in time, in plain words."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask

from tests.conftest import SETTINGS, Answer, Visitor, find
from tests.postgres import Cluster
from wizard.app import create_app
from wizard.store.staff import add_user
from wizard.web.stored import Store

KARI: dict[str, Answer] = {
    "for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"], "chores_amount": "all", "tried": "talked",
}  # fmt: skip
IN_TIME = 5
NUMBERS = ("113", "112", "116 117")


def store_of(app: Flask) -> Store:
    found: Store = app.extensions["rett-trinn-store"]
    return found


@pytest.fixture
def app(postgresql: Cluster) -> Iterator[Flask]:
    app = create_app(replace(SETTINGS, database=postgresql.new_database()))
    with store_of(app).database.writing() as session:
        add_user(session, "dina", "desk").enrolled = True
    yield app
    store_of(app).database.close()


@pytest.fixture
def ready(app: Flask) -> dict[str, Visitor]:
    """People who have the page before them from which they are going to ask something of the database."""
    keeping = Visitor(app.test_client()).begin().answer_all(KARI)
    at_desk = Visitor(app.test_client())
    at_desk.get("/skranke/logg-inn")
    fetching = Visitor(app.test_client())
    fetching.get("/hent")
    return {"keeping": keeping, "at_desk": at_desk, "fetching": fetching}


def test_a_database_that_hangs(app: Flask, ready: dict[str, Visitor], postgresql: Cluster) -> None:
    keeping = ready["keeping"]
    form = {"once": find(r'/lagre".*?name="once" value="(\w+)"', keeping.text), "days": "7"}
    asked = {
        "keeping": ("/lagre", form),
        "at_desk": ("/skranke/logg-inn", {"navn": "dina", "passord": "feil passord"}),
        "fetching": ("/hent", {"code": "0123456789ABCDEFGHJK"}),
    }
    with postgresql.hanging(store_of(app).database):
        for who, (path, data) in asked.items():
            time.sleep(1.1)  # so that everybody finds out anew
            began = time.monotonic()
            assert ready[who].post(path, data).status_code == 503, who
            assert time.monotonic() - began < IN_TIME, who
            assert all(number in ready[who].text for number in NUMBERS), who
        began = time.monotonic()
        visitor = Visitor(app.test_client()).begin().answer_all(KARI)
        assert visitor.kind == "result"
        assert time.monotonic() - began < IN_TIME
        keeping.get("/resultat")
    time.sleep(1.1)
    assert keeping.post("/lagre", form).status_code == 200
    assert keeping.kind == "kept"
