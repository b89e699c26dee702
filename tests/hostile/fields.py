"""Every field that can be sent, found on the pages themselves: whoever adds one need not think of the tests here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from random import randrange
from urllib.parse import urljoin, urlsplit

import html5lib
from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.test import Cookie, TestResponse

from tests.conftest import XHTML, Visitor
from tests.desk.conftest import clerk, store_of
from tests.desk.paper import WISH, ask_for_call, new_enquiry, open_the_desk, save_new
from tests.desk.sheets import begin
from tests.desk.test_login import PASSWORD, give_password, welcome
from wizard.desk.passwords import digest_password
from wizard.desk.staff import Role
from wizard.guide.languages import SOURCE
from wizard.store.staff import add_user, begin_enrolment, find_user
from wizard.web.access import AUDIENCE, STAFF, Audience

TEXT = {"text", "search", "tel", "email", "url", "password", "date", "number", None}
PICKED = {"radio", "checkbox"}
ENDS = {"login.leave", "login.leave_everywhere", "start.erase", "leave.quickly", "triage.end", "users.close"}
"""Forms after which nothing would be left to try the others on; nothing that somebody writes is read there."""


@dataclass(frozen=True)
class Field:
    """A field, and the form it stands in as it would be sent. ``free``: one writes in it."""

    action: str
    name: str
    free: bool
    sent: tuple[tuple[str, str], ...]
    app: Flask
    cookies: dict[tuple[str, str, str], Cookie]

    def send(self, value: str) -> TestResponse:
        """Send the form with a value in this field, from a new address, in a browser that has what this one had."""
        client = self.app.test_client()
        client._cookies = dict(self.cookies)
        address = f"198.51.{randrange(256)}.{randrange(256)}"
        fields = dict(self.sent) | {self.name: value}
        return client.post(self.action, data=fields, environ_overrides={"REMOTE_ADDR": address})


def fields(visitor: Visitor) -> Iterator[Field]:
    """The fields of the page that a visitor has before them."""
    assert visitor.page is not None
    here = visitor.page.request.path
    for form in html5lib.parse(visitor.text).iter(f"{XHTML}form"):
        sent: list[tuple[str, str]] = []
        names, actions = dict[str, bool](), {form.get("action") or here}
        for element in form.iter():
            tag, name, kind = str(element.tag).removeprefix(XHTML), element.get("name"), element.get("type")
            if tag == "button":
                actions |= {element.get("formaction") or here} if element.get("formaction") else set()
            if tag not in {"input", "textarea", "select", "button"} or not name:
                continue
            names[name] = names.get(name, False) or tag == "textarea" or (tag == "input" and kind in TEXT)
            if tag == "input" and (kind not in PICKED or element.get("checked") is not None):
                sent.append((name, element.get("value") or ""))
        for action, name in product(sorted(actions), sorted(names.keys() - {"csrf_token"})):
            path = urlsplit(urljoin(here, action)).path
            yield Field(
                path, name, names[name], tuple(sent), visitor.client.application, dict(visitor.client._cookies or {})
            )


def endpoint_of(app: Flask, path: str, method: str) -> str:
    """The route that answers; empty where none does."""
    path = path.removeprefix(f"/{SOURCE}") or "/"
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method=method)
    except HTTPException:
        return ""
    return str(endpoint)


def crawl(app: Flask, visitor: Visitor, who: set[Audience], *beginnings: str) -> Iterator[Visitor]:
    """A page of every route for an audience that has an address of its own or that links lead to."""
    own = [rule.rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    seen, waiting = set[str](), [*own, *beginnings]
    while waiting:
        path = waiting.pop()
        endpoint = endpoint_of(app, path, "GET")
        if not endpoint or endpoint in seen or AUDIENCE[endpoint] not in who:
            continue
        seen.add(endpoint)
        if visitor.get(path).mimetype == "text/html":
            yield visitor
            waiting += [urlsplit(link).path for link in re.findall(r'href="(/[^"/][^"]*)"', visitor.text)]


def places(app: Flask) -> Iterator[Visitor]:
    """Everybody there is, on every page that they can come to."""
    admin = clerk(app, "astrid", Role.ADMIN)
    open_the_desk(app)
    yield from crawl(app, Visitor(app.test_client()), {Audience.EVERYONE})
    yield from _at_the_login(app)
    yield from _on_a_visit(app)
    yield from _at_the_desk(app, admin)


def _at_the_login(app: Flask) -> Iterator[Visitor]:
    with store_of(app).database.writing() as session:
        add_user(session, "halfway", "desk").enrolled = True
        user = find_user(session, "halfway")
        assert user
        user.password = digest_password(PASSWORD)
        code = begin_enrolment(session, add_user(session, "welcome", "desk"))
    halfway, new = Visitor(app.test_client()), Visitor(app.test_client())
    give_password(halfway, "halfway")
    yield halfway
    welcome(new, code)
    yield new


def _on_a_visit(app: Flask) -> Iterator[Visitor]:
    visitor = Visitor(app.test_client())
    visitor.begin()
    for answer in ("self", "old", "none", ["chores"]):
        yield visitor
        visitor.answer(answer)
    yield visitor
    visitor.answer_all({})
    yield visitor
    result = visitor.path
    ask_for_call(visitor)
    yield visitor
    visitor.get(result)
    once = re.findall(r'action="/nb/lagre".*?name="once" value="(\w+)"', visitor.text, re.DOTALL)[0]
    visitor.post("/lagre", {"once": once, "days": "7"})
    yield visitor
    other = Visitor(app.test_client())
    other.begin().answer_all({"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    yield from crawl(app, other, {Audience.VISITOR})
    other.post("/be-om-kontakt", WISH | {"telefon": "x"})
    yield other


def _at_the_desk(app: Flask, admin: Visitor) -> Iterator[Visitor]:
    with store_of(app).database.writing() as session:
        user = find_user(session, "astrid")
        assert user
        user.password = digest_password(PASSWORD)
    reference = save_new(admin)
    yield new_enquiry(admin)
    sheet = begin(admin).fill({"age": "old", "needs": ["chores"]})
    yield sheet.send().visitor
    sheet.sent("/skranke/samtale/resultat")
    yield admin
    yield from crawl(app, admin, {*STAFF}, f"/skranke/henvendelser/{reference}", "/skranke/ring-tilbake/1")
