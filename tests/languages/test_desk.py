"""The desk speaks bokmål and nynorsk, at the same addresses; what its staff choose lies in a cookie of the desk."""

import re
from pathlib import Path

import pytest

from tests.conftest import Visitor
from tests.desk.conftest import clerk, make_app
from tests.desk.sheets import begin
from wizard.config import Settings
from wizard.desk.staff import Role


@pytest.fixture
def dina(tmp_path: Path, marked_settings: Settings) -> Visitor:
    app = make_app(tmp_path, guides=marked_settings.guides, translations=marked_settings.translations)
    return clerk(app, "dina", Role.DESK)


def test_nynorsk_is_chosen_once_and_stays(dina: Visitor) -> None:
    dina.get("/skranke")
    assert "⟦" not in dina.text
    dina.language = "nn"
    dina.post("/skranke/sprak", {"sprak": "nn"})
    assert "⟦Skranken⟧" in dina.text
    dina.get("/skranke/ny")
    assert '<html lang="nn"' in dina.text


def test_the_desk_has_no_other_language_and_no_prefix(dina: Visitor) -> None:
    dina.get("/skranke")
    for language in ("ar", "xx", ""):
        dina.post("/skranke/sprak", {"sprak": language})
        assert '<html lang="nb"' in dina.text
    assert dina.client.get("/nn/skranke").status_code == 404
    assert dina.client.get("/skranke", headers={"Accept-Language": "ar, nn"}).text.count('lang="nn"') > 1


def test_the_sheet_to_take_home_is_in_the_language_of_whoever_takes_it(dina: Visitor) -> None:
    sheet = begin(dina).fill({"needs": ["chores"]}).send()
    sheet.sent("/skranke/samtale/resultat")
    assert '<html lang="nb"' in dina.text
    assert re.search(r'<option value="ar"\s+lang="ar"', dina.text)
    dina.language = "ar"
    dina.post("/skranke/samtale/papir", {"ark": sheet.draft, "sprak": "ar"})
    assert '<html lang="ar"\n      dir="rtl"' in dina.text
    assert "⟦Dette kan passe⟧" in dina.text
    assert "Logg ut" not in dina.text
    dina.language = "nb"
    dina.get("/skranke")
    assert '<html lang="nb"' in dina.text


def test_a_sheet_in_a_language_that_nobody_here_speaks_is_refused(dina: Visitor) -> None:
    sheet = begin(dina).fill({"needs": ["chores"]}).send()
    assert dina.post("/skranke/samtale/papir", {"ark": sheet.draft, "sprak": "xx"}).status_code == 400
    dina.post("/skranke/samtale/papir", {"ark": "gone", "sprak": "ar"})
    assert dina.path == "/skranke/samtale"
