"""The result on paper: one sheet for one need, two for two people, with what was written on top."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.conftest import Answer
from tests.web.browsers import CHROMIUM, arrive, press, window
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
BOY: dict[str, Answer] = {
    "for_whom": "self", "age": "youth", "danger": ["suicide_thoughts"], "needs": ["mental_health"],
    "mental_impact": "mostly", "tried": "regular_help", "worse": "sudden",
}  # fmt: skip
DEBT: dict[str, Answer] = {
    "for_whom": "self", "age": "adult", "danger": "none", "needs": ["money"], "money_state": "debt",
    "money_housing_costs": "yes", "tried": "regular_help",
}  # fmt: skip
DANGER: dict[str, Answer] = {
    "for_whom": "self", "age": "adult", "danger": ["violence"], "home_tonight": "no", "needs": ["safety"],
}  # fmt: skip
WORDS = "Å kunne bo hjemme, og å få gå til havna hver dag."


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with window(browser, address, java_script_enabled=request.param) as context:
        yield context.new_page()


def result(page: Page, answers: dict[str, Answer]) -> Page:
    arrive(page, answers)
    assert page.get_attribute("body", "data-page") == "result"
    return page


def printed(page: Page) -> list[str]:
    """The text of each sheet."""
    return [
        sheet.extract_text().replace("\xa0", " ")
        for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    ]


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


def test_two_people_fill_two_sheets_and_the_part_of_the_relative_is_not_torn_apart(page: Page) -> None:
    sheets = printed(result(page, COUPLE))
    assert len(sheets) == 2
    words = ("For deg som pårørende", "Å hjelpe en som er syk", "Også nyttig")
    own = next(sheet for sheet in sheets if words[0] in sheet).partition(words[0])[2]
    assert all(word in own for word in words[1:])


def test_what_to_do_first_is_printed_before_the_needs(page: Page) -> None:
    sheet = printed(result(page, FOUR))[0]
    assert sheet.index("Gjør dette først") < sheet.index("Start i dag, uten å søke")


@pytest.mark.parametrize("answers", [BOY, DEBT, DANGER], ids=["boy", "debt", "danger"])
def test_one_need_is_one_sheet_also_with_numbers_on_top_a_code_and_its_drawing(
    page: Page, answers: dict[str, Answer]
) -> None:
    result(page, answers)
    assert len(printed(page)) == 1
    press(page, ".keep-form button")
    press(page, ".back")
    page.check("#kode-pa-papir")
    page.check("#qr-pa-papir")
    (sheet,) = printed(page)
    assert "Koden din:" in sheet


def test_what_matters_never_lies_under_the_code(page: Page) -> None:
    result(page, AUD)
    press(page, ".keep-form button")
    press(page, ".back")
    page.check("#kode-pa-papir")
    page.check("#qr-pa-papir")
    page.fill("textarea", f"{WORDS} " * 3)
    page.emulate_media(media="print")
    written, code = page.locator(".write textarea").bounding_box(), page.locator(".on-paper").bounding_box()
    assert written
    assert code
    assert written["y"] < code["y"] + code["height"]
    assert written["x"] + written["width"] <= code["x"]


@pytest.mark.parametrize("answers", [AUD, COUPLE, FOUR], ids=["one", "two people", "four"])
def test_no_space_stands_before_a_full_stop(page: Page, answers: dict[str, Answer]) -> None:
    for sheet in printed(result(page, answers)):
        assert not re.search(r"\w+ \.(\s|$)", sheet)
    assert not re.search(r"\s\.(\s|$)", page.inner_text("main"))


def test_what_is_folded_on_the_screen_stands_open_on_paper(page: Page) -> None:
    result(page, FOUR)
    assert page.locator(".need details.rest").count() == 3
    names = page.locator("details.rest .service h5").all_text_contents()
    assert names
    text = " ".join(" ".join(printed(page)).split())
    assert not [name for name in names if name.split()[0].strip() not in text]
