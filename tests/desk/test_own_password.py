"""Somebody who is logged in chooses another password: it takes what a login takes, and ends every other session."""

import time

import pytest
from flask import Flask

from tests.conftest import Visitor
from tests.desk.conftest import clerk, store_of
from tests.desk.test_access_log import log
from tests.desk.test_login import NAME, PASSWORD, code_of, quick_digests  # noqa: F401  a fixture
from wizard.desk import passwords
from wizard.desk.one_time_codes import new_secret
from wizard.desk.staff import Role
from wizard.store.places import totp_place
from wizard.store.staff import find_user

NEW = "grønn sykkel bak en fjelltopp"
PATH = "/skranke/passord"


@pytest.fixture
def kari(desk_app: Flask) -> Visitor:
    return clerk(desk_app, NAME, Role.DESK)


@pytest.fixture
def secret(desk_app: Flask, kari: Visitor) -> str:
    """What makes Kari's codes, once she has a password, too."""
    secret = new_secret()
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, NAME)
        assert user
        user.password = passwords.digest_password(PASSWORD)
        user.totp = store_of(desk_app).field_key.seal(secret, totp_place(user.id))
    return secret


def change(visitor: Visitor, secret: str, **given: str) -> int:
    visitor.get(PATH)
    sound = {"gammelt": PASSWORD, "passord": NEW, "passord2": NEW, "kode": code_of(secret)}
    return visitor.post(PATH, sound | given).status_code


def has_password(app: Flask, password: str) -> bool:
    with store_of(app).database.writing() as session:
        user = find_user(session, NAME)
    assert user
    return passwords.is_password(user.password, password)


def test_the_new_password_holds_and_everybody_else_is_out(desk_app: Flask, kari: Visitor, secret: str) -> None:
    elsewhere = clerk(desk_app, NAME, Role.DESK)
    assert elsewhere.get("/skranke", follow=False).status_code == 200
    before = kari.client.get_cookie("skranke", path="/skranke")
    assert change(kari, secret) == 200
    assert "Passordet er byttet" in kari.text
    assert kari.client.get_cookie("skranke", path="/skranke") != before
    assert kari.get("/skranke", follow=False).status_code == 200
    assert elsewhere.get("/skranke", follow=False).status_code == 303
    assert (has_password(desk_app, NEW), has_password(desk_app, PASSWORD)) == (True, False)
    assert log(desk_app) == [(NAME, "password_changed", ""), (NAME, "logged_in", "kode")]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"gammelt": "noe helt annet"}, "ikke passordet du har nå"),
        ({"gammelt": ""}, "ikke passordet du har nå"),
        ({"passord": "kort", "passord2": "kort"}, "minst 12 tegn"),
        ({"passord": "qwertyuiop123", "passord2": "qwertyuiop123"}, "lett å gjette"),
        ({"passord2": "grønn sykkel bak et hus"}, "ikke like"),
        ({"kode": "000000"}, "Koden stemmer ikke"),
    ],
)
def test_nothing_changes_where_something_is_wrong(
    desk_app: Flask, kari: Visitor, secret: str, given: dict[str, str], said: str
) -> None:
    assert change(kari, secret, **given) == 422
    assert said in kari.text
    assert "Feil: " in kari.title
    assert PASSWORD not in kari.text
    assert has_password(desk_app, PASSWORD)


def test_a_code_is_not_used_up_by_a_form_that_is_wrong_otherwise(kari: Visitor, secret: str) -> None:
    if time.time() % 30 > 27:
        time.sleep(4)
    assert change(kari, secret, passord2="") == 422
    assert change(kari, secret) == 200


def test_the_password_of_now_cannot_be_tried_one_after_the_other(kari: Visitor, secret: str) -> None:
    assert [change(kari, secret, gammelt="feil") for _ in range(6)] == [422] * 5 + [429]
    assert change(kari, secret) == 429


def test_whoever_comes_in_through_the_provider_has_none_to_change(desk: Visitor) -> None:
    assert desk.get(PATH).status_code == 404
    desk.get("/skranke")
    assert PATH not in desk.text


def test_the_page_is_found_from_the_start_of_the_desk(kari: Visitor, secret: str) -> None:
    kari.get("/skranke")
    assert f'href="{PATH}"' in kari.text
