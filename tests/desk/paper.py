"""Makes enquiries and call-backs as people do, for the tests about them."""

import re
from collections.abc import Mapping
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from tests.conftest import Answer, Visitor, find
from tests.desk.conftest import store_of
from tests.desk.sheets import begin
from wizard.store.models import Base
from wizard.web.desk_open import desk_open

ANSWERS: Mapping[str, Answer] = {"age": "old", "needs": ["chores"]}
CHORES: Mapping[str, Answer] = {"chores_amount": "all", "tried": "talked"}
BIRTH_NUMBER = "15108695088"
"""A made-up number with right check digits, from the documentation of python-stdnum."""


def new_enquiry(desk: Visitor, core: Mapping[str, Answer] = ANSWERS, need: Mapping[str, Answer] = CHORES) -> Visitor:
    """The form for a new enquiry, after a short conversation."""
    sheet = begin(desk).fill(core)
    sheet = sheet.send().fill(need)
    sheet.sent("/skranke/samtale/resultat")
    desk.post("/skranke/henvendelser/ny", {"ark": sheet.draft})
    assert desk.kind == "desk_enquiry_new"
    return desk


def hidden(desk: Visitor) -> dict[str, str]:
    """What the form carries that nobody sees."""
    form = find(r'<form class="enquiry"(.*?)<div', desk.text)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def save_new(desk: Visitor, **fields: str) -> str:
    """Fill the form for a new enquiry in and send it; tells the reference."""
    desk.post("/skranke/henvendelser", hidden(new_enquiry(desk)) | {"oppfolging": "informed"} | fields)
    assert desk.kind == "desk_enquiry", desk.text
    return desk.path.rpartition("/")[2]


def form_of(desk: Visitor, reference: str) -> dict[str, str]:
    """The form of an enquiry as it would be sent if nobody touched it."""
    if not desk.page or desk.path != f"/skranke/henvendelser/{reference}":
        desk.get(f"/skranke/henvendelser/{reference}")
    chosen = dict(re.findall(r'type="radio"\s+name="(\w+)"\s+value="(\w+)"\s+id="[\w-]+" checked', desk.text))
    selects = re.findall(r'<select[^>]*name="([\w-]+)"(.*?)</select>', desk.text, re.DOTALL)
    picked = {name: (re.findall(r'value="([^"]*)" selected', body) or [""])[0] for name, body in selects}
    texts = dict(re.findall(r'type="(?:text|date)"\s+name="([\w-]+)"\s+id="[\w-]+"\s+value="([^"]*)"', desk.text))
    note = find(r'<textarea[^>]*name="merknad".*?>\n(.*?)</textarea>', desk.text)
    return hidden(desk) | chosen | picked | texts | {"merknad": note}


def change(desk: Visitor, reference: str, **fields: str) -> int:
    """Open an enquiry, change some fields, and send it."""
    form = form_of(desk, reference)
    return desk.post(f"/skranke/henvendelser/{reference}", form | fields).status_code


def open_the_desk(app: Flask) -> None:
    """Let the server learn that somebody is at the desk."""
    with app.app_context():
        assert desk_open().ask()


def ask_for_call(citizen: Visitor, **fields: str) -> Visitor:
    """Ask to be called, as a citizen who has a result."""
    if not citizen.page or citizen.cookie is None:
        citizen.begin().answer_all({"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    citizen.get("/be-om-kontakt")
    citizen.post("/be-om-kontakt", WISH | fields)
    return citizen


WISH = {"trygt": "ja", "navn": "Berit", "telefon": "912 34 567", "nar": "", "beskjed": "nei"}


def held(app: Flask) -> bytes:
    """Everything that lies in the database: in its files, or in its rows where somebody else keeps the files."""
    database = store_of(app).database
    if database.is_sqlite and (address := database.engine.url.database):
        return b"".join(file.read_bytes() for file in Path(address).parent.iterdir())
    with database.writing() as session:
        rows = [row for table in Base.metadata.tables.values() for row in session.execute(select(table))]
    return b" ".join(part if isinstance(part, bytes) else str(part).encode() for row in rows for part in row)
