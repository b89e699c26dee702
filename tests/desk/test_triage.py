"""A conversation without scripts: needs, questions in any order, what stands at the side, and how it ends."""

import re
from collections.abc import Iterator
from itertools import permutations

import pytest
from flask import Flask

from tests.conftest import Answer, Visitor
from tests.desk.conftest import LILLESAND, clerk, make_app, store_of
from tests.desk.sheets import BEGIN, SheetForm, begin, read_sheet, words
from wizard.config import ROOT
from wizard.desk.staff import Role
from wizard.guide.load import load_guide
from wizard.rules.answers import read_answers
from wizard.rules.model import NEEDS
from wizard.rules.span import find_span
from wizard.rules.visit import assess, settle_visit
from wizard.store.saved import find, today


@pytest.fixture(scope="module")
def lillesand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = make_app(tmp_path_factory.mktemp("desk"), **LILLESAND)
    yield app
    store_of(app).database.engine.dispose()


@pytest.fixture
def dina(lillesand: Flask) -> Visitor:
    return clerk(lillesand, "dina", Role.DESK)


def side(visitor: Visitor) -> str:
    return words(visitor, '<div id="siden">', "Resultat, utskrift og kode")


def states(visitor: Visitor) -> dict[str, str]:
    return dict(re.findall(r'id="spm-(\w+)" data-state="(\w+)"', visitor.text))


def test_a_new_person_begins_with_a_blank_sheet_and_the_search_in_focus(desk: Visitor) -> None:
    sheet = begin(desk)
    assert {id_ for id_ in sheet.asked if sheet.ticked(id_)} == {"for_whom"}
    assert re.search(r'id="sok"[^>]*autofocus', desk.text)
    assert "Velg et behov" in side(desk)
    assert "Ikke spurt ennå: Gjelder noe av dette nå?" in side(desk)


def test_nothing_of_a_person_is_in_cookies_or_addresses_and_no_browser_may_remember_it(desk: Visitor) -> None:
    sheet = begin(desk)
    before = {(cookie.key, cookie.value) for cookie in (desk.client._cookies or {}).values()}
    response = sheet.fill({"age": "old", "needs": ["home"], "danger": ["violence"]}).sent()
    assert {(cookie.key, cookie.value) for cookie in (desk.client._cookies or {}).values()} == before
    assert response.request.path == BEGIN
    assert not response.request.query_string
    assert "no-store" in response.headers["Cache-Control"]
    assert re.search(r'<form id="ark"[^>]*autocomplete="off"', desk.text)
    for control in re.findall(r'<input[^>]*type="(?:radio|checkbox|search)"[^>]*>', desk.text):
        assert 'autocomplete="off"' in control or 'name="mitt"' in control, control


def test_the_next_person_begins_blank_while_the_first_conversation_stays_open(desk: Visitor) -> None:
    first = begin(desk).fill({"age": "old", "needs": ["chores"]}).send()
    second = begin(desk)
    assert second.draft != first.draft
    assert second.ticked("age") == second.ticked("needs") == []
    assert "1 åpen samtale" in desk.text
    assert "Husarbeid" not in words(desk, '<details class="talk-others"', "</details>")
    desk.post(f"{BEGIN}/fortsett", {"ark": first.draft})
    again = read_sheet(desk)
    assert (again.draft, again.ticked("age"), again.ticked("needs")) == (first.draft, ["old"], ["chores"])


def test_safety_stands_first_and_every_question_that_may_matter_stands_on_the_sheet(desk: Visitor) -> None:
    sheet = begin(desk).fill({"needs": ["chores", "helper"], "age": "old"}).send()
    assert sheet.asked[:2] == ["needs", "danger"]
    assert {"for_whom", "age", "chores_amount", "tried", "helper_strain", "children"} <= set(sheet.asked)
    assert len(sheet.asked) == len(set(sheet.asked))


def test_what_waits_for_another_answer_may_be_answered_first_and_counts_afterwards(desk: Visitor) -> None:
    sheet = begin(desk).fill({"needs": ["chores"], "age": "old"}).send()
    assert states(desk)["tried"] == "waiting"
    assert "Teller når dette er besvart: Hvor mye hjelp trenger" in words(desk)
    sheet = sheet.fill({"tried": "talked"}).send()
    assert "Trinn 1 så langt" in side(desk)
    sheet = sheet.fill({"chores_amount": "all"}).send()
    assert states(desk)["tried"] == "open"
    assert "Trinn 5: " in side(desk)


