"""Whether the guide helped: asked once, counted, and never tied to anybody."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import SETTINGS, Answer, Visitor, find
from tests.locks import locked
from wizard.app import create_app
from wizard.store.models import HelpCount
from wizard.web.stored import Store

KARI: dict[str, Answer] = {
    "for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"], "chores_amount": "all", "tried": "talked",
}  # fmt: skip
ASKED, THANKED = "Vi teller bare svarene.", "Takk! Svaret ditt"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "wizard.sqlite"


@pytest.fixture
def app(file: Path) -> Flask:
    return create_app(replace(SETTINGS, database=f"sqlite:///{file}"))


@pytest.fixture
def done(client: Visitor) -> Visitor:
    """A visitor who stands at the result."""
    return client.begin().answer_all(KARI)


def say(visitor: Visitor, answer: str, about: str = "") -> Visitor:
    once = find(r'action="/nb/hjalp-det".*?name="once" value="(\w+)"', visitor.text)
    visitor.post("/hjalp-det", {"once": once, "answer": answer, "about": about})
    return visitor


def counts(app: Flask) -> dict[tuple[str, str], int]:
    store: Store = app.extensions["rett-trinn-store"]
    with store.database.writing() as session:
        rows = session.scalars(select(HelpCount)).all()
    assert {row.guide for row in rows} <= {"fjordvik"}
    return {(row.answer, row.about): row.count for row in rows}


@pytest.mark.parametrize("answer", ["yes", "partly", "no"])
def test_an_answer_is_counted_and_thanked_for_on_the_same_page(done: Visitor, app: Flask, answer: str) -> None:
    assert ASKED in done.text
    say(done, answer)
    assert done.kind == "result"
    assert THANKED in done.text
    assert ASKED not in done.text
    assert counts(app) == {(answer, ""): 1}


def test_it_may_be_about_a_need_or_a_service_that_is_shown(app: Flask) -> None:
    for about in ("need.chores", "service.home_help"):
        visitor = Visitor(app.test_client()).begin().answer_all(KARI)
        assert f'<option value="{about}">' in visitor.text
        say(visitor, "yes", about)
    assert counts(app) == {("yes", "need.chores"): 1, ("yes", "service.home_help"): 1}


@pytest.mark.parametrize("about", ["need.friends", "service.nothing", "home_help", "x" * 5000])
def test_it_is_about_nothing_else(done: Visitor, app: Flask, about: str) -> None:
    say(done, "yes", about)
    assert counts(app) == {("yes", ""): 1}


def test_a_visit_counts_once_however_often_it_is_sent(done: Visitor, app: Flask) -> None:
    page, cookie = done.page, done.cookie
    say(done, "yes")
    done.client.set_cookie("visit", cookie or "")  # the answer to the first press got lost
    done.page = page
    say(done, "no")
    assert THANKED in done.text
    done.page = page
    say(done, "no")
    assert counts(app) == {("yes", ""): 1}


def test_two_visits_count_twice(client: Visitor, app: Flask) -> None:
    for _ in range(2):
        say(client.begin().answer_all(KARI), "yes")
    assert counts(app) == {("yes", ""): 2}


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_another_answer_is_none(done: Visitor, app: Flask, answer: str) -> None:
    once = find(r'action="/nb/hjalp-det".*?name="once" value="(\w+)"', done.text)
    assert done.post("/hjalp-det", {"once": once, "answer": answer}).status_code == 400
    assert counts(app) == {}


def test_a_form_of_another_visit_counts_nothing(done: Visitor, app: Flask) -> None:
    done.post("/hjalp-det", {"once": "0" * 32, "answer": "yes"})
    assert ASKED in done.text
    assert counts(app) == {}


def test_without_the_database_the_visitor_is_thanked_and_told_the_truth(done: Visitor, app: Flask, file: Path) -> None:
    with locked(f"sqlite:///{file}"):
        say(done, "yes")
    assert done.kind == "result"
    assert "Akkurat nå fikk vi ikke telt det med." in done.text
    assert THANKED not in done.text
    assert counts(app) == {}


def test_nothing_is_asked_where_nothing_can_be_counted() -> None:
    visitor = Visitor(create_app(SETTINGS).test_client()).begin().answer_all(KARI)
    assert visitor.kind == "result"
    assert "Fikk du hjelp av veiviseren?" not in visitor.text
