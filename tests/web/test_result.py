"""What stands on the result: in which order, for whom, in whose words; and what one may expect of each service."""

import re

import pytest
from flask import Flask

from tests.conftest import Answer, Visitor, find
from tests.web.test_visit import KARI, NIECE
from wizard.guide.guide import Guide
from wizard.guide.ladder_shapes import Access, Kind, ServiceShape

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
    assert [("rest" in need) for need in needs] == [False, True, True, True]
    for need in needs[1:]:
        in_sight = need.partition('<details class="ds-details rest">')[0]
        assert "Trinn " in in_sight
        assert "Spør:" in in_sight
    first = text.partition("Gjør dette først")[2].partition("</section>")[0]
    assert 1 <= first.count("<li>") <= 3


def test_one_or_two_needs_stand_open(real_client: Visitor) -> None:
    assert "Vis alle tilbudene" not in answered(real_client, {**FOUR, "needs": ["money", "work"]})


def test_how_to_reach_a_contact_stands_once_and_not_at_every_offer(real_client: Visitor) -> None:
    text = answered(real_client, {**FOUR, "needs": ["mental_health"]})
    offers = re.findall(r'<p class="turn-to">(.*?)</p>', text, re.DOTALL)
    assert offers
    assert not [offer for offer in offers if "gjennom" in offer]
    assert "gjennom" in text.partition('<p class="ask-whom">')[2].partition("</p>")[0]


def test_a_number_that_two_dangers_call_for_stands_there_once(real_client: Visitor) -> None:
    above = answered(real_client, FOUR).partition("<h1")[0]
    assert above.count('<div class="alarm">') > 1
    numbers = re.findall(
        r'class="number" href="tel:(\d+)"', re.sub(r"<details.*?</details>", "", above, flags=re.DOTALL)
    )
    assert numbers
    assert len(numbers) == len(set(numbers))


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


@pytest.fixture(scope="module")
def sheets(real_app: Flask) -> list[tuple[ServiceShape, str]]:
    """Every service that one could get, with its page."""
    visitor, read = Visitor(real_app.test_client()), []
    for id_, placed in guide_of(real_app).services.items():
        visitor.get(f"/tilbud/{id_}")
        if placed.service.kind in {Kind.SERVICE, Kind.ARENA}:
            read.append((placed.service, visitor.text))
    return read


def test_every_service_tells_what_to_expect_and_how_one_gets_it(sheets: list[tuple[ServiceShape, str]]) -> None:
    assert len(sheets) > 100
    for service, text in sheets:
        assert "<dt>Dette kan du vente deg</dt>" in text, service.id
        assert "<dt>Slik ber du om det</dt>" in text, service.id
        if service.access is Access.APPLICATION:
            assert "Slik klager du" in text, service.id
            assert "foreløpig svar" in text, service.id


def test_what_is_not_known_is_told_in_one_line_with_whom_to_ask(sheets: list[tuple[ServiceShape, str]]) -> None:
    for service, text in sheets:
        rows = re.findall(r"<dt>Dette vet vi ikke ennå</dt>\s*<dd class=\"unknown\">(.*?)</dd>", text, re.DOTALL)
        assert len(rows) <= 1, service.id
        assert text.count("vet vi ikke") == len(rows), service.id
        for row in rows:
            assert ". Spør: " in row
            assert ("hva det koster" in row.lower()) == (not service.cost and "cost" not in service.leave_out)


def test_nobody_is_told_that_a_price_is_missing_where_it_has_no_meaning(real_client: Visitor) -> None:
    for id_ in ("housing_benefit", "leisure_fund", "care_benefit", "simple_technology", "library_culture_houses"):
        real_client.get(f"/tilbud/{id_}")
        assert "Hva det koster" not in real_client.text, id_
        assert "hva det koster" not in real_client.text, id_


def test_health_care_without_a_decision_can_be_complained_about(sheets: list[tuple[ServiceShape, str]]) -> None:
    begun = [
        (service, text)
        for service, text in sheets
        if "health_care" in service.complaint and service.access is not Access.APPLICATION
    ]
    assert len(begun) > 20
    for service, text in begun:
        assert "mindre hjelp enn du har rett til, kan du likevel klage" in text, service.id
        assert "<dt>Frist</dt>\n  <dd>4 uker</dd>" in text, service.id
    assert all("ikke noe vedtak å klage på" not in text for _, text in sheets)


