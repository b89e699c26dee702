"""Be om å bli kontaktet: only where it is safe, only where somebody is there, sealed, counted once, and taken back."""

import logging
import re
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import Answer, Visitor
from tests.desk.conftest import LILLESAND, clerk, make_app, store_of
from tests.desk.paper import BIRTH_NUMBER, WISH, ask_for_call, held, open_the_desk
from tests.desk.sheets import words
from tests.locks import locked
from wizard.desk.moments import is_late
from wizard.desk.staff import Role
from wizard.store.callback_tables import CallBack
from wizard.store.moments import NORWAY
from wizard.web import desk_open as desk_open_module

LINK = 'href="/nb/be-om-kontakt"'
RESULT: dict[str, Answer] = {"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]}


@pytest.fixture
def open_desk(desk_app: Flask, desk: Visitor) -> Visitor:
    """Somebody at the desk, of whom the server knows."""
    open_the_desk(desk_app)
    return desk


def rows(app: Flask) -> list[CallBack]:
    with store_of(app).database.writing() as session:
        return list(session.scalars(select(CallBack)))


def receipt_of(citizen: Visitor) -> str:
    return "".join(re.findall(r"<span>(\w{4})</span>", citizen.text))


def test_nobody_can_ask_before_somebody_is_at_the_desk(desk_app: Flask, citizen: Visitor) -> None:
    citizen.begin().answer_all(RESULT)
    assert LINK not in citizen.text
    assert citizen.get("/be-om-kontakt").status_code == 404
    citizen.get("/resultat")
    assert citizen.post("/be-om-kontakt", WISH).status_code == 404
    assert rows(desk_app) == []


def test_a_closed_account_is_nobody(open_desk: Visitor, desk_app: Flask, citizen: Visitor) -> None:
    citizen.begin().answer_all(RESULT)
    assert LINK in citizen.text
    with store_of(desk_app).database.writing() as session:
        session.connection().exec_driver_sql("UPDATE staff_user SET disabled = true")
    with desk_app.app_context():
        assert not desk_open_module.desk_open().ask()
    citizen.get("/resultat")
    assert LINK not in citizen.text


def test_the_result_page_asks_no_database_whether_anybody_is_there(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_of(desk_app).database.engine, "connect", None)
    citizen.begin().answer_all(RESULT)
    assert LINK in citizen.text


def test_news_of_the_desk_come_by_themselves(
    desk_app: Flask, desk: Visitor, citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_open_module, "_SECONDS", 0)
    citizen.begin().answer_all(RESULT)
    until = time.monotonic() + 10
    while LINK not in citizen.text and time.monotonic() < until:
        time.sleep(0.05)
        citizen.get("/resultat")
    assert LINK in citizen.text


def test_asking_gives_a_receipt_and_a_place_in_the_queue(open_desk: Visitor, citizen: Visitor) -> None:
    ask_for_call(citizen)
    assert (citizen.path, citizen.kind) == ("/be-om-kontakt/kvittering", "contact_receipt")
    assert len(receipt_of(citizen)) == 12
    open_desk.get("/skranke")
    assert "Ring tilbake 1 venter" in words(open_desk, "desk-bar", "</nav>")
    open_desk.get("/skranke/ring-tilbake")
    assert "1 person venter" in open_desk.text
    assert "Berit" not in open_desk.text
    open_desk.get("/skranke/ring-tilbake/1")
    for said in ("Berit", "912 34 567", "Ikke legg igjen beskjed"):
        assert said in open_desk.text
    assert "Svarene som personen ville dele" not in open_desk.text


def test_everything_that_a_person_writes_lies_sealed_and_stands_in_no_log_or_address(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        ask_for_call(citizen, navn="Kanarifugl", telefon="987 65 432", nar="Etter Dagsrevyen", svar="1")
        assert citizen.page is not None
        seen = str([(page.request.url, dict(page.headers)) for page in (citizen.page, *citizen.page.history)])
    lying = held(desk_app)
    for canary in ("Kanarifugl", "987 65 432", "98765432", "Dagsrevyen", "chores", receipt_of(citizen)):
        assert canary.encode() not in lying
        assert canary not in seen
        assert canary not in caplog.text


def test_answers_go_along_only_where_that_was_ticked(open_desk: Visitor, citizen: Visitor) -> None:
    citizen.begin().answer_all(RESULT)
    citizen.get("/be-om-kontakt")
    assert not re.search(r'id="svar"[^>]*checked', citizen.text)
    ask_for_call(citizen, svar="1")
    open_desk.get("/skranke/ring-tilbake/1")
    told = words(open_desk, "Svarene som personen ville dele")
    assert "Husarbeid: trinn" in told


def test_sending_twice_counts_once_and_a_changed_number_takes_the_place_of_the_old(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor
) -> None:
    ask_for_call(citizen)
    number = receipt_of(citizen)
    open_desk.get("/skranke/ring-tilbake/1")
    citizen.get("/resultat")
    citizen.post("/be-om-kontakt", WISH)
    assert receipt_of(citizen) == number
    assert [row.opened is None for row in rows(desk_app)] == [False]
    citizen.get("/resultat")
    citizen.post("/be-om-kontakt", WISH | {"telefon": "40 00 00 00"})
    assert [row.opened for row in rows(desk_app)] == [None]
    open_desk.get("/skranke/ring-tilbake/1")
    assert "40 00 00 00" in open_desk.text


def test_whoever_is_not_safe_is_not_called_and_nothing_is_kept(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor
) -> None:
    ask_for_call(citizen, trygt="nei")
    assert citizen.kind == "contact_unsafe"
    for said in ("Da ringer vi deg ikke", "112", "116 117"):
        assert said in citizen.text
    for written in ("Berit", "912 34 567"):
        assert written not in citizen.text
    assert rows(desk_app) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"trygt": ""}, "Velg om det er trygt"),
        ({"trygt": "bestemt"}, "Skriv når det er trygt"),
        ({"navn": " "}, "Skriv hvem vi skal spørre etter"),
        ({"telefon": "12345"}, "8 tall"),
        ({"telefon": "+47 912 34 56x"}, "8 tall"),
        ({"beskjed": ""}, "Velg om vi kan legge igjen beskjed"),
        ({"navn": f"Berit {BIRTH_NUMBER}"}, "Ta det bort. Vi trenger det ikke."),
        ({"telefon": BIRTH_NUMBER}, "Ta det bort. Vi trenger det ikke."),
        ({"nar": BIRTH_NUMBER}, "Ta det bort. Vi trenger det ikke."),
    ],
)
def test_what_is_missing_is_told_and_what_was_written_stays(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor, fields: dict[str, str], said: str
) -> None:
    ask_for_call(citizen, **fields)
    assert citizen.page is not None
    assert citizen.page.status_code == 422
    assert citizen.title.startswith("Feil:")
    assert said in citizen.text
    for written in {*WISH.values(), *fields.values()} - {"ja", "nei", "bestemt", "", " "}:
        assert written in citizen.text or written in {WISH[name] for name in fields}
    assert rows(desk_app) == []


