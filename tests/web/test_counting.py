"""What a visit adds to the overview: once, off its own path, and nothing but ids of the guide and numbers."""

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import inspect, text

from tests.conftest import SETTINGS, Answer, Visitor, find
from tests.locks import locked
from wizard.app import create_app
from wizard.store.counters import Key, What, counted_in
from wizard.store.database import Database
from wizard.store.errors import StoreUnavailableError
from wizard.store.helped import quarter_of
from wizard.store.saved import today
from wizard.web.stored import Store
from wizard.web.tally import Tally

KARI: dict[str, Answer] = {
    "for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"], "chores_amount": "all", "tried": "talked",
}  # fmt: skip
QUARTER = quarter_of(today())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "wizard.sqlite"


@pytest.fixture
def app(file: Path) -> Iterator[Flask]:
    app = create_app(replace(SETTINGS, database=f"sqlite:///{file}"))
    yield app
    database_of(app).engine.dispose()


def database_of(app: Flask) -> Database:
    store: Store = app.extensions["rett-trinn-store"]
    return store.database


def counts(app: Flask) -> dict[tuple[str, str, int, str], int]:
    """Everything that was counted, once it is written down."""
    tally: Tally = app.extensions["rett-trinn-tally"]
    tally.flush()
    with database_of(app).writing() as session:
        found = counted_in(session, QUARTER, "fjordvik")
    return {(key.what.value, key.about, key.step, key.who): count for key, count in found.items()}


def step_of(visitor: Visitor) -> int:
    return int(find(r'class="step-line".*?[Tt]rinn (\d+)', visitor.text))


def test_a_visit_that_comes_to_its_result_counts_once(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI)
    assert client.kind == "result"
    step = step_of(client)
    for _ in range(3):
        client.get("/resultat")
    assert counts(app) == {("need", "chores", step, "old"): 1, ("top", "", step, "self"): 1}


def test_changing_an_answer_afterwards_counts_nothing_more(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI)
    before = counts(app)
    client.get("/sporsmal/2")
    client.answer("grown")
    client.answer_all(KARI)
    assert client.kind == "result"
    assert counts(app) == before


def test_two_visits_count_twice_and_need_by_need(app: Flask) -> None:
    for needs in (["chores"], ["chores", "friends"]):
        Visitor(app.test_client()).begin().answer_all({**KARI, "needs": needs})
    found = counts(app)
    assert sum(count for (what, about, *_), count in found.items() if (what, about) == ("need", "chores")) == 2
    assert sum(count for (what, about, *_), count in found.items() if (what, about) == ("need", "friends")) == 1
    assert sum(count for (what, *_), count in found.items() if what == "top") == 2


def test_a_visit_that_stops_counts_where_it_stands(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI, until="needs")
    assert counts(app) == {("waiting", "needs", 0, "self"): 1}
    client.answer(["chores"])
    standing = client.question
    assert counts(app) == {("waiting", standing, 0, "self"): 1}
    client.get("/sporsmal/1")
    client.get("/sporsmal/3")
    assert counts(app) == {("waiting", standing, 0, "self"): 1}


def test_whoever_only_looks_in_is_not_counted(client: Visitor, app: Flask) -> None:
    client.begin()
    client.get("/sporsmal/99")
    client.get("/resultat")
    assert counts(app) == {}


def test_a_form_that_is_sent_twice_counts_once(client: Visitor, app: Flask) -> None:
    client.begin().answer("self")
    page, cookie = client.page, client.cookie
    for _ in range(2):  # the second press comes with the cookie of the first
        client.client.set_cookie("visit", cookie or "")
        client.page = page
        client.post("/sporsmal/2", {"question": "age", "answer": "old"})
    assert counts(app) == {("waiting", client.question, 0, "self"): 1}


