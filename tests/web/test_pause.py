"""The page before the first sensitive question: once, calm, no question itself, and never for the front desk."""

import pytest

from tests.conftest import Visitor, find
from tests.web.test_faults import carries_numbers


def answer_on(visitor: Visitor, *answers: str) -> None:
    """Answer questions, and stop where the page comes."""
    for answer in answers:
        visitor.post(visitor.path, {"question": visitor.question, "answer": answer})


def test_it_comes_before_the_first_sensitive_question_and_only_once(real_client: Visitor) -> None:
    answer_on(real_client.begin(), "self", "senior")
    assert real_client.kind == "pause"
    real_client.read_on()
    assert real_client.question == "danger"
    real_client.answer_all({"danger": "none", "needs": ["mental_health"]}, until="mental_impact")
    assert real_client.question == "mental_impact"


def test_it_says_what_comes_and_how_to_get_away(real_client: Visitor) -> None:
    answer_on(real_client.begin(), "self", "senior")
    assert carries_numbers(real_client.text)
    for words in ("Vi spør alle om det samme", "«Vet ikke»", "Kan noen se skjermen", "«Forlat siden raskt»"):
        assert words in real_client.text


def test_its_title_and_address_tell_nothing(real_client: Visitor) -> None:
    answer_on(real_client.begin(), "self", "senior")
    assert real_client.title.startswith("Før du går videre")
    assert real_client.path == "/for-du-svarer"


def test_it_is_no_question(real_client: Visitor) -> None:
    answer_on(real_client.begin(), "self", "senior")
    assert "Spørsmål" not in real_client.text
    real_client.read_on()
    assert real_client.path == "/sporsmal/3"


def test_one_may_go_back_from_it_and_on_again(real_client: Visitor) -> None:
    answer_on(real_client.begin(), "self", "senior")
    real_client.get(find(r'class="ds-link back"\s+href="([^"]+)"', real_client.text))
    assert real_client.question == "age"
    assert real_client.checked == ["senior"]
    answer_on(real_client, "adult")
    assert real_client.question == "danger"
    assert real_client.get("/for-du-svarer").status_code == 200
    assert real_client.kind == "pause"


def test_the_front_desk_is_not_stopped(real_client: Visitor) -> None:
    answer_on(real_client.begin(desk=True), "staff_present", "senior")
    assert real_client.question == "danger"


@pytest.mark.parametrize("path", ["/for-du-svarer", "/sporsmal/1"])
def test_a_guide_without_sensitive_questions_has_no_such_page(client: Visitor, path: str) -> None:
    client.begin().get(path)
    assert client.question == "for_whom"


def test_it_needs_a_visit(real_client: Visitor) -> None:
    real_client.get("/for-du-svarer")
    assert real_client.kind == "start"
