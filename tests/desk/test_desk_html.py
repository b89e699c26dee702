"""The markup of the desk's doors in every state is valid, judged offline by html-validate."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update

from tests.conftest import Answer, Visitor
from tests.desk.conftest import store_of
from tests.web.test_html import VALIDATOR, Shelf
from wizard.store.staff import add_user, begin_enrolment
from wizard.store.staff_tables import StaffUser

pytestmark = pytest.mark.skipif(not VALIDATOR.is_file(), reason="html-validate is not installed: make install")


def test_the_doors_of_the_desk_are_valid(tmp_path: Path, desk_app: Flask, citizen: Visitor, admin: Visitor) -> None:
    shelf = Shelf(tmp_path / "pages")
    shelf.folder.mkdir()
    with store_of(desk_app).database.writing() as session:
        code = begin_enrolment(session, add_user(session, "kari", "desk"))
    sent: tuple[tuple[str, dict[str, Answer]], ...] = (
        ("/skranke/logg-inn", {"navn": "kari", "passord": "feil"}),
        ("/skranke/velkommen", {"engangskode": "feil"}),
        ("/skranke/velkommen", {"engangskode": code, "passord": "kort"}),
        ("/skranke/velkommen", {"engangskode": code, "passord": "en lang vei hjem", "passord2": "en lang vei hjem"}),
        ("/skranke/velkommen/app", {"kode": "000000"}),
        ("/skranke/logg-ut", {}),
    )
    for number, (path, fields) in enumerate(sent):
        citizen.get(path)
        shelf.put(f"{number} before {path}", citizen)
        citizen.post(path, fields)
        shelf.put(f"{number} after {path}", citizen)
    for path in ("/skranke", "/skranke/brukere", "/skranke/logget-ut", "/skranke/logg-inn/kode", "/skranke/nowhere"):
        admin.get(path)
        shelf.put(f"admin {path}", admin)
    with store_of(desk_app).database.writing() as session:
        session.execute(update(StaffUser).values(password="a digest"))
    for path in ("/skranke", "/skranke/passord", "/skranke/passord?byttet=1"):
        admin.get(path)
        shelf.put(f"with a password {path}", admin)
    admin.get("/skranke/passord")
    admin.post("/skranke/passord")
    shelf.put("another password after", admin)
    admin.get("/skranke/brukere")
    admin.post("/skranke/brukere/1/steng")
    shelf.put("the last administrator", admin)
    assert len(list(shelf.folder.iterdir())) > 20
    assert shelf.faults() == []
