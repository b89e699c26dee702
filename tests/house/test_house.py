"""Nothing is forgotten quietly: routes, templates, words and styles."""

import re
from pathlib import Path

import pytest
from flask import Flask

from wizard.config import ROOT
from wizard.web.access import AUDIENCE, Audience

TEMPLATES = ROOT / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))
STATIC = ROOT / "wizard" / "static"


def test_every_route_has_a_declared_audience(app: Flask) -> None:
    assert {rule.endpoint for rule in app.url_map.iter_rules()} == set(AUDIENCE)


def test_pages_for_visitors_are_closed_without_a_visit(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if AUDIENCE[rule.endpoint] is Audience.VISITOR:
            path = re.sub(r"<[^>]+>", "1", rule.rule)
            method = "POST" if "POST" in (rule.methods or ()) else "GET"
            response = app.test_client().open(f"/nb{path}", method=method)
            assert (response.status_code, response.location) == (303, "/nb/")


def test_every_template_is_used() -> None:
    sources = "".join(file.read_text() for file in [*PAGES, *(ROOT / "wizard").rglob("*.py")])
    unused = [page.name for page in PAGES if str(page.relative_to(TEMPLATES)) not in sources]
    assert not unused


def test_every_macro_is_used() -> None:
    texts = {page: page.read_text() for page in PAGES}
    everything = "".join(texts.values())
    for page, text in texts.items():
        for macro in re.findall(r"{%-? macro (\w+)", text):
            calls = len(re.findall(rf"\b{macro}\(|\b(?:shared|own)\({macro}\b", everything))
            assert calls > 1, f"{page.name}: nobody uses {macro}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_imports_of_templates_are_used(page: Path) -> None:
    text = page.read_text()
    for names in re.findall(r"{% from \S+ import ([\w, ]+?)(?: with context)? %}", text):
        for name in names.split(", "):
            assert len(re.findall(rf"\b{name}\b", text)) > 1, f"{name} is imported and not used"


def test_every_class_of_our_styles_is_used() -> None:
    styles = re.sub(r"/\*.*?\*/|\{[^{}]*\}", " ", (STATIC / "own.css").read_text(), flags=re.DOTALL)
    pages = "".join(page.read_text() for page in PAGES)
    made = {"band-0", "band-1", "band-2", "access-open", "access-national", "access-contact", "access-sign_up"}
    named = set(re.findall(r"\.([a-z][\w-]*)", styles)) - made
    assert not [name for name in sorted(named) if name not in pages]


def test_the_lock_names_no_registry() -> None:
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
