"""From start to result in each language, in a real browser, on the narrowest screen, from left and from right."""

import pytest
from playwright.sync_api import Browser

from tests.conftest import Answer
from tests.web.browsers import AXE, CHROMIUM, fits, kind, violations, walk
from wizard.guide.languages import LANGUAGES, SOURCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
]
ANSWERS: dict[str, Answer] = {
    "for_whom": "self", "age": "senior", "danger": ["violence"], "home_tonight": "unsure", "needs": ["household"],
}  # fmt: skip
NUMBERS_TURNED = """() => [...document.querySelectorAll("[href^='tel:'], .number, .code")]
  .filter((element) => getComputedStyle(element).direction !== "ltr").map((element) => element.outerHTML)"""


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != SOURCE])
def test_a_visit_fits_is_accessible_and_keeps_numbers_in_order(address: str, browser: Browser, language: str) -> None:
    page = browser.new_page(base_url=address, locale=language, viewport={"width": 320, "height": 568})
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
    assert page.get_attribute("html", "lang") == language
    assert page.get_attribute("html", "dir") == ("rtl" if LANGUAGES[language].right_to_left else "ltr")
    assert fits(page)
    assert violations(page) == []
    assert page.evaluate(NUMBERS_TURNED) == []
    page.close()
