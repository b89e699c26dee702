"""The server uses only a guide that has passed every check."""

import shutil
from pathlib import Path

import pytest

from wizard.guide.faults import GuideFaultsError
from wizard.guide.passed import load_passed_guide

SOUND = Path(__file__).parent / "sound"


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SOUND, tmp_path / "sound"))


def change(guide: Path, file: str, old: str, new: str) -> None:
    text = (guide / file).read_text(encoding="utf-8")
    assert old in text
    (guide / file).write_text(text.replace(old, new), encoding="utf-8")


def test_a_sound_guide_is_used_and_remembered(guide: Path, tmp_path: Path) -> None:
    memory = tmp_path / "instance"
    memory.mkdir()
    first = load_passed_guide(guide, memory)
    (seal,) = memory.iterdir()
    assert first.revision in seal.name
    assert load_passed_guide(guide, memory).revision == first.revision


def test_a_guide_with_a_broken_guarantee_is_refused_with_its_faults(guide: Path) -> None:
    change(guide, "steps/2-pot.yaml", "who: [old]", "who: [young]")
    with pytest.raises(GuideFaultsError, match="should be step 2 here"):
        load_passed_guide(guide)


def test_a_guide_that_is_changed_after_it_passed_is_judged_anew(guide: Path, tmp_path: Path) -> None:
    load_passed_guide(guide, tmp_path)
    change(guide, "urgent.yaml", "when: {danger: life}", "when: {danger: life, age: old}")
    with pytest.raises(GuideFaultsError, match="puts no number on top"):
        load_passed_guide(guide, tmp_path)


def test_a_scenario_that_no_longer_holds_refuses_the_guide_too(guide: Path) -> None:
    change(guide, "scenarios/ole.yaml", "step: 2", "step: 1")
    with pytest.raises(GuideFaultsError, match="ends on step 2, not 1"):
        load_passed_guide(guide)
