"""Whatever goes wrong, a page in plain words comes, and it carries the numbers to call."""

import json
import re
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import monotonic, sleep

import pytest
from flask import Flask, abort

from tests.conftest import GUIDES, SETTINGS, Visitor, inspect_page
from wizard.app import create_app
from wizard.web import errors
from wizard.web.bare import bare_page
from wizard.web.words import BARE

NUMBERS = ("113", "112", "116 117")


def carries_numbers(text: str) -> bool:
    return all(number in text and f'href="tel:{number.replace(" ", "")}"' in text for number in NUMBERS)


@pytest.fixture(scope="module")
def faulty() -> Flask:
    """The application, with an address for every fault."""
    app = create_app(SETTINGS)
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}

    def stumble(number: int) -> str:
        if number == 500:
            raise ZeroDivisionError
        abort(number)

    app.view_functions["browse.step"] = stumble
    assert rules["browse.step"] == "/trappen/<int:number>"
    return app


@pytest.mark.parametrize("code", [400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503])
def test_every_fault_carries_the_numbers(faulty: Flask, code: int) -> None:
    with faulty.test_client() as client:
        response = client.get(f"/nb/trappen/{code}")
    text = response.get_data(as_text=True)
    assert response.status_code == code
    inspect_page(text)
    assert carries_numbers(text)
    assert "<title>Feil: " in text
    assert "ZeroDivisionError" not in text


def test_a_wrong_method_and_too_large_a_form_carry_the_numbers(client: Visitor) -> None:
    for response in (client.post("/hjelp-na"), client.begin().post("/sporsmal/1", {"answer": "x" * 70_000})):
        assert response.status_code in {405, 413}
        assert carries_numbers(client.text)


def test_a_forged_form_carries_the_numbers(client: Visitor) -> None:
    client.begin()
    assert client.post("/sporsmal/1", {"csrf_token": "forged", "answer": "self"}).status_code == 400
    assert carries_numbers(client.text)


def test_an_answer_that_cannot_be_one_keeps_the_way_to_the_numbers(client: Visitor) -> None:
    client.begin()
    assert client.answer([]).status_code == 422
    assert 'href="/nb/hjelp-na"' in client.text


def test_without_any_guide_the_numbers_still_come(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(SETTINGS)

    def lost() -> None:
        raise LookupError

    monkeypatch.setattr(errors, "current_guide", lost)
    with app.test_client() as client:
        for path, code in (("/nowhere", 404), ("/trappen/99", 404)):
            response = client.get(f"/nb{path}")
            text = response.get_data(as_text=True)
            assert response.status_code == code
            inspect_page(text)
            assert carries_numbers(text)
            assert response.headers["Cache-Control"] == "no-store"


def test_urgent_help_needs_no_visit_and_no_store(app: Flask) -> None:
    with app.test_client() as client:
        response = client.get("/nb/hjelp-na")
        assert carries_numbers(response.get_data(as_text=True))
        assert client.get_cookie("visit") is None


@pytest.mark.parametrize("code", BARE)
def test_the_barest_page_is_sound(code: int) -> None:
    inspect_page(bare_page(code))
    assert carries_numbers(bare_page(code))


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What that server writes to standard output, which is its log of visits."""
    return tmp_path_factory.mktemp("log") / "visits"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, visits: Path) -> Iterator[int]:
    """The port of a server as it is started for the public."""
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
    environment = {
        "WIZARD_GUIDES": str(GUIDES),
        "WIZARD_GUIDE": "fjordvik",
        "WIZARD_INSTANCE": str(tmp_path_factory.mktemp("instance")),
        "WIZARD_ACCESS_LOG": "1",
    }
    command = [str(Path(sys.executable).with_name("wizard")), "serve", "--port", str(port)]
    with visits.open("wb") as log, Popen(command, env=environment, stdout=log, stderr=DEVNULL) as server:
        try:
            yield wait_for(port)
        finally:
            server.terminate()


def wait_for(port: int) -> int:
    end = monotonic() + 60
    while monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            sleep(0.1)
        else:
            return port
    pytest.fail("the server did not start")


def ask(port: int, request: bytes) -> str:
    """What the server answers to bytes as they are."""
    with socket.create_connection(("127.0.0.1", port), 10) as client:
        client.sendall(request)
        answer = b""
        while part := client.recv(65536):
            answer += part
    return answer.decode()


HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n\r\n"
BROKEN = {
    "an address that is far too long": (b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n" + HOST, 414),
    "a header that is far too long": (b"GET / HTTP/1.1\r\nCookie: " + b"x" * 20_000 + b"\r\n" + HOST, 431),
    "no request at all": (b"Hei, er det noen der?\r\n\r\n", 400),
    "a method that nobody knows": (b"HJELP / HTTP/1.1\r\n" + HOST, 405),
    "an address that nobody knows": (b"GET /" + b"x" * 6_000 + b" HTTP/1.1\r\n" + HOST, 404),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_what_never_reaches_the_application_is_answered_in_plain_words(port: int, fault: str) -> None:
    request, code = BROKEN[fault]
    head, _, body = ask(port, request).partition("\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {code} ")
    assert "no-store" in head
    inspect_page(body)
    assert carries_numbers(body)


def test_the_log_of_visits_holds_time_method_and_status_alone(port: int, visits: Path) -> None:
    """HEAD tells the line from those of other tests, which may come late; what is judged is every line."""
    told = b"Referer: http://x/hemmelig\r\nCookie: hemmelig\r\n"
    status = ask(port, b"HEAD /nb/tilbud/cafe?x=hemmelig HTTP/1.1\r\n" + told + HOST).split()[1]
    end = monotonic() + 5
    while "HEAD" not in visits.read_text() and monotonic() < end:
        sleep(0.01)
    lines = [json.loads(line) for line in visits.read_text().splitlines()]
    assert f"HEAD {status}" in [line["event"] for line in lines]
    for line in lines:
        assert set(line) == {"event", "timestamp", "level", "logger"}
        assert re.fullmatch(r"[A-Z]+ \d{3}", line["event"])
        assert (line["level"], line["logger"]) == ("info", "gunicorn.access")
        assert datetime.fromisoformat(line["timestamp"]).tzinfo == UTC
