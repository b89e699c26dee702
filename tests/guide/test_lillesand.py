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
from wizard.guide.judging_shapes import ScenarioShape
from wizard.guide.load import examine_guide
from wizard.guide.scenarios import Played, play_scenarios
from wizard.guide.sources import read_sources
from wizard.rules.answers import read_answers
from wizard.rules.outcome import SubjectOutcome
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


def test_a_need_that_a_text_points_to_is_called_by_its_name(guide: Guide) -> None:
    titles = {need.title for need in guide.needs.values()}
    for id_, notes in guide.notes.items():
        for text in (note.text.own for note in notes):
            if "velg også «" in text:
                assert text.partition("«")[2].partition("»")[0] in titles, id_


def test_no_text_says_call_where_no_number_is_known(guide: Guide) -> None:
    without = [c for c in guide.contacts.values() if not any(link.phone for link in guide.contact_chain(c.id))]
    names = {contact.name.split()[0].lower() for contact in without} - {"fastlegen"}  # everybody's own has one
    texts = [note.text.own for notes in guide.notes.values() for note in notes]
    for placed in guide.services.values():
        texts += [placed.service.expect or "", placed.service.from_you or "", placed.service.how or ""]
    assert [text for text in texts for name in {*names, "kommunen"} if f"ring {name}" in text.lower()] == []
    assert [text for text in texts for name in {*names, "kommunen"} if f"ringe {name}" in text.lower()] == []


PROMISES = (
    "de samme ansatte",
    "de samme folkene",
    "du får en fast",
    "du får hjelp til det du ikke kan",
    "tid til å høre",
)


def test_no_text_promises_what_nobody_can_keep(guide: Guide) -> None:
    for placed in guide.services.values():
        text = f"{placed.service.about} {placed.service.expect}".lower()
        assert [promise for promise in PROMISES if promise in text] == [], placed.service.id


def told(guide: Guide, **answers: object) -> SubjectOutcome:
    masks, _ = read_answers(guide.ruleset, answers)
    return assess(guide.ruleset, masks).subjects[0]


CHILD_AT_RISK = {"for_whom": "self", "danger": ["violence"], "home_tonight": "no", "needs": ["safety"]}


@pytest.mark.parametrize("age", ["child", "youth"])
@pytest.mark.parametrize("home", ["safe_now", "wants_to_move", "cannot_live"])
@pytest.mark.parametrize("everyday", ["fine", "afraid", "cannot_cope"])
def test_a_child_is_never_pointed_to_the_municipalitys_flats(guide: Guide, age: str, home: str, everyday: str) -> None:
    outcome = told(guide, **CHILD_AT_RISK, age=age, safety_everyday=everyday, safety_home=home).needs[0]
    shown = (*outcome.services, *outcome.meanwhile, *outcome.ask_about, *outcome.included)
    assert all(guide.services[id_].step.number != 5 for id_ in shown)
    assert outcome.next_up is None or outcome.next_up.step != 5


def test_what_comes_next_is_more_of_the_same_never_another_age_or_another_need(guide: Guide) -> None:
    for scenario in scenarios():
        masks, _ = read_answers(guide.ruleset, scenario.answers)
        for subject in assess(guide.ruleset, masks).subjects:
            for need in subject.needs:
                terms = need.next_up.terms if need.next_up else ()
                assert all(guide.questions[variable].scale for variable, _ in terms), scenario.name


@pytest.mark.parametrize("age", ["child", "youth"])
@pytest.mark.parametrize("worst", ["hits", "injured"])
@pytest.mark.parametrize("tried", ["course", "regular_help"])
def test_a_child_is_never_told_that_a_home_elsewhere_comes_next(guide: Guide, age: str, worst: str, tried: str) -> None:
    answers = {
        "for_whom": "self",
        "age": age,
        "danger": "none",
        "needs": ["behaviour", "family"],
        "lasted": "over_year",
    }
    answers |= {"behaviour_worst": worst, "behaviour_often": "weekly", "tried": tried, "family_child_home": "moved_out"}
    for need in told(guide, **answers, family_everyday="unmet", behaviour_kind=["intellectual_or_autism"]).needs:
        assert need.next_up is None or need.next_up.step < 9


@pytest.mark.parametrize(
    "answers",
    [
        {"for_whom": "self", "age": "adult", "needs": ["child_development"], "child_age": ["grown"]},
        {"for_whom": "self", "age": "youth", "needs": ["caregiver"], "caregiver_for": ["child"]},
    ],
)
def test_a_child_coordinator_is_for_families_with_a_child(guide: Guide, answers: dict[str, object]) -> None:
    assert "child_coordinator" not in told(guide, danger="none", child_notice="several_services", **answers).rights
    parent = {"for_whom": "self", "age": "adult", "danger": "none", "needs": ["child_development"]}
    expecting = told(guide, **parent, child_age=["expecting"], child_notice="several_services")
    assert "child_coordinator" in expecting.rights


def test_the_law_of_answers_is_not_told_as_the_law_of_urgent_help(guide: Guide) -> None:
    for right in guide.rights.values():
        assert "11 a" not in right.law or "med en gang" not in right.text, right.id


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
