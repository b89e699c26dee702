"""A sheet as a browser without scripts has it: what its form holds, what is ticked, and how it is sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

import html5lib
from flask import Flask
from werkzeug.test import TestResponse

from tests.conftest import XHTML, Answer, Visitor
from tests.desk.conftest import clerk
from wizard.desk.staff import Role

BEGIN = "/skranke/samtale"


@dataclass
class SheetForm:
    """The form of a sheet, to be filled in and sent."""

    visitor: Visitor
    fields: dict[str, list[str]] = field(default_factory=dict)

    @property
    def draft(self) -> str:
        return self.fields["ark"][0]

    @property
    def asked(self) -> list[str]:
        return self.fields["sporsmal"]

    def ticked(self, question: str) -> list[str]:
        return self.fields.get(f"svar-{question}", [])

    def fill(self, answers: Mapping[str, Answer]) -> "SheetForm":
        for question, answer in answers.items():
            assert question in self.asked, f"{question} does not stand on the sheet"
            self.fields[f"svar-{question}"] = [answer] if isinstance(answer, str) else list(answer)
        return self

    def send(self, path: str = BEGIN, **more: str) -> "SheetForm":
        """Send it, and read the sheet that comes back."""
        self.sent(path, **more)
        return read_sheet(self.visitor)

    def sent(self, path: str = BEGIN, **more: str) -> TestResponse:
        return self.visitor.post(path, {**self.fields, **more})


def begin(visitor: Visitor) -> SheetForm:
    """A sheet for a new person."""
    assert visitor.get(BEGIN).status_code == 200
    return read_sheet(visitor)


def clerks(app: Flask, *names: str) -> list[Visitor]:
    return [clerk(app, name, Role.DESK) for name in names]


def read_sheet(visitor: Visitor) -> SheetForm:
    """The form as it would be sent if nobody touched it."""
    document = html5lib.parse(visitor.text)
    form = next(form for form in document.iter(f"{XHTML}form") if form.get("id") == "ark")
    fields: dict[str, list[str]] = {}
    for element in form.iter(f"{XHTML}input"):
        chosen = element.get("type") not in {"radio", "checkbox"} or element.get("checked") is not None
        if chosen and element.get("name") != "csrf_token":
            fields.setdefault(element.get("name") or "", []).append(element.get("value") or "")
    return SheetForm(visitor, fields)


def words(visitor: Visitor, start: str = "", end: str = "") -> str:
    """What stands on the page, or on a part of it, as one line."""
    text = visitor.text
    if start:
        assert start in text, f"{start} is not on the page"
        text = text.partition(start)[2]
    text = text.partition(end)[0] if end else text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())
