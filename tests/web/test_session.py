"""The cookie: sealed, short-lived, and never a reason to fail."""

import json
from dataclasses import replace
from secrets import token_hex

import pytest
import time_machine
from flask import Flask

from tests.conftest import SECRET, SETTINGS, Visitor
from wizard.app import create_app
from wizard.rules.path import most_asked
from wizard.store.codes import new_code
from wizard.web import own_clock
from wizard.web import session as session_module
from wizard.web.seal import Sealer
from wizard.web.visit import Kept, Trail, Visit

OTHER = "another secret for tests, as long as the first one"


def test_a_cookie_is_set_when_the_visit_starts_and_not_before(client: Visitor) -> None:
    for page in ("/", "/trappen", "/trappen/1", "/tilbud/cafe", "/hjelp-na", "/nowhere"):
        assert "Set-Cookie" not in client.get(page).headers
    response = client.post("/start", follow=False)
    (cookie,) = response.headers.getlist("Set-Cookie")
    assert cookie.startswith("visit=")
    for part in ("HttpOnly", "Path=/", "SameSite=Lax"):
        assert part in cookie
    assert "Secure" not in cookie


def test_the_cookie_is_secure_over_https() -> None:
    client = create_app(replace(SETTINGS, https_only=True)).test_client()
    response = client.post("/start", base_url="https://localhost")
    assert "Secure" in response.headers["Set-Cookie"]
    assert "Strict-Transport-Security" in response.headers


def test_answers_cannot_be_read_in_the_cookie(client: Visitor) -> None:
    client.begin().answer("self")
    assert client.cookie
    assert "self" not in client.cookie
    assert Sealer([OTHER]).open(client.cookie) is None
    assert Sealer([SECRET]).open(client.cookie)["visit"]["answers"] == {"for_whom": "self"}


def test_the_length_of_the_cookie_does_not_tell_how_much_is_answered(client: Visitor) -> None:
    client.begin()
    before = len(client.cookie or "")
    client.answer("self")
    assert len(client.cookie or "") == before


