"""The markup of every kind and state of page is valid, judged offline by html-validate."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import SETTINGS, Answer, Visitor
from tests.node import NODE
from wizard.app import create_app
from wizard.config import ROOT
from wizard.web.access import AUDIENCE, DESK_PATH

VALIDATOR = ROOT / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
RULES = Path(__file__).with_name("htmlvalidate.json")
pytestmark = pytest.mark.skipif(not VALIDATOR.is_file(), reason="html-validate is not installed: make install")

DAUGHTER: dict[str, Answer] = {
    "for_whom": "relative", "age": "senior", "danger": ["violence", "unsure"], "home_tonight": "unsure",
    "needs": ["memory", "household", "caregiver"], "relative_age": "adult",
}  # fmt: skip
STATES = ("/nowhere", "/?beskjed=slettet", "/?beskjed=utlopt", "/?beskjed=ulest")


class Shelf:
    """A folder of pages, each under a name that tells where it was met."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, visitor: Visitor) -> None:
        assert visitor.page is not None
        if visitor.page.mimetype == "text/html":
            (self.folder / f"{re.sub(r'[^a-z0-9]+', '-', name.lower())}.html").write_text(visitor.text, "utf-8")

    def faults(self) -> list[str]:
        pages, told = sorted(map(str, self.folder.iterdir())), self.folder / "told.json"
        command = [str(NODE), str(VALIDATOR), "--config", str(RULES), "--formatter", f"json={told}", *pages]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        assert told.is_file(), done.stderr
        return [
            f"{Path(page['filePath']).name}:{fault['line']}: {fault['message']} ({fault['ruleId']})"
            for page in json.loads(told.read_text(encoding="utf-8"))
            for fault in page["messages"]
        ]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def open_addresses(app: Flask) -> list[str]:
    """One address of every page outside the desk that is shown without a form, open or not."""
    guide = app.extensions["rett-trinn"].guide
    parts = {"need": next(iter(guide.needs)), "id_": next(iter(guide.services)), "number": next(iter(guide.steps))}
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, {name: parts[name] for name in rule.arguments})
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ()) and rule.arguments <= set(parts) and not rule.rule.startswith(DESK_PATH)
        ]


def walk_shelving(visitor: Visitor, shelf: Shelf, who: str, answers: dict[str, Answer]) -> None:
    """Go through a visit, and shelve every question as asked, with its fault, and as answered."""
    while visitor.kind == "question":
        asked, path = visitor.question, visitor.path
        shelf.put(f"{who} {asked}", visitor)
        visitor.post(path, {"question": asked})
        shelf.put(f"{who} {asked} fault", visitor)
        assert visitor.post(path, {"question": asked, "answer": answers.get(asked, "unknown")}).status_code == 200
        if visitor.kind == "pause":
            shelf.put(f"{who} pause", visitor)
            visitor.read_on()
        onward = visitor.path
        visitor.get(path)
        shelf.put(f"{who} {asked} answered", visitor)
        visitor.get(onward)


def shelve_the_end(visitor: Visitor, shelf: Shelf) -> None:
    """What can be done with a result: say whether it helped, keep it, delete it, and open it with a wrong code."""
    forms = {"/hjalp-det": {"answer": "yes"}, "/lagre": {"days": "7"}, "/resultat": {}, "/lagret/slett": {}}
    for path, fields in forms.items():
        visitor.get("/resultat")
        once = re.search(r'name="once" value="(\w+)"', visitor.text)
        if path != "/resultat":
            visitor.post(path, {**fields, "once": once[1] if once else ""})
        shelf.put(f"done {path}", visitor)
    visitor.post("/avslutt-raskt")
    shelf.put("left", visitor)
    for code in ("", "0000 0000 0000 0000 0000", "x"):
        visitor.get("/hent")
        visitor.post("/hent", {"code": code})
        shelf.put(f"code {len(code)}", visitor)
    for text in ("vaskehjelp", "<b>&\"'", ""):
        visitor.post("/sok", {"tekst": text})
        shelf.put(f"search {len(text)}", visitor)


def test_every_page_and_state_is_valid(real_client: Visitor, real_app: Flask, shelf: Shelf) -> None:
    for path in (*open_addresses(real_app), *STATES):
        real_client.get(path)
        shelf.put(f"closed {path}", real_client)
    real_client.begin()
    walk_shelving(real_client, shelf, "daughter", DAUGHTER)
    assert real_client.kind == "result"
    for path in (*open_addresses(real_app), "/nowhere"):
        real_client.get(path)
        shelf.put(f"visit {path}", real_client)
    shelve_the_end(real_client, shelf)
    real_client.begin(desk=True)
    walk_shelving(real_client, shelf, "desk", {"for_whom": "staff_present", "danger": "none"})
    shelf.put("desk result", real_client)
    assert len(list(shelf.folder.iterdir())) > len(AUDIENCE)
    assert shelf.faults() == []


def test_every_error_page_is_valid(shelf: Shelf) -> None:
    app = create_app(SETTINGS)
    visitor = Visitor(app.test_client())
    for code in (400, 403, 404, 405, 413, 429, 500, 503):
        app.view_functions["browse.ladder"] = lambda code=code: app.aborter(code)
        assert visitor.get("/trappen").status_code == code
        shelf.put(f"error {code}", visitor)
    assert shelf.faults() == []


def test_the_validator_finds_what_is_wrong(shelf: Shelf) -> None:
    (shelf.folder / "wrong.html").write_text(
        "<!DOCTYPE html><html lang='nb'><title>x</title><p><div></div></p>", "utf-8"
    )
    assert shelf.faults()
