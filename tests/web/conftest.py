"""The real guide on a real server, and a Firefox, for every test module that asks for them."""

from collections.abc import Iterator

import pytest
from flask import Flask
from marionette_driver.marionette import Marionette

from tests.web import browsers


@pytest.fixture(scope="module")
def address(real_app: Flask) -> Iterator[str]:
    with browsers.served(real_app) as address:
        yield address


@pytest.fixture(scope="module")
def firefox() -> Iterator[Marionette]:
    with browsers.firefox() as client:
        yield client
