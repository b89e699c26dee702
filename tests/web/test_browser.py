"""The pages in a real browser: with and without scripts, narrow and wide, and open to everybody who visits."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize
from pypdf import PdfReader

from tests.conftest import Answer
from tests.web.browsers import AXE, CHROMIUM, arrive, fits, kind, press, violations, walk, window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
VIEWS = ((360, True), (1280, True), (360, False))
"""How wide the window is, and whether scripts run."""

AUD: dict[str, Answer] = {
    "for_whom": "self", "age": "senior", "danger": "none", "needs": ["household"],
    "household_amount": "parts", "household_other_ways": "none_enough",
}  # fmt: skip
DAUGHTER: dict[str, Answer] = {
    "for_whom": "relative", "age": "senior", "danger": ["violence"], "home_tonight": "unsure",
    "needs": ["memory", "personal_care", "caregiver"], "relative_age": "adult",
}  # fmt: skip
UNSURE: dict[str, Answer] = {"for_whom": "self", "danger": "unsure"}
OPEN = (
    "/", "/trappen", "/trappen/6", "/tilbud/substance_use_advice", "/hjelp-na", "/slik-virker-det",
    "/slik-virker-det/family", "/nowhere",
)  # fmt: skip
JOURNEYS = {"aud": AUD, "daughter": DAUGHTER, "unsure": UNSURE}


@pytest.fixture(params=VIEWS, ids=["360-script", "1280-script", "360-no script"])
def view(request: pytest.FixtureRequest) -> tuple[int, bool]:
    width, scripts = request.param
    return int(width), bool(scripts)


@pytest.fixture
def scripts(view: tuple[int, bool]) -> bool:
    return view[1]


@pytest.fixture
def context(browser: Browser, address: str, view: tuple[int, bool]) -> Iterator[BrowserContext]:
    size = ViewportSize(width=view[0], height=800)
    with window(browser, address, viewport=size, java_script_enabled=view[1]) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize("journey", JOURNEYS)
def test_a_journey_ends_in_a_result(page: Page, scripts: bool, journey: str) -> None:
    for _ in walk(page, JOURNEYS[journey]):
        assert not scripts or fits(page)
    assert kind(page) == "result"
    assert not scripts or fits(page)


def test_danger_is_met_at_once(page: Page) -> None:
    questions = walk(page, DAUGHTER)
    for question in questions:
        if question == "home_tonight":
            break
    box, first = page.locator(".alarm-box"), page.locator("input[name=answer]").first
    numbers, answers = box.bounding_box(), first.bounding_box()
    assert numbers
    assert answers
    assert numbers["y"] < answers["y"]
    assert page.locator('.alarm-box a[href="tel:112"]').is_visible()


def test_the_way_out_is_first_for_the_keyboard(page: Page, scripts: bool) -> None:
    for path in ("/", "/trappen", "/hjelp-na", "/nowhere"):
        page.goto(path)
        page.keyboard.press("Tab")
        if scripts:
            assert page.evaluate("document.activeElement.closest('form.leave') !== null")
        assert page.locator(".leave button:focus").count() == 1


def test_a_fault_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    next(walk(page, AUD))
    press(page, ".onward")
    assert page.locator(".ds-error-summary:focus").count() == 1
    page.click(".ds-error-summary a")
    assert page.url.endswith("#svar-1")


def test_what_stands_alone_takes_the_other_ticks_away(page: Page, scripts: bool) -> None:
    if not scripts:
        pytest.skip("the server tells it in words instead")
    for question in walk(page, AUD):
        if question == "danger":
            break
    page.check('input[value="life"]')
    page.check('input[value="none"]')
    assert not page.is_checked('input[value="life"]')
    page.check('input[value="life"]')
    assert not page.is_checked('input[value="none"]')


def test_everything_to_press_is_large_enough(page: Page, scripts: bool) -> None:
    if not scripts:
        pytest.skip("measured with a script")
    next(walk(page, AUD))
    for target in page.locator("button, a.ds-button, .choice").all():
        box = target.bounding_box()
        if box and target.is_visible():
            assert box["height"] >= 44


def test_a_result_for_one_need_fits_on_one_sheet(page: Page) -> None:
    arrive(page, AUD)
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
def test_nobody_is_shut_out_where_there_is_room(browser: Browser, address: str) -> None:
    """Narrow windows, and much else, are looked at in ``test_accessibility``."""
    with window(browser, address, viewport={"width": 1280, "height": 800}) as context:
        page = context.new_page()
        for path in OPEN:
            page.goto(path)
            assert violations(page) == [], path
            assert fits(page), path
        for question in walk(page, DAUGHTER):
            if question in {"home_tonight", "needs", "caregiver_strain"}:
                assert violations(page) == [], question
            if question in {"for_whom", "danger"}:
                press(page, ".onward")
                assert violations(page) == [], f"{question} with a fault"
        page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")
        assert violations(page) == []
