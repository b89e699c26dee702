"""The way in with name, password and a code: nothing can be guessed, learned or used twice."""

import logging
import re
import time
from collections.abc import Iterator
from typing import Literal

import pyotp
import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import text

from tests.conftest import Visitor
from tests.desk.conftest import store_of
from wizard.desk import passwords
from wizard.desk.one_time_codes import step_of
from wizard.desk.staff import COOKIE
from wizard.store import staff as staff_module
from wizard.store import staff_sessions
from wizard.store.staff import add_user, begin_enrolment, disable_user, find_user
from wizard.web.access import DESK_PATH

NAME, PASSWORD = "kari.nordmann", "lys lampe ved sjøen"
WRONG = "Navnet eller passordet stemmer ikke."


@pytest.fixture
def one_time_code(desk_app: Flask) -> str:
    """What the command line prints for a new user."""
    with store_of(desk_app).database.writing() as session:
        return begin_enrolment(session, add_user(session, NAME, "desk"))


@pytest.fixture
def secret(desk_app: Flask, one_time_code: str) -> str:
    """The secret in the app of somebody who has been welcomed; the codes of now are not used up."""
    visitor = Visitor(desk_app.test_client())
    welcome(visitor, one_time_code)
    found = secret_on(visitor)
    visitor.post("/skranke/velkommen/app", {"kode": code_of(found)})
    assert visitor.kind == "desk_home"
    with store_of(desk_app).database.writing() as session:
        session.execute(text("UPDATE staff_user SET totp_step = 0"))
        session.execute(text("DELETE FROM staff_session"))
    return found


def welcome(visitor: Visitor, code: str, password: str = PASSWORD, again: str | None = None) -> None:
    visitor.get("/skranke/velkommen")
    given = {"engangskode": code, "passord": password, "passord2": password if again is None else again}
    visitor.post("/skranke/velkommen", given)


def secret_on(visitor: Visitor) -> str:
    found = re.search(r'class="desk-secret">([^<]+)<', visitor.text)
    assert found
    return found[1].replace(" ", "")


def code_of(secret: str, later: int = 0) -> str:
    return pyotp.TOTP(secret).at(int(time.time()) + 30 * later)


def give_password(visitor: Visitor, name: str = NAME, password: str = PASSWORD, onward: str = "") -> int:
    visitor.get(f"/skranke/logg-inn{'?videre=' + onward if onward else ''}")
    fields = {"navn": name, "passord": password} | ({"videre": onward} if onward else {})
    return visitor.post("/skranke/logg-inn", fields).status_code


def log_in(visitor: Visitor, secret: str) -> None:
    give_password(visitor)
    visitor.post("/skranke/logg-inn/kode", {"kode": code_of(secret)})


def cookie_of(visitor: Visitor) -> str | None:
    found = visitor.client.get_cookie(COOKIE, path=DESK_PATH)
    return found.value if found else None


def test_name_password_and_code_let_somebody_in(citizen: Visitor, secret: str) -> None:
    assert give_password(citizen, name="  Kari.Nordmann ") == 200
    assert citizen.kind == "desk_code"
    assert citizen.get("/skranke", follow=False).status_code == 303
    citizen.get("/skranke/logg-inn/kode")
    code = code_of(secret)
    citizen.post("/skranke/logg-inn/kode", {"kode": f"{code[:3]} {code[3:]}"})
    assert citizen.kind == "desk_home"
    assert NAME in citizen.text


def test_the_page_that_was_asked_for_comes_after_the_login(citizen: Visitor, secret: str) -> None:
    give_password(citizen, onward="/skranke/brukere")
    assert 'name="videre" value="/skranke/brukere"' in citizen.text
    kept = {"kode": code_of(secret), "videre": "/skranke/brukere"}
    assert citizen.post("/skranke/logg-inn/kode", kept, follow=False).location == "/skranke/brukere"


@pytest.mark.parametrize(
    "elsewhere",
    ["//example.org", "https://example.org/skranke/", "/trappen", "/skranke/logg-inn/kommunen", "/skranke/nowhere"],
)
def test_an_address_elsewhere_is_never_gone_on_to(citizen: Visitor, elsewhere: str) -> None:
    citizen.get(f"/skranke/logg-inn?videre={elsewhere}")
    assert 'name="videre"' not in citizen.text


def test_each_step_of_the_login_has_a_session_of_its_own(citizen: Visitor, secret: str) -> None:
    citizen.get("/skranke/logg-inn")
    before = cookie_of(citizen)
    give_password(citizen)
    halfway = cookie_of(citizen)
    citizen.post("/skranke/logg-inn/kode", {"kode": code_of(secret)})
    assert len({before, halfway, cookie_of(citizen)}) == 3
    citizen.client.set_cookie(COOKIE, halfway or "", path=DESK_PATH)
    assert citizen.get("/skranke", follow=False).status_code == 303
    assert citizen.get("/skranke/logg-inn/kode", follow=False).location == "/skranke/logg-inn"


