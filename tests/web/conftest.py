"""The real guide on a real server, and a real Chromium, for every test module that asks for them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from tests.web.browsers import CHROMIUM, QUIET, served


@pytest.fixture(scope="module")
def address(real_app: Flask) -> Iterator[str]:
    with served(real_app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield chromium
        chromium.close()
