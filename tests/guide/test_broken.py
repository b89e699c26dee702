"""Every fault of a guide is told with file, line and remedy.

Each folder under `broken/` is the guide `sound/` with one thing wrong (files that are right are links to it), and
`expected.txt` holds what is to be told, word for word.
"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from wizard.cli import main

HERE = Path(__file__).parent
BROKEN = sorted(folder for folder in (HERE / "broken").iterdir() if folder.is_dir())


def faults_told(folder: Path) -> tuple[int, list[str]]:
    result = CliRunner().invoke(main, ["check", str(folder)])
    told = [line for line in result.stdout.splitlines() if line.startswith(f"{folder}/")]
    return result.exit_code, [line.replace(f"{folder}/", "") for line in told]


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_guide_is_refused_with_place_and_remedy(folder: Path) -> None:
    status, told = faults_told(folder)
    assert told == (folder / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert told
    assert status == 1


def test_the_guide_they_are_made_from_is_sound() -> None:
    assert faults_told(HERE / "sound") == (0, [])


def test_no_two_broken_guides_are_refused_for_the_same_reason() -> None:
    reasons = [(folder / "expected.txt").read_text(encoding="utf-8") for folder in BROKEN]
    assert len(set(reasons)) == len(reasons)