@pytest.mark.parametrize("phone", ["91234567", "+47 91 23 45 67", "0047 91234567", "+46 70 123 45 67", "(912) 34-567"])
def test_a_number_may_be_written_in_many_ways(open_desk: Visitor, citizen: Visitor, phone: str) -> None:
    assert ask_for_call(citizen, telefon=phone).kind == "contact_receipt"


def test_the_page_says_whom_to_call_now_and_that_nobody_watches(open_desk: Visitor, citizen: Visitor) -> None:
    citizen.begin().answer_all(RESULT)
    citizen.get("/be-om-kontakt")
    before_the_form = citizen.text.partition("contact-form")[0]
    for said in ("113", "112", "116 117", "Ingen følger med på dette døgnet rundt."):
        assert said in before_the_form


def test_dangers_that_were_told_of_stand_on_top(open_desk: Visitor, citizen: Visitor) -> None:
    citizen.begin().answer_all(RESULT | {"danger": ["violence"]})
    citizen.get("/be-om-kontakt")
    assert "Det er ikke din skyld." in citizen.text.partition("<h1")[0]


def test_children_and_young_people_always_see_their_own_number(tmp_path: Path) -> None:
    app = make_app(tmp_path, **LILLESAND)
    clerk(app, "dina", Role.DESK)
    open_the_desk(app)
    for age, shown in (("child", True), ("youth", True), ("senior", False)):
        visitor = Visitor(app.test_client())
        visitor.begin().answer_all({"for_whom": "self", "age": age, "danger": "none", "needs": ["company"]})
        visitor.get("/be-om-kontakt")
        assert ("116 111" in visitor.text.partition("<h1")[0]) is shown
    store_of(app).database.engine.dispose()


