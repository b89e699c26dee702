"""Keeping answers under a code: once, readable by the code alone, and gone when the person says so."""

import json
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.conftest import SECRET, SETTINGS, Answer, Visitor, find
from tests.locks import locked
from wizard.app import create_app
from wizard.store.codes import new_code
from wizard.store.models import SavedVisit
from wizard.web import fetch as fetch_module
from wizard.web import keep as keep_module
from wizard.web.limits import network_of
from wizard.web.seal import Sealer
from wizard.web.stored import Store

KARI: dict[str, Answer] = {
    "for_whom": "self", "age": "old", "danger": ["violence"], "needs": ["chores"], "chores_amount": "all",
    "tried": "talked",
}  # fmt: skip
CANARIES = ("violence", "chores_amount", "talked")
NUMBERS = ("113", "112", "116 117")
UNKNOWN = "Vi finner ingen svar med denne koden."
OTHER = "another secret for tests, as long as the first one"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "wizard.sqlite"


@pytest.fixture
def app(file: Path) -> Flask:
    """A server with a database of its own."""
    return create_app(replace(SETTINGS, database=f"sqlite:///{file}"))


@pytest.fixture
def client(app: Flask) -> Visitor:
    """A visitor who shares nothing with the other visitors of a test."""
    return Visitor(app.test_client())


@pytest.fixture
def kept(client: Visitor) -> Visitor:
    """A visitor who has just kept the answers."""
    return keep(client.begin().answer_all(KARI))


def keep(visitor: Visitor, days: str = "7") -> Visitor:
    visitor.post("/lagre", {"once": once(visitor), "days": days})
    return visitor


def once(visitor: Visitor) -> str:
    return find(r'action="/nb/lagre".*?name="once" value="(\w+)"', visitor.text)


def code_of(visitor: Visitor) -> str:
    """The code that stands on the page."""
    return "".join(re.findall(r"<span>(\w{4})</span>", visitor.text))


def open_code(app: Flask, code: str) -> Visitor:
    """Somebody else, who has nothing but a code."""
    visitor = Visitor(app.test_client())
    visitor.get("/hent")
    visitor.post("/hent", {"code": code})
    return visitor


def rows(app: Flask) -> list[SavedVisit]:
    store: Store = app.extensions["rett-trinn-store"]
    with store.database.writing() as session:
        return list(session.scalars(select(SavedVisit)))


def on_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    for module in (keep_module, fetch_module):
        monkeypatch.setattr(module, "today", lambda: day)


def test_nothing_is_kept_before_somebody_asks_for_it(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI)
    assert "Svarene er ikke lagret hos kommunen." in client.text
    assert "Vi lagrer ingenting som vi kan lese uten koden din." in client.text
    client.get("/lagret")
    assert client.kind == "result"
    assert rows(app) == []


def test_keeping_shows_a_code_that_opens_the_answers(kept: Visitor, app: Flask) -> None:
    assert (kept.path, kept.kind) == ("/lagret", "kept")
    code = code_of(kept)
    assert len(code) == 20
    other = open_code(app, code)
    assert (other.path, other.kind) == ("/resultat", "result")
    assert "Trinn 5 av 7" in other.text
    other.get("/sporsmal/2")
    assert other.checked == ["old"]


@pytest.mark.parametrize(("days", "last"), [("1", "2026-11-23"), ("7", "2026-11-29"), ("30", "2026-12-22")])
def test_it_is_kept_for_as_long_as_was_chosen(
    client: Visitor, app: Flask, monkeypatch: pytest.MonkeyPatch, days: str, last: str
) -> None:
    on_day(monkeypatch, date(2026, 11, 22))
    keep(client.begin().answer_all(KARI), days)
    assert f"lagret til og med {int(last[-2:])}. " in client.text
    code = code_of(client)
    client.get("/resultat")
    assert f"lagret til og med {int(last[-2:])}. " in client.text
    assert "Svarene er ikke lagret" not in client.text
    on_day(monkeypatch, date.fromisoformat(last))
    assert open_code(app, code).kind == "result"
    on_day(monkeypatch, date.fromisoformat(last) + timedelta(1))
    assert UNKNOWN in open_code(app, code).text
    assert rows(app) == []


