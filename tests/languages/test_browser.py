"""From start to result in each language, in a real browser, on the narrowest screen, from left and from right."""

import pytest
from playwright.sync_api import Browser

from tests.conftest import Answer
from tests.web.browsers import AXE, CHROMIUM, fits, kind, violations, walk, window
from wizard.guide.languages import LANGUAGES, SOURCE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
]
ANSWERS: dict[str, Answer] = {
    "for_whom": "self", "age": "senior", "danger": ["violence"], "home_tonight": "unsure", "needs": ["household"],
}  # fmt: skip
NUMBERS_TURNED = r"""() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const drawn = (node, at) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect();
  };
  const turned = [];
  for (let node; (node = walker.nextNode()); ) {
    for (const { 0: number, index } of node.data.matchAll(/\d+(?:[ \u00a0]\d+)+|[0-9A-Z]{4}(?: [0-9A-Z]{4})+/g)) {
      const [first, last] = [drawn(node, index), drawn(node, index + number.length - 1)];
      if (first.top === last.top && first.left > last.left) turned.push(number);
    }
  }
  return turned;
}"""
"""Numbers of several groups, and codes, whose first group is drawn to the right of the last."""


def test_a_number_that_is_turned_would_be_noticed(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content('<html dir="rtl"><p>اتصل 116 117 الآن</p><p>اتصل \u2066116 117\u2069 الآن</p></html>')
    assert page.evaluate(NUMBERS_TURNED) == ["116 117"]
    page.close()


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != SOURCE])
def test_a_visit_fits_is_accessible_and_keeps_numbers_in_order(address: str, browser: Browser, language: str) -> None:
    size = {"width": 320, "height": 568}
    with window(browser, address, locale=language, viewport=size) as context:
        page = context.new_page()
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
