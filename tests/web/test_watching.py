"""What the server tells those who look after it: that it is alive, numbers, a log. Never who, nor which page."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SETTINGS, Visitor, find
from wizard.app import create_app
from wizard.log import ACCESS_FORMAT, make_formatter
from wizard.web import health

TOKEN = "a token for tests, long enough for all of them"
AUTHORIZED = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def measured() -> Flask:
    return create_app(replace(SETTINGS, metrics_token=TOKEN))


def test_alive_and_ready_are_told_apart(client: Visitor) -> None:
    for path in ("/livez", "/healthz"):
        response = client.get(path)
        assert (response.status_code, response.mimetype, client.text) == (200, "text/plain", "ok")


def test_a_server_without_its_database_stays_ready_and_says_so(tmp_path: Path) -> None:
    client = create_app(replace(SETTINGS, database=f"sqlite:///{tmp_path}/nowhere/wizard.sqlite")).test_client()
    assert client.get("/livez").text == "ok"
    response = client.get("/healthz")
    assert (response.status_code, response.text) == (200, "ok\nthe database is away")


def test_whoever_asks_in_a_loop_asks_the_database_once(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def ask() -> bool:
        asked.append(1)
        return True

    monkeypatch.setattr(health, "_ask", ask)
    pulse = health.Pulse()
    assert all(pulse.is_there() for _ in range(20))
    assert len(asked) == 1


def test_numbers_are_for_whoever_brings_the_token(measured: Flask, client: Visitor) -> None:
    assert client.get("/metrics").status_code == 404
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN[:-1]}"}):
        assert measured.test_client().get("/metrics", headers=headers).status_code == 404
    assert measured.test_client().get("/metrics", headers=AUTHORIZED).status_code == 200


def test_numbers_tell_how_many_and_how_long_and_never_which_page(measured: Flask) -> None:
    visitor = Visitor(measured.test_client()).begin()
    visitor.answer("self")
    visitor.get("/trappen/99")
    text = measured.test_client().get("/metrics", headers=AUTHORIZED).text
    assert 'wizard_requests_total{method="POST",part="visitor",status="303"} 1.0' in text
    assert 'wizard_requests_total{method="GET",part="everyone",status="404"} 1.0' in text
    assert 'wizard_request_seconds_count{part="visitor"} 3.0' in text
    assert 'wizard_guide{guide="fjordvik",' in text
    for telling in ("sporsmal", "trappen", "for_whom", "self"):
        assert telling not in text


def test_whom_to_tell_of_a_hole_stands_where_it_is_looked_for() -> None:
    app = create_app(replace(SETTINGS, security_contact="mailto:sikkerhet@fjordvik.example"))
    response = app.test_client().get("/.well-known/security.txt")
    assert (response.status_code, response.content_type) == (200, "text/plain; charset=utf-8")
    assert "Contact: mailto:sikkerhet@fjordvik.example\n" in response.text
    expires = datetime.strptime(find(r"Expires: (\S+)Z", response.text), "%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
    assert timedelta(80) < expires - datetime.now(UTC) < timedelta(365)


def test_nobody_is_named_where_nobody_was_chosen(client: Visitor) -> None:
    assert client.get("/.well-known/security.txt").status_code == 404


@contextmanager
def lines(*, for_machines: bool) -> Iterator[io.StringIO]:
    """What the loggers write in the common form meanwhile."""
    written, log = io.StringIO(), logging.getLogger("wizard")
    handler = logging.StreamHandler(written)
    handler.setFormatter(make_formatter(for_machines=for_machines))
    log.addHandler(handler)
    try:
        yield written
    finally:
        log.removeHandler(handler)


def test_a_fault_is_told_by_kind_and_place_and_not_by_what_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(SETTINGS)
    visitor = Visitor(app.test_client()).begin()

    def stumble(number: int) -> str:
        try:
            raise KeyError("my husband hits me")
        except KeyError as error:
            raise ValueError("he hits me") from error

    monkeypatch.setitem(app.view_functions, "questions.answer", stumble)
    with lines(for_machines=True) as written:
        assert visitor.answer("self").status_code == 500
    (line,) = [json.loads(line) for line in written.getvalue().splitlines()]
    assert (line["level"], line["event"], line["logger"]) == ("error", "A page could not be made", "wizard")
    assert line["fault"] == ["ValueError", "KeyError"]
    assert "test_watching.py" in line["at"][-1]
    assert datetime.fromisoformat(line["timestamp"]).tzinfo == UTC
    assert "hits" not in written.getvalue()


def test_a_person_at_a_terminal_reads_plain_lines() -> None:
    with lines(for_machines=False) as written:
        logging.getLogger("wizard").error("The database did not answer: %s", "OperationalError")
    assert "The database did not answer: OperationalError" in written.getvalue()
    assert "{" not in written.getvalue()


def test_a_line_cannot_be_made_to_look_like_two() -> None:
    with lines(for_machines=True) as written:
        logging.getLogger("wizard").warning("A login was refused: %s", 'x"}\n{"event": "forged"')
    assert len(written.getvalue().splitlines()) == 1


def test_a_visit_in_the_access_log_is_a_method_and_a_status() -> None:
    assert ACCESS_FORMAT % {"m": "GET", "s": 200, "U": "/sporsmal/1", "h": "192.0.2.1"} == "GET 200"


def test_a_name_that_is_not_ours_is_refused_in_plain_words(caplog: pytest.LogCaptureFixture) -> None:
    client = create_app(replace(SETTINGS, hosts=("veiviser.example",))).test_client()
    assert client.get("/nb/", headers={"Host": "veiviser.example"}).status_code == 200
    assert client.get("/livez", headers={"Host": "127.0.0.1:8001"}).status_code == 200
    response = client.get("/nb/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "116 117" in response.text
    assert "evil" not in response.text
    assert caplog.records == []
