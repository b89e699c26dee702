"""What stands on the result: in which order, for whom, in whose words; and what one may expect of each service."""

import re

import pytest
from flask import Flask

from tests.conftest import Answer, Visitor
from tests.web.test_visit import KARI, NIECE
from wizard.guide.guide import Guide
from wizard.guide.ladder_shapes import Access, Kind

LINE = "Dette er veiledning, ikke et vedtak. Du kan alltid søke, og du kan klage."
DAUGHTER: dict[str, Answer] = {
    "for_whom": "relative", "age": "senior", "danger": "none", "needs": ["memory", "personal_care", "caregiver"],
    "relative_age": "adult", "caregiver_amount": "most", "caregiver_strain": "exhausted",
}  # fmt: skip
YOUNG: dict[str, Answer] = {"for_whom": "self", "age": "youth", "danger": "none", "needs": ["mental_health"]}
FOUR: dict[str, Answer] = {
    "for_whom": "self", "age": "adult", "danger": ["violence"], "home_tonight": "unsure",
    "needs": ["mental_health", "money", "housing", "work"],
}  # fmt: skip


def order(text: str, *words: str) -> list[int]:
    """Where the words stand, none of them missing."""
    return [text.index(word) for word in words]


def answered(visitor: Visitor, answers: dict[str, Answer]) -> str:
    """The result of somebody who answers like this."""
    visitor.begin().answer_all(answers)
    assert visitor.kind == "result"
    return visitor.text


def guide_of(app: Flask) -> Guide:
    guide: Guide = app.extensions["rett-trinn"].guide
    return guide


def test_what_needs_no_application_stands_before_what_does(client: Visitor) -> None:
    text = answered(client, KARI)
    places = order(text, "Trinn 5 av 7", "Start i dag, uten å søke", "Du kan be kommunen vurdere dette", "Min plan")
    assert places == sorted(places)


def test_urgent_numbers_stand_above_everything(client: Visitor) -> None:
    text = answered(client, NIECE)
    places = order(text, "Det er ikke din skyld.", "<h1", "Gjør dette først", 'class="stairs"', '<article class="need"')
    assert places == sorted(places)


@pytest.mark.parametrize("answers", [KARI, NIECE, {"for_whom": "self", "danger": "none"}])
def test_every_result_says_that_it_is_guidance(client: Visitor, answers: dict[str, Answer]) -> None:
    assert LINE in answered(client, answers)


def test_a_short_result_is_its_own_beginning(client: Visitor) -> None:
    assert "Gjør dette først" not in answered(client, KARI)


def test_two_people_have_a_whole_result_each(client: Visitor) -> None:
    text = answered(client, NIECE)
    _, person, relative = text.split('<section class="subject"')
    assert 'class="subjects two"' in text
    for part in (person, relative):
        assert part.count('class="stairs"') == 1
        assert "Rettigheter" in part
        assert '<article class="need"' in part


def test_a_right_stands_with_the_one_who_has_it(client: Visitor) -> None:
    _, person, relative = answered(client, NIECE).split('<section class="subject"')
    assert "Du har rett til en pause." not in person
    assert "Du har rett til en pause." in relative
    assert "Personen bestemmer selv om helsehjelp." in person
    assert person.index("Personen bestemmer selv om helsehjelp.") < person.index('<article class="need"')
    assert "Personen bestemmer selv om helsehjelp." not in relative


def test_a_right_of_the_relative_is_told_where_only_the_person_has_a_result(real_client: Visitor) -> None:
    text = answered(real_client, {**DAUGHTER, "needs": ["memory"]})
    assert "En annen kan søke og klage for deg med fullmakt." in text
    assert "Har personen fylt 16 år" in text


def test_a_young_visitor_is_met_with_a_number_and_own_words(real_client: Visitor) -> None:
    text = answered(real_client, YOUNG)
    assert text.index("116 111") < text.index('<section class="subject"')
    assert "på egen hånd" in text
    assert "Skolehelsetjenesten" in text.partition("Min plan")[2]


def test_a_grown_visitor_is_not(real_client: Visitor) -> None:
    assert "Vil du snakke med noen nå?" not in answered(real_client, YOUNG | {"age": "adult"})


def test_a_relative_whose_age_is_not_asked_is_not_taken_for_a_child(real_client: Visitor) -> None:
    assert "Vil du snakke med noen nå?" not in answered(real_client, {**DAUGHTER, "needs": ["memory"]})


def test_a_long_result_keeps_the_main_thing_of_every_need_in_sight(real_client: Visitor) -> None:
    text = answered(real_client, FOUR)
    needs = text.split('<article class="need"')[1:]
    assert [("rest" in need) for need in needs] == [False, False, True, True]
    for need in needs[2:]:
        in_sight = need.partition('<details class="ds-details rest">')[0]
        assert "Trinn " in in_sight
        assert "Spør:" in in_sight
    first = text.partition("Gjør dette først")[2].partition("</section>")[0]
    assert 1 <= first.count("<li>") <= 3


