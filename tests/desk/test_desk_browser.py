"""The doors of the desk in a real browser: welcomed, logged in, through the provider, at several widths."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.desk.conftest import make_app, store_of
from tests.desk.provider import IS_THERE, running
from tests.web.browsers import AXE, CHROMIUM, kind, look, press, served, window
from wizard.store.staff import add_user, begin_enrolment, mark_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
    pytest.mark.skipif(not IS_THERE, reason="oidc-provider or node is not installed: make install"),
]
PASSWORD = "lys lampe ved sjøen"
BACK = "/skranke/logg-inn/kommunen/tilbake"


@pytest.fixture
def made() -> list[Flask]:
    return []


@pytest.fixture
def address(tmp_path: Path, made: list[Flask]) -> Iterator[str]:
    """A desk and its login provider, which know each other's addresses."""

    def ask(environ: Any, start: Any) -> Any:
        return made[0](environ, start)

    with served(ask) as address, running(address + BACK) as about:
        made.append(make_app(tmp_path, provider=about))
        yield address
    store_of(made[0]).database.engine.dispose()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with window(browser, address, bypass_csp=True) as context:
        yield context.new_page()


def test_from_the_one_time_code_to_the_next_login(page: Page, address: str, made: list[Flask]) -> None:
    assert address
    with store_of(made[0]).database.writing() as session:
        code = begin_enrolment(session, add_user(session, "kari", "admin"))
    page.goto("/skranke/velkommen")
    look(page)
    for field, text in {"#engangskode": code, "#passord": PASSWORD, "#passord2": PASSWORD}.items():
        page.fill(field, text)
    press(page, ".desk-form button")
    look(page)
    secret = page.inner_text(".desk-secret").replace(" ", "")
    page.fill("#kode", "000000")
    press(page, ".desk-form button")
    assert page.title().startswith("Feil: ")
    look(page)
    page.fill("#kode", pyotp.TOTP(secret).now())
    press(page, ".desk-form button")
    assert kind(page) == "desk_home"
    look(page)
    page.goto("/skranke/brukere")
    look(page)
    press(page, "text=Logg ut")
    look(page)
    page.goto("/skranke/brukere")
    page.fill("#navn", "kari")
    page.fill("#passord", "feil")
    press(page, ".desk-form button")
    look(page)
    page.fill("#passord", PASSWORD)
    press(page, ".desk-form button")
    look(page)
    page.fill("#kode", pyotp.TOTP(secret).at(int(time.time()) + 30))
    press(page, ".desk-form button")
    assert kind(page) == "desk_users"


def test_through_the_login_provider(page: Page, address: str, made: list[Flask]) -> None:
    app = made[0]
    store, provider = store_of(app), app.extensions["rett-trinn"].settings.provider
    with store.database.writing() as session:
        add_user(session, "kari", "desk", mark_of(store.vault, provider.issuer, "kari-at-work"))
    for who, met in (("per-at-work", "desk_refused"), ("kari-at-work", "desk_home")):
        page.context.clear_cookies()
        page.goto("/skranke")
        look(page)
        press(page, "text=Logg inn med kommunens innlogging")
        assert page.url.startswith(provider.issuer)
        page.fill("[name=who]", who)
        press(page, "button")
        assert page.url.startswith(address)
        assert kind(page) == met
        look(page)
    page.reload()
    assert kind(page) == "desk_home"
