"""Answers as ids, read to masks and written back."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.small import QUESTIONS, choice, need, ruleset, scale, ticks
from wizard.rules.answers import read_answer, read_answers, write_answer, write_answers
from wizard.rules.model import NO, YES, Question

HOW_MUCH = scale("how_much", "none", "some", "all")
WHAT = ticks("what", "music", "sport")


@pytest.mark.parametrize(
    ("question", "value", "masks"),
    [
        (HOW_MUCH, "some", {"how_much": 0b010}),
        (HOW_MUCH, "unknown", {"how_much": 0b111}),
        (WHAT, ["sport"], {"what.music": NO, "what.sport": YES}),
        (WHAT, "sport", {"what.music": NO, "what.sport": YES}),
        (WHAT, "none", {"what.music": NO, "what.sport": NO}),
        (WHAT, [], {"what.music": NO, "what.sport": NO}),
        (WHAT, "unknown", {"what.music": NO | YES, "what.sport": NO | YES}),
    ],
)
def test_an_answer_is_the_set_of_what_is_possible(question: Question, value: object, masks: dict[str, int]) -> None:
    assert read_answer(question, value) == masks


@pytest.mark.parametrize("value", ["much", "", None, 3, ["some"], {"some": 1}, True])
def test_what_is_no_option_is_no_answer(value: object) -> None:
    assert read_answer(HOW_MUCH, value) is None


@pytest.mark.parametrize("value", ["dance", ["music", "dance"], [["music"]], [1], {"music": 1}, 7])
def test_a_tick_that_is_no_option_is_no_answer(value: object) -> None:
    assert read_answer(WHAT, value) is None


def test_vet_ikke_can_be_an_answer_of_its_own() -> None:
    assert read_answer(replace(WHAT, dont_know="sport"), "unknown") == {"what.music": NO, "what.sport": YES}
    assert read_answer(replace(choice("who", "me", "you"), dont_know="me"), "unknown") == {"who": 0b01}


def test_every_unreadable_answer_is_told_with_what_would_be_understood() -> None:
    rules = ruleset(need("n", QUESTIONS))
    masks, faults = read_answers(rules, {"a": "a1", "b": "nonsense", "z": "a1", "needs": ["q"]})
    assert masks == {"a": 0b010}
    assert [fault.question for fault in faults] == ["b", "z", "needs"]
    assert "b0, b1, b2, b3, or unknown" in faults[0].reason


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "a": st.sampled_from(["a0", "a1", "a2", "unknown"]),
        "c": st.sampled_from(["c0", "c2", "unknown"]),
        "needs": st.sampled_from([["n"], "none", "unknown"]),
    },
)


@given(ANSWERS)
def test_what_is_read_can_be_written_back(given_answers: dict[str, object]) -> None:
    rules = ruleset(need("n", QUESTIONS))
    masks, faults = read_answers(rules, given_answers)
    assert not faults
    assert write_answers(rules, masks) == given_answers


def test_a_half_answered_question_is_not_answered() -> None:
    assert write_answer(WHAT, {"what.music": YES}) is None
