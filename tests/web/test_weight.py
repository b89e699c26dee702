"""How much travels, from where, and what is left behind: measured over a real server and in a real browser."""

import gzip
import re
from collections.abc import Iterator
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.conftest import SETTINGS, Visitor
from tests.web.browsers import CHROMIUM, kind, walk, window
from tests.web.test_browser import AUD, DAUGHTER
from wizard.app import create_app
from wizard.web.session import COOKIE

FIRST_VISIT, QUESTION = 120 * 1024, 8 * 1024
PUBLIC = ("/", "/trappen", "/hjelp-na", "/personvern", "/om", "/kontakt", "/slik-virker-det")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


def fetch(address: str, path: str) -> tuple[int, dict[str, str], bytes]:
    """What goes over the wire: the length of head and body, the head, and the body unpacked."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip, deflate, br"})
    response = connection.getresponse()
    body, headers = response.read(), {name.lower(): value for name, value in response.getheaders()}
    connection.close()
    sent = len(body) + sum(len(name) + len(value) + 4 for name, value in headers.items())
    return sent, headers, gzip.decompress(body) if headers.get("content-encoding") == "gzip" else body


def parts_of(page: str) -> set[str]:
    """Everything that a page makes a browser fetch from us."""
    return set(re.findall(r'<(?:link rel="(?:stylesheet|icon)"|img|script)[^>]*(?:href|src)="([^"]+)"', page))


def test_the_first_visit_is_light(address: str) -> None:
    total, _, body = fetch(address, "/nb/")
    parts = parts_of(body.decode())
    assert {part.rpartition(".")[2].partition("?")[0] for part in parts} == {"css", "js", "svg"}
    for part in parts:
        sent, headers, text = fetch(address, part)
        total += sent
        assert "/built/" in part, f"{part} is newer than what is built: run python -m wizard.assets"
        assert headers["content-encoding"] == "gzip", part
        for font in re.findall(rb"url\((inter-latin\.[^)]+)\)", text):
            total += fetch(address, f"/static/built/{font.decode()}")[0]
    assert 60 * 1024 < total <= FIRST_VISIT


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_travel_compressed(address: str, path: str) -> None:
    sent, headers, body = fetch(address, f"/nb{path}")
    assert headers["content-encoding"] == "gzip"
    assert "Accept-Encoding" in headers["vary"]
    assert sent < len(body)


def test_who_cannot_unpack_gets_plain_pages(client: Visitor) -> None:
    for accepts in ("", "br", "gzip;q=0"):
        response = client.client.get("/nb/", headers={"Accept-Encoding": accepts})
        assert "Content-Encoding" not in response.headers
        assert response.get_data(as_text=True).lstrip().startswith("<!DOCTYPE html>")


def test_every_question_page_is_light(real_client: Visitor) -> None:
    real_client.begin()
    answers = DAUGHTER | {"needs": ["memory", "personal_care", "household", "money", "caregiver"]}
    asked = 0
    while real_client.kind == "question":
        asked += 1
        page = real_client.client.get(f"/nb{real_client.path}", headers={"Accept-Encoding": "gzip"})
        assert page.headers["Content-Encoding"] == "gzip"
        assert len(page.get_data()) <= QUESTION, real_client.question
        real_client.answer(answers.get(real_client.question, "unknown"))
    assert asked > 10


def test_nobody_else_has_a_word_in_a_compressed_page_with_secrets(client: Visitor) -> None:
    client.begin()
    accepts = {"Accept-Encoding": "gzip"}
    assert "Content-Encoding" in client.client.get("/nb/sporsmal/1", headers=accepts).headers
    assert "Content-Encoding" not in client.client.get("/nb/sporsmal/1?x=guess", headers=accepts).headers
    assert "Content-Encoding" not in client.client.post("/nb/sporsmal/1", headers=accepts).headers


@pytest.mark.parametrize("path", ["/tilbud/canary", "/canary", "/slik-virker-det/canary", "/trappen/canary"])
def test_pages_never_repeat_the_path(client: Visitor, path: str) -> None:
    client.begin()
    assert client.get(path).status_code == 404
    assert "canary" not in client.text


def test_a_page_with_nothing_to_gain_is_left_alone() -> None:
    response = create_app(SETTINGS).test_client().get("/healthz", headers={"Accept-Encoding": "gzip"})
    assert response.get_data() == b"ok"


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Page]:
    with window(browser, address, java_script_enabled=bool(request.param)) as context:
        yield context.new_page()


@pytest.mark.browser
@needs_browser
def test_a_whole_visit_asks_nobody_else_and_leaves_one_cookie(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PUBLIC:
        page.goto(path)
    assert page.context.cookies() == []
    for _ in walk(page, AUD):
        assert [cookie["name"] for cookie in page.context.cookies()] == [COOKIE]
    assert kind(page) == "result"
    assert {url for url in asked if not url.startswith((f"{address}/", "data:"))} == set()
    assert len(asked) > len(PUBLIC)
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Lax", -1)


@pytest.mark.browser
@needs_browser
def test_the_first_screen_of_a_telephone_holds_title_promise_and_start(browser: Browser, address: str) -> None:
    with window(browser, address, viewport={"width": 360, "height": 560}) as context:
        page = context.new_page()
        page.goto("/")
        for selector in ("h1", ".lead", ".begin"):
            box = page.locator(selector).bounding_box()
            assert box
            assert box["y"] + box["height"] <= 560, selector
