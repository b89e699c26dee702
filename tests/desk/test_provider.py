"""The way in through the municipality's login provider, against a real provider on the loopback."""

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from flask import Flask

from tests.conftest import SETTINGS, Visitor
from tests.desk.conftest import make_app, store_of
from tests.desk.provider import IS_THERE, running
from wizard.app import create_app
from wizard.config import LoginProvider
from wizard.desk.provider import NotVouchedForError, Provider, ProviderAwayError
from wizard.store.staff import add_user, disable_user, find_user, mark_of

pytestmark = pytest.mark.skipif(not IS_THERE, reason="oidc-provider or node is not installed: make install")

AWAY = "/skranke/logg-inn/kommunen"
BACK = f"http://localhost{AWAY}/tilbake"


@pytest.fixture(scope="module")
def provider() -> Iterator[LoginProvider]:
    with running(BACK) as about:
        yield about


@pytest.fixture
def app(tmp_path: Path, provider: LoginProvider) -> Iterator[Flask]:
    app = make_app(tmp_path, provider=provider)
    store = store_of(app)
    with store.database.writing() as session:
        add_user(session, "kari", "desk", mark_of(store.vault, provider.issuer, "kari-at-work"))
    yield app
    store.database.engine.dispose()


@pytest.fixture
def kari(app: Flask) -> Visitor:
    return Visitor(app.test_client())


def say_who(address: str, who: str = "kari-at-work", level: str = "high") -> str:
    """Log in at the provider as a browser would, and tell where it sends the browser back to."""
    browser = requests.Session()
    page = browser.get(address)
    response = browser.post(page.url, data={"who": who, "level": level}, allow_redirects=False)
    while not response.headers["location"].startswith(BACK):
        response = browser.get(urljoin(response.url, response.headers["location"]), allow_redirects=False)
    return response.headers["location"].removeprefix("http://localhost")


def go(visitor: Visitor, path: str = AWAY) -> str:
    """Where the desk sends the browser."""
    response = visitor.get(path, follow=False)
    assert response.status_code == 303
    return str(response.location)


def test_somebody_who_was_added_gets_in(kari: Visitor) -> None:
    kari.get("/skranke/logg-inn")
    assert f'href="{AWAY}"' in kari.text
    assert kari.get(say_who(go(kari)), follow=False).location == "/skranke"
    kari.get("/skranke")
    assert kari.kind == "desk_home"
    assert kari.client.get_cookie("skranke-ut", path=AWAY) is None


def test_the_question_to_the_provider_is_guarded_in_every_way(kari: Visitor) -> None:
    asked = parse_qs(urlsplit(go(kari)).query)
    assert asked["response_type"] == ["code"]
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["acr_values"] == ["high"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))
    assert asked["redirect_uri"] == [BACK]


def test_the_page_that_was_asked_for_comes_after_the_login(kari: Visitor) -> None:
    path = go(kari, f"{AWAY}?videre=/skranke/brukere")
    assert kari.get(say_who(path), follow=False).location == "/skranke/brukere"


def test_an_address_elsewhere_is_never_gone_on_to(kari: Visitor) -> None:
    for elsewhere in ("//example.org/skranke/brukere", "https://example.org/skranke", "/skranke/../trappen"):
        path = go(kari, f"{AWAY}?videre={elsewhere}")
        assert kari.get(say_who(path), follow=False).location == "/skranke"


def test_a_login_that_is_not_strong_enough_is_refused(kari: Visitor) -> None:
    assert kari.get(say_who(go(kari), level="low")).status_code == 403
    assert "sikrere måte" in kari.text
    assert kari.get("/skranke", follow=False).status_code == 303


def test_somebody_whom_nobody_added_is_told_what_to_be_added_as(kari: Visitor) -> None:
    assert kari.get(say_who(go(kari), who="per-at-work")).status_code == 403
    assert "per-at-work" in kari.text
    assert kari.get("/skranke", follow=False).status_code == 303


def test_a_closed_account_is_refused(kari: Visitor, app: Flask) -> None:
    back = say_who(go(kari))
    with store_of(app).database.writing() as session:
        user = find_user(session, "kari")
        assert user
        disable_user(session, user)
    assert kari.get(back).status_code == 403


def test_a_forged_state_is_a_page_of_ours(kari: Visitor) -> None:
    back = say_who(go(kari))
    forged = re.sub(r"state=[^&]+", "state=forged", back)
    assert kari.get(forged).status_code == 400
    assert kari.kind == "desk_refused"
    assert kari.get("/skranke", follow=False).status_code == 303


def test_another_provider_than_the_one_that_was_asked_is_refused(kari: Visitor) -> None:
    back = say_who(go(kari))
    assert "iss=" in back
    assert kari.get(re.sub(r"iss=[^&]+", "iss=https%3A%2F%2Fexample.org", back)).status_code == 400