def test_a_request_is_taken_back_with_its_number_alone(open_desk: Visitor, desk_app: Flask, citizen: Visitor) -> None:
    number = receipt_of(ask_for_call(citizen))
    said = set()
    for written in (f" {number[:4]}-{number[4:].lower()} ", number, "ABCD EFGH 1234"):
        other = Visitor(desk_app.test_client())
        other.get("/trekk-tilbake")
        other.post("/trekk-tilbake", {"nummer": written})
        assert other.kind == "withdrawn"
        said.add(other.text)
        assert rows(desk_app) == []
    assert len(said) == 1
    assert other.post("/trekk-tilbake", {"nummer": "kort"}).status_code == 422


def test_a_request_can_be_taken_back_from_the_receipt(open_desk: Visitor, desk_app: Flask, citizen: Visitor) -> None:
    number = receipt_of(ask_for_call(citizen))
    citizen.post("/trekk-tilbake", {"nummer": number})
    assert rows(desk_app) == []
    assert citizen.get("/be-om-kontakt/kvittering").request.path == "/nb/be-om-kontakt"


def test_numbers_cannot_be_tried_one_after_the_other(open_desk: Visitor, citizen: Visitor) -> None:
    tries = [citizen.client.post("/trekk-tilbake", data={"nummer": "ABCD EFGH 1234"}).status_code for _ in range(12)]
    assert tries == [303] * 10 + [429] * 2


def test_a_form_on_somebody_elses_page_takes_nothing_back(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor
) -> None:
    number = receipt_of(ask_for_call(citizen))
    citizen.client.post("/trekk-tilbake", data={"nummer": number}, headers={"Sec-Fetch-Site": "cross-site"})
    assert len(rows(desk_app)) == 1


def test_a_locked_database_is_told_in_time_and_the_form_is_filled_again(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor, tmp_path: Path
) -> None:
    citizen.begin().answer_all(RESULT)
    citizen.get("/be-om-kontakt")
    with locked(f"sqlite:///{tmp_path}/wizard.sqlite"):
        began = time.monotonic()
        assert citizen.post("/be-om-kontakt", WISH | {"nar": "Før lunsj", "svar": "1"}).status_code == 503
        assert time.monotonic() - began < 5
    for said in ("Vi får ikke tatt imot akkurat nå", "Berit", "912 34 567", "Før lunsj", "113"):
        assert said in citizen.text
    assert re.search(r'id="svar"[^>]*checked', citizen.text)
    citizen.post("/be-om-kontakt", WISH)
    assert citizen.kind == "contact_receipt"


def press(desk: Visitor, what: str, **fields: str) -> int:
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', desk.text)) | {"hva": what} | fields
    form.pop("csrf_token", None)
    return desk.post(desk.path, form).status_code


