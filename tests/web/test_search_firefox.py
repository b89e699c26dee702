"""Firefox after a search: Back shows the words to nobody, with and without scripts."""

from contextlib import suppress

import pytest
from marionette_driver.by import By
from marionette_driver.errors import MarionetteException
from marionette_driver.marionette import Marionette

from tests.web.browsers import FIREFOX
from tests.web.test_leaving import Firefox

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(FIREFOX is None, reason="Firefox is not installed"),
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
]
CANARY = "kanarifuglsang"


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no script"])
def scripts(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture(scope="module")
def driver(firefox: Marionette, scripts: bool) -> Firefox:
    return Firefox(firefox, scripts=scripts)


def search(driver: Firefox, address: str) -> None:
    driver.open(f"{address}/nb/sok")
    driver.client.find_element(By.CSS_SELECTOR, "#sok-tekst").send_keys(CANARY)
    driver.click(".search-line button")
    assert CANARY in driver.words()


def written(driver: Firefox) -> str:
    """What stands in the field of a search, where there is one."""
    fields = driver.client.find_elements(By.CSS_SELECTOR, "#sok-tekst")
    return str(fields[0].get_property("value")) if fields else ""


@pytest.mark.parametrize("onward", [".urgent-link", ".brand", ".footer a"])
def test_back_shows_nothing_of_the_search(driver: Firefox, address: str, onward: str) -> None:
    search(driver, address)
    driver.click(onward)
    assert CANARY not in driver.words()
    for _ in range(3):
        with suppress(MarionetteException):
            driver.back()
        assert CANARY not in driver.words()
        assert written(driver) == ""


def test_a_new_search_offers_no_words_from_before(driver: Firefox, address: str) -> None:
    search(driver, address)
    driver.open(f"{address}/nb/sok")
    assert written(driver) == ""
    assert CANARY not in driver.words()
