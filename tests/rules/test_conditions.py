"""Conditions say yes, no or unknown of what is still possible."""

import pytest
from hypothesis import given

from tests.rules.small import ALL_MASKS, climb_conditions, holds, scale, worlds
from wizard.rules.conditions import judge, judge_any, settle
from wizard.rules.model import ALWAYS, Asked, Condition, Mask, Truth, When


@pytest.mark.parametrize(
    ("possible", "allowed", "truth"),
    [
        (0b001, 0b110, Truth.NO),
        (0b100, 0b110, Truth.YES),
        (0b110, 0b110, Truth.YES),
        (0b111, 0b110, Truth.UNKNOWN),
        (0b011, 0b110, Truth.UNKNOWN),
    ],
)
def test_a_term_is_judged_by_what_is_still_possible(possible: Mask, allowed: Mask, truth: Truth) -> None:
    assert judge((("a", allowed),), {"a": possible}) is truth


def test_one_excluded_term_decides_even_when_another_is_unknown() -> None:
    assert judge((("a", 0b100), ("b", 0b10)), {"a": 0b111, "b": 0b01}) is Truth.NO


def test_the_empty_condition_always_holds_and_no_condition_never_does() -> None:
    assert judge_any(ALWAYS, {}) is Truth.YES
    assert judge_any((), {}) is Truth.NO


def test_one_certain_alternative_is_enough() -> None:
    when: When = ((("a", 0b100),), (("b", 0b10),))
    assert judge_any(when, {"a": 0b111, "b": 0b10}) is Truth.YES
    assert judge_any(when, {"a": 0b111, "b": 0b01}) is Truth.UNKNOWN
    assert judge_any(when, {"a": 0b011, "b": 0b01}) is Truth.NO


@given(climb_conditions(), ALL_MASKS)
def test_judging_is_asking_every_world(condition: Condition, masks: dict[str, Mask]) -> None:
    found = {holds(condition, world) for world in worlds(masks)}
    expected = {frozenset({True}): Truth.YES, frozenset({False}): Truth.NO}.get(frozenset(found), Truth.UNKNOWN)
    assert judge(condition, masks) is expected


GATED = (Asked(scale("a", "low", "middle", "high")), Asked(scale("b", "no", "yes"), ((("a", 0b100),),)))


@pytest.mark.parametrize(
    ("answers", "gate", "counts_as"),
    [
        ({"a": 0b100, "b": 0b10}, Truth.YES, 0b10),
        ({"a": 0b100}, Truth.YES, 0b11),
        ({"a": 0b001, "b": 0b10}, Truth.NO, 0b01),
        ({"a": 0b111, "b": 0b10}, Truth.UNKNOWN, 0b11),
    ],
    ids=[
        "open and answered",
        "open, not asked",
        "closed: the answer is ignored",
        "may open: as if not known",
    ],
)
def test_a_question_counts_as_its_gate_allows(answers: dict[str, Mask], gate: Truth, counts_as: Mask) -> None:
    masks, gates = settle(GATED, answers, {})
    assert (gates["b"], masks["b"]) == (gate, counts_as)