def test_the_cookie_is_sealed_anew_with_every_answer_and_whenever_a_moment_has_gone(
    client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.begin()
    first, now = client.cookie, session_module._now()
    client.get("/sporsmal/1")
    assert client.cookie == first
    client.answer("self")
    second = client.cookie
    assert second != first
    monkeypatch.setattr(session_module, "_now", lambda: now + 10)
    client.get("/sporsmal/1")
    assert client.cookie != second


def forged(cookie: str) -> list[str]:
    return [
        "", "x", "garbage!", "å", "=" * 40, cookie[:-1], cookie[: len(cookie) // 2], cookie + "A", "A" + cookie,
        cookie.swapcase(), cookie * 3, "A" * 5000, Sealer([OTHER]).seal({"visit": {}}),
        Sealer([SECRET]).seal({}), Sealer([SECRET]).seal([]), Sealer([SECRET]).seal("visit"),
        Sealer([SECRET]).seal({"visit": None}), Sealer([SECRET]).seal({"visit": {"unknown": 1}}),
    ]  # fmt: skip


def test_a_forged_or_broken_cookie_is_a_clean_start(client: Visitor, app: Flask) -> None:
    client.begin().answer("self")
    bare = app.test_client(use_cookies=False)
    for cookie in forged(client.cookie or ""):
        response = bare.get("/nb/resultat", headers={"Cookie": f"visit={cookie}"})
        assert (response.status_code, response.location) == (303, "/nb/?beskjed=ulest"), cookie
        assert response.headers["Set-Cookie"].startswith("visit=; Expires=")
    client.get("/?beskjed=ulest")
    assert "Vi fikk ikke lest svarene" in client.text


def wait(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    now = session_module._now()
    monkeypatch.setattr(session_module, "_now", lambda: now + minutes * 60)


def test_a_visit_that_has_been_idle_is_over_and_says_so(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    client.begin().answer("self")
    wait(monkeypatch, 31)
    client.get("/sporsmal/2")
    assert client.kind == "start"
    assert "Det er en stund siden du var her" in client.text
    assert client.cookie is None


def test_a_form_from_a_visit_that_is_over_is_told_the_same(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    client.begin().answer("self")
    wait(monkeypatch, 31)
    client.answer("old")
    assert "Det er en stund siden du var her" in client.text


def test_a_visit_ends_after_its_longest_time_however_busy(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    client.begin().answer("self")
    for _ in range(5):
        wait(monkeypatch, 25)
        client.get("/sporsmal/2")
    assert client.kind == "start"


def test_use_keeps_a_visit_alive(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    client.begin().answer("self")
    for _ in range(3):
        wait(monkeypatch, 25)
        client.get("/sporsmal/2")
    assert client.question == "age"


def test_a_new_secret_seals_and_the_old_one_still_opens(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    client.begin().answer("self")
    wait(monkeypatch, 1)
    turned = Visitor(create_app(replace(SETTINGS, secrets=(OTHER, SECRET))).test_client())
    turned.client.set_cookie("visit", client.cookie or "")
    turned.get("/sporsmal/2")
    assert turned.question == "age"
    assert Sealer([OTHER]).open(turned.cookie or "")


def test_a_changed_guide_keeps_the_answers_that_still_exist_and_says_so(client: Visitor) -> None:
    client.begin().answer("self")
    answers = {"for_whom": "self", "gone": "x", "age": "gone", "danger": ["life", "gone"], "needs": ["gone"]}
    data = Sealer([SECRET]).open(client.cookie or "")
    data["visit"] |= {"revision": "older", "answers": answers}
    client.client.set_cookie("visit", Sealer([SECRET]).seal(data))
    client.get("/resultat")
    assert client.question == "age"
    assert "nettopp oppdatert" in client.text
    kept = Sealer([SECRET]).open(client.cookie or "")["visit"]["answers"]
    assert kept == {"for_whom": "self", "danger": ["life"]}
    client.answer("old")
    assert "nettopp oppdatert" not in client.text


def test_the_longest_visit_fits_in_a_cookie(real_app: Flask) -> None:
    guide = real_app.extensions["rett-trinn"].guide
    asked = guide.questions.values()
    longest = {shape.id: max(shape.options, key=len) for shape in asked}
    answers = {shape.id: list(shape.options) if shape.many else longest[shape.id] for shape in asked}
    needs, dangers = tuple(guide.needs)[:10], tuple(guide.dangers)
    kept = Kept("2026-11-22", "2026-12-22", "0" * 16, dict.fromkeys(needs, 12), opened=True)
    counted = f"79 relative.{max(answers, key=len)}"
    visit = Visit(
        guide.revision, 10**10, 10**10, answers, dangers, True, True, True, new_code(), kept, "counted", counted,
        token_hex(8), 10**10,
    )  # fmt: skip
    trail = Trail(token_hex(12), tuple(answers)[: most_asked(len(needs))], None, 99, needs, dangers)
    sealed = Sealer([SECRET]).seal({"csrf_token": token_hex(20), "visit": visit, "trail": trail})
    assert len(sealed) < 3900, len(json.dumps(answers))


NOON = 1_800_000_000
"""As the clock says it; by what only runs, nobody is taken back."""


def be_machine(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    for module in (own_clock, session_module):
        monkeypatch.setattr(module, "START", start)


def run_and_set(monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller, *, ran: int, set_by: int) -> None:
    """So many minutes go by, and then the clock is set."""
    running = own_clock._since_start()
    monkeypatch.setattr(own_clock, "_since_start", lambda: running + ran * 60)
    clock.shift((ran + set_by) * 60)


@pytest.mark.parametrize("set_by", [-525_600, -60, 60, 525_600])
def test_a_clock_that_is_set_neither_ends_a_visit_nor_lengthens_one(
    client: Visitor, monkeypatch: pytest.MonkeyPatch, set_by: int
) -> None:
    be_machine(monkeypatch, "one")
    with time_machine.travel(NOON, tick=False) as clock:
        client.begin().answer("self")
        run_and_set(monkeypatch, clock, ran=20, set_by=set_by)
        client.get("/sporsmal/2")
        assert client.question == "age"
        assert 'data-longest="6000"' in client.text
        run_and_set(monkeypatch, clock, ran=31, set_by=-set_by)
        client.get("/sporsmal/2")
        assert (client.kind, client.cookie) == ("start", None)


@pytest.mark.parametrize(("set_by", "lives"), [(-60, False), (0, True)])
def test_on_another_machine_the_clock_is_believed_but_nothing_comes_from_times_to_come(
    client: Visitor, monkeypatch: pytest.MonkeyPatch, *, set_by: int, lives: bool
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        client.begin().answer("self")
        be_machine(monkeypatch, "another")
        run_and_set(monkeypatch, clock, ran=10, set_by=set_by)
        client.get("/sporsmal/2")
        assert (client.kind == "question") is lives


def test_a_visit_that_a_later_edition_noted_more_of_is_not_lost(client: Visitor) -> None:
    client.begin().answer("self")
    data = Sealer([SECRET]).open(client.cookie or "")
    data["visit"]["more"] = 1
    client.client.set_cookie("visit", Sealer([SECRET]).seal(data))
    client.get("/sporsmal/2")
    assert client.question == "age"
