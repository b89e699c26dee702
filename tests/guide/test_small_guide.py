"""A guide with seven steps, other bands and another order works like any other: no code knows one municipality."""

from pathlib import Path

import pytest

from wizard.guide.guide import Guide
from wizard.guide.load import load_guide
from wizard.rules.answers import read_answers
from wizard.rules.outcome import NeedOutcome, SubjectOutcome
from wizard.rules.path import find_path
from wizard.rules.visit import assess

FJORDVIK = Path(__file__).parent.parent / "guides" / "fjordvik"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load_guide(FJORDVIK)


def subjects(guide: Guide, **answers: object) -> tuple[SubjectOutcome, ...]:
    masks, faults = read_answers(guide.ruleset, answers)
    assert not faults
    return assess(guide.ruleset, masks).subjects


def only_need(guide: Guide, **answers: object) -> NeedOutcome:
    (subject,) = subjects(guide, **answers)
    (need,) = subject.needs
    return need


def test_its_seven_steps_have_their_own_names_and_bands(guide: Guide) -> None:
    assert guide.ruleset.steps == (1, 2, 3, 4, 5, 6, 7)
    assert guide.band(3).title == "Bolig"
    assert guide.ruleset.open_steps == {1, 2}


def test_housing_is_on_its_own_step(guide: Guide) -> None:
    need = only_need(guide, for_whom="self", age="grown", needs=["home"], home_now="may_lose")
    assert (need.step, need.services, need.meanwhile) == (3, ("rent_help",), ("talk", "band"))


def test_a_step_without_a_service_for_the_age_is_passed_over(guide: Guide) -> None:
    need = only_need(guide, for_whom="self", age="old", needs=["home"], home_now="may_lose", home_place="country")
    assert (need.floor, need.step, need.services) == (3, 4, ("farm",))


def test_the_relative_has_a_result_of_their_own_only_when_answering_for_another(guide: Guide) -> None:
    mine = subjects(guide, for_whom="self", age="grown", needs=["helper", "home"], helper_strain="tired")
    assert [subject.subject for subject in mine] == ["person"]
    person, relative = subjects(
        guide, for_whom="other", age="old", needs=["helper", "home"], helper_age="grown", helper_strain="exhausted"
    )
    assert [need.need for need in person.needs] == ["home"]
    assert [need.need for need in relative.needs] == ["helper"]
    assert (person.urgent, relative.urgent) == ((), ("worn_out",))


def test_two_dangers_both_come_and_neither_moves_a_step(guide: Guide) -> None:
    calm = only_need(guide, for_whom="self", age="old", needs=["home"])
    (subject,) = subjects(guide, for_whom="self", age="old", needs=["home"], danger=["life", "violence"])
    assert subject.urgent == ("life", "violence")
    assert subject.needs == (calm,)


def test_vet_ikke_on_safety_has_numbers_of_its_own(guide: Guide) -> None:
    (subject,) = subjects(guide, for_whom="self", age="old", danger="unknown")
    assert subject.urgent == ("unsure",)


def test_rights_follow_answers_steps_and_the_number_of_needs(guide: Guide) -> None:
    (subject,) = subjects(guide, for_whom="self", age="grown", needs=["home"], home_now="may_lose")
    assert subject.rights == ("apply", "housing", "debt")
    (subject,) = subjects(
        guide,
        for_whom="self",
        age="grown",
        needs=["home", "chores"],
        home_now="nowhere",
        chores_amount="all",
        tried="talked",
    )
    assert subject.rights == ("apply", "housing", "coordinator", "debt")


def test_a_visit_without_a_need_ends_in_an_empty_result(guide: Guide) -> None:
    (subject,) = subjects(guide, for_whom="self", age="old", danger="none", needs="unknown")
    assert subject.needs == ()
    masks, _ = read_answers(guide.ruleset, {"for_whom": "self", "age": "old", "danger": "none", "needs": "unknown"})
    assert find_path(guide.ruleset, masks).next is None


def test_a_stored_answer_behind_a_closed_gate_is_ignored_but_not_lost(guide: Guide) -> None:
    answers = {"for_whom": "self", "age": "old", "needs": ["chores"], "chores_amount": "none", "tried": "regular"}
    assert only_need(guide, **answers).step == 1
    assert only_need(guide, **answers | {"chores_amount": "all"}).step == 5


def test_a_question_of_which_nothing_is_known_leaves_every_option_of_its_variables(guide: Guide) -> None:
    variables = guide.ruleset.variables
    for question in guide.ruleset.questions.values():
        assert question.unknown == {id_: variables[id_].everything for id_ in question.variables}
