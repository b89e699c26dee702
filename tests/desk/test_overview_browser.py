"""The overview in a real browser: wide and narrow, light and dark, on paper, and where colours are forced."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.desk.conftest import store_of, token_for
from tests.desk.test_sums import QUARTER, drawn
from tests.web.browsers import AXE, CHROMIUM, look, served, window
from wizard.desk.staff import COOKIE, Role
from wizard.store.counters import add_counts
from wizard.store.helped import quarter_of
from wizard.store.saved import today
from wizard.web.access import DESK_PATH
from wizard.web.content import content

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
]


@pytest.fixture
def page(browser: Browser, desk_app: Flask) -> Iterator[Page]:
    """Somebody who looks after the desk, with a quarter that is over and one that runs."""
    with desk_app.app_context():
        counted = drawn(content().guide, 40, 1).visits
    now = {replace(key, quarter=quarter_of(today())): count for key, count in counted.items()}
    with store_of(desk_app).database.writing() as session:
        add_counts(session, {**counted, **now})
    with served(desk_app) as address, window(browser, address, bypass_csp=True) as context:
        token = token_for(desk_app, "astrid", Role.ADMIN)
        context.add_cookies([{"name": COOKIE, "value": token, "url": address + DESK_PATH}])
        yield context.new_page()


def test_nothing_is_wrong_with_it_at_any_width(page: Page) -> None:
    for period in (QUARTER, QUARTER[:4], quarter_of(today())):
        page.goto(f"/skranke/omfang?periode={period}")
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        look(page)


def test_labels_and_numbers_of_drawings_stay_inside(page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/skranke/omfang?periode={QUARTER}")
    outside = page.evaluate(
        """[...document.querySelectorAll('.chart text')].filter(text => {
          const box = text.getBBox(), room = text.ownerSVGElement.viewBox.baseVal
          return box.x < 0 || box.x + box.width > room.width
        }).map(text => text.textContent)"""
    )
    assert page.query_selector_all(".chart .bar")
    assert outside == []


def test_bars_are_told_apart_where_colours_are_forced_and_are_there_on_paper(page: Page) -> None:
    page.goto(f"/skranke/omfang?periode={QUARTER}")
    fills = "kind => getComputedStyle(document.querySelector(`rect.bar-${kind}`)).fill"
    page.emulate_media(forced_colors="active")
    assert len({page.evaluate(fills, kind) for kind in range(3)}) == 3
    page.emulate_media(forced_colors="none", media="print")
    assert page.is_visible(".chart svg")
    assert page.is_visible(".numbers")
    assert not page.is_visible(".overview-choice")
    assert not page.is_visible(".as-file")
