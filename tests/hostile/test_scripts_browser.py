"""Scripts written into every field there is, read in a real browser whose own guard against them is switched off."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import SETTINGS, Visitor
from tests.desk.conftest import clerk, store_of, token_for
from tests.desk.paper import ask_for_call, open_the_desk, save_new
from tests.desk.sheets import begin
from tests.hostile.corpus import SCRIPTS
from tests.web.browsers import CHROMIUM, arrive, served
from tests.web.conftest import browser  # noqa: F401
from wizard.app import create_app
from wizard.desk.staff import COOKIE, Role
from wizard.web.access import DESK_PATH

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
REFLECTED = (
    ("/nb/sok", "input[name=tekst]"), ("/nb/hent", "input[name=code]"), ("/nb/trekk-tilbake", "input[name=nummer]"),
    ("/skranke/henvendelser", "input[type=text]"), ("/skranke/overta", "input[type=text]"),
    ("/skranke/logg", "input[type=text]"),
)  # fmt: skip


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(replace(SETTINGS, database=f"sqlite:///{tmp_path_factory.mktemp('scripts')}/wizard.sqlite"))
    yield app
    store_of(app).database.engine.dispose()


@pytest.fixture(scope="module")
def written(target: Flask) -> list[str]:
    """The pages of the desk that show what was written, once every script stands in every field that is kept."""
    admin = clerk(target, "astrid", Role.ADMIN)
    open_the_desk(target)
    for number, script in enumerate(SCRIPTS, 1):
        wish = {"navn": script, "nar": script, "trygt": "bestemt", "telefon": f"9123456{number % 10}"}
        citizen = Visitor(target.test_client())
        citizen.client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        assert ask_for_call(citizen, **wish).path == "/be-om-kontakt/kvittering"
    begin(admin)
    references = [save_new(admin, merknad=script) for script in SCRIPTS[::3]]
    calls = [f"/skranke/ring-tilbake/{number}" for number in range(1, len(SCRIPTS) + 1)]
    enquiries = [f"/skranke/henvendelser/{reference}" for reference in references]
    return ["/skranke/ring-tilbake", "/skranke/henvendelser", *calls, *enquiries]


@pytest.fixture
def context(browser: Browser, target: Flask) -> Iterator[BrowserContext]:  # noqa: F811
    with served(target) as address:
        context = browser.new_context(base_url=address, bypass_csp=True)
        token = token_for(target, "astrid", Role.ADMIN)
        context.add_cookies([{"name": COOKIE, "value": token, "url": f"{address}{DESK_PATH}"}])
        yield context
        context.close()


def is_broken(page: Page) -> bool:
    """Whether a script has run, or put something of its own into the page."""
    strangers = "[onerror],[onload],[onfocus],[ontoggle],base,iframe"
    return bool(page.evaluate(f"!!(document.body.dataset.broken || document.querySelector('{strangers}'))"))


def test_the_mark_of_a_script_that_runs_is_seen(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/nb/")
    assert not is_broken(page)
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=document.body.dataset.broken=1>')")
    assert is_broken(page)


def test_what_is_kept_is_shown_as_text(context: BrowserContext, written: list[str]) -> None:
    page = context.new_page()
    shown = 0
    for path in written:
        page.goto(path)
        shown += "dataset.broken" in page.content()
        assert not is_broken(page), path
    assert shown >= sum("dataset.broken" in script for script in SCRIPTS)


@pytest.mark.parametrize(("path", "field"), REFLECTED)
def test_what_is_sent_comes_back_as_text(context: BrowserContext, path: str, field: str) -> None:
    page = context.new_page()
    for script in SCRIPTS:
        page.goto(path)
        page.locator(f"main {field}").first.fill(script)
        with page.expect_navigation():
            page.locator(f"main form:has({field})").first.evaluate("form => form.requestSubmit()")
        assert not is_broken(page), script


def test_what_matters_to_somebody_is_printed_as_text(context: BrowserContext) -> None:
    page = context.new_page()
    arrive(page, {"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    for script in SCRIPTS:
        page.fill("main textarea", script)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert not is_broken(page), script
        page.emulate_media(media="screen")


def test_nobody_is_let_in_by_a_name_that_is_a_script(context: BrowserContext, target: Flask) -> None:
    context.clear_cookies()
    page = context.new_page()
    for script in SCRIPTS[:8]:
        page.goto("/skranke/logg-inn")
        page.fill("input[name=navn]", script)
        page.fill("input[name=passord]", script)
        with page.expect_navigation():
            page.press("input[name=passord]", "Enter")
        assert not is_broken(page), script
