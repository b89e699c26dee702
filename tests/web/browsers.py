"""Real browsers and a real server for them: what the tests of pages in a browser share."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from marionette_driver.marionette import Marionette
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.conftest import Answer, find
from wizard.config import ROOT

CHROMIUM = next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)
"""The first is the same browser without its own windows, and three times as quick to start with a new page."""
FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE_SECONDS = 120
"""How long a browser is waited for. Nothing takes that long, but on a machine that has much else to do."""
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served(app: Callable[..., Any], host: str = "127.0.0.1") -> Iterator[str]:
    """The address of an application while it is served."""
    server = make_server(host, 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"http://{host}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium, and everything that it takes to lead it."""
    expect.set_options(timeout=PATIENCE_SECONDS * 1000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@contextmanager
def window(browser: Browser, address: str, **options: Any) -> Iterator[BrowserContext]:
    """A window of its own for the pages at an address, closed afterwards.

    Nothing slides in it, so that nothing is pressed while it is still on its way.
    """
    context = browser.new_context(base_url=address, **({"reduced_motion": "reduce"} | options))
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    yield context
    context.close()


@contextmanager
def firefox() -> Iterator[Marionette]:
    """Debian's Firefox, through the driver that is built into it."""
    with TemporaryDirectory() as folder:
        client = Marionette(bin=FIREFOX, headless=True, gecko_log=folder, startup_timeout=PATIENCE_SECONDS)
        client.start_session()
        yield client
        client.cleanup()


def kind(page: Page) -> str | None:
    return page.get_attribute("body", "data-page")


def press(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.click(selector)


def walk(page: Page, answers: dict[str, Answer]) -> Iterator[str]:
    """Answer every question as a person would, and stop at each for whoever wants to look."""
    page.goto("/")
    press(page, ".begin")
    while kind(page) in {"question", "pause"}:
        if kind(page) == "pause":
            press(page, ".onward")
        question = page.input_value("input[name=question]")
        yield question
        answer = answers.get(question, "unknown")
        for value in [answer] if isinstance(answer, str) else answer:
            page.check(f'input[name=answer][value="{value}"]')
        press(page, ".onward")


def arrive(page: Page, answers: dict[str, Answer]) -> None:
    """The result, as if everything had been answered in this browser: its forms are sent without drawing the pages."""
    reached = page.request.post("/start")
    while 'data-page="result"' not in (text := reached.text()):
        if 'data-page="pause"' in text:
            reached = page.request.get(find(r'onward"\s+href="([^"]+)"', text))
            continue
        token, question = find(r'name="csrf_token" value="([^"]+)"', text), find(r'name="question" value="(\w+)"', text)
        sent = {"csrf_token": token, "question": question, "answer": answers.get(question, "unknown")}
        reached = page.request.post(reached.url, data=urlencode(sent, doseq=True), headers=_FORM)
    page.goto(reached.url)


def fits(page: Page) -> bool:
    """Whether nothing sticks out beyond the side of the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"))


def look(page: Page) -> None:
    """Nothing is wrong with a page of the desk or one that it shares: at any width, in light and dark.

    The styles tell no widths apart above 1216 pixels (76rem), so beyond that it only has to fit.
    """
    for width in (1920, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page), f"{kind(page)} scrolls sideways at {width}"
        assert width == 1920 or violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert low_contrast(page) == []
    page.emulate_media(color_scheme="light")


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page."""
    _lend_axe(page)
    found = page.evaluate(
        """runOnly => axe.run({ runOnly, resultTypes: ["violations"], rules: { "color-contrast": { enabled: false } } })
          .then(({ violations }) => violations)""",
        AXE_RULES,
    )
    return _told(found) + low_contrast(page)


def low_contrast(page: Page) -> list[str]:
    """The texts that axe finds hard to tell from what is behind them.

    This costs more than all other rules together. So a text is judged once in each style and surrounding where it is
    met, in whichever test that is: what has the same colours and classes all the way up looks the same.
    """
    _lend_axe(page)
    styles: list[str] = page.evaluate(_STYLES)
    fresh = [place for place, style in enumerate(styles) if style not in _judged]
    found = page.evaluate(_JUDGE, fresh) if fresh else []
    if not found:
        _judged.update(styles)
    return _told(found)


_judged = set[str]()
_STYLES = """() => {
  const styles = new Map([[null, ""]]);
  const seen = ["color", "backgroundColor", "backgroundImage", "opacity", "position", "fontSize", "fontWeight"];
  const digest = (text) => [...text].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)) % 9007199254, 0);
  const styleOf = (element) => {
    if (!styles.has(element)) {
      const style = getComputedStyle(element);
      const own = [element.localName, element.getAttribute("class"), ...seen.map((name) => style[name])].join();
      styles.set(element, `${digest(`${styleOf(element.parentElement)} ${own}`)}`);
    }
    return styles.get(element);
  };
  const speaks = (element) => element.matches("input, select, textarea")
    || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const shown = [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility());
  window.texts = shown.filter(speaks);
  return window.texts.map(styleOf);
}"""
_JUDGE = """fresh => axe.run({ include: fresh.map((place) => window.texts[place]) }, {
  runOnly: ["color-contrast"], resultTypes: ["violations"],
}).then(({ violations }) => violations)"""


def _lend_axe(page: Page) -> None:
    """Put axe into a page, unless it is there already."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def _told(found: list[dict[str, Any]]) -> list[str]:
    return [
        f"{rule['id']}: {[(node['html'][:120], node['failureSummary']) for node in rule['nodes']]}" for rule in found
    ]