def test_nobody_is_told_how_to_complain_about_volunteers_and_open_places(real_client: Visitor) -> None:
    for id_ in ("visiting_friend", "clubs_and_associations", "cafes_shops", "outdoor_places", "municipal_website"):
        real_client.get(f"/tilbud/{id_}")
        assert "Er du ikke fornøyd?" not in real_client.text, id_
        assert "Slik klager du" not in real_client.text, id_


def test_who_refers_is_told_where_it_is_not_the_doctor(real_client: Visitor) -> None:
    for id_, who in {
        "sheltered_work": "Nav", "avigo": "Nav", "alternative_learning_places": "skolen", "mst": "barnevernet",
        "refugee_settlement": "flyktningtjenesten", "municipal_flat_refugees": "flyktningtjenesten",
    }.items():  # fmt: skip
        real_client.get(f"/tilbud/{id_}")
        assert who in find(r'class="access[^>]*>(.*?)</p>', real_client.text), id_
        assert "fastlegen eller andre fagfolk" not in real_client.text.lower(), id_


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
    assert "Fristen, hvor du sender klagen og hvem som avgjør." in real_client.text
    real_client.get("/tilbud/starter_loan")
    assert "klagenemnd" not in real_client.text
    assert "3 uker" in real_client.text


def test_without_a_decision_the_sheet_says_so_and_whom_to_tell(client: Visitor) -> None:
    client.get("/tilbud/tips")
    assert "Nei. Du trenger ikke vente på et vedtak." in client.text
    assert "Du kan si fra til: Rådgivningen." in client.text


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
        assert "Du kan be kommunen vurdere dette." not in real_client.text
        assert f'{placed.service.name}</a> <span class="small">(ikke noe man søker om)' in real_client.text


BED: dict[str, Answer] = {"needs": ["substance_use"], "substance_impact": "daily", "worse": "bed_needed"}
FOSTER_HOME: dict[str, Answer] = {
    "needs": ["family"], "family_everyday": "unmet", "family_child_home": "moved_out", "child_age": ["child"],
    "tried": "judged_unsafe",
}  # fmt: skip


@pytest.mark.parametrize(("answers", "what"), [(BED, "Døgnplass ved akutt sykdom"), (FOSTER_HOME, "Fosterhjem")])
def test_what_others_decide_alone_is_nothing_to_ask_the_municipality_for(
    real_client: Visitor, answers: dict[str, Answer], what: str
) -> None:
    text = answered(real_client, {"for_whom": "self", "age": "adult", "danger": "none", **answers})
    assert "Trinn 9 av 12" in text
    assert re.search(rf'<p class="note">{what}[^<]* er ikke noe man søker om\.', text)
    assert '<h4 class="ds-heading" data-size="xs">Du kan be kommunen vurdere dette</h4>' not in text


def test_a_bed_that_a_doctor_gives_is_never_held_out_as_what_comes_next(real_client: Visitor) -> None:
    ill: dict[str, Answer] = {"for_whom": "self", "age": "senior", "danger": "none", "needs": ["health_care"]}
    text = answered(real_client, ill | {"health_care_needed": "day_and_night", "worse": "weeks", "tried": "nothing"})
    assert "Trinn 7 av 12" in text
    assert "døgnplass" not in text.partition("Hvis det ikke er nok")[2].partition("</details>")[0]


def test_a_note_leads_to_the_service_that_it_speaks_of(real_client: Visitor) -> None:
    short: dict[str, Answer] = {"for_whom": "self", "age": "adult", "danger": "none", "needs": ["money"]}
    short |= {"money_state": "not_all_bills", "money_housing_costs": "yes", "tried": "nothing"}
    text = answered(real_client, short)
    for words, service in (("økonomisk stønad", "social_assistance"), ("bostøtte", "housing_benefit")):
        note = next(note for note in re.findall(r'<p class="note">(.*?)</p>', text, re.DOTALL) if words in note)
        assert f'href="/nb/tilbud/{service}"' in note