def test_seven_days_unless_one_says_otherwise(client: Visitor) -> None:
    client.begin().answer_all(KARI)
    assert re.findall(r'value="(\d+)"\s+id="dager-\d+"\s+checked', client.text) == ["7"]


@pytest.mark.parametrize("days", ["", "2", "365", "-1", "7 ", "x"])
def test_no_other_time_can_be_had(client: Visitor, app: Flask, days: str) -> None:
    client.begin().answer_all(KARI)
    assert client.post("/lagre", {"once": once(client), "days": days}).status_code == 400
    assert rows(app) == []


def test_reload_back_and_a_second_press_keep_one_copy_under_one_code(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI)
    form, cookie = {"once": once(client), "days": "7"}, client.cookie or ""
    client.post("/lagre", form)
    code = code_of(client)
    client.get("/lagret")
    assert code_of(client) == code
    client.get("/resultat")
    client.post("/lagre", form)
    assert code_of(client) == code
    client.client.set_cookie("visit", cookie)  # the answer to the first press got lost
    client.get("/resultat")
    client.post("/lagre", form)
    assert code_of(client) == code
    assert len(rows(app)) == 1


def test_two_presses_at_once_keep_one_copy(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI)
    form, cookie = {"once": once(client), "days": "7"}, client.cookie or ""
    token = find(r'name="csrf_token" value="([^"]+)"', client.text)

    def press(_: int) -> str:
        visitor = Visitor(app.test_client())
        visitor.client.set_cookie("visit", cookie)
        visitor.page = visitor.client.post("/lagre", data=form | {"csrf_token": token}, follow_redirects=True)
        return code_of(visitor)

    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(press, range(4)))
    assert len(codes) == 1
    assert len(rows(app)) == 1


def test_a_form_from_before_deleting_keeps_nothing(client: Visitor, app: Flask) -> None:
    client.begin().answer_all(KARI)
    form = {"once": once(client), "days": "7"}
    client.post("/lagre", form)
    client.post("/lagret/slett")
    client.get("/resultat")
    client.post("/lagre", form)
    assert client.kind == "result"
    assert rows(app) == []


@pytest.mark.usefixtures("only_sqlite")
def test_a_code_and_the_answers_are_found_nowhere_but_in_the_sealed_cookie(
    client: Visitor, app: Flask, file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        keep(client.begin().answer_all(KARI))
        code = code_of(client)
        assert client.page is not None
        other = open_code(app, code)
        assert other.page is not None
        pages = (client.page, *client.page.history, other.page, *other.page.history)
        seen = [client.title, other.title, *((page.request.url, dict(page.headers)) for page in pages)]
    held = b"".join(path.read_bytes() for path in file.parent.iterdir())
    assert len(held) > 4096
    for canary in (*CANARIES, code, *(code[i : i + 4] for i in range(0, 20, 4))):
        assert canary.encode() not in held
        assert canary not in caplog.text
        assert canary not in str(seen)


def test_an_old_code_lives_on_when_the_keys_of_the_cookies_are_changed(kept: Visitor, file: Path) -> None:
    turned = create_app(replace(SETTINGS, secrets=(OTHER,), database=f"sqlite:///{file}"))
    assert open_code(turned, code_of(kept)).kind == "result"
    elsewhere = create_app(replace(SETTINGS, pepper="x" * 40, database=f"sqlite:///{file}"))
    assert UNKNOWN in open_code(elsewhere, code_of(kept)).text


def test_the_same_words_whether_a_code_is_unknown_or_deleted(kept: Visitor, app: Flask) -> None:
    code = code_of(kept)
    kept.post("/lagret/slett")
    said = set()
    for wrong in (new_code(), new_code(), code):
        visitor = open_code(app, wrong)
        assert visitor.page is not None
        assert visitor.page.status_code == 422
        assert visitor.title == "Feil: Hent fram svar – Rett trinn"
        said.add(re.sub(r'value="[^"]*"', "", visitor.text))
        assert visitor.cookie is None
    assert len(said) == 1
    assert UNKNOWN in said.pop()


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "Skriv koden i feltet."),
        ("  - ", "Skriv koden i feltet."),
        ("7kq2 7kq2 7kq2 7kq2 7kq", "Du har skrevet 19 tegn. Koden har 20."),
        ("7kq2 " * 6, "Du har skrevet 24 tegn. Koden har 20."),
        ("7kq2 7kq2 7kq2 7kq2 7kqu", "Koder har ikke tegnet «U»."),
    ],
)
def test_what_cannot_be_a_code_is_told_how_to_mend(app: Flask, written: str, words: str) -> None:
    visitor = open_code(app, written)
    assert words in visitor.text
    assert UNKNOWN not in visitor.text
    visitor.post("/hent", {"code": written, "delete": "1"})
    assert words in visitor.text
    assert "Vi fikk ikke slettet noe" in visitor.text