@pytest.mark.usefixtures("secret")
def test_whatever_is_wrong_is_met_with_the_same_words(desk_app: Flask) -> None:
    with store_of(desk_app).database.writing() as session:
        closed = add_user(session, "closed", "desk")
        closed.enrolled, closed.password = True, passwords.digest_password(PASSWORD)
        disable_user(session, closed)
        add_user(session, "waiting", "desk")
    said = set()
    for name, password in (
        (NAME, "wrong"), (NAME, ""), (NAME, "x" * 900), ("nobody", PASSWORD), ("", ""), ("closed", PASSWORD),
        ("waiting", ""), ("waiting", PASSWORD),
    ):  # fmt: skip
        visitor = Visitor(desk_app.test_client())
        assert give_password(visitor, name, password) == 422
        assert WRONG in visitor.text
        page = re.sub(r'name="csrf_token" value="[^"]+"|value="[^"]*"', "", visitor.text)
        said.add(page)
    assert len(said) == 1


@pytest.mark.usefixtures("secret")
def test_a_name_that_nobody_has_costs_as_much_time(citizen: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    judged: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002
            judged.append(str(hash))
            return super().verify(hash, password)

    monkeypatch.setattr(passwords, "_HASHER", Counting(time_cost=1, memory_cost=64, parallelism=1))
    give_password(citizen, "nobody", "wrong")
    give_password(citizen, NAME, "wrong")
    assert len(judged) == 2
    unknown, known = (digest.split("$")[:4] for digest in judged)
    assert unknown == known


def test_a_code_is_good_for_one_login(desk_app: Flask, secret: str) -> None:
    first, second = (Visitor(desk_app.test_client()) for _ in range(2))
    log_in(first, secret)
    assert first.kind == "desk_home"
    log_in(second, secret)
    assert second.kind == "desk_code"
    assert "brukt allerede" in second.text


@pytest.mark.parametrize("late", [-3, 3])
def test_a_code_of_another_time_is_refused(citizen: Visitor, secret: str, late: int) -> None:
    give_password(citizen)
    assert citizen.post("/skranke/logg-inn/kode", {"kode": code_of(secret, late)}).status_code == 422


@pytest.mark.parametrize("late", [-1, 0, 1])
def test_clocks_may_differ_a_little(secret: str, late: int) -> None:
    step = int(time.time()) // 30
    assert step_of(secret, code_of(secret, late), after=0) in range(step - 2, step + 3)


@pytest.mark.parametrize("written", ["", "12345", "æøå", "1" * 500, "000000\n"])
@pytest.mark.usefixtures("secret")
def test_what_cannot_be_a_code_is_refused(citizen: Visitor, written: str) -> None:
    give_password(citizen)
    assert citizen.post("/skranke/logg-inn/kode", {"kode": written}).status_code == 422


def test_codes_cannot_be_tried_one_after_the_other(citizen: Visitor, secret: str) -> None:
    give_password(citizen)
    wrong = f"{(int(code_of(secret)) + 500_000) % 1_000_000:06}"
    form = citizen.page
    statuses = []
    for _ in range(6):
        citizen.page = form
        statuses.append(citizen.post("/skranke/logg-inn/kode", {"kode": wrong}).status_code)
    assert statuses == [422] * 5 + [429]
    give_password(citizen)
    assert citizen.post("/skranke/logg-inn/kode", {"kode": code_of(secret)}).status_code == 429


@pytest.mark.usefixtures("secret")
def test_passwords_cannot_be_tried_one_after_the_other(desk_app: Flask) -> None:
    for name in (NAME, "nobody"):
        statuses = [give_password(Visitor(desk_app.test_client()), name, "wrong") for _ in range(11)]
        assert statuses == [422] * 10 + [429]
    assert give_password(Visitor(desk_app.test_client())) == 429


def test_one_address_cannot_try_many_names(desk_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wizard.desk.login._PER_ADDRESS", "3 per 5 minutes")
    statuses = [give_password(Visitor(desk_app.test_client()), f"name{i}", "wrong") for i in range(4)]
    assert statuses == [422] * 3 + [429]


def test_the_log_names_nobody(citizen: Visitor, secret: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    give_password(citizen, NAME, "wrong-password")
    log_in(citizen, secret)
    said = caplog.text
    assert not [word for word in (NAME, PASSWORD, "wrong-password", secret, code_of(secret)) if word in said]


@pytest.mark.usefixtures("secret")
def test_a_password_is_digested_anew_when_the_parameters_have_grown(citizen: Visitor, desk_app: Flask) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, NAME)
        assert user
        user.password = weak
    assert give_password(citizen) == 200
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, NAME)
        assert user
        assert user.password != weak
        assert passwords.is_password(user.password, PASSWORD)


def test_nothing_in_the_database_can_be_used_to_log_in(desk_app: Flask, secret: str) -> None:
    with store_of(desk_app).database.writing() as session:
        row = session.execute(text("SELECT * FROM staff_user")).one()
    held = b"".join(part if isinstance(part, bytes) else str(part).encode() for part in row)
    assert secret.encode() not in held
    assert PASSWORD.encode() not in held
    assert b"$argon2id$" in held


def test_a_new_user_sets_a_password_and_an_app(citizen: Visitor, one_time_code: str) -> None:
    welcome(citizen, f"{one_time_code[:10].lower()} - {one_time_code[10:]}")
    assert citizen.kind == "desk_enrol_app"
    assert "<svg" in citizen.text
    assert citizen.get("/skranke", follow=False).status_code == 303
    citizen.get("/skranke/velkommen/app")
    citizen.post("/skranke/velkommen/app", {"kode": "000000"})
    assert citizen.kind == "desk_enrol_app"
    citizen.post("/skranke/velkommen/app", {"kode": code_of(secret_on(citizen))})
    assert citizen.kind == "desk_home"


@pytest.mark.usefixtures("secret")
def test_a_one_time_code_is_used_up_by_the_first_login(desk_app: Flask, one_time_code: str) -> None:
    visitor = Visitor(desk_app.test_client())
    welcome(visitor, one_time_code)
    assert "er brukt, eller er for gammel" in visitor.text
    assert give_password(Visitor(desk_app.test_client())) == 200


def test_somebody_who_stopped_halfway_may_begin_again(desk_app: Flask, one_time_code: str) -> None:
    for _ in range(2):
        visitor = Visitor(desk_app.test_client())
        welcome(visitor, one_time_code)
        assert visitor.kind == "desk_enrol_app"
    assert give_password(visitor) == 422
    visitor.get("/skranke/velkommen/app")
    visitor.post("/skranke/velkommen/app", {"kode": code_of(secret_on(visitor))})
    assert visitor.kind == "desk_home"


def test_a_one_time_code_lives_for_a_day(citizen: Visitor, one_time_code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = staff_sessions.now()
    monkeypatch.setattr(staff_module, "now", lambda: now + 24 * 60 * 60 + 5)
    welcome(citizen, one_time_code)
    assert citizen.kind == "desk_enrol"


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("kort", None, "minst 12 tegn"),
        ("aaaaaaaaaaaaaaaa", None, "flere ulike tegn"),
        (f"{NAME}2026", None, "ikke inneholde brukernavnet"),
        ("1q2w3e4r5t6y", None, "lett å gjette"),
        ("Passord12345", None, "lett å gjette"),
        ("velkommen2026", None, "lett å gjette"),
        ("Fjordvik2026!", None, "lett å gjette"),
        ("iloveyou1234", None, "lett å gjette"),
        ("x" * 12 + "abcdefgh" * 30, None, "minst 12 tegn"),
        (PASSWORD, "noe annet her", "ikke like"),
    ],
)
def test_a_password_that_cannot_be_used_is_told_why(
    citizen: Visitor, one_time_code: str, password: str, again: str | None, said: str
) -> None:
    welcome(citizen, one_time_code, password, again)
    assert citizen.kind == "desk_enrol"
    assert said in citizen.text
    assert "Feil: " in citizen.title