def test_an_answer_behind_a_closed_gate_is_kept_and_told_not_to_count(desk: Visitor) -> None:
    sheet = begin(desk).fill({"needs": ["chores"], "age": "old"}).send()
    sheet = sheet.fill({"chores_amount": "all", "tried": "talked"}).send()
    sheet = sheet.fill({"chores_amount": "none"}).send()
    assert states(desk)["tried"] == "closed"
    assert "Dette svaret teller ikke" in desk.text
    sheet = sheet.fill({"chores_amount": "all"}).send()
    assert sheet.ticked("tried") == ["talked"]
    assert states(desk)["tried"] == "open"


def test_an_unanswered_question_behind_a_closed_gate_is_not_there(desk: Visitor) -> None:
    begin(desk).fill({"needs": ["chores"], "age": "old"}).send().fill({"chores_amount": "none"}).send()
    assert "tried" not in states(desk)


def test_answers_of_a_need_that_is_taken_away_come_back_with_it(desk: Visitor) -> None:
    sheet = begin(desk).fill({"needs": ["chores"], "age": "old"}).send().fill({"chores_amount": "all"}).send()
    sheet = sheet.fill({"needs": []}).send()
    assert "chores_amount" not in sheet.asked
    sheet = sheet.fill({"needs": ["chores"]}).send()
    assert sheet.ticked("chores_amount") == ["all"]


def test_the_order_of_the_answers_never_changes_what_they_come_to(desk: Visitor) -> None:
    answers: dict[str, Answer] = {"age": "old", "chores_amount": "all", "tried": "talked", "danger": ["violence"]}
    told = set()
    for order in list(permutations(answers))[::5]:
        sheet = begin(desk).fill({"needs": ["chores"]}).send()
        for question in order:
            sheet = sheet.fill({question: answers[question]}).send()
        told.add(side(desk))
    assert len(told) == 1
    assert "Trinn 5: " in told.pop()


def test_the_side_tells_the_step_so_far_the_range_and_what_decides_it(desk: Visitor) -> None:
    begin(desk).fill({"needs": ["chores"], "age": "old", "danger": "none"}).send()
    told = side(desk)
    assert "Trinn 1 så langt" in told
    assert "Kan bli trinn 1–5." in told
    assert "1 svar igjen kan endre dette: Hvor mye hjelp trenger" in told
    assert re.search(r'side-ask.*href="#spm-chores_amount"', desk.text, re.DOTALL)
    assert 'id="spm-chores_amount"' in desk.text


def test_a_question_can_be_linked_to_that_decides_and_only_such_a_one() -> None:
    """Whatever is named can change the step or what it hangs on; whatever is left out cannot, on its own."""
    guide = load_guide(ROOT / "data" / "lillesand")
    rules = guide.ruleset
    given = {"for_whom": "staff_present", "age": "adult", NEEDS: ["household", "memory", "money"]}
    masks, _ = read_answers(rules, given)
    visit = settle_visit(rules, masks)
    for settled in visit.needs:
        span = find_span(rules, visit, masks, settled)
        before = step_of(rules, masks, settled.need.id)
        assert span.lowest <= before <= span.highest
        for item in settled.need.asked:
            question = item.question
            if question.many or settled.gates[question.id].value != "yes":
                continue
            reached = set()
            for option in range(len(question.options)):
                after = {**masks, question.variables[0]: 1 << option}
                reached.add(step_of(rules, after, settled.need.id))
            assert all(span.lowest <= step <= span.highest for step in reached)
            if reached != {before}:
                assert question.id in span.questions


def step_of(rules: object, masks: object, need: str) -> int:
    outcome = assess(rules, masks)  # type: ignore[arg-type]
    return next(n.step for subject in outcome.subjects for n in subject.needs if n.need == need)


def test_danger_puts_the_numbers_on_top_in_words_for_staff(dina: Visitor) -> None:
    begin(dina).fill({"danger": ["violence"]}).send()
    told = side(dina)
    assert told.index("116 006") < told.index("Plikter som alltid gjelder")
    assert "Det er ikke innbyggerens skyld" in told
    assert "Avvergingsplikt" in told
    assert "Meldeplikt" not in told


def test_duties_stand_where_the_answers_call_for_them(dina: Visitor) -> None:
    begin(dina).fill(
        {"for_whom": "staff_absent", "age": "youth", "danger": ["child"], "support": ["interpreter"]}
    ).send()
    told = side(dina)
    for duty in ("Meldeplikt til barnevernet", "Avvergingsplikt", "Taushetsplikt", "Bruk aldri barn."):
        assert duty in told.partition("Plikter som alltid gjelder")[0], duty
    for duty in ("plikt til å veilede", "Be om samtykke", "ikke journal"):
        assert duty in told.partition("Plikter som alltid gjelder")[2], duty