def test_what_was_written_stays_in_the_field_and_is_harmless(client: Visitor) -> None:
    client.get("/hent")
    client.post("/hent", {"code": '7kq2 "><script>'})
    assert 'value="7kq2 &#34;&gt;&lt;script&gt;"' in client.text


def test_the_field_asks_the_browser_to_remember_nothing(client: Visitor) -> None:
    client.get("/hent")
    assert re.search(r'<input[^>]+name="code"[^>]+autocomplete="off"', client.text)


def test_codes_cannot_be_tried_one_after_the_other(app: Flask) -> None:
    visitor = Visitor(app.test_client())
    statuses = [visitor.client.post("/hent", data={"code": new_code()}).status_code for _ in range(11)]
    assert statuses == [422] * 10 + [429]
    visitor.post("/hent", {"code": new_code()})
    assert visitor.kind == "error"
    assert all(number in visitor.text for number in NUMBERS)
    assert visitor.get("/hent").status_code == 200
    elsewhere = app.test_client().post("/hent", data={"code": "x"}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 422


def test_a_household_is_one_address() -> None:
    assert network_of("2001:db8:1:2:3::4") == network_of("2001:db8:1:2:ffff::1") != network_of("2001:db8:1:3::1")
    assert network_of("192.0.2.7") != network_of("192.0.2.8")
    assert network_of("nonsense") == ""


def test_somebody_elses_page_can_neither_open_nor_delete(kept: Visitor, app: Flask) -> None:
    code, client = code_of(kept), app.test_client()
    for more in ({}, {"delete": "1"}):
        for site in ("cross-site", "same-site"):
            response = client.post("/hent", data={"code": code} | more, headers={"Sec-Fetch-Site": site})
            assert (response.status_code, response.location) == (303, "/hent")
    assert client.get_cookie("visit") is None
    assert len(rows(app)) == 1


def test_opening_takes_the_place_of_what_is_in_the_browser_and_says_so_first(kept: Visitor, app: Flask) -> None:
    other = Visitor(app.test_client()).begin()
    other.answer("other")
    other.get("/hent")
    assert "tar de plassen til disse" in other.text
    other.post("/hent", {"code": code_of(kept)})
    assert "Trinn 5 av 7" in other.text


def test_what_is_kept_stays_after_it_is_opened(kept: Visitor, app: Flask) -> None:
    for _ in range(2):
        assert open_code(app, code_of(kept)).kind == "result"


def test_an_opened_code_tells_that_nothing_has_changed(kept: Visitor, app: Flask) -> None:
    assert "Trinnene er de samme nå som da." in open_code(app, code_of(kept)).text


def rewrite(app: Flask, code: str, **changes: object) -> None:
    """Change what is kept, as if it had been kept under an older guide."""
    store: Store = app.extensions["rett-trinn-store"]
    with store.database.writing() as session:
        row = session.get_one(SavedVisit, store.vault.lookup(code))
        data = store.vault.open(code, row.sealed)
        row.sealed = store.vault.seal(code, json.loads(json.dumps(data)) | changes)


def test_a_step_that_has_changed_since_is_told(kept: Visitor, app: Flask) -> None:
    then = {"since": "2026-10-01", "until": "", "answers": "", "steps": {"chores": 2, "gone": 1}}
    rewrite(app, code_of(kept), kept=then)
    other = open_code(app, code_of(kept))
    for words in (
        "Dette er nytt siden du lagret",
        "Husarbeid: Det var trinn 2 da. Nå er det trinn 5.",
        "finnes ikke lenger i veiviseren",
        "1. oktober 2026",
    ):
        assert words in other.text


def test_answers_that_no_longer_exist_are_asked_again(kept: Visitor, app: Flask) -> None:
    rewrite(app, code_of(kept), revision="older", answers=KARI | {"tried": "gone", "vanished": "x"})
    other = open_code(app, code_of(kept))
    assert (other.kind, other.question) == ("question", "tried")
    assert "nettopp oppdatert" in other.text


@pytest.mark.parametrize("kept_by_another_edition", [{"answers": 7}, {"kept": {"unknown": 1}}, {"kept": None}])
def test_what_another_edition_kept_is_never_a_fault(
    kept: Visitor, app: Flask, kept_by_another_edition: dict[str, object]
) -> None:
    rewrite(app, code_of(kept), **kept_by_another_edition)
    assert UNKNOWN in open_code(app, code_of(kept)).text


def test_changed_answers_are_told_apart_from_kept_ones_and_can_take_their_place(kept: Visitor, app: Flask) -> None:
    code = code_of(kept)
    kept.get("/resultat")
    assert "Endringene er ikke lagret" not in kept.text
    kept.get("/sporsmal/2")
    kept.answer("grown")
    assert "Endringene er ikke lagret" in kept.text
    keep(kept, "30")
    assert code_of(kept) == code
    kept.get("/resultat")
    assert "Endringene er ikke lagret" not in kept.text
    other = open_code(app, code)
    other.get("/sporsmal/2")
    assert other.checked == ["grown"]


def test_deleting_from_the_code_page_keeps_the_answers_in_the_browser(kept: Visitor, app: Flask) -> None:
    code = code_of(kept)
    kept.get("/lagret/slettet")
    assert kept.kind == "kept"
    kept.post("/lagret/slett")
    assert kept.kind == "deleted"
    assert "Det som var lagret, er slettet" in kept.text
    assert "usikker" not in kept.text
    assert rows(app) == []
    kept.get("/resultat")
    assert "Svarene er ikke lagret hos kommunen." in kept.text
    keep(kept)
    assert code_of(kept) not in {"", code}


def test_deleting_from_a_result_that_was_opened(kept: Visitor, app: Flask) -> None:
    other = open_code(app, code_of(kept))
    other.post("/lagret/slett")
    assert other.kind == "deleted"
    assert rows(app) == []


def test_deleting_by_code_says_the_same_whether_there_was_anything_or_not(kept: Visitor, app: Flask) -> None:
    said = []
    for code in (code_of(kept), code_of(kept), new_code()):
        visitor = Visitor(app.test_client())
        visitor.get("/hent")
        visitor.post("/hent", {"code": code.lower(), "delete": "1"})
        assert visitor.kind == "deleted"
        said.append(visitor.text)
    assert said[0] == said[1] == said[2]
    assert rows(app) == []


def test_deleting_ones_own_code_by_hand_is_noticed(kept: Visitor) -> None:
    code = code_of(kept)
    kept.get("/hent")
    kept.post("/hent", {"code": code, "delete": "1"})
    assert "Det som var lagret, er slettet" in kept.text
    kept.get("/resultat")
    assert "Svarene er ikke lagret hos kommunen." in kept.text


def test_erasing_the_visit_tells_of_what_may_be_kept(kept: Visitor, app: Flask) -> None:
    kept.post("/slett")
    assert "De kan du slette under «Hent fram svar»" in kept.text
    assert kept.cookie is None
    assert len(rows(app)) == 1


def test_the_start_page_leads_to_what_is_kept(client: Visitor) -> None:
    client.get("/")
    assert 'href="/nb/hent"' in client.text


def test_the_drawing_holds_the_code_and_is_left_out_unless_chosen(kept: Visitor) -> None:
    assert re.search(r'role="img"\s+aria-label="QR-kode med koden din"><svg viewBox', kept.text)
    assert not re.search(r'id="med-qr"[^>]*checked', kept.text)
    assert "style=" not in kept.text


def test_the_code_goes_on_paper_only_where_it_is_kept_and_chosen(kept: Visitor) -> None:
    code = code_of(kept)
    kept.get("/resultat")
    assert code_of(kept) == code
    assert not re.search(r'id="kode-pa-papir"[^>]*checked', kept.text)
    kept.begin().answer_all(KARI)
    assert "on-paper" not in kept.text


def test_a_new_visit_has_a_new_code(kept: Visitor) -> None:
    code = code_of(kept)
    keep(kept.begin().answer_all(KARI))
    assert code_of(kept) not in {"", code}


def test_a_visit_from_before_there_were_codes_lives_on(client: Visitor) -> None:
    client.begin().answer_all(KARI)
    data = Sealer([SECRET]).open(client.cookie or "")
    for field in ("code", "kept", "helped"):
        del data["visit"][field]
    client.client.set_cookie("visit", Sealer([SECRET]).seal(data))
    client.get("/resultat")
    keep(client)
    assert len(code_of(client)) == 20


def test_a_locked_database_is_told_in_plain_words_in_time_and_nothing_is_lost(client: Visitor, file: Path) -> None:
    client.begin().answer_all(KARI)
    form = {"once": once(client), "days": "7"}
    with locked(f"sqlite:///{file}"):
        for path, data in (
            ("/lagre", form),
            ("/hent", {"code": new_code()}),
            ("/hent", {"code": new_code(), "delete": "1"}),
        ):
            client.get("/resultat")
            began = time.monotonic()
            assert client.post(path, data).status_code == 503
            assert time.monotonic() - began < 5
            assert "Svarene du har i nettleseren, er ikke borte" in client.text
            assert all(number in client.text for number in NUMBERS)
            assert "Traceback" not in client.text
    client.get("/resultat")
    keep(client)
    assert len(code_of(client)) == 20


def test_a_database_that_fails_tells_no_secret_in_the_log(
    kept: Visitor, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    store: Store = app.extensions["rett-trinn-store"]
    with store.database.writing() as session:
        session.execute(text("DROP TABLE saved_visit"))
    other = open_code(app, code_of(kept))
    assert other.kind == "error"
    assert "The database did not answer" in caplog.text
    assert code_of(kept) not in caplog.text


@pytest.mark.parametrize("address", ["sqlite:////nowhere/at/all.sqlite", ""])
def test_the_visit_needs_no_database(address: str) -> None:
    visitor = Visitor(create_app(replace(SETTINGS, database=address)).test_client())
    visitor.begin().answer_all(KARI)
    assert visitor.kind == "result"
    assert ("Ta vare på svarene" in visitor.text) is bool(address)
    assert visitor.get("/hent").status_code == 200
    assert visitor.post("/hent", {"code": new_code()}).status_code == 503


def test_the_visit_never_asks_the_database(app: Flask, client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    store: Store = app.extensions["rett-trinn-store"]
    monkeypatch.setattr(store.database.engine, "connect", None)
    client.begin().answer_all(KARI)
    assert client.kind == "result"
    for path in ("/", "/hent", "/slettet", "/trappen", "/hjelp-na", "/personvern"):
        assert client.get(path).status_code == 200