def test_the_plan_is_dated_and_filled_in_from_the_result(client: Visitor) -> None:
    text = answered(client, KARI).partition("Min plan")[2]
    assert re.search(r"Dato: \d+\. \w+ 20\d\d", text)
    for words in ("Dette er viktig for meg", "Dette prøver jeg først", "Vi ser på planen igjen", "§ 7-1"):
        assert words in text
    assert "Tips om husarbeid" in text


def test_what_matters_is_written_outside_every_form(client: Visitor) -> None:
    text = re.sub(r"<form.*?</form>", "", answered(client, KARI), flags=re.DOTALL)
    field = re.search(r"<textarea[^>]*>", text)
    assert field
    assert "name=" not in field[0]


SHEET = (
    "Dette kan du vente deg",
    "Dette er ikke med",
    "Dette kan du bidra med",
    "Slik ber du om det",
    "Vedtak",
    "Tid",
    "Pris",
)


def test_every_service_tells_all_there_is_to_know_or_whom_to_ask(real_client: Visitor, real_app: Flask) -> None:
    for id_, placed in guide_of(real_app).services.items():
        service = placed.service
        real_client.get(f"/tilbud/{id_}")
        if service.kind in {Kind.SERVICE, Kind.ARENA}:
            for title in SHEET:
                assert f"<dt>{title}</dt>" in real_client.text, (id_, title)
            assert bool(service.cost) != ("Prisen kjenner vi ikke. Spør: " in real_client.text), id_
            assert bool(service.not_included) or 'class="unknown"' in real_client.text, id_
        if service.access is Access.APPLICATION:
            assert "Slik klager du" in real_client.text, id_
            assert "foreløpig svar" in real_client.text, id_


def test_a_service_that_tells_everything_tells_it(client: Visitor) -> None:
    client.get("/tilbud/home_help")
    for words in ("Vinduspuss.", "Svar innen to uker.", "4 uker", "Statsforvalteren", "Det er gratis å klage."):
        assert words in client.text
    assert 'href="https://www.fjordvik.example/skjema"' in client.text


def test_the_deadline_follows_the_law_of_the_decision(real_client: Visitor) -> None:
    for id_, deadline in {
        "home_nursing": "4 uker", "social_assistance": "3 uker", "adapted_housing_help": "3 uker",
        "aids_short_and_long_term": "6 uker",
    }.items():  # fmt: skip
        real_client.get(f"/tilbud/{id_}")
        assert f"<dt>Frist</dt>\n  <dd>{deadline}</dd>" in real_client.text, id_


def test_what_is_not_verified_is_said_to_stand_in_the_decision(real_client: Visitor) -> None:
    real_client.get("/tilbud/tt_card")
    assert "klageorgan" not in real_client.text
    assert real_client.text.count("Det står i vedtaket.") == 3
    real_client.get("/tilbud/starter_loan")
    assert "klagenemnd" not in real_client.text
    assert "3 uker" in real_client.text


def test_without_a_decision_the_sheet_says_so_and_whom_to_tell(client: Visitor) -> None:
    client.get("/tilbud/tips")
    assert "Nei. Du trenger ikke vente på et vedtak." in client.text
    assert "kan du si fra til: Rådgivningen." in client.text


def test_no_page_invites_anybody_to_apply_for_a_placement(real_client: Visitor, real_app: Flask) -> None:
    guide = guide_of(real_app)
    placements = [p for p in guide.services.values() if p.service.kind is Kind.PLACEMENT]
    assert placements
    for placed in placements:
        real_client.get(f"/tilbud/{placed.service.id}")
        assert "ikke noe man søker om selv" in real_client.text
        assert "Slik ber du om det" not in real_client.text
        assert LINE not in real_client.text
        real_client.get(f"/trappen/{placed.step.number}")
        assert f'{placed.service.name}</a> <span class="small">(ikke noe man søker om)' in real_client.text


def test_the_highest_steps_are_something_to_be_considered_for(real_client: Visitor, real_app: Flask) -> None:
    guide = guide_of(real_app)
    judged = [p for p in guide.services.values() if p.step.judged and p.service.access is Access.APPLICATION]
    assert {placed.step.number for placed in judged} == {9, 10, 11, 12}
    for placed in judged:
        real_client.get(f"/tilbud/{placed.service.id}")
        assert "Du kan be kommunen vurdere dette." in real_client.text
        assert "Du søker, og får" not in real_client.text.partition('class="access')[2].partition("</p>")[0]
