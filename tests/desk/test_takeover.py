"""Taking over what a citizen has kept: the code opens it, the conversation changes it, and the citizen's stays."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.conftest import Answer, Visitor
from tests.desk.conftest import LILLESAND, clerk, make_app, store_of
from tests.desk.sheets import BEGIN, read_sheet, words
from wizard.desk.staff import Role
from wizard.store.saved import find, save, today

TAKE = "/skranke/overta"
ANSWERS: dict[str, Answer] = {
    "for_whom": "self",
    "age": "senior",
    "danger": "none",
    "needs": ["household"],
    "household_amount": "parts",
    "household_other_ways": "none_enough",
}


@pytest.fixture(scope="module")
def lillesand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = make_app(tmp_path_factory.mktemp("desk"), **LILLESAND)
    yield app
    store_of(app).database.engine.dispose()


@pytest.fixture
def code(lillesand: Flask) -> str:
    """What a citizen got who answered and kept the answers for a week."""
    citizen = Visitor(lillesand.test_client()).begin().answer_all(ANSWERS)
    once = re.findall(r'name="once" value="([^"]+)"', citizen.text)[0]
    citizen.post("/lagre", {"once": once, "days": "7"})
    return words(citizen, '<strong class="code">', "</strong>")


@pytest.fixture
def dina(lillesand: Flask) -> Visitor:
    """A clerk of her own for each test, so that no test counts the tries of another."""
    made = clerk(lillesand, f"dina{next(NUMBERS)}", Role.DESK)
    made.get(TAKE)
    return made


NUMBERS = iter(range(1000))


def take(visitor: Visitor, code: str) -> None:
    draft = re.findall(r'name="ark" value="(\w+)"', visitor.text)[0]
    visitor.post(TAKE, {"code": code, "ark": draft})


def test_the_code_opens_the_answers_with_steps_and_reasons(dina: Visitor, code: str) -> None:
    take(dina, code.lower().replace(" ", "-"))
    assert dina.kind == "desk_sheet"
    sheet = read_sheet(dina)
    assert sheet.ticked("household_amount") == ["parts"]
    assert sheet.ticked("for_whom") == ["self"]
    told = words(dina, '<div id="siden">')
    assert "Trinn 6: " in told
    assert "Ingen andre løsninger er nok." in told
    assert "Ingen svar er endret." in told


def test_what_the_conversation_changes_is_told_answer_by_answer_and_step_by_step(dina: Visitor, code: str) -> None:
    take(dina, code)
    sheet = read_sheet(dina).fill({"household_other_ways": "mostly", "needs": ["household", "digital"]})
    sheet.send()
    told = words(dina, 'id="endret"')
    assert "Praktisk hjelp hjemme: trinn 6 → trinn 3" in told
    assert re.search(r"Mobil, nett og trygghetsalarm: lagt til, trinn \d", told)
    assert "Kan det løses på andre måter?" in told
    assert "Innbyggeren svarte: Nei" in words(dina, 'id="spm-household_other_ways"', 'id="spm-tried"')


def test_what_the_citizen_kept_stays_as_it_was(dina: Visitor, code: str, lillesand: Flask) -> None:
    before = stored(lillesand, code)
    take(dina, code)
    sheet = read_sheet(dina).fill({"household_amount": "none"}).send()
    dina.post(f"{BEGIN}/resultat", {"ark": sheet.draft})
    dina.post(f"{BEGIN}/kode", {"ark": sheet.draft, "days": "1"})
    assert words(dina, '<strong class="code">', "</strong>") != code
    dina.post(f"{BEGIN}/avslutt", {"ark": sheet.draft})
    assert stored(lillesand, code) == before


def stored(app: Flask, code: str) -> object:
    store = store_of(app)
    with store.database.writing() as session:
        found = find(session, store.vault, code.replace(" ", ""), day=today())
    assert found
    return found


def test_what_only_staff_may_choose_is_marked_where_it_is_chosen_after_the_take_over(dina: Visitor, code: str) -> None:
    take(dina, code)
    read_sheet(dina).fill({"for_whom": "staff_present"}).send()
    assert "Meg selv → En innbygger som er til stede Bare ansatte" in words(dina, 'id="endret"')


def test_a_code_sent_twice_opens_one_conversation(dina: Visitor, code: str) -> None:
    draft = re.findall(r'name="ark" value="(\w+)"', dina.text)[0]
    for _ in range(2):
        dina.post(TAKE, {"code": code, "ark": draft})
        assert read_sheet(dina).draft == draft
    dina.get(BEGIN)
    assert "1 åpen samtale" in dina.text


def test_a_code_nobody_has_is_met_with_the_same_words_as_one_that_cannot_be(dina: Visitor) -> None:
    told = set()
    for wrong in ("0" * 20, "ikke en kode", ""):
        take(dina, wrong)
        assert dina.page
        assert dina.page.status_code == 422
        told.add(words(dina, 'id="kode-feil"', "</p>"))
    assert len(told) == 1
    citizen = Visitor(dina.client.application.test_client())
    citizen.post("/hent", {"code": "0" * 20})
    assert told == {words(citizen, 'id="kode-feil"', "</p>")}


def test_a_code_out_of_time_is_met_with_those_words_too(dina: Visitor, code: str, lillesand: Flask) -> None:
    store, plain = store_of(lillesand), code.replace(" ", "")
    with store.database.writing() as session:
        found = find(session, store.vault, plain, day=today())
        assert found
        save(session, store.vault, plain, found.data, last_day=today().replace(year=2020, day=1))
    take(dina, code)
    assert "Vi finner ingen svar med denne koden." in dina.text


def test_trying_codes_one_after_the_other_is_stopped(dina: Visitor, code: str) -> None:
    for _ in range(10):
        take(dina, "0" * 20)
    dina.post(TAKE, {"code": code})
    assert dina.page
    assert dina.page.status_code == 429


def test_the_field_waits_for_the_scanner(dina: Visitor) -> None:
    assert re.search(r'id="kode"[^>]*autofocus', dina.text)
    assert re.search(r'id="kode"[^>]*autocomplete="off"', dina.text)
    forms = dina.text.partition('class="desk-form"')[2]
    assert forms.index('type="submit"') > forms.index('id="kode"')


def test_neither_code_nor_answers_are_in_an_address_or_a_cookie(dina: Visitor, code: str) -> None:
    take(dina, code)
    assert dina.path == TAKE
    assert dina.page
    assert not dina.page.request.query_string
    assert code.replace(" ", "") not in str(dina.client._cookies)
