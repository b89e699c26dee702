"""A birth number is refused in every field of the desk, and where one asks to be called; the pages tell the fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import html5lib
from flask import Flask

from tests.conftest import XHTML, Visitor, find
from tests.desk.paper import BIRTH_NUMBER, WISH, ask_for_call, new_enquiry, open_the_desk, save_new
from tests.desk.sheets import begin

FREE = {"text", "search", "tel", "email", "url", None}
KEEPS_NOTHING = {"sok", "code"}
"""Search and the code of a citizen: what is written there is looked up, and kept nowhere."""
KIND = "Det ser ut til å stå et fødselsnummer her."


@dataclass(frozen=True)
class Field:
    """A field somebody can write in, and the form it stands in as it would be sent."""

    page: str
    action: str
    method: str
    name: str
    sent: tuple[tuple[str, str], ...]


def fields(visitor: Visitor) -> Iterator[Field]:
    document = html5lib.parse(visitor.text)
    for form in document.iter(f"{XHTML}form"):
        sent, free = [], []
        for element in form.iter():
            tag, name, kind = str(element.tag).removeprefix(XHTML), element.get("name"), element.get("type")
            if tag not in {"input", "textarea"} or not name or element.get("readonly") is not None:
                continue
            if tag == "textarea" or kind in FREE:
                free.append(name)
            elif kind not in {"radio", "checkbox"} or element.get("checked") is not None:
                sent.append((name, element.get("value") or ""))
        for name in free:
            yield Field(
                visitor.path, form.get("action") or visitor.path, form.get("method") or "get", name, tuple(sent)
            )


def pages(admin: Visitor, citizen: Visitor) -> Iterator[Visitor]:
    """Every page of the desk that can be reached, each kind once, and the page where a citizen asks to be called."""
    ask_for_call(citizen)
    reference = save_new(admin)
    new_enquiry(admin)
    yield admin
    sheet = begin(admin)
    sheet.fill({"age": "old", "needs": ["chores"]}).send()
    yield admin
    seen, waiting = set(), ["/skranke", f"/skranke/henvendelser/{reference}", "/skranke/ring-tilbake/1"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        admin.get(path)
        if admin.page is not None and admin.page.mimetype == "text/html":
            yield admin
            found = {
                link.partition("?")[0].partition("#")[0] for link in re.findall(r'href="(/skranke[^"]*)"', admin.text)
            }
            waiting += sorted(found - seen - set(waiting))
    citizen.post("/slett")
    citizen.begin().answer_all({"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    citizen.get("/be-om-kontakt")
    yield citizen


def test_a_birth_number_is_refused_in_every_field(desk_app: Flask, admin: Visitor, citizen: Visitor) -> None:
    open_the_desk(desk_app)
    tried = set()
    for visitor in pages(admin, citizen):
        for field in list(fields(visitor)):
            if field.name in KEEPS_NOTHING:
                continue
            assert field.method == "post", f"{field.name} on {field.page} would stand in an address"
            said = dict(field.sent) | {name: value for name, value in WISH.items() if field.page == "/be-om-kontakt"}
            response = visitor.client.post(field.action, data=said | {field.name: f"om {BIRTH_NUMBER} igjen"})
            assert response.status_code == 422, f"{field.name} on {field.page}"
            assert KIND in response.get_data(as_text=True)
            tried.add(field.name)
    assert {"merknad", "ord-chores", "nummer", "om", "navn", "telefon", "nar"} <= tried


def test_a_birth_number_that_is_searched_for_is_not_even_shown_again(desk: Visitor) -> None:
    sheet = begin(desk)
    sheet.sent(sok=BIRTH_NUMBER)
    assert BIRTH_NUMBER not in desk.text
    token = find(r'name="csrf_token" value="([^"]+)"', desk.text)
    part = desk.client.post("/skranke/samtale/sok", data=sheet.fields | {"sok": BIRTH_NUMBER, "csrf_token": token})
    assert (part.status_code, BIRTH_NUMBER in part.get_data(as_text=True)) == (200, False)