def test_opening_a_code_is_no_new_visit(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI)
    before = counts(app)
    once = find(r'action="/nb/lagre".*?name="once" value="(\w+)"', client.text)
    client.post("/lagre", {"once": once, "days": "1"})
    code = "".join(re.findall(r"[0-9A-Z]{4}", find(r'class="code"[^>]*>(.*?)</p>', client.text)))
    other = Visitor(app.test_client())
    other.get("/hent")
    other.post("/hent", {"code": code})
    assert other.kind == "result"
    assert counts(app) == before


def test_ids_and_numbers_are_all_there_is(app: Flask, file: Path) -> None:
    """Whatever a browser sends, what is written down are words of the guide."""
    visitor = Visitor(app.test_client()).begin()
    for answers in ({**KARI, "age": "kanarifugl"}, KARI):
        visitor.client.post("/sporsmal/2", data={"question": "kanarifugl", "answer": "kanarifugl"})
        for question, answer in answers.items():
            if visitor.kind == "question" and visitor.question == question:
                visitor.client.post(visitor.path, data={"question": question, "answer": answer, "name": "kanarifugl"})
                visitor.get("/resultat")
    visitor.answer_all(KARI)
    counts(app)
    with database_of(app).writing() as session:
        rows = session.execute(text("SELECT * FROM visit_count")).all()
        columns = inspect(session.connection()).get_columns("visit_count")
    known = {"fjordvik", QUARTER, "", "unknown", "self", *(w.value for w in What)}
    known |= set(re.findall(r"\w+", (SETTINGS.guides / "fjordvik" / "questions.yaml").read_text(encoding="utf-8")))
    known |= {need.stem for need in (SETTINGS.guides / "fjordvik" / "needs").iterdir()}
    assert rows
    assert {value for row in rows for value in row if isinstance(value, str)} <= known
    assert {str(column["type"]) for column in columns} <= {
        "INTEGER",
        "VARCHAR(7)",
        "VARCHAR(10)",
        "VARCHAR(60)",
        "VARCHAR(100)",
    }
    assert b"kanarifugl" not in b"".join(path.read_bytes() for path in file.parent.iterdir())


@pytest.fixture
def dead(app: Flask, file: Path) -> Iterator[Flask]:
    """A server whose database is locked by somebody else."""
    with locked(f"sqlite:///{file}"):
        yield app


def test_with_the_database_dead_a_visit_goes_on_as_ever(dead: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    monkeypatch.setattr(database_of(dead), "writing", lambda: asked.append(1))
    visitor = Visitor(dead.test_client()).begin().answer_all(KARI)
    assert visitor.kind == "result"
    assert asked == []


def test_what_could_not_be_written_down_is_kept_for_later(app: Flask, file: Path) -> None:
    Visitor(app.test_client()).begin().answer_all(KARI)
    with locked(f"sqlite:///{file}"):
        app.extensions["rett-trinn-tally"].flush()
    assert sum(counts(app).values()) == 2


def test_without_a_database_nothing_is_counted() -> None:
    app = create_app(SETTINGS)
    assert Visitor(app.test_client()).begin().answer_all(KARI).kind == "result"
    assert "rett-trinn-tally" not in app.extensions


KEY = Key("2026-Q4", "fjordvik", What.NEED, "chores", 1, "old")


def test_numbers_are_written_by_themselves_after_a_while() -> None:
    written: list[int] = []
    tally = Tally(lambda counts: written.append(counts[KEY]), seconds=0.05)
    for number in range(5):
        tally.add(f"visit {number}", [(KEY, 1)])
    assert written == []
    for _ in range(100):
        time.sleep(0.02)
        if written:
            break
    assert written == [5]


def test_a_database_that_is_away_for_long_fills_no_memory() -> None:
    written: list[int] = []

    def write(counts: object) -> None:
        if not written:
            written.append(0)
            raise StoreUnavailableError("away")
        written.append(len(counts))  # type: ignore[arg-type]

    tally = Tally(write, seconds=60)
    for number in range(25_000):
        tally.add(str(number), [(replace(KEY, step=number), 1)])
    tally.flush()
    tally.flush()
    assert written == [0, 20_000]
