"""Keep, quit, open and delete, as a person does it in a real browser."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pypdf import PdfReader

from tests.conftest import Answer
from tests.web.browsers import AXE, CHROMIUM, arrive, kind, look, press, window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
AUD: dict[str, Answer] = {
    "for_whom": "self", "age": "senior", "danger": "none", "needs": ["household"],
    "household_amount": "parts", "household_other_ways": "none_enough",
}  # fmt: skip
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 800}


@pytest.fixture(params=[(NARROW, True), (WIDE, False)], ids=["narrow with script", "wide without"])
def context(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[BrowserContext]:
    size, script = request.param
    with window(browser, address, viewport=size, java_script_enabled=script) as context:
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def keep(page: Page) -> str:
    """Walk to the result, keep it for a day, and read the code."""
    arrive(page, AUD)
    page.check("#dager-1")
    press(page, ".keep-form button")
    return page.inner_text(".code")


def write_code(page: Page, code: str, button: str) -> None:
    page.goto("/")
    press(page, 'a[href="/nb/hent"]')
    page.fill("#kode", code)
    if not page.locator(button).is_visible():
        page.click(".fetch-form summary")
    press(page, button)


def test_keep_quit_open_and_delete(page: Page, context: BrowserContext) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
    code = keep(page)
    assert (kind(page), page.title()) == ("kept", "Lagret – Rett trinn")
    page.reload()
    assert page.inner_text(".code") == code
    page.go_back()
    page.go_forward()
    assert page.inner_text(".code") == code
    context.clear_cookies()
    write_code(page, code.lower().replace(" ", "-"), ".onward")
    assert kind(page) == "result"
    assert "Trinnene er de samme nå som da." in page.content()
    press(page, ".keep .erase button")
    assert kind(page) == "deleted"
    context.clear_cookies()
    write_code(page, code, ".onward")
    assert page.locator("#kode-feil").is_visible()
    assert page.input_value("#kode") == code
    write_code(page, code, "button[name=delete]")
    assert kind(page) == "deleted"
    assert not [entry for entry in (page.url, page.title()) if code[:4] in entry]
    assert refused == []


def test_the_drawing_stands_there_when_it_is_chosen(page: Page) -> None:
    keep(page)
    drawing = page.locator(".code-card .qr svg")
    assert not drawing.is_visible()
    page.check("#med-qr")
    box = drawing.bounding_box()
    assert box
    assert box["width"] == box["height"] > 100


def test_the_code_is_on_paper_only_when_it_is_chosen_and_all_fits_on_one_sheet(page: Page) -> None:
    code = keep(page)
    press(page, ".back")
    assert not page.locator(".on-paper").is_visible()
    for chosen in (False, True):
        if chosen:
            page.check("#kode-pa-papir")
            page.check("#qr-pa-papir")
        (sheet,) = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        assert (code[:4] in sheet.extract_text()) is chosen


def test_saying_that_it_helped_leads_to_thanks(page: Page) -> None:
    arrive(page, AUD)
    page.select_option("#hjalp-med", "need.household")
    press(page, ".helped-form button[value=partly]")
    assert kind(page) == "result"
    assert page.locator(".helped [role=status]").is_visible()
    assert page.locator(".helped button").count() == 0


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
def test_nobody_is_shut_out_from_what_is_kept(browser: Browser, address: str) -> None:
    with window(browser, address) as context:
        page = context.new_page()
        code = keep(page)
        page.check("#med-qr")
        look(page)
        press(page, ".back")
        look(page)
        page.goto("/hent")
        page.click(".fetch-form summary")
        look(page)
        write_code(page, "feil", ".onward")
        look(page)
        write_code(page, code, "button[name=delete]")
        look(page)
        for target in page.locator("main button, main a.ds-button").all():
            box = target.bounding_box()
            assert box
            assert box["height"] >= 44