def test_citizens_never_see_the_duties_of_staff(lillesand: Flask) -> None:
    citizen = (
        Visitor(lillesand.test_client())
        .begin()
        .answer_all({"danger": ["child"], "home_tonight": "yes", "needs": ["safety"]})
    )
    assert citizen.kind == "result"
    assert "Meldeplikt" not in citizen.text


def test_person_and_relative_each_have_their_own_part(dina: Visitor) -> None:
    begin(dina).fill({"age": "senior", "needs": ["memory", "caregiver"]}).send()
    told = side(dina)
    assert told.index("For innbyggeren") < told.index("Hukommelse") < told.index("For den pårørende")


def test_everyday_words_find_the_need_and_its_button_adds_it(dina: Visitor) -> None:
    sheet = begin(dina).fill({"age": "senior"})
    sheet = sheet.send(sok="vaskehjelp")
    assert re.search(r'name="legg_til"\s+value="household"', dina.text)
    sheet = sheet.send(sok="", legg_til="household")
    assert sheet.ticked("needs") == ["household"]
    assert sheet.ticked("age") == ["senior"]


def test_the_part_of_the_page_for_the_search_shows_needs_and_dangers(dina: Visitor) -> None:
    sheet = begin(dina)
    response = dina.client.post(
        f"{BEGIN}/sok",
        data={
            **sheet.fields,
            "sok": "mannen min slår meg",
            "csrf_token": re.findall(r'csrf_token" value="([^"]+)', dina.text)[0],
        },
    )
    text = response.get_data(as_text=True)
    assert 'value="safety"' in text
    assert "112" in text
    assert "<html" not in text


def test_an_answer_can_be_taken_away_again(desk: Visitor) -> None:
    sheet = begin(desk).fill({"age": "old"}).send()
    assert re.search(r'name="fjern"\s+value="age"\s*>', desk.text)
    sheet = sheet.send(fjern="age")
    assert sheet.ticked("age") == []


def test_whom_it_is_about_is_never_left_open_since_safety_waits_for_it(dina: Visitor) -> None:
    sheet = begin(dina)
    assert sheet.ticked("for_whom") == ["staff_present"]
    assert states(dina)["danger"] == "open"
    assert not re.search(r'name="fjern"\s+value="for_whom"', dina.text)


def test_what_only_staff_may_choose_is_marked(dina: Visitor) -> None:
    begin(dina)
    assert words(dina, 'for="for_whom-4"', "</label>").endswith("En innbygger som er til stede Bare ansatte")
    assert "Bare ansatte" not in words(dina, 'for="for_whom-1"', "</label>")


def test_answers_that_do_not_go_together_are_told_and_stay_on_the_sheet(desk: Visitor) -> None:
    sheet = begin(desk).fill({"danger": ["life", "none"], "age": "old"})
    assert sheet.sent().status_code == 422
    assert "svar som ikke går sammen" in desk.text
    assert desk.title.startswith("Feil:")
    assert read_sheet(desk).ticked("danger") == ["life", "none"]
    assert read_sheet(desk).ticked("age") == ["old"]


def test_more_than_five_needs_are_told(dina: Visitor) -> None:
    six = ["household", "memory", "money", "housing", "work", "digital"]
    sheet = begin(dina).fill({"age": "adult", "needs": six})
    assert sheet.sent().status_code == 422
    assert "mer enn fem" in dina.text
    assert sorted(read_sheet(dina).ticked("needs")) == sorted(six)


def test_what_nobody_could_have_sent_is_passed_over(desk: Visitor) -> None:
    sheet = begin(desk)
    sheet.fields |= {"sporsmal": [*sheet.asked, "nothing"], "svar-nothing": ["x"], "svar-age": ["hundred"]}
    assert sheet.sent().status_code == 422
    assert desk.post(BEGIN, {**sheet.fields, "ark": "x"}).status_code == 400
    sheet = begin(desk)
    assert desk.post(BEGIN, {**sheet.fields, "utgave": "x", "tur": "²"}).status_code == 200


def test_without_scripts_the_page_empties_itself(desk: Visitor, desk_app: Flask) -> None:
    begin(desk)
    minutes = desk_app.extensions["rett-trinn"].settings.screen_minutes
    assert re.search(
        rf'<noscript>\s*<meta http-equiv="refresh"\s+content="{minutes * 60};url={BEGIN}/tomt">\s*</noscript>',
        desk.text,
    )
    desk.get(f"{BEGIN}/tomt")
    assert "Skjermen er tømt" in desk.text


