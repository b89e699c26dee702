"""Looking after those who may log in, on the page for administrators and on the command line."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from tests.conftest import Visitor
from tests.desk.conftest import clerk, store_of
from wizard.cli import main
from wizard.desk.staff import Role
from wizard.store.staff import find_user
from wizard.store.staff_tables import StaffUser


def user_of(app: Flask, name: str) -> StaffUser:
    with store_of(app).database.writing() as session:
        user = find_user(session, name)
        assert user
        return user


def press(visitor: Visitor, app: Flask, name: str, what: str, **fields: str) -> int:
    visitor.get("/skranke/brukere")
    return visitor.post(f"/skranke/brukere/{user_of(app, name).id}/{what}", fields).status_code


def test_an_administrator_closes_and_opens_accounts(desk: Visitor, admin: Visitor, desk_app: Flask) -> None:
    assert press(admin, desk_app, "dina", "steng") == 200
    assert "Stengt" in admin.text
    assert desk.get("/skranke", follow=False).status_code == 303
    assert press(admin, desk_app, "dina", "apne") == 200
    assert "Stengt" not in admin.text
    assert desk.get("/skranke", follow=False).status_code == 303


def test_an_administrator_changes_roles(desk: Visitor, admin: Visitor, desk_app: Flask) -> None:
    assert press(admin, desk_app, "dina", "rolle", rolle="admin") == 200
    assert desk.get("/skranke/brukere").status_code == 200
    assert press(admin, desk_app, "dina", "rolle", rolle="king") == 400
    assert user_of(desk_app, "dina").role == "admin"


@pytest.mark.parametrize(("what", "fields"), [("steng", {}), ("rolle", {"rolle": "desk"})])
def test_the_last_administrator_stays(admin: Visitor, desk_app: Flask, what: str, fields: dict[str, str]) -> None:
    assert press(admin, desk_app, "astrid", what, **fields) == 409
    assert "minst én som styrer brukerne" in admin.text
    assert admin.get("/skranke/brukere").status_code == 200
    clerk(desk_app, "berit", Role.ADMIN)
    assert press(admin, desk_app, "astrid", what, **fields) in {200, 403}
    user = user_of(desk_app, "astrid")
    assert user.disabled or user.role == "desk"


def test_a_closed_administrator_does_not_count(admin: Visitor, desk_app: Flask) -> None:
    clerk(desk_app, "berit", Role.ADMIN)
    assert press(admin, desk_app, "berit", "steng") == 200
    assert press(admin, desk_app, "astrid", "steng") == 409


def test_nobody_is_nobody(admin: Visitor) -> None:
    admin.get("/skranke/brukere")
    assert admin.post("/skranke/brukere/999/steng").status_code == 404


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WIZARD_INSTANCE", str(tmp_path))
    for name in ("WIZARD_DATABASE", "WIZARD_OIDC_ISSUER", "WIZARD_FIELD_KEYS", "WIZARD_PEPPER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def wizard(*words: str) -> Result:
    return CliRunner().invoke(main, ["user", *words])


def lines(result: Result) -> list[str]:
    return result.output.strip().splitlines()


@pytest.mark.usefixtures("instance")
def test_users_are_made_listed_changed_and_closed_on_the_command_line() -> None:
    code = re.search(r": ((?:\w{4}-){4}\w{4})$", lines(wizard("add", "Kari", "--role", "admin"))[0])
    assert code
    assert lines(wizard("list")) == ["kari\tadmin\tpassword\twaiting"]
    assert wizard("role", "kari", "desk").exit_code == 0
    assert wizard("disable", "KARI").exit_code == 0
    assert lines(wizard("list")) == ["kari\tdesk\tpassword\tclosed"]
    assert wizard("enable", "kari").exit_code == 0
    again = wizard("reset", "kari").output
    assert code[1] not in again


@pytest.mark.usefixtures("instance")
def test_somebody_may_log_in_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    refused = wizard("add", "per", "--oidc", "per-at-work")
    assert (refused.exit_code, "WIZARD_OIDC_ISSUER" in refused.output) == (2, True)
    monkeypatch.setenv("WIZARD_OIDC_ISSUER", "https://login.example.org")
    monkeypatch.setenv("WIZARD_OIDC_CLIENT_ID", "rett-trinn")
    monkeypatch.setenv("WIZARD_OIDC_CLIENT_SECRET", "a secret")
    assert wizard("add", "per", "--oidc", "per-at-work").exit_code == 0
    assert lines(wizard("list")) == ["per\tdesk\tprovider\topen"]
    assert wizard("add", "pål", "--oidc", "per-at-work").exit_code == 2
    assert wizard("reset", "per").exit_code == 2


@pytest.mark.usefixtures("instance")
@pytest.mark.parametrize(
    "words",
    [
        ("add", "two words"), ("add", ""), ("add", "x" * 61), ("add", "kari", "--role", "king"), ("disable", "nobody"),
        ("role", "nobody", "desk"), ("reset", "nobody"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_told_in_one_line(words: tuple[str, ...]) -> None:
    result = wizard(*words)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.usefixtures("instance")
def test_no_two_users_have_one_name() -> None:
    assert wizard("add", "kari").exit_code == 0
    again = wizard("add", "KARI")
    assert again.exit_code == 2
    assert lines(again) == ["wizard: There is a user named kari already."]
