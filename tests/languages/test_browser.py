"""From the start to the result in a real browser, read from the left and from the right, on a narrow screen too."""

import pytest
from flask import Flask
from playwright.sync_api import sync_playwright

from tests.conftest import Answer
from tests.web.browsers import AXE, CHROMIUM, QUIET, fits, kind, served, violations, walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
]
ANSWERS: dict[str, Answer] = {"for_whom": "self", "age": "senior", "danger": ["violence"], "needs": ["household"]}
NUMBERS_TURNED = """() => [...document.querySelectorAll("[href^='tel:'], .number, .code")]
  .filter((element) => getComputedStyle(element).direction !== "ltr").map((element) => element.outerHTML)"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visit_fits_is_accessible_and_keeps_numbers_in_order(marked_lillesand: Flask, language: str) -> None:
    with served(marked_lillesand) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        page = chromium.new_page(base_url=address, locale=language, viewport={"width": 320, "height": 568})
        page.goto("/")
        assert page.url == f"{address}/{language}/"
        page.click(".languages summary")
        assert fits(page)
        assert violations(page) == []
        for question in walk(page, ANSWERS):
            assert fits(page), question
            assert page.evaluate(NUMBERS_TURNED) == [], question
        assert kind(page) == "result"
        assert page.url.startswith(f"{address}/{language}/")
        assert fits(page)
        assert violations(page) == []
        assert page.evaluate(NUMBERS_TURNED) == []
        chromium.close()
