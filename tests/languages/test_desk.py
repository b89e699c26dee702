"""The desk speaks bokmål and nynorsk, at the same addresses; what its staff choose lies in a cookie of the desk."""

from pathlib import Path

import pytest

from tests.conftest import Visitor
from tests.desk.conftest import clerk, make_app
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
