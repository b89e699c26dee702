"""What the pages are dressed in is built when it changes, and under a server that runs."""

import json
from pathlib import Path

import pytest

from wizard import assets


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Our own styles, in a folder where they can be changed."""
    for name in assets._OWN:
        (tmp_path / name).write_text(f"/* {name} */", encoding="utf-8")
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    monkeypatch.setattr(assets, "BUILT", tmp_path / "built")
    monkeypatch.setattr(assets, "_install", lambda: None)
    monkeypatch.setattr(assets, "_styles", lambda _fonts: "/* the design system */")
    monkeypatch.setattr(assets, "_read_font", lambda face: face.encode())
    return tmp_path / "own.css"


def built(own: Path) -> Path:
    """Our own styles as they were built last."""
    files = json.loads((own.parent / "built" / "manifest.json").read_text(encoding="utf-8"))["files"]
    return own.parent / "built" / str(files["own.css"])


def test_nothing_is_built_twice(own: Path) -> None:
    assert assets.build_assets()
    assert built(own).read_text(encoding="utf-8") == "/* own.css */"
    assert not assets.build_assets()


def test_a_server_that_runs_keeps_what_it_began_with_and_no_more(own: Path) -> None:
    assets.build_assets()
    first = built(own)
    for words, stays in (("/* second */", True), ("/* third */", False)):
        own.write_text(words, encoding="utf-8")
        assets.build_assets()
        assert built(own).read_text(encoding="utf-8") == words
        assert (first.exists(), Path(f"{first}.gz").exists()) == (stays, stays)
