"""What somebody answers is looked for everywhere it must not be, after a whole visit in a real browser."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.conftest import SETTINGS, Answer
from tests.web.browsers import CHROMIUM, kind, press, served, walk, window
from wizard.app import create_app
from wizard.config import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
ANSWERS: dict[str, Answer] = {
    "for_whom": "self", "age": "young_adult", "danger": ["suicide_thoughts", "violence"], "home_tonight": "no",
    "needs": ["mental_health"], "mental_impact": "mostly", "tried": "regular_help", "lasted": "over_year",
}  # fmt: skip
HEAD = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "RAW_URI", "REQUEST_URI")
WRITTEN = "kanarifuglsang"
CANARIES = (
    "young_adult", "suicide_thoughts", "violence", "home_tonight", "mental_impact", "regular_help", "over_year",
    WRITTEN,
    "18–24 år", "Jeg har tanker om å ta livet mitt", "Får fast hjelp nå",
)  # fmt: skip
"""Ids and words of the answers; the need is not among them, since a number of chosen needs is counted."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What a visit leaves behind it."""

    asked: list[dict[str, str]]
    """The head of every request, as the server met it."""
    titles: list[str]
    log: str
    database: bytes


@pytest.fixture
def visited(browser: Browser, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> Traces:
    """A visit that answers, writes what matters, keeps it all, opens it again, and leaves."""
    database = f"sqlite:///{tmp_path / 'wizard.sqlite'}"
    app: Flask = create_app(replace(SETTINGS, guide="lillesand", guides=ROOT / "data", database=database))
    asked: list[dict[str, str]] = []

    def listening(environ: dict[str, Any], start: Any) -> Any:
        asked.append({key: str(value) for key, value in environ.items() if key in HEAD or key.startswith("HTTP_")})
        return app(environ, start)

    with caplog.at_level(logging.DEBUG), served(listening) as address, window(browser, address) as context:
        titles = list(_visit(context.new_page()))
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    return Traces(asked, titles, caplog.text, held)


def _visit(page: Page) -> Iterator[str]:
    for _ in walk(page, ANSWERS):
        yield page.title()
    page.fill("textarea", WRITTEN)
    yield page.title()
    for selector in (".keep-form button", ".back", ".helped button"):
        press(page, selector)
        yield page.title()
    assert kind(page) == "result"
    press(page, ".urgent-link")
    yield page.title()


def test_an_answer_is_in_no_address_title_header_log_or_table(visited: Traces) -> None:
    assert len(visited.asked) > 10
    assert len(visited.database) > 4096
    assert any("HTTP_COOKIE" in head for head in visited.asked)
    for canary in CANARIES:
        assert canary.encode() not in visited.database, canary
        assert canary not in visited.log, canary
        assert not [title for title in visited.titles if canary in title], canary
        assert not [head for head in visited.asked if canary in str(head)], canary
    assert not [head["HTTP_REFERER"] for head in visited.asked if "HTTP_REFERER" in head]