def test_the_highest_steps_are_something_to_be_considered_for(real_client: Visitor, real_app: Flask) -> None:
    guide = guide_of(real_app)
    judged = [p for p in guide.services.values() if p.step.judged and p.service.access is Access.APPLICATION]
    assert {placed.step.number for placed in judged} == {9, 10, 11, 12}
    for placed in judged:
        real_client.get(f"/tilbud/{placed.service.id}")
        assert "Du kan be kommunen vurdere dette." in real_client.text
        assert "Du søker, og får" not in real_client.text.partition('class="access')[2].partition("</p>")[0]


HIT: dict[str, Answer] = {
    "for_whom": "self", "age": "youth", "danger": ["violence"], "home_tonight": "unsure", "needs": ["safety"],
    "safety_everyday": "afraid", "safety_home": "cannot_live",
}  # fmt: skip
WORN_OUT: dict[str, Answer] = {
    "for_whom": "self", "age": "adult", "danger": "none", "needs": ["caregiver"], "caregiver_amount": "daily",
    "caregiver_strain": "exhausted", "caregiver_tried": "nothing", "caregiver_for": ["dementia"],
}  # fmt: skip


def test_a_child_who_is_hit_is_met_by_help_for_children(real_client: Visitor) -> None:
    text = answered(real_client, HIT)
    assert "Barnevernet" in find(r'<p class="ask-whom">(.*?)</p>', text)
    assert "kan måtte si fra til barnevernet" in text
    for words in ("116 006", "Krisesenteret", "er trinn 5 neste", "Familievernkontoret"):
        assert words not in text
    assert "Er du 16 eller 17 år, kan Nok. Agder" in text


def test_what_is_from_sixteen_is_not_told_to_those_who_are_younger(real_client: Visitor) -> None:
    assert "Nok. Agder" not in answered(real_client, HIT | {"age": "child"})


def test_grown_ups_are_met_by_the_crisis_centre(real_client: Visitor) -> None:
    text = answered(real_client, HIT | {"age": "adult", "kids": "none"})
    assert "Krisesenteret" in find(r'<p class="ask-whom">(.*?)</p>', text)
    assert "116 006" in text


def test_who_cannot_go_on_is_not_sent_to_a_course_first(real_client: Visitor) -> None:
    text = answered(real_client, WORN_OUT)
    first = text.partition("Dette prøver jeg først")[2].partition("</div>")[0]
    assert "Fastlegen" in first or "Demenskoordinator" in first
    assert "Pårørendekurs<" not in text
    assert "be om avlastning" in text


def test_who_is_tired_all_the_time_is_told_that_it_counts(real_client: Visitor) -> None:
    text = answered(real_client, WORN_OUT | {"caregiver_strain": "always"})
    assert "Du er sliten hele tiden. Det teller" in text
    assert "be kommunen om avlastning" in text


def test_only_refugees_are_sent_to_the_service_for_refugees(real_client: Visitor) -> None:
    worker: dict[str, Answer] = {"for_whom": "self", "age": "adult", "danger": "none", "needs": ["refugee"]}
    assert "Flyktningtjenesten" not in answered(real_client, worker)
    settled = worker | {"refugee_needs": ["information"], "refugee_residence": ["refugee"]}
    assert "Flyktningtjenesten" in find(r'<p class="ask-whom">(.*?)</p>', answered(real_client, settled))


def test_who_cannot_pay_is_told_of_money_to_apply_for_by_name(real_client: Visitor) -> None:
    broke: dict[str, Answer] = {
        "for_whom": "self", "age": "adult", "danger": "none", "needs": ["money"], "money_state": "not_all_bills",
        "money_housing_costs": "yes", "tried": "nothing", "kids": "none",
    }  # fmt: skip
    text = answered(real_client, broke)
    assert "økonomisk stønad (sosialhjelp)" in text
    assert "bostøtte" in text
    assert "BUA" not in text


def test_what_is_not_verified_about_privacy_and_screen_readers_is_said(real_client: Visitor) -> None:
    real_client.get("/personvern")
    assert all(matter in real_client.text for matter in ("hvem som er personvernombud", "hvor du kan klage"))
    real_client.get("/tilgjengelighet")
    assert "Det er ikke prøvd ennå." in real_client.text
