"""The markup of enquiries, call-backs and the log, and of asking to be called, is valid in every state."""

from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import Visitor
from tests.desk.conftest import clerk
from tests.desk.paper import WISH, ask_for_call, form_of, hidden, new_enquiry, open_the_desk, save_new
from tests.web.test_html import VALIDATOR, Shelf
from wizard.desk.staff import Role

pytestmark = pytest.mark.skipif(not VALIDATOR.is_file(), reason="html-validate is not installed: make install")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path / "pages")
    shelf.folder.mkdir()
    return shelf


def test_the_pages_of_the_desk_are_valid(shelf: Shelf, desk_app: Flask, admin: Visitor, citizen: Visitor) -> None:
    open_the_desk(desk_app)
    ask_for_call(citizen, trygt="bestemt", nar="Etter 12", svar="1")
    shelf.put("new", new_enquiry(admin))
    admin.post("/skranke/henvendelser", hidden(admin) | {"merknad": "x" * 600, "trinn-chores": "3"})
    shelf.put("new with faults", admin)
    reference = save_new(admin, oppfolging="handed", enhet="advice", frist="2020-01-01", merknad="Før.")
    shelf.put("one", admin)
    mine, other = form_of(admin, reference), clerk(desk_app, "dina", Role.DESK)
    other.post(f"/skranke/henvendelser/{reference}", form_of(other, reference) | {"merknad": "Nå."})
    shelf.put("one with history", other)
    admin.post(f"/skranke/henvendelser/{reference}", mine | {"merknad": "Mitt."})
    shelf.put("conflict", admin)
    admin.post(f"/skranke/henvendelser/{reference}", mine | {"oppfolging": ""})
    shelf.put("one with faults", admin)
    for name, path in (
        ("list", "henvendelser"),
        ("queue", "ring-tilbake"),
        ("call", "ring-tilbake/1"),
        ("log", "logg"),
    ):
        admin.get(f"/skranke/{path}")
        shelf.put(name, admin)
    admin.post("/skranke/logg", {"om": "15108695088"})
    shelf.put("log with fault", admin)
    assert len(list(shelf.folder.iterdir())) == 11
    faults = [fault for fault in shelf.faults() if "meta-refresh" not in fault]  # see templates/desk/screen.html
    assert faults == []


def test_the_pages_about_being_called_are_valid(shelf: Shelf, desk_app: Flask, desk: Visitor, citizen: Visitor) -> None:
    open_the_desk(desk_app)
    shelf.put("with faults", ask_for_call(citizen, trygt="", navn="", telefon="x", beskjed=""))
    shelf.put("not safe", ask_for_call(citizen, trygt="nei"))
    for name, path in (("result", "/resultat"), ("form", "/be-om-kontakt"), ("privacy", "/personvern")):
        citizen.get(path)
        shelf.put(name, citizen)
    citizen.get("/be-om-kontakt")
    citizen.post("/be-om-kontakt", WISH)
    shelf.put("receipt", citizen)
    for number in ("kort", "ABCD EFGH 1234"):
        citizen.get("/trekk-tilbake")
        citizen.post("/trekk-tilbake", {"nummer": number})
        shelf.put(f"taken back {number}", citizen)
    assert len(list(shelf.folder.iterdir())) == 8
    assert shelf.faults() == []
