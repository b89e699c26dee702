"""A visit from the first question to the result."""

import logging

import pytest

from tests.conftest import Answer, Visitor, find

BACK = r'class="ds-link back"\s+href="([^"]+)"'

KARI: dict[str, Answer] = {
    "for_whom": "self",
    "age": "old",
    "danger": "none",
    "needs": ["chores"],
    "chores_amount": "all",
    "tried": "talked",
}
NIECE: dict[str, Answer] = {
    "for_whom": "other", "age": "old", "danger": ["violence"], "needs": ["chores", "helper"], "helper_age": "grown",
    "chores_amount": "all", "tried": "talked", "helper_strain": "exhausted",
}  # fmt: skip


def test_a_visit_walks_from_start_to_result(client: Visitor) -> None:
    client.begin().answer_all(KARI)
    assert client.path == "/resultat"
    assert client.kind == "result"
    for words in (
        "Husarbeid",
        "Trinn 5 av 7",
        "Hjemmehjelp",
        "Du søker, og får et skriftlig vedtak",
        "Start i dag, uten å søke",
    ):
        assert words in client.text


def test_addresses_and_titles_carry_a_number_only(client: Visitor) -> None:
    client.begin()
    seen = []
    while client.kind == "question":
        seen.append((client.path, client.title))
        client.answer(KARI.get(client.question, "unknown"))
    assert seen == [(f"/sporsmal/{n}", f"Spørsmål {n} – Rett trinn") for n in range(1, len(seen) + 1)]
    assert client.title == "Resultat – Rett trinn"


