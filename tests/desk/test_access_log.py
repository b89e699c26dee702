"""The log of who has opened what: written with what it tells of, added to alone, and read by administrators."""

import re
import time

import pytest
from flask import Flask
from sqlalchemy import text

from tests.conftest import Visitor
from tests.desk.conftest import store_of
from tests.desk.paper import ask_for_call, change, open_the_desk, save_new
from wizard.store.access_log import Act, LogFilter, list_accesses
from wizard.store.access_log_tables import KEPT_AT_LEAST_DAYS
from wizard.store.errors import StoreUnavailableError


def log(app: Flask) -> list[tuple[str, str, str]]:
    """Who, what and about what, the first first."""
    with store_of(app).database.writing() as session:
        return [(row.who, row.act.value, row.about) for row in list_accesses(session, LogFilter(), most=99)][::-1]


def test_everything_that_is_opened_and_changed_stands_in_it(desk: Visitor, desk_app: Flask, citizen: Visitor) -> None:
    open_the_desk(desk_app)
    ask_for_call(citizen)
    desk.get("/skranke/ring-tilbake/1")
    form = dict(re.findall(r'<input type="hidden" name="(once|utgave)" value="(\w*)"', desk.text))
    desk.post("/skranke/ring-tilbake/1", form | {"hva": "again"})
    reference = save_new(desk)
    change(desk, reference, merknad="Nytt.")
    desk.get("/skranke/henvendelser/2026-9999-X")
    desk.get("/skranke/ring-tilbake/9")
    assert log(desk_app) == [
        ("dina", "call_back_opened", "1"),
        ("dina", "call_back_changed", "1"),
        ("dina", "enquiry_made", reference),
        ("dina", "enquiry_opened", reference),
        ("dina", "enquiry_changed", reference),
        ("dina", "enquiry_opened", reference),
    ]


def test_answers_taken_over_are_logged_without_the_code(desk: Visitor, desk_app: Flask, citizen: Visitor) -> None:
    citizen.begin().answer_all({"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    once = re.findall(r'action="/nb/lagre".*?name="once" value="(\w+)"', citizen.text, re.DOTALL)[0]
    citizen.post("/lagre", {"once": once, "days": "7"})
    code = "".join(re.findall(r"<span>(\w{4})</span>", citizen.text))
    desk.get("/skranke/overta")
    desk.post("/skranke/overta", {"code": code})
    assert log(desk_app) == [("dina", "taken_over", "")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE access_log SET about = 'x'",
        "UPDATE access_log SET moment = 0",
        "DELETE FROM access_log",
        "INSERT OR REPLACE INTO access_log (id, moment, staff_id, act, about) VALUES (1, 1, 1, 'x', 'x')",
        "REPLACE INTO access_log (id, moment, staff_id, act, about) VALUES (1, 1, 1, 'x', 'x')",
    ],
)
def test_the_database_itself_refuses_to_change_it(desk: Visitor, desk_app: Flask, statement: str) -> None:
    save_new(desk)
    before = log(desk_app)
    with pytest.raises(StoreUnavailableError), store_of(desk_app).database.writing() as session:
        session.execute(text(statement))
    assert log(desk_app) == before != []


def test_only_old_lines_can_be_deleted(desk: Visitor, desk_app: Flask) -> None:
    desk.get("/skranke")
    insert = text("INSERT INTO access_log (moment, staff_id, act, about) VALUES (:moment, 1, 'log_opened', '')")
    for days in (KEPT_AT_LEAST_DAYS - 1, KEPT_AT_LEAST_DAYS + 1):
        with store_of(desk_app).database.writing() as session:
            session.execute(insert, {"moment": int(time.time()) - days * 86_400})
    with pytest.raises(StoreUnavailableError), store_of(desk_app).database.writing() as session:
        session.execute(text("DELETE FROM access_log WHERE id = 1"))
    with store_of(desk_app).database.writing() as session:
        session.execute(text("DELETE FROM access_log WHERE id = 2"))
    assert len(log(desk_app)) == 1


def shown(admin: Visitor) -> list[str]:
    """What was done, of the lines on the page but those of this page itself."""
    cells = re.findall(r"<td>([^<]*)</td>\s*<td>([^<]*)</td>\s*<td>([^<]*)</td>\s*<td>([^<]*)</td>", admin.text)
    return [f"{who}: {what}" for _, who, what, _ in cells if what != "Så i loggen"]


def test_administrators_read_it_and_choose_what_to_see(desk: Visitor, admin: Visitor) -> None:
    reference = save_new(desk)
    admin.get(f"/skranke/henvendelser/{reference}")
    admin.get("/skranke/logg")
    assert shown(admin) == ["astrid: Åpnet henvendelse", "dina: Åpnet henvendelse", "dina: Laget henvendelse"]
    for fields, lines in (
        ({"hvem": "dina"}, 2),
        ({"hva": "enquiry_made"}, 1),
        ({"om": reference.lower()}, 3),
        ({"om": "2026-9999-X"}, 0),
        ({"fra": "2001-01-01", "til": "2001-12-31"}, 0),
        ({"fra": "2001-01-01"}, 3),
        ({"fra": "tull", "hva": "tull"}, 3),
    ):
        admin.get("/skranke/logg")
        admin.post("/skranke/logg", fields)
        assert len(shown(admin)) == lines, fields


def test_looking_at_it_stands_in_it(admin: Visitor, desk_app: Flask) -> None:
    admin.get("/skranke/logg")
    assert log(desk_app) == [("astrid", Act.LOG_OPENED.value, "")]
