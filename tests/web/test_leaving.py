"""Leaving quickly in the browsers that people have: nothing of the visit is left, and Back does not bring it back."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any, Protocol

import pytest
from marionette_driver.by import By
from marionette_driver.errors import MarionetteException
from marionette_driver.keys import Keys
from marionette_driver.marionette import Marionette
from marionette_driver.wait import Wait
from playwright.sync_api import BrowserContext
from werkzeug.wrappers import Response

from tests.conftest import SETTINGS
from tests.web.browsers import CHROMIUM, FIREFOX, PATIENCE_SECONDS, served, window
from wizard.app import create_app
from wizard.config import ROOT

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
"""Firefox's driver leaves open the sockets with which it tried whether Firefox is up."""

OF_THE_VISIT = {"question", "pause", "result"}
NEUTRAL = "Været"
INSTALLED = {"Chromium": CHROMIUM, "Firefox": FIREFOX}


class Driver(Protocol):
    """What the tests do with a browser, whichever it is."""

    def open(self, url: str) -> None: ...
    def click(self, selector: str) -> None: ...
    def write(self, selector: str, *keys: str) -> None: ...
    def shift(self, times: int) -> None: ...
    def back(self) -> None: ...
    def wait_for_title(self, title: str) -> None: ...
    def kind(self) -> str: ...
    def words(self) -> str: ...
    def keeps_cookie(self, address: str) -> bool: ...


class Chromium:
    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.page = context.new_page()

    def open(self, url: str) -> None:
        self.page.goto(url)

    def click(self, selector: str) -> None:
        self.page.click(selector)
        self.page.wait_for_load_state()

    def write(self, selector: str, *keys: str) -> None:
        self.page.focus(selector)
        for key in keys:
            self.page.keyboard.press(f"Shift+{key}")

    def shift(self, times: int) -> None:
        for _ in range(times):
            self.page.keyboard.press("Shift")

    def back(self) -> None:
        self.page.go_back()

    def wait_for_title(self, title: str) -> None:
        self.page.wait_for_function("title => document.title === title", arg=title)

    def kind(self) -> str:
        body = self.page.query_selector("body[data-page]")
        return (body.get_attribute("data-page") if body else None) or ""

    def words(self) -> str:
        return self.page.content()

    def keeps_cookie(self, address: str) -> bool:  # noqa: ARG002
        return bool(self.context.cookies())


class Firefox:
    def __init__(self, client: Marionette, *, scripts: bool) -> None:
        self.client = client
        client.set_pref("javascript.enabled", scripts)

    def open(self, url: str) -> None:
        self.client.navigate(url)

    def click(self, selector: str) -> None:
        self.client.find_element(By.CSS_SELECTOR, selector).click()

    def write(self, selector: str, *keys: str) -> None:
        self.client.find_element(By.CSS_SELECTOR, selector).send_keys(*(key.upper() for key in keys))

    def shift(self, times: int) -> None:
        chain: Any = self.client.actions.sequence("key", "keyboard")
        for _ in range(times):
            chain = chain.key_down(Keys.SHIFT).key_up(Keys.SHIFT)
        chain.perform()

    def back(self) -> None:
        self.client.go_back()

    def wait_for_title(self, title: str) -> None:
        Wait(self.client, timeout=PATIENCE_SECONDS).until(lambda client: client.title == title)

    def kind(self) -> str:
        bodies = self.client.find_elements(By.CSS_SELECTOR, "body[data-page]")
        return str(bodies[0].get_attribute("data-page")) if bodies else ""

    def words(self) -> str:
        return str(self.client.page_source)

    def keeps_cookie(self, address: str) -> bool:
        self.client.navigate(f"{address}/static/own.svg")
        return bool(self.client.get_cookies())


def neutral_site(environ: Any, start: Any) -> Any:
    return Response(f"<!DOCTYPE html><title>{NEUTRAL}</title>", mimetype="text/html")(environ, start)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The guide, with a neutral site of our own to leave for."""
    with served(neutral_site, "localhost") as elsewhere:
        settings = replace(SETTINGS, guide="lillesand", guides=ROOT / "data", leave_to=elsewhere)
        with served(create_app(settings)) as address:
            yield address


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no script"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module", params=INSTALLED)
def driver(request: pytest.FixtureRequest, scripts: bool, address: str) -> Iterator[Driver]:
    if INSTALLED[request.param] is None:
        pytest.skip(f"{request.param} is not installed")
    if request.param == "Firefox":
        yield Firefox(request.getfixturevalue("firefox"), scripts=scripts)
        return
    with window(request.getfixturevalue("browser"), address, java_script_enabled=scripts) as context:
        yield Chromium(context)


def visit(driver: Driver, address: str) -> None:
    """A visit with some answers, up to the page before the question about danger."""
    driver.open(address)
    driver.click(".begin")
    for answer in ("self", "senior"):
        driver.click(f'input[value="{answer}"]')
        driver.click(".onward")


def gone(driver: Driver, address: str) -> None:
    """Nothing of the visit comes back, however often one goes back."""
    driver.wait_for_title(NEUTRAL)
    met = set[str]()
    for _ in range(6):
        with suppress(MarionetteException):
            driver.back()
        words = driver.words()
        assert 'name="answer"' not in words
        assert "slettet" not in words
        met.add(driver.kind())
    assert "start" in met, "going back never came to a page of ours, so this has shown nothing"
    assert not met & OF_THE_VISIT
    assert not driver.keeps_cookie(address)


def test_leaving_from_a_question_leaves_nothing(driver: Driver, address: str) -> None:
    visit(driver, address)
    assert driver.kind() == "pause"
    driver.click(".onward")
    assert driver.kind() == "question"
    driver.click(".leave button")
    gone(driver, address)


def test_leaving_from_the_pause_leaves_nothing(driver: Driver, address: str) -> None:
    visit(driver, address)
    driver.click(".leave button")
    gone(driver, address)


def test_shift_three_times_leaves(driver: Driver, address: str, scripts: bool) -> None:
    visit(driver, address)
    driver.shift(2)
    assert driver.kind() == "pause"
    driver.open(f"{address}/for-du-svarer")
    driver.shift(3)
    if scripts:
        gone(driver, address)
    else:
        assert driver.kind() == "pause"


def test_capital_letters_do_not_leave(driver: Driver, address: str) -> None:
    visit(driver, address)
    driver.write("body", "a", "b", "c", "d")
    assert driver.kind() == "pause"
    driver.shift(2)
    driver.write("body", "e")
    driver.shift(2)
    assert driver.kind() == "pause"
