"""The result on paper: one sheet for one need, two for two people, with what was written on top."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.conftest import Answer
from tests.web.browsers import CHROMIUM, walk
from tests.web.test_browser import AUD

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
COUPLE: dict[str, Answer] = {
    "for_whom": "relative", "age": "senior", "danger": "none", "needs": ["household", "caregiver"],
    "relative_age": "adult", "household_amount": "parts", "household_other_ways": "none_enough",
}  # fmt: skip
FOUR: dict[str, Answer] = {
    "for_whom": "self", "age": "adult", "danger": "none", "needs": ["company", "activity", "transport", "digital"],
}  # fmt: skip
WORDS = "Å kunne bo hjemme, og å få gå til havna hver dag."


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, base_url=address)
    yield context.new_page()
    context.close()


def result(page: Page, answers: dict[str, Answer]) -> Page:
    for _ in walk(page, answers):
        pass
    assert page.get_attribute("body", "data-page") == "result"
    return page


def printed(page: Page) -> list[str]:
    """The text of each sheet."""
    return [sheet.extract_text() for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]


def test_one_need_is_one_sheet_with_everything_to_act_on(page: Page) -> None:
    sheets = printed(result(page, AUD))
    assert len(sheets) == 1
    for words in ("Praktisk bistand", "Start i dag", "lillesand.kommune.no", "Min plan", "Dato:", "utgave", "116 117"):
        assert words in sheets[0]
    for words in ("Forlat siden raskt", "Skriv ut", "Mer om tilbudet", "Hva er viktig for deg nå?"):
        assert words not in sheets[0]
    assert "Dette er viktig for meg" in sheets[0]


def test_what_matters_is_printed_on_top_and_goes_nowhere(page: Page) -> None:
    result(page, AUD)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.fill("textarea", WORDS)
    sheet = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages[0].extract_text(extraction_mode="layout")
    assert sheet.index("Å kunne bo hjemme") < sheet.index("Praktisk hjelp hjemme")
    assert "Dette er viktig for meg" not in sheet
    assert sent == []


def test_a_long_text_is_printed_to_its_end(page: Page) -> None:
    result(page, AUD)
    page.fill("textarea", f"{WORDS}\n" * 12 + "Dette er slutten.")
    assert "Dette er slutten." in " ".join(printed(page)[0].split())


def test_two_people_are_two_sheets(page: Page) -> None:
    sheets = printed(result(page, COUPLE))
    assert len(sheets) == 2
    assert "For deg som pårørende" in sheets[1]


def test_what_is_folded_on_the_screen_stands_open_on_paper(page: Page) -> None:
    result(page, FOUR)
    assert page.locator("details.rest").count() == 2
    names = page.locator("details.rest .service h5").all_text_contents()
    assert names
    text = " ".join(" ".join(printed(page)).split())
    assert not [name for name in names if name.split()[0].strip() not in text]
