"""The pages in a real browser: with and without scripts, narrow and wide, and open to everybody who visits."""

import shutil
from collections.abc import Iterator
from io import BytesIO
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pypdf import PdfReader
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.conftest import Answer
from wizard.config import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SIZES = (360, 1280)

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


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture(scope="module")
def address(real_app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, real_app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(params=SIZES)
def context(request: pytest.FixtureRequest, browser: Browser, address: str, scripts: bool) -> Iterator[BrowserContext]:
    size = {"width": int(request.param), "height": 800}
    context = browser.new_context(viewport=size, java_script_enabled=scripts, base_url=address)  # type: ignore[arg-type]
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


def kind(page: Page) -> str | None:
    return page.get_attribute("body", "data-page")


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.click(selector)


def walk(page: Page, answers: dict[str, Answer]) -> Iterator[str]:
    """Answer every question as a person would, and stop at each for whoever wants to look."""
    page.goto("/")
    press(page, ".begin")
    while kind(page) == "question":
        question = page.input_value("input[name=question]")
        yield question
        answer = answers.get(question, "unknown")
        for value in [answer] if isinstance(answer, str) else answer:
            page.check(f'input[name=answer][value="{value}"]')
        press(page, ".onward")


def fits(page: Page) -> bool:
    """Whether nothing sticks out beyond the side of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


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


def test_leaving_quickly_ends_the_visit(page: Page, context: BrowserContext) -> None:
    context.route("https://www.yr.no/**", lambda route: route.fulfill(body="<title>Weather</title>"))
    next(walk(page, AUD))
    with page.expect_request("https://www.yr.no/**"):
        page.click(".leave button")
    page.wait_for_url("https://www.yr.no/**")
    page.wait_for_timeout(200)
    assert context.cookies() == []
    page.goto("/resultat")
    assert kind(page) == "start"


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
    for _ in walk(page, AUD):
        pass
    assert len(PdfReader(BytesIO(page.pdf(format="A4"))).pages) == 1


AXE_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {AXE_RULES}).then(result => result.violations)")
    return [f"{rule['id']}: {[node['html'][:120] for node in rule['nodes']]}" for rule in found]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed")
def test_nobody_is_shut_out(page: Page, scripts: bool) -> None:
    if not scripts:
        pytest.skip("axe is a script")
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
