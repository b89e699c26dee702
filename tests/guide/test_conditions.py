"""Conditions as people write them become alternatives of and-joined terms."""

from typing import Any

import pytest

from wizard.guide.conditions import Audience, ConditionReader, both, merge
from wizard.guide.source import Document
from wizard.rules.model import ALWAYS, YES, Question, When

QUESTIONS = {
    "much": Question("much", ("much",), ("none", "some", "all"), scale=True),
    "age": Question("age", ("age",), ("child", "adult", "senior")),
    "what": Question("what", ("what.tea", "what.cake"), ("tea", "cake"), many=True),
}
TEA, CAKE = ("what.tea", YES), ("what.cake", YES)


def reader() -> ConditionReader:
    return ConditionReader(Document("needs/tea.yaml"), QUESTIONS)


@pytest.mark.parametrize(
    ("raw", "when"),
    [
        ("always", ALWAYS),
        (None, ()),
        ({"much": {"at_least": "some"}}, ((("much", 0b110),),)),
        ({"age": "adult"}, ((("age", 0b010),),)),
        ({"age": ["child", "senior"]}, ((("age", 0b101),),)),
        ({"what": "tea"}, ((TEA,),)),
        ({"what": ["tea", "cake"]}, ((TEA,), (CAKE,))),
        ({"what": {"all": ["tea", "cake"]}}, ((CAKE, TEA),)),
        ({"age": "child", "what": "tea"}, ((("age", 0b001), TEA),)),
        ({"any": [{"age": "child"}, {"what": "tea"}]}, ((("age", 0b001),), (TEA,))),
        ({"any": [{"age": "child"}, {"age": "adult"}]}, ((("age", 0b011),),)),
        ({"age": "child", "any": [{"what": "tea"}, {"what": "cake"}]}, ((("age", 1), TEA), (("age", 1), CAKE))),
    ],
)
def test_a_condition_is_read_as_it_is_meant(raw: Any, when: When) -> None:
    one = reader()
    assert one.read(raw, ()) == when
    assert not one.faults


def test_what_contradicts_itself_never_holds() -> None:
    assert both(((("age", 0b001),),), ((("age", 0b010),),)) == ()


def test_conditions_that_differ_in_one_variable_are_joined_so_that_half_knowledge_counts() -> None:
    assert merge([(("age", 0b001), TEA), (("age", 0b010), TEA)]) == ((("age", 0b011), TEA),)
    assert merge([(("age", 0b001), TEA), (("age", 0b010), CAKE)]) == ((("age", 0b001), TEA), (("age", 0b010), CAKE))


AUDIENCE = Audience(
    {
        "person": {"child": ((("age", 0b001),),), "grown": ((("age", 0b110),),), "guest": ((TEA,),)},
        "relative": {"relative": ALWAYS},
    }
)


@pytest.mark.parametrize(
    ("raw", "subject", "when"),
    [
        (["everyone"], "person", ALWAYS),
        (["child", "grown"], "person", ((("age", 0b111),),)),
        ([{"all": ["grown", "guest"]}], "person", ((("age", 0b110), TEA),)),
        (["relative"], "relative", ALWAYS),
        (["relative"], "person", ()),
        (["child"], "relative", ()),
    ],
)
def test_who_speaks_of_the_kind_of_subject(raw: list[Any], subject: str, when: When) -> None:
    one = reader()
    assert one.read_who(raw, ("who",), AUDIENCE, subject) == when
    assert not one.faults
