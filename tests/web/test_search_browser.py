"""Searching in a real browser: with and without scripts, by keyboard, and what Back and reload do."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error, Page, Request, ViewportSize

from tests.web.browsers import AXE, CHROMIUM, fits, kind, press, violations, window

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
CANARY = "kanarifuglsang"


@pytest.fixture(params=[True, False], ids=["320-script", "1280-no script"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def page(browser: Browser, address: str, scripts: bool) -> Iterator[Page]:
    size = ViewportSize(width=320 if scripts else 1280, height=800)
    with window(browser, address, viewport=size, java_script_enabled=scripts) as context:
        yield context.new_page()


def search(page: Page, text: str) -> None:
    """Search as somebody does who uses the keyboard."""
    page.goto("/sok")
    page.focus("#sok-tekst")
    page.keyboard.type(text)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_search_by_keyboard_lands_on_what_was_found(page: Page, scripts: bool) -> None:
    search(page, "vaskehjelp")
    assert page.url.endswith("/sok")
    assert page.locator("#antall").inner_text() == "4 treff"
    if scripts:
        assert page.evaluate("document.activeElement.id") == "treff"
        assert fits(page)
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert kind(page) == "question"


def test_a_filter_works_with_and_without_a_text(page: Page) -> None:
    page.goto("/sok")
    page.click(".narrow summary")
    page.select_option("#sok-trinn", "11")
    press(page, ".narrow .ds-button")
    assert page.locator('a[href="/nb/tilbud/nursing_home"]').count() == 1
    assert page.input_value("#sok-trinn") == "11"


def test_the_words_leave_the_browser_in_no_address_and_no_header(page: Page) -> None:
    seen: list[Request] = []
    page.on("request", lambda request: seen.append(request))  # noqa: PLW0108
    search(page, CANARY)
    page.click("footer a[href$='/hjelp-na']")
    page.wait_for_load_state()
    assert kind(page) == "urgent"
    assert any(request.method == "POST" for request in seen)
    for request in seen:
        assert CANARY not in request.url
        assert CANARY not in str(request.headers)
        assert not request.headers.get("referer")


def test_back_and_reload_show_an_empty_search(page: Page, scripts: bool) -> None:
    if not scripts:
        pytest.skip("the browser itself asks before it sends a form once more")
    search(page, CANARY)
    page.reload()
    assert kind(page) == "search"
    assert page.input_value("#sok-tekst") == ""
    search(page, CANARY)
    page.click("footer a[href$='/hjelp-na']")
    page.wait_for_load_state()
    page.go_back()
    assert kind(page) == "search"
    assert page.input_value("#sok-tekst") == ""
    assert CANARY not in page.content()


def test_without_scripts_back_shows_nothing_of_the_search(page: Page, scripts: bool) -> None:
    if scripts:
        pytest.skip("told above")
    search(page, CANARY)
    page.click("footer a[href$='/hjelp-na']")
    page.wait_for_load_state()
    with suppress(Error):  # Chromium shows a page of its own, which asks whether to send the form once more
        page.go_back(timeout=5_000)
    page.wait_for_timeout(500)
    assert page.locator("body[data-page=search]").count() == 0
    assert CANARY not in page.content()


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
@pytest.mark.parametrize("text", ["vaskehjelp", "selvmord", "xyzzy", "sykjehjem", "hjelp"])
def test_what_is_found_is_open_to_everybody(page: Page, scripts: bool, text: str) -> None:
    if not scripts:
        pytest.skip("axe is a script")
    search(page, text)
    assert not violations(page)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(button, summary, select, input:not([type=hidden]), .number)")]
        .filter((element) => element.checkVisibility())
        .map((element) => [element.outerHTML.slice(0, 100), element.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.5 || box.width < 43.5).map(([html]) => html)"""
    )
    assert not small
    assert fits(page)