def test_coming_back_is_good_for_one_browser_and_one_time(kari: Visitor, app: Flask) -> None:
    back = say_who(go(kari))
    other = Visitor(app.test_client())
    go(other)
    assert other.get(back).status_code == 400
    assert Visitor(app.test_client()).get(back).status_code == 400
    assert kari.get(back, follow=False).status_code == 303
    assert kari.get(back).status_code == 400


def test_coming_back_too_late_is_refused(kari: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    back, later = say_who(go(kari)), time.time() + 11 * 60
    monkeypatch.setattr("wizard.desk.provided.time.time", lambda: later)
    assert kari.get(back).status_code == 400


def test_saying_no_at_the_provider_is_a_page_of_ours(kari: Visitor) -> None:
    state = parse_qs(urlsplit(go(kari)).query)["state"][0]
    assert kari.get(f"{AWAY}/tilbake?error=access_denied&state={state}").status_code == 400


def code_from(provider: LoginProvider) -> tuple[Provider, str, str, str]:
    """A provider that was asked, and what it sent back."""
    asking = Provider(provider)
    asked = asking.ask(BACK)
    code = parse_qs(urlsplit(say_who(asked.address)).query)["code"][0]
    return asking, code, asked.nonce, asked.verifier


def test_a_code_is_good_once(provider: LoginProvider) -> None:
    asking, code, nonce, verifier = code_from(provider)
    assert asking.subject_of(code, BACK, nonce=nonce, verifier=verifier) == "kari-at-work"
    with pytest.raises(NotVouchedForError):
        asking.subject_of(code, BACK, nonce=nonce, verifier=verifier)


def test_an_answer_to_another_question_is_refused(provider: LoginProvider) -> None:
    asking, code, _, verifier = code_from(provider)
    with pytest.raises(NotVouchedForError, match="InvalidClaim"):
        asking.subject_of(code, BACK, nonce="another", verifier=verifier)


def test_a_code_that_was_caught_on_its_way_is_no_use_without_the_verifier(provider: LoginProvider) -> None:
    asking, code, nonce, _ = code_from(provider)
    with pytest.raises(NotVouchedForError):
        asking.subject_of(code, BACK, nonce=nonce, verifier="x" * 48)


def test_a_person_without_the_claim_is_refused(provider: LoginProvider) -> None:
    asking, code, nonce, verifier = code_from(replace(provider, claim="oid"))
    with pytest.raises(NotVouchedForError, match="oid"):
        asking.subject_of(code, BACK, nonce=nonce, verifier=verifier)


@pytest.mark.parametrize("listens", [False, True])
def test_a_provider_that_is_away_or_silent_is_told_in_plain_words_in_time(tmp_path: Path, listens: bool) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listens:
            silent.listen()
        away = LoginProvider(f"http://127.0.0.1:{silent.getsockname()[1]}", "rett-trinn", "x" * 32)
        settings = replace(SETTINGS, database=f"sqlite:///{tmp_path}/wizard.sqlite", provider=away)
        visitor = Visitor(create_app(settings).test_client())
        began = time.monotonic()
        assert visitor.get(AWAY).status_code == 503
        assert time.monotonic() - began < 5
        assert "svarer ikke nå" in visitor.text


@contextmanager
def answering(status: int, body: bytes, **headers: str) -> Iterator[str]:
    """The address of something that gives the same answer to everybody, with ``ADDRESS`` as its own address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.replace(b"ADDRESS", address.encode()))

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


ABOUT = b'{"issuer": "%s", "authorization_endpoint": "ADDRESS/auth", "token_endpoint": "ADDRESS/token"}'


@pytest.mark.parametrize(
    ("status", "issuer", "reason"),
    [(200, b"ADDRESS", ""), (200, b"https://example.org", "another issuer"), (302, b"ADDRESS", "TooManyRedirects")],
)
def test_what_answers_must_be_the_one_that_was_named_and_lead_nowhere_else(
    status: int, issuer: bytes, reason: str
) -> None:
    with answering(status, ABOUT % issuer, Location="/elsewhere") as address:
        asking = Provider(LoginProvider(address, "rett-trinn", "x" * 32))
        if not reason:
            assert asking.ask(BACK).address.startswith(f"{address}/auth?")
            return
        with pytest.raises(ProviderAwayError, match=reason):
            asking.ask(BACK)


def test_without_a_provider_nothing_is_offered(citizen: Visitor) -> None:
    citizen.get("/skranke/logg-inn")
    assert AWAY not in citizen.text
    assert citizen.get(AWAY).status_code == 404
    assert citizen.get(f"{AWAY}/tilbake").status_code == 404