def test_what_came_of_it_is_noted_and_the_queue_moves_on(open_desk: Visitor, desk_app: Flask, citizen: Visitor) -> None:
    ask_for_call(citizen)
    open_desk.get("/skranke/ring-tilbake/1")
    assert press(open_desk, "again") == 200
    assert "Ikke fått tak i, ring igjen" in words(open_desk, 'id="venter"')
    open_desk.get("/skranke/ring-tilbake/1")
    press(open_desk, "called")
    assert "Ingen venter på å bli ringt." in open_desk.text
    assert "venter" not in words(open_desk, "desk-bar", "</nav>")
    assert "Snakket med" in words(open_desk, 'id="ferdige"')
    row = rows(desk_app)[0]
    assert (row.tries, row.handled is None) == (2, False)
    open_desk.get("/skranke/ring-tilbake/1")
    press(open_desk, "waiting")
    assert rows(desk_app)[0].handled is None
    open_desk.get("/skranke/ring-tilbake/1")
    assert press(open_desk, "tull") == 400


def test_two_who_call_the_same_person_are_told_and_a_second_press_is_none(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor
) -> None:
    ask_for_call(citizen)
    kari = clerk(desk_app, "kari", Role.DESK)
    for visitor in (open_desk, kari):
        visitor.get("/skranke/ring-tilbake/1")
    form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', open_desk.text)) | {"hva": "again"}
    form.pop("csrf_token", None)
    for _ in range(2):
        assert open_desk.post("/skranke/ring-tilbake/1", form).status_code == 200
    assert rows(desk_app)[0].tries == 1
    assert press(kari, "done") == 409
    assert "Dette er endret siden du åpnet siden" in kari.text
    assert "Nå er det: Ikke fått tak i, ring igjen." in kari.text
    assert press(kari, "done") == 200


def test_the_buttons_belong_to_the_request_whatever_the_script_makes_of_the_address(
    open_desk: Visitor, citizen: Visitor
) -> None:
    ask_for_call(citizen)
    open_desk.get("/skranke/ring-tilbake/1")
    assert re.search(r'class="callback-done"\s+method="post"\s+action="/skranke/ring-tilbake/1"', open_desk.text)
    assert re.search(r'name="empty-screen"\s+content="\d+ /skranke/samtale/tomt"', open_desk.text)


def test_a_request_that_is_not_there_is_not_found(open_desk: Visitor) -> None:
    assert open_desk.get("/skranke/ring-tilbake/7").status_code == 404


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=NORWAY).timestamp())


@pytest.mark.parametrize(
    ("asked", "late_from"),
    [
        ("2026-11-23 10:00", "2026-11-24 10:00"),  # a Monday
        ("2026-11-20 10:00", "2026-11-23 10:00"),  # a Friday
        ("2026-11-21 10:00", "2026-11-24 00:00"),  # a Saturday: Monday is the working day
        ("2026-04-01 12:00", "2026-04-07 12:00"),  # before Easter
        ("2026-05-13 09:00", "2026-05-15 09:00"),  # before Ascension Day
        ("2026-10-23 09:00", "2026-10-26 09:00"),  # over the end of summer time
    ],
)
def test_late_is_a_whole_working_day(asked: str, late_from: str) -> None:
    moment = at(late_from)
    assert not is_late(at(asked), moment - 1)
    assert is_late(at(asked), moment)


def test_whoever_nobody_has_opened_for_a_working_day_is_flagged(
    open_desk: Visitor, desk_app: Flask, citizen: Visitor
) -> None:
    ask_for_call(citizen)
    flag = "Ikke åpnet på over én arbeidsdag"
    open_desk.get("/skranke/ring-tilbake")
    assert flag not in open_desk.text
    with store_of(desk_app).database.writing() as session:
        session.get_one(CallBack, 1).created -= int(timedelta(14).total_seconds())
    open_desk.get("/skranke/ring-tilbake")
    assert flag in open_desk.text
    assert "uker" in words(open_desk, 'id="venter"')
    open_desk.get("/skranke/ring-tilbake/1")
    open_desk.get("/skranke/ring-tilbake")
    assert flag not in open_desk.text
