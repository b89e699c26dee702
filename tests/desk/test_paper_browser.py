"""Enquiries, call-backs and the log in a real browser: at every width, in every state, and two people at once."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.conftest import Visitor
from tests.desk.conftest import token_for
from tests.desk.paper import BIRTH_NUMBER, ask_for_call, open_the_desk, save_new
from tests.web.browsers import AXE, CHROMIUM, arrive, kind, look, press, served, window
from wizard.desk.staff import COOKIE, Role
from wizard.web.access import DESK_PATH

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
]
SAVE = ".enquiry-main button[type=submit]"


@pytest.fixture
def address(desk_app: Flask) -> Iterator[str]:
    token_for(desk_app, "dina", Role.DESK)
    open_the_desk(desk_app)
    with served(desk_app) as address:
        yield address


@pytest.fixture
def logged_in(browser: Browser, desk_app: Flask, address: str) -> Iterator[Callable[..., Page]]:
    """Opens a window in which somebody is logged in."""
    with ExitStack() as stack:

        def log_in(name: str, role: Role = Role.DESK) -> Page:
            size = {"width": 1280, "height": 800}
            context = stack.enter_context(window(browser, address, bypass_csp=True, viewport=size))
            token = token_for(desk_app, name, role)
            context.add_cookies([{"name": COOKIE, "value": token, "url": address + DESK_PATH}])
            return context.new_page()

        yield log_in


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_nothing_is_wrong_with_any_page_in_any_state(
    logged_in: Callable[..., Page], admin: Visitor, citizen: Visitor
) -> None:
    ask_for_call(citizen, trygt="bestemt", nar="Etter 12", svar="1")
    reference = save_new(admin, oppfolging="handed", enhet="advice", frist="2020-01-01", merknad="Før.")
    page = logged_in("astrid", Role.ADMIN)
    page.goto("/skranke/samtale")
    page.click("label[for='behov-chores']")
    press(page, ".talk-side button[formaction]")
    press(page, "form[action$='/ny'] button")
    assert focused(page) == "oppfolging-informed"
    page.click(".enquiry-override summary")
    look(page)
    press(page, SAVE)
    assert page.title().startswith("Feil:")
    look(page)
    for path in ("henvendelser", f"henvendelser/{reference}", "ring-tilbake", "ring-tilbake/1", "logg"):
        page.goto(f"/skranke/{path}")
        look(page)
    page.goto("/skranke/henvendelser")
    assert focused(page) == "nummer"
    page.keyboard.type(BIRTH_NUMBER)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    look(page)
    page.goto("/skranke/ring-tilbake/1")
    press(page, "button[value=called]")
    page.click("summary")
    look(page)


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with window(browser, address, bypass_csp=True) as context:
        yield context.new_page()


def test_nothing_is_wrong_where_somebody_asks_to_be_called(page: Page) -> None:
    arrive(page, {"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    press(page, "a[href$='/be-om-kontakt']")
    look(page)
    press(page, ".contact-form .onward")
    assert page.title().startswith("Feil:")
    look(page)
    page.check("#trygt-nei")
    press(page, ".contact-form .onward")
    assert kind(page) == "contact_unsafe"
    look(page)
    press(page, "a[href$='/be-om-kontakt']")
    for field in ("#trygt-ja", "#beskjed-nei"):
        page.check(field)
    page.fill("#navn", "Berit")
    page.fill("#telefon", "912 34 567")
    press(page, ".contact-form .onward")
    assert kind(page) == "contact_receipt"
    look(page)


def test_two_clerks_with_one_enquiry_lose_nothing_of_each_others(logged_in: Callable[..., Page], desk: Visitor) -> None:
    reference = save_new(desk, oppfolging="handed", enhet="advice", merknad="Før.")
    dina, kari = logged_in("dina"), logged_in("kari")
    for page in (dina, kari):
        page.goto(f"/skranke/henvendelser/{reference}")
    dina.fill("#merknad", "Dinas merknad.")
    press(dina, SAVE)
    assert "Endringen er lagret." in dina.inner_text("main")
    kari.fill("#frist", "2030-01-31")
    press(kari, SAVE)
    assert "endret av dina mens du skrev" in kari.inner_text(".enquiry-conflict")
    look(kari)
    assert (kari.input_value("#merknad"), kari.input_value("#frist")) == ("Dinas merknad.", "2030-01-31")
    press(kari, SAVE)
    dina.reload()
    assert (dina.input_value("#merknad"), dina.input_value("#frist")) == ("Dinas merknad.", "2030-01-31")


def test_two_clerks_at_once_have_a_person_each(logged_in: Callable[..., Page]) -> None:
    pages = [logged_in(name) for name in ("dina", "kari")]
    needs = ("chores", "friends")
    for page in pages:
        page.goto("/skranke/samtale")
    for page, need in zip(pages, needs, strict=True):
        page.click(f"label[for='behov-{need}']")
        page.wait_for_selector(f"#na-{need}")
    for page, need in zip(pages, needs, strict=True):
        assert page.locator(".side-need").count() == 1
        page.goto("/skranke/samtale")
        assert page.locator(".talk-others li").count() == 1
        page.click(".talk-others summary")
        press(page, ".talk-others form[action$=fortsett] button")
        assert page.is_checked(f"#behov-{need}")
        assert page.locator("#behov input:checked").count() == 1
