"""Lillesand's guide holds the whole printed ladder, and its scenarios cover the whole town."""

import json
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from wizard.cli import main
from wizard.config import ROOT
from wizard.guide.conditions import suggest
from wizard.guide.faults import Fault
from wizard.guide.guide import Guide
from wizard.guide.load import examine_guide
from wizard.guide.scenarios import Played, play_scenarios
from wizard.guide.schema import ScenarioShape
from wizard.guide.sources import read_sources
from wizard.rules.answers import read_answers
from wizard.rules.visit import assess

FOLDER = ROOT / "data" / "lillesand"
PRINTED = Path(__file__).parent / "printed-ladder.tsv"
AGES = {"small_child", "child", "youth", "young_adult", "adult", "senior"}

GUIDE, FAULTS = examine_guide(FOLDER)
PLAYED = play_scenarios(read_sources(FOLDER), GUIDE) if GUIDE else []


@pytest.fixture(scope="module")
def guide() -> Guide:
    assert GUIDE is not None, "\n".join(map(str, FAULTS))
    return GUIDE


def test_it_has_no_faults_beyond_dates_to_check_again() -> None:
    assert [fault for fault in FAULTS if not fault.warning] == []
    assert all("checked" in fault.mend for fault in FAULTS)


def test_all_199_entries_stand_verbatim_in_printed_order() -> None:
    result = CliRunner().invoke(main, ["services", "--json"])
    services = json.loads(result.stdout)
    printed = [line.split("\t") for line in PRINTED.read_text(encoding="utf-8").splitlines()]
    assert len(printed) == 199
    assert [[str(s["step"]), s["category"], s["printed"]] for s in services] == printed


def test_the_twelve_steps_stand_in_the_ladders_bands(guide: Guide) -> None:
    bands = [guide.steps[number].band for number in guide.ruleset.steps]
    assert bands == ["open"] * 4 + ["decision"] * 5 + ["residential"] * 3


def test_nobody_is_sent_to_a_contact_without_a_channel(guide: Guide) -> None:
    contacts = {placed.service.contact for placed in guide.services.values()}
    contacts |= {need.contact for need in guide.needs.values()}
    for contact in contacts:
        last = list(guide.contact_chain(contact))[-1]
        assert last.phone or last.web or last.visit


def test_every_service_that_a_result_can_show_says_what_to_expect(guide: Guide) -> None:
    shown = [p.service for p in guide.services.values() if p.service.serves and p.service.kind != "instrument"]
    assert [service.id for service in shown if not service.expect] == []


def test_no_telephone_number_hides_in_a_text_about_a_service(guide: Guide) -> None:
    for placed in guide.services.values():
        text = " ".join(filter(None, (placed.service.about, placed.service.expect, placed.service.from_you)))
        digits = [word for word in text.replace("116 117", "").split() if word.strip(".,").isdigit() and len(word) > 4]
        assert digits == [], placed.service.id


@pytest.mark.parametrize("played", PLAYED, ids=lambda played: Path(played.document.name).stem)
def test_the_scenario_holds(played: Played) -> None:
    assert [str(fault) for fault in played.faults] == []


def scenarios() -> list[ScenarioShape]:
    return [played.scenario for played in PLAYED]


def test_the_scenarios_are_many_and_a_quarter_do_not_know_everything() -> None:
    unsure = [scenario for scenario in scenarios() if "unknown" in scenario.answers.values()]
    assert len(scenarios()) >= 60
    assert len(unsure) >= len(scenarios()) / 4


def test_the_scenarios_reach_every_step_and_every_need(guide: Guide) -> None:
    outcomes = []
    for scenario in scenarios():
        masks, _ = read_answers(guide.ruleset, scenario.answers)
        outcomes += [need for subject in assess(guide.ruleset, masks).subjects for need in subject.needs]
    assert {outcome.step for outcome in outcomes} == set(guide.steps)
    assert {outcome.need for outcome in outcomes} == set(guide.needs)


def test_the_scenarios_are_of_every_age_and_told_in_every_voice() -> None:
    counted = Counter(str(scenario.answers.get("age")) for scenario in scenarios())
    assert set(counted) >= AGES
    for_whom = {scenario.answers["for_whom"] for scenario in scenarios()}
    assert for_whom == {"self", "child", "relative", "staff_present", "staff_absent", "organisation"}


def test_some_scenarios_hold_two_dangers_at_once_and_some_a_second_subject(guide: Guide) -> None:
    dangers = [scenario.answers.get("danger") for scenario in scenarios()]
    assert any(isinstance(danger, list) and len(danger) > 1 for danger in dangers)
    two = [s for s in scenarios() if "caregiver" in s.answers["needs"] and s.answers["for_whom"] != "self"]
    assert two
    for scenario in two:
        masks, _ = read_answers(guide.ruleset, scenario.answers)
        assert "relative" in [subject.subject for subject in assess(guide.ruleset, masks).subjects]


def test_an_expectation_that_was_changed_says_why() -> None:
    changed = [e for scenario in scenarios() for e in scenario.expect.values() if e.why_changed]
    assert all(len(expected.why_changed or "") > 30 for expected in changed)


def test_an_unknown_word_is_met_with_the_nearest_known_one() -> None:
    assert suggest("houshold", ["household", "housing"]).startswith("Did you mean household")
    assert str(Fault("a.yaml", 3, "What.", "Mend.")) == "a.yaml:3: What. Mend."
