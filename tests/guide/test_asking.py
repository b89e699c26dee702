"""A visit to Lillesand's guide is short: measured over the scenarios, and over visits drawn at random."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from wizard.cli import main
from wizard.config import ROOT
from wizard.guide.asking import Asking, measure_drawn, measure_scenarios
from wizard.guide.guide import Guide
from wizard.guide.load import load_guide
from wizard.guide.sources import read_sources

FOLDER = ROOT / "data" / "lillesand"
FJORDVIK = Path(__file__).parent.parent / "guides" / "fjordvik"
DRAWN = 120


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load_guide(FOLDER)


@pytest.fixture(scope="module")
def drawn(guide: Guide) -> dict[int, Asking]:
    return {one.needs: one for one in measure_drawn(guide, DRAWN)}


@pytest.fixture(scope="module")
def scenarios(guide: Guide) -> dict[int, Asking]:
    answers = [scenario.answers for _, scenario in read_sources(FOLDER).several("scenarios")]
    return {one.needs: one for one in measure_scenarios(guide, answers)}


def test_one_need_takes_at_most_ten_questions_and_mostly_no_more_than_eight(drawn: dict[int, Asking]) -> None:
    assert len(drawn[1].counts) == DRAWN
    assert drawn[1].most <= 10
    assert drawn[1].median <= 8


def test_two_needs_take_at_most_thirteen_and_five_at_most_twenty_two(drawn: dict[int, Asking]) -> None:
    assert drawn[2].most <= 13
    assert drawn[5].most <= 22
    assert all(drawn[needs].holds for needs in (1, 2, 5))


def test_the_people_of_the_scenarios_are_asked_no_more(scenarios: dict[int, Asking]) -> None:
    assert scenarios[1].most <= 10
    assert scenarios[1].median <= 8
    assert scenarios[2].most <= 13
    assert scenarios[5].most <= 22


def test_the_longest_half_and_nineteen_of_twenty_are_told_apart() -> None:
    counted = Asking("drawn", 1, range(1, 101))
    assert (counted.median, counted.percentile_95, counted.most, counted.holds) == (50.5, 95, 100, False)
    assert Asking("drawn", 3, (7,)).holds is None


def test_the_command_tells_the_same_twice_and_leaves_out_what_nobody_can_have() -> None:
    first, second = (
        CliRunner().invoke(main, ["asking", "--guide", str(FJORDVIK), "--visits", "5", "--json"]) for _ in range(2)
    )
    assert first.exit_code == 0
    assert first.stdout == second.stdout
    groups = [(one["group"], one["needs"]) for one in json.loads(first.stdout)]
    assert groups[0] == ("scenarios", 1)
    assert ("drawn", 2) in groups
    assert ("drawn", 5) not in groups
