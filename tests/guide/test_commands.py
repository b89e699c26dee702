"""The `wizard` command keeps its contracts, and bad input gives one clear line and status 2."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from wizard.cli import main

FJORDVIK = str(Path(__file__).parent.parent / "guides" / "fjordvik")


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=given)


def told(*arguments: str, given: str | None = None) -> Any:
    result = run(*arguments, "--guide", FJORDVIK, given=given)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


def assess(**answers: object) -> Any:
    return told("assess", "-", given=json.dumps({"answers": answers}))


def test_check_says_what_a_sound_guide_holds() -> None:
    result = run("check", FJORDVIK)
    assert result.exit_code == 0
    assert "7 steps, 13 entries, 4 needs, 9 rules, 1 of 1 scenarios hold." in result.stdout


def test_services_stand_in_printed_order_with_the_printed_words() -> None:
    services = told("services", "--json")
    assert [service["printed"] for service in services][-3:] == ["Bofelleskap", "Besøksven", "Plass"]
    assert {"id", "step", "category", "printed", "name", "kind", "access"} <= services[0].keys()
    assert [service["step"] for service in services] == sorted(service["step"] for service in services)


def test_questions_stand_with_options_voices_and_the_needs_that_ask_them() -> None:
    questions = {question["id"]: question for question in told("questions", "--json")}
    assert questions["tried"]["needs"] == ["chores", "home"]
    assert questions["tried"]["kind"] == "scale"
    assert [option["id"] for option in questions["needs"]["options"]] == ["chores", "home", "friends", "helper"]
    assert questions["age"]["ask"]["relative"] == "Hvor gammel er personen?"


def test_assess_tells_step_services_reasons_and_what_comes_next() -> None:
    outcome = assess(for_whom="self", age="old", needs=["chores"], chores_amount="all", tried="unknown")
    assert outcome["guide"] == "fjordvik"
    (subject,) = outcome["subjects"]
    (need,) = subject["needs"]
    assert (need["need"], need["floor"], need["step"]) == ("chores", 2, 2)
    assert need["services"] == [
        {"id": "tips", "step": 2, "name": "Tips om husarbeid", "printed": "Tips", "access": "contact"}
    ]
    assert [reason["because"] for reason in need["because"]] == ["Du trenger noe hjelp."]
    assert need["could_change"][0]["answers"] == {"tried": ["talked", "regular"]}
    assert need["next"] is None
    assert need["contact"] == ["Hjemmekontoret", "Servicetorget"]


@pytest.mark.parametrize(("now", "whom"), [("may_lose", "Hjemmekontoret"), ("nowhere", "Rådgivningen")])
def test_assess_names_the_contact_that_the_answers_lead_to(now: str, whom: str) -> None:
    (subject,) = assess(for_whom="self", age="old", needs=["home"], home_now=now)["subjects"]
    assert subject["needs"][0]["contact"] == [whom, "Servicetorget"]


def test_assess_puts_the_numbers_of_a_danger_on_top() -> None:
    (subject,) = assess(for_whom="self", age="old", danger=["violence"])["subjects"]
    assert subject["urgent"] == [{"danger": "violence", "numbers": ["112"], "say": "Det er ikke din skyld."}]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ("{", "this is not JSON"),
        ("[" * 100_000, "this is not JSON"),
        ("[]", "expected"),
        ('{"answers": []}', "expected"),
        ('{"answers": {"age": "ancient"}}', "age: expected one of young, grown, old, or unknown"),
        ('{"answers": {"shoe_size": "42"}}', "shoe_size: there is no such question"),
        ('{"answers": {"needs": [["home"]]}}', "needs: expected a list of"),
    ],
)
def test_answers_that_cannot_be_read_give_one_clear_line(given: str, says: str) -> None:
    result = run("assess", "--guide", FJORDVIK, "-", given=given)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_guide_that_is_not_there_gives_one_clear_line() -> None:
    result = run("check", "nowhere")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "There is no guide “nowhere”" in result.stderr


def test_a_guide_that_is_not_there_gives_no_path_out_of_the_data_folder() -> None:
    assert run("services", "--guide", "../../etc").exit_code in (1, 2)