def test_shortcuts_stay_off_until_the_next_login(desk: Visitor, desk_app: Flask) -> None:
    begin(desk)
    assert 'data-keys="on"' in desk.text
    desk.post(f"{BEGIN}/taster", {"av": "1"})
    begin(desk)
    assert 'data-keys="off"' in desk.text
    again = clerk(desk_app, "dina", Role.DESK)
    carried = desk.client.get_cookie("skranke-taster", path="/skranke")
    assert carried
    again.client.set_cookie("skranke-taster", carried.value, path="/skranke")
    begin(again)
    assert 'data-keys="on"' in again.text
    begin(desk)
    desk.post(f"{BEGIN}/taster", {"pa": "1"})
    begin(desk)
    assert 'data-keys="on"' in desk.text


def test_the_result_is_the_citizens_in_the_citizens_voice(dina: Visitor) -> None:
    answers: dict[str, Answer] = {"age": "senior", "danger": "none", "needs": ["household"]}
    sheet = begin(dina).fill(answers).send().fill({"household_amount": "parts"}).send()
    sheet.fill({"household_other_ways": "none_enough"}).sent(f"{BEGIN}/resultat")
    assert dina.kind == "desk_result"
    assert "For deg" in words(dina)
    assert "Trinn 6 av 12" in words(dina)
    assert "data-print" in dina.text
    assert f'value="{sheet.draft}">Tilbake til samtalen' in dina.text


def test_the_result_waits_while_something_is_wrong(desk: Visitor) -> None:
    sheet = begin(desk).fill({"danger": ["life", "none"]})
    assert sheet.sent(f"{BEGIN}/resultat").status_code == 422
    assert desk.kind == "desk_sheet"


def give_code(visitor: Visitor, draft: str, days: str = "7") -> str:
    visitor.post(f"{BEGIN}/kode", {"ark": draft, "days": days})
    assert visitor.kind == "desk_code_given"
    return words(visitor, '<strong class="code">', "</strong>")


def test_the_answers_can_be_given_to_the_citizen_under_a_code(dina: Visitor, lillesand: Flask) -> None:
    sheet = begin(dina).fill({"age": "senior", "danger": "none", "needs": ["household"]}).send()
    sheet = sheet.fill({"household_amount": "parts", "household_other_ways": "none_enough"}).send()
    sheet.sent(f"{BEGIN}/resultat")
    code = give_code(dina, sheet.draft)
    assert "<svg" in words_raw(dina, 'class="qr"')
    citizen = Visitor(lillesand.test_client())
    citizen.post("/hent", {"code": code})
    citizen.answer_all({})
    assert citizen.kind == "result"
    assert "Trinn 6 av 12" in words(citizen)
    assert "For deg" in citizen.text
    assert "innbyggeren" not in words(citizen, "Se og endre svarene", "Husk")
    assert "Meg selv" in citizen.text


def words_raw(visitor: Visitor, start: str) -> str:
    return visitor.text.partition(start)[2]


def test_the_same_conversation_keeps_one_code_however_often_it_is_given(dina: Visitor, lillesand: Flask) -> None:
    sheet = begin(dina).fill({"age": "senior", "needs": ["household"]}).send()
    sheet.sent(f"{BEGIN}/resultat")
    code = give_code(dina, sheet.draft)
    sheet = sheet_again(dina, sheet.draft).fill({"age": "adult"}).send()
    sheet.sent(f"{BEGIN}/resultat")
    assert "Svar er endret siden." in dina.text
    assert give_code(dina, sheet.draft, "1") == code
    store = store_of(lillesand)
    with store.database.writing() as session:
        found = find(session, store.vault, code.replace(" ", ""), day=today())
    assert found
    assert found.data["answers"]["age"] == "adult"


def sheet_again(visitor: Visitor, draft: str) -> SheetForm:
    visitor.post(f"{BEGIN}/fortsett", {"ark": draft})
    return read_sheet(visitor)


def test_a_code_that_was_given_outlives_the_conversation(dina: Visitor, lillesand: Flask) -> None:
    sheet = begin(dina).fill({"age": "senior", "needs": ["household"]}).send()
    sheet.sent(f"{BEGIN}/resultat")
    code = give_code(dina, sheet.draft)
    dina.post(f"{BEGIN}/avslutt", {"ark": sheet.draft})
    citizen = Visitor(lillesand.test_client())
    citizen.post("/hent", {"code": code})
    assert citizen.kind == "pause"


def test_days_that_are_not_offered_keep_nothing(desk: Visitor) -> None:
    sheet = begin(desk).fill({"age": "old"}).send()
    assert desk.post(f"{BEGIN}/kode", {"ark": sheet.draft, "days": "365"}).status_code == 400


def test_a_conversation_that_is_gone_gives_no_result_and_no_code(desk: Visitor) -> None:
    begin(desk)
    for path in ("resultat", "kode", "fortsett"):
        desk.post(f"{BEGIN}/{path}", {"ark": "0" * 32, "days": "7"})
        assert desk.path == BEGIN
        assert desk.kind == "desk_sheet"