def test_answers_are_never_logged(client: Visitor, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.begin().answer_all(NIECE)
    assert "violence" not in caplog.text


def test_going_back_keeps_the_other_answers(client: Visitor) -> None:
    client.begin().answer_all(KARI)
    client.get("/sporsmal/2")
    assert client.checked == ["old"]
    client.answer("grown")
    assert client.path == "/resultat"


def test_a_changed_answer_that_opens_a_question_asks_only_that(client: Visitor) -> None:
    client.begin().answer_all(KARI | {"chores_amount": "none"})
    assert client.path == "/resultat"
    client.get("/sporsmal/5")
    client.answer("all")
    assert client.question == "tried"
    client.answer("nothing")
    assert client.path == "/resultat"


def test_a_number_beyond_the_path_leads_to_where_the_visitor_is(client: Visitor) -> None:
    client.begin().answer("self")
    for path in ("/sporsmal/99", "/resultat", "/sporsmal/0", "/tillegg/1"):
        client.get(path)
        assert client.path == "/sporsmal/2"


def test_the_first_page_leads_back_to_the_start_and_the_second_to_the_first(client: Visitor) -> None:
    client.begin()
    assert find(BACK, client.text) == "/nb/"
    client.answer("self")
    assert find(BACK, client.text) == "/nb/sporsmal/1"


def test_how_many_are_left_never_rises_once_needs_are_chosen(client: Visitor) -> None:
    client.begin().answer_all(NIECE, until="helper_age")
    left = []
    while client.kind == "question":
        left.append("siste" in client.text or client.text.partition("Høyst ")[2][:1])
        client.answer(NIECE.get(client.question, "unknown"))
    assert left == ["3", "2", "1", True]


def test_somebody_who_changes_an_answer_is_not_told_that_it_is_the_last_and_comes_back_to_the_result(
    client: Visitor,
) -> None:
    client.begin().answer_all(KARI, until="tried")
    assert "Dette er det siste." in client.text
    client.answer("talked")
    client.get("/sporsmal/2")
    assert "det siste" not in client.text
    assert "Du har alt svart på dette." in client.text
    assert find(BACK, client.text).endswith("/resultat")


def test_a_need_that_is_chosen_before_the_questions_is_told_where_its_number_is_passed_over(client: Visitor) -> None:
    client.post("/start", {"need": "chores"})
    client.answer_all(KARI, until="chores_amount")
    assert client.path == "/sporsmal/5"
    assert "I spørsmål 4 er dette valgt: Husarbeid." in client.text
    assert find(r'class="picked".*?href="([^"]+)"', client.text).endswith("/sporsmal/4")
    client.answer("all")
    assert "er dette valgt" not in client.text


def test_an_answer_that_no_chosen_need_listens_to_is_not_offered(real_client: Visitor) -> None:
    money: dict[str, Answer] = {
        "for_whom": "self", "age": "adult", "danger": "none", "needs": ["money"], "money_state": "debt",
        "money_housing_costs": "no",
    }  # fmt: skip
    real_client.begin().answer_all(money, until="tried")
    assert 'value="regular_help"' in real_client.text
    assert 'value="judged_unsafe"' not in real_client.text
    assert real_client.answer("judged_unsafe").status_code == 422
    both = {**money, "needs": ["money", "health_care"], "health_care_needed": "day_and_night"}
    real_client.begin().answer_all(both, until="tried")
    assert 'value="judged_unsafe"' in real_client.text
    real_client.answer("judged_unsafe")
    real_client.get("/sporsmal/4")
    real_client.answer(["money"])
    real_client.answer_all(money)
    number = find(r'/sporsmal/(\d+)">Endre<span[^>]*> svaret på: Hva er prøvd til nå', real_client.text)
    real_client.get(f"/sporsmal/{number}")
    assert real_client.checked == ["judged_unsafe"]


def test_every_question_offers_not_to_know(client: Visitor) -> None:
    client.begin()
    while client.kind == "question":
        assert client.text.count("Vet ikke") == 1
        client.answer("unsure" if client.question == "danger" else KARI.get(client.question, "self"))


def test_not_knowing_what_is_needed_is_met_with_a_friendly_result(client: Visitor) -> None:
    client.begin().answer_all({"for_whom": "self", "danger": "none"})
    assert client.kind == "result"
    assert "Det er greit å ikke vite" in client.text
    assert "Dette kan passe" not in client.text
    assert "Servicetorget" in client.text


def test_a_vet_ikke_that_could_change_the_result_is_shown_with_a_way_back(client: Visitor) -> None:
    client.begin().answer_all(KARI | {"tried": "unknown"})
    _, _, after = client.text.partition("Disse svarene kan endre resultatet")
    assert "Hva er prøvd?" in after[:700]
    assert "/sporsmal/6" in after[:700]


@pytest.mark.parametrize(
    ("until", "answer", "words"),
    [
        ("for_whom", "", "Velg ett svar."),
        ("for_whom", "nobody", "finnes ikke"),
        ("for_whom", ["self", "other"], "finnes ikke"),
        ("danger", "", "minst ett"),
        ("danger", ["none", "life"], "ikke går sammen"),
        ("danger", ["<script>"], "finnes ikke"),
        ("needs", ["unknown", "chores"], "ikke går sammen"),
        ("needs", ["none"], "finnes ikke"),
    ],
)
def test_an_answer_that_cannot_be_one_is_told_in_words(
    client: Visitor, until: str, answer: str | list[str], words: str
) -> None:
    client.begin().answer_all(KARI, until=until)
    response = client.answer(answer or [])
    assert response.status_code == 422
    assert client.title.startswith("Feil: ")
    assert words in client.text
    assert 'href="#svar-1"' in client.text
    assert "autofocus" in client.text
    assert "<script>" not in client.text


def test_ticks_survive_a_fault(client: Visitor) -> None:
    client.begin().answer_all(KARI, until="danger").answer(["none", "life"])
    assert client.checked == ["life", "none"]


def test_more_needs_than_a_result_can_help_with_are_refused_kindly(real_client: Visitor) -> None:
    real_client.begin().answer_all({"for_whom": "relative", "age": "senior", "danger": "none"}, until="needs")
    six = ["company", "activity", "transport", "digital", "household", "memory"]
    assert real_client.answer(six).status_code == 422
    assert "de fem som er viktigst" in real_client.text
    assert real_client.answer([*six[:5], "caregiver"]).status_code == 200
    assert real_client.question == "relative_age"


def test_a_need_that_is_not_for_this_age_is_neither_shown_nor_taken(client: Visitor) -> None:
    client.begin().answer_all(KARI | {"age": "young"}, until="needs")
    assert 'value="chores"' not in client.text
    assert client.answer(["chores"]).status_code == 422


def test_the_answer_counts_for_the_question_the_form_was_made_for(client: Visitor) -> None:
    client.begin().answer("self")
    client.post("/sporsmal/1", {"question": "age", "answer": "old"})
    assert client.question == "danger"


def test_voices(client: Visitor) -> None:
    client.begin().answer_all(KARI, until="age")
    assert "Hvor gammel er du?" in client.text
    client.begin().answer_all(NIECE, until="age")
    assert "Hvor gammel er personen?" in client.text


def test_only_the_desk_is_offered_what_is_for_staff(real_client: Visitor) -> None:
    real_client.begin()
    assert "staff_present" not in real_client.text
    assert real_client.answer("staff_present").status_code == 422
    real_client.begin(desk=True)
    assert "Hvem gjelder henvendelsen?" in real_client.text
    real_client.answer("staff_present")
    assert "Hvor gammel er innbyggeren?" in real_client.text


def test_a_danger_is_met_at_once_and_again_on_the_result(client: Visitor) -> None:
    client.begin().answer_all(NIECE, until="danger")
    client.answer(["violence"])
    alarm, question = client.text.index("Det er ikke din skyld."), client.text.index('<form id="sporsmal"')
    assert alarm < question
    assert 'href="tel:112"' in client.text
    assert "Fortsett" in client.text
    client.answer(["chores", "helper"])
    assert "alarm-box" not in client.text
    assert "Numrene du kan ringe nå" in client.text
    client.answer_all(NIECE)
    assert client.kind == "result"
    assert client.text.index("Det er ikke din skyld.") < client.text.index("Dette kan passe")
    assert client.text.index("Ta kontakt i dag.") < client.text.index("Dette kan passe")


def test_a_danger_told_last_stands_on_the_result_at_once(client: Visitor) -> None:
    client.begin().answer_all({**NIECE, "danger": "none"})
    assert client.kind == "result"
    assert "Ta kontakt i dag." in client.text
    assert "Det er ikke din skyld." not in client.text


def test_two_people_get_a_result_each(client: Visitor) -> None:
    client.begin().answer_all(NIECE)
    assert "For den du er pårørende til" in client.text
    assert "For deg som pårørende" in client.text


def test_more_may_be_told_at_the_end_and_need_not(client: Visitor) -> None:
    client.begin().answer_all(KARI)
    assert "/tillegg/1" in client.text
    client.get("/tillegg/1")
    assert client.title == "Tillegg 1 – Rett trinn"
    client.answer(["yes"])
    assert client.path == "/resultat"


def test_answers_can_be_deleted(client: Visitor) -> None:
    client.begin().answer("self")
    client.post("/slett")
    assert client.kind == "start"
    assert "Svarene dine er slettet." in client.text
    assert client.cookie is None


def test_a_visit_can_be_taken_up_again_from_the_start(client: Visitor) -> None:
    client.begin().answer("self")
    client.get("/")
    assert "Fortsett der du var" in client.text


def test_a_page_of_the_visit_without_a_visit_is_a_plain_start_that_tells_of_no_answers(client: Visitor) -> None:
    plain = client.get("/").get_data(as_text=True)
    client.get("/sporsmal/1")
    assert client.page is not None
    assert (client.path, client.page.request.query_string) == ("/", b"")
    assert client.text == plain
    assert "må tillate én informasjonskapsel" in plain


def test_somebody_elses_page_cannot_begin_a_visit_anew(client: Visitor) -> None:
    client.begin().answer("self")
    cookie = client.cookie
    client.client.post("/start", headers={"Sec-Fetch-Site": "cross-site"})
    client.get("/resultat")
    assert client.question == "age"
    assert cookie


def test_a_form_without_the_token_is_refused_in_plain_words(client: Visitor) -> None:
    client.begin()
    response = client.post(client.path, {"csrf_token": "x", "question": "for_whom", "answer": "self"})
    assert response.status_code == 400
    assert client.kind == "error"
    assert "Fortsett der du var" in client.text
