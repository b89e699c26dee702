"""Who came in and who did not stands in both logs: by account and outcome, and never by what somebody wrote."""

import logging
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.conftest import Visitor
from tests.desk.conftest import store_of
from tests.desk.test_access_log import log
from tests.desk.test_login import NAME, PASSWORD, code_of, give_password, log_in, one_time_code, quick_digests, secret  # noqa: F401  fixtures
from wizard.store.staff import add_user, find_user
from wizard.store.tries_tables import Tries


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.INFO, "wizard.logins")
    return caplog


def acts(app: Flask) -> list[tuple[str, str, str]]:
    """What stands in the log of the desk since Kari was welcomed."""
    return [line for line in log(app) if line[0] == NAME][1:]


def said(lines: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in lines.records if record.name == "wizard.logins"]


def test_every_way_in_and_out_is_told(
    citizen: Visitor,
    desk_app: Flask,
    secret: str,  # noqa: F811
    lines: pytest.LogCaptureFixture,
) -> None:
    lines.clear()
    give_password(citizen, password="feil passord her")
    give_password(citizen)
    citizen.post("/skranke/logg-inn/kode", {"kode": "000000"})
    citizen.post("/skranke/logg-inn/kode", {"kode": code_of(secret)})
    citizen.post("/skranke/logg-ut")
    assert acts(desk_app) == [
        (NAME, "login_refused", "passord"),
        (NAME, "login_refused", "kode"),
        (NAME, "logged_in", "kode"),
        (NAME, "logged_out", ""),
    ]
    assert said(lines) == [
        "Refused: account 1, by password",
        "Refused: account 1, by code",
        "Let in: account 1, by code",
    ]


def test_a_name_that_nobody_has_is_told_without_the_name(
    citizen: Visitor, desk_app: Flask, lines: pytest.LogCaptureFixture
) -> None:
    give_password(citizen, name="ukjent-navn", password=PASSWORD)
    assert said(lines) == ["Refused: account unknown, by password"]
    assert log(desk_app) == []
    assert "ukjent-navn" not in lines.text


def test_a_name_that_nobody_has_takes_as_many_writes(
    desk_app: Flask, citizen: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_of(desk_app).database.writing() as session:
        add_user(session, NAME, "desk")
    written: list[int] = []
    database = store_of(desk_app).database
    writing = database.writing

    def count() -> AbstractContextManager[Session]:
        written.append(1)
        return writing()

    monkeypatch.setattr(database, "writing", count)
    counted = []
    for name in (NAME, "nobody"):
        citizen.get("/skranke/logg-inn")
        written.clear()
        give_password(citizen, name)
        counted.append(len(written))
    assert counted[0] == counted[1] > 0
    with database.writing() as session:
        assert session.query(Tries).count() > 0
        assert find_user(session, NAME)


@pytest.mark.usefixtures("secret")
def test_tries_that_are_too_many_are_told(desk_app: Flask, lines: pytest.LogCaptureFixture) -> None:
    lines.clear()
    for _ in range(12):
        give_password(Visitor(desk_app.test_client()), password="feil passord")
    assert said(lines).count("Too many tries: account unknown, by password") == 2
    assert len([act for _, act, _ in acts(desk_app) if act == "login_refused"]) == 10


def test_what_administrators_do_to_accounts_is_told(admin: Visitor, desk: Visitor, desk_app: Flask) -> None:
    desk.get("/skranke/brukere")
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, "dina")
    assert user
    for path, fields in (("rolle", {"rolle": "admin"}), ("steng", {}), ("apne", {})):
        admin.get("/skranke/brukere")
        admin.post(f"/skranke/brukere/{user.id}/{path}", fields)
    assert [line for line in log(desk_app) if line[1] != "log_opened"] == [
        ("dina", "page_refused", "users.show"),
        ("astrid", "role_changed", "dina"),
        ("astrid", "account_closed", "dina"),
        ("astrid", "account_opened", "dina"),
    ]
    admin.get("/skranke/logg")
    for words in ("Ba om en side uten tilgang", "Ga en bruker en annen rolle", "Stengte en bruker"):
        assert words in admin.text


def test_a_login_can_be_found_by_what_it_is_about(
    secret: str,  # noqa: F811
    citizen: Visitor,
    admin: Visitor,
) -> None:
    log_in(citizen, secret)
    admin.get("/skranke/logg")
    admin.post("/skranke/logg", {"om": "KODE", "hva": "logged_in"})
    assert admin.text.count("<td>Logget inn</td>") == 2
