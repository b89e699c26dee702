"""What is too large to be cut is judged by a solver; what nothing can decide in time is refused, not half accepted."""

import json
import re
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from time import monotonic

import pytest
from click.testing import CliRunner

from bench.problem import Size
from bench.sound import make_sound, plant_hole
from tests.guide.test_broken import BROKEN, faults_told
from tests.rules.small import choice, need, offer, ruleset
from wizard.cli import main
from wizard.guide import judge
from wizard.guide.judge import Judge
from wizard.rules.decide import decide
from wizard.rules.model import Condition, Rule
from wizard.rules.ruleset import Ruleset

TESTS = Path(__file__).parent.parent
SOUND = TESTS / "guide" / "sound"
FJORDVIK = TESTS / "guides" / "fjordvik"


@pytest.fixture
def solver_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "_OF_ONE_NEED", 0)


@pytest.fixture
def no_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the extra is not installed."""
    monkeypatch.setitem(sys.modules, "pysat", None)


def without_witness(told: list[str]) -> list[str]:
    return [re.sub(r" Shown by: .*?\. (?=[A-Z])", " ", line) for line in told]


@pytest.mark.usefixtures("solver_only")
@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_the_solver_refuses_a_broken_guide_for_the_same_reasons(folder: Path) -> None:
    status, told = faults_told(folder)
    expected = (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert without_witness(told) == without_witness(expected)
    assert status == 1


@pytest.mark.usefixtures("solver_only")
@pytest.mark.parametrize("folder", [SOUND, FJORDVIK], ids=lambda folder: folder.name)
def test_the_solver_accepts_a_sound_guide_and_says_that_it_did_not_count(folder: Path) -> None:
    result = CliRunner().invoke(main, ["check", str(folder)])
    assert result.exit_code == 0
    assert "every set of answers, proved without counting; steps " in result.stdout
    told = json.loads(CliRunner().invoke(main, ["check", "--json", str(folder)]).stdout)
    assert {(need["regions"], need["covered"]) for need in told["needs"]} == {(None, None)}
    assert not told["refused"]


@pytest.mark.usefixtures("solver_only")
def test_the_solver_tells_the_fewest_answers_in_the_words_of_the_guide() -> None:
    _, told = faults_told(TESTS / "guide" / "broken" / "gap_between_floor_and_step")
    shown = "Hvor gammel er du? “18 år eller eldre”; Hvor mye te? “Mange kopper”; Hva er prøvd? “Har snakket med noen”"
    assert any(f"Shown by: {shown}." in line for line in told)


def test_every_gap_is_told_with_the_fewest_answers_accepted_or_not() -> None:
    told = json.loads(CliRunner().invoke(main, ["check", "--json", str(FJORDVIK)]).stdout)
    (gap,) = next(need["gaps"] for need in told["needs"] if need["need"] == "home")
    assert (gap["floor"], gap["step"], gap["accepted"]) == (3, 4, True)
    assert gap["shown_by"] == [
        {"question": "Hvor gammel er du?", "answers": ["“67 år eller eldre”", "“vet ikke”"]},
        {"question": "Hvordan bor du nå?", "answers": ["“Kan miste boligen”"]},
    ]


@pytest.mark.usefixtures("no_solver")
def test_without_the_solver_a_guide_that_is_too_large_is_refused_and_told_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(judge, "MOST_REGIONS", 3)
    status, told = faults_told(SOUND)
    assert status == 1
    (line,) = told
    assert line.startswith("needs/tea.yaml:1: “tea” is not decided: it is too large to be judged within 60 seconds.")
    assert "let a solver judge it: pip install 'rett-trinn[proof]'" in line


@pytest.mark.parametrize("fixture", ["solver_only", "no_solver"])
def test_a_guide_with_no_time_to_be_judged_is_refused(fixture: str, request: pytest.FixtureRequest) -> None:
    request.getfixturevalue(fixture)
    hurried = Judge(hard_to_prove(4), seconds=0)
    hurried.judge()
    assert ("too_large", "n") in {(found.kind, found.need) for found in hurried.findings}
    assert not hurried.audits


def test_a_hole_in_a_large_guide_is_found_by_cutting_and_by_the_solver(monkeypatch: pytest.MonkeyPatch) -> None:
    sound = make_sound(Size())
    holed, at = plant_hole(sound)
    for of_one_need in (10**9, 0):
        monkeypatch.setattr(judge, "_OF_ONE_NEED", of_one_need)
        monkeypatch.setattr(judge, "_BEFORE_SOLVING", of_one_need)
        assert judged(sound).findings == []
        (gap,) = judged(holed).findings
        visit = dict.fromkeys(sound.variables, 1) | {id_: mask & -mask for id_, mask in gap.shown_by.items()}
        outcome = decide(holed, at, visit)
        assert (gap.kind, gap.need, gap.floor, gap.step) == ("gap", at.id, outcome.floor, outcome.step)


def judged(rules: Ruleset) -> Judge:
    one = Judge(rules)
    one.judge()
    return one


def test_what_a_solver_cannot_prove_in_time_is_given_up_soon_after() -> None:
    hurried, started = Judge(hard_to_prove(12), seconds=2), monotonic()
    hurried.judge()
    assert ("too_large", "n") in {(found.kind, found.need) for found in hurried.findings}
    assert not hurried.audits
    assert monotonic() - started < 20


def test_the_same_in_small_is_proved() -> None:
    (audit,) = judged(hard_to_prove(3)).audits
    assert audit.steps == (5,)


def hard_to_prove(holes: int) -> Ruleset:
    """Pigeons and one hole fewer: two of them always share one, which takes resolution exponentially long to see."""
    names = [f"h{hole}" for hole in range(holes)]
    pigeons = [replace(choice(f"p{i}", *names), dont_know="h0") for i in range(holes + 1)]
    pairs = combinations([pigeon.id for pigeon in pigeons], 2)
    sharing: tuple[Condition, ...] = tuple(
        ((one, 1 << hole), (other, 1 << hole)) for one, other in pairs for hole in range(holes)
    )
    return ruleset(need("n", pigeons, [Rule("r", 5, sharing)], [offer("s", 1), offer("t", 5)]))
