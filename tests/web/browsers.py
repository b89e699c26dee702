"""Real browsers and a real server for them: what the tests of pages in a browser share."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page
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
AXE_RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


class Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def served(app: Callable[..., Any], host: str = "127.0.0.1") -> Iterator[str]:
    """The address of an application while it is served."""
    server = make_server(host, 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://{host}:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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


def violations(page: Page, *rules: str) -> list[str]:
    """What axe finds wrong with a page, by all of its rules or by some alone."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": AXE_RULES}
    found = page.evaluate("only => axe.run(document, {runOnly: only}).then(result => result.violations)", only)
    return [
        f"{rule['id']}: {[(node['html'][:120], node['failureSummary']) for node in rule['nodes']]}" for rule in found
    ]