@pytest.mark.parametrize("password", ["1q2w3e4r5t6y", "liverpool123", "123456789012"])
def test_a_password_that_was_in_a_breach_is_known(password: str) -> None:
    assert passwords.is_known(password)
    assert not passwords.is_known(PASSWORD)


def test_a_closed_account_cannot_be_taken_up(citizen: Visitor, desk_app: Flask, one_time_code: str) -> None:
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, NAME)
        assert user
        disable_user(session, user)
    welcome(citizen, one_time_code)
    assert citizen.kind == "desk_enrol"


def test_beginning_anew_ends_everything_that_was(desk_app: Flask, citizen: Visitor, secret: str) -> None:
    log_in(citizen, secret)
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, NAME)
        assert user
        begin_enrolment(session, user)
    assert citizen.get("/skranke", follow=False).status_code == 303
    assert give_password(citizen) == 422


@pytest.fixture(autouse=True)
def quick_digests(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Digests that cost little: what is judged here is not how long they take."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


def test_digests_are_of_argon2id_and_cost_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    parameters = passwords.digest_password(PASSWORD).split("$")
    assert parameters[1] == "argon2id"
    cost = dict(part.split("=") for part in parameters[3].split(","))
    assert int(cost["m"]) >= 19_456
    assert int(cost["t"]) >= 2
