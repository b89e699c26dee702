"""A visit to Lillesand's guide is short: measured over the scenarios, and over visits drawn at random."""

from collections.abc import Callable, Mapping
from random import Random
from statistics import median

import pytest

from wizard.config import ROOT
from wizard.guide.guide import Guide
from wizard.guide.load import load_guide
from wizard.guide.sources import read_sources
from wizard.rules.answers import UNKNOWN, read_answer, read_answers
from wizard.rules.model import NEEDS, Mask, Question
from wizard.rules.path import find_path
from wizard.rules.visit import needs_offered, settle_visit

FOLDER = ROOT / "data" / "lillesand"
DRAWN = 150
VOICES, AGES = ("self", "child", "relative", "staff_present"), ("child", "youth", "young_adult", "adult", "senior")


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load_guide(FOLDER)


def count_asked(guide: Guide, given: Mapping[str, object], otherwise: Callable[[Question], object]) -> int:
    """How many questions a visit is asked, from the first to the result."""
    masks: dict[str, Mask] = {}
    asked = 0
    while (question := find_path(guide.ruleset, masks).next) is not None:
        asked += 1
        read = read_answer(question, given.get(question.id, otherwise(question)))
        masks |= read if read is not None else read_answer(question, UNKNOWN) or {}
    return asked


def draw_needs(guide: Guide, random: Random, many: int) -> dict[str, object]:
    """The core answers of a drawn person with so many needs, and no danger."""
    while True:
        core: dict[str, object] = {"for_whom": random.choice(VOICES), "age": random.choice(AGES), "danger": "none"}
        masks, _ = read_answers(guide.ruleset, core)
        offered = [need.id for need in needs_offered(guide.ruleset, settle_visit(guide.ruleset, masks).core)]
        if len(offered) > many:
            return {**core, NEEDS: random.sample([id_ for id_ in offered if id_ != "general"], many)}


def drawn_counts(guide: Guide, many: int) -> list[int]:
    random = Random(many)

    def answer(question: Question) -> object:
        if random.random() < 0.1:
            return UNKNOWN
        if question.many:
            return [option for option in question.options if random.random() < 0.25] or "none"
        return random.choice(question.options)

    return [count_asked(guide, draw_needs(guide, random, many), answer) for _ in range(DRAWN)]


def test_one_need_takes_at_most_ten_questions_and_mostly_fewer(guide: Guide) -> None:
    counts = drawn_counts(guide, 1)
    assert max(counts) <= 10
    assert median(counts) <= 8


def test_two_needs_mostly_take_thirteen_and_five_never_over_twenty_five(guide: Guide) -> None:
    assert sorted(drawn_counts(guide, 2))[round(DRAWN * 0.95)] <= 13
    assert max(drawn_counts(guide, 5)) <= 25


def test_the_people_of_the_scenarios_are_asked_no_more(guide: Guide) -> None:
    counts: dict[int, list[int]] = {}
    for _, scenario in read_sources(FOLDER).several("scenarios"):
        needs = scenario.answers[NEEDS]
        if isinstance(needs, list):
            counts.setdefault(len(needs), []).append(count_asked(guide, scenario.answers, lambda _: UNKNOWN))
    assert max(counts[1]) <= 10
    assert median(counts[1]) <= 8
    assert median(counts[2]) <= 13
    assert max(counts[5]) <= 22
