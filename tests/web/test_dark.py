"""Light and dark, as the device asks for: what axe does not look at, which is drawings, the QR code and paper."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.web.browsers import CHROMIUM, arrive, press, window
from tests.web.test_browser import AUD, DAUGHTER

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
SCHEMES = {"light": "rgb(241, 244, 247)", "dark": "rgb(23, 32, 42)"}
"""Each scheme with the colour of the bar on top, which is also told to the browser as its theme colour."""

WORST = """selector => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const light = colour => {
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    const linear = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map(linear);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const holds = (box, x, y) => box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
  const ratios = [...document.querySelectorAll(`${selector} text`)].map(text => {
    const at = text.getBoundingClientRect(), rects = [...text.ownerSVGElement.querySelectorAll('rect')];
    const behind = rects.find(rect => holds(rect.getBoundingClientRect(), at.left + 1, at.top + at.height / 2));
    const pair = [getComputedStyle(text).fill, getComputedStyle(behind).fill].map(light).sort((a, b) => b - a);
    return (pair[0] + .05) / (pair[1] + .05);
  });
  return Math.min(...ratios);
}"""
"""The weakest contrast between a text of a drawing and the shape behind it (WCAG 2.2, 1.4.3)."""


@pytest.fixture(params=SCHEMES)
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def page(browser: Browser, address: str, scheme: str) -> Iterator[Page]:
    with window(browser, address, color_scheme=scheme) as context:
        yield context.new_page()


def style(page: Page, selector: str, name: str) -> str:
    found = page.locator(selector).first.evaluate("(element, name) => getComputedStyle(element)[name]", name)
    return str(found)


def test_pages_follow_the_device_and_tell_the_browser_the_same_colour(page: Page, scheme: str) -> None:
    page.goto("/")
    assert style(page, "html", "colorScheme") == scheme
    bar = page.locator(f'meta[name="theme-color"][media*="{scheme}"]').get_attribute("content") or ""
    told = tuple(int(bar[i : i + 2], 16) for i in (1, 3, 5))
    assert style(page, ".exits", "backgroundColor") == SCHEMES[scheme] == f"rgb{told}"


def test_words_in_drawings_can_be_read(page: Page) -> None:
    for path, drawing in (("/trappen", ".stairs"), ("/trappen/6", ".stairs"), ("/slik-virker-det/family", ".flow")):
        page.goto(path)
        assert page.evaluate(WORST, drawing) >= 4.5, path
    arrive(page, DAUGHTER)
    assert page.evaluate(WORST, ".stairs") >= 4.5


def test_paper_is_always_white(page: Page) -> None:
    arrive(page, AUD)
    page.emulate_media(media="print")
    assert style(page, "body", "backgroundColor") == "rgb(255, 255, 255)"
    for selector in ("body", ".need", "h1"):
        assert sum(map(int, style(page, selector, "color")[4:-1].split(", "))) < 200, selector


def test_the_qr_code_is_dark_on_white(page: Page) -> None:
    arrive(page, AUD)
    press(page, ".keep-form button")
    page.check("#med-qr")
    assert style(page, ".qr svg path", "fill") == "rgb(255, 255, 255)"
    assert style(page, ".qr svg path:last-of-type", "stroke") == "rgb(0, 0, 0)"
