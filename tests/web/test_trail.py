"""Where the answers lead is carried in the cookie. It never differs from what following them anew would tell."""

import random
import re
from dataclasses import replace
from secrets import token_hex

import pytest
from flask import Flask

from tests.conftest import SECRET, Visitor
from wizard.web.seal import Sealer
from wizard.web.visit import Trail, read_trail, read_visit
from wizard.web.walk import walk

CHOICE = r'name="answer"\s+value="(\w+)"'
FURTHER = r'href="[^"]*(/(?:sporsmal|tillegg)/\d+)"'


def carried_and_found(app: Flask, visitor: Visitor) -> tuple[Trail | None, Trail]:
    """The trail in the cookie, and the one that the answers in the same cookie lead to."""
    data = Sealer([SECRET]).open(visitor.cookie or "")
    visit = read_visit(data["visit"])
    assert visit
    return read_trail(data["trail"]), walk(app.extensions["rett-trinn"].guide, visit).trail


def wander(visitor: Visitor, chance: random.Random) -> None:
    """Answer, add a need that lies near, or go back to any question to answer it anew."""
    if chance.random() < 0.3 and (ways := re.findall(FURTHER, visitor.text)):
        visitor.get(chance.choice(ways))
    if (near := re.findall(r'name="need" value="(\w+)"', visitor.text)) and chance.random() < 0.5:
        visitor.post("/legg-til", {"need": chance.choice(near)})
    elif visitor.kind == "question":
        choices = re.findall(CHOICE, visitor.text)
        several = 'type="checkbox"' in visitor.text
        visitor.answer(chance.sample(choices[:-1], min(2, len(choices) - 1)) if several else chance.choice(choices))


@pytest.mark.parametrize("seed", range(6))
def test_a_trail_is_that_of_the_answers_beside_it(real_app: Flask, seed: int) -> None:
    chance = random.Random(seed)
    visitor = Visitor(real_app.test_client()).begin()
    seen = set()
    for _ in range(40):
        wander(visitor, chance)
        carried, found = carried_and_found(real_app, visitor)
        assert carried in (None, found)
        seen.add(carried)
        if visitor.kind == "pause":
            visitor.read_on()
        elif visitor.kind == "result" and chance.random() < 0.2:
            visitor = Visitor(real_app.test_client()).begin()
    assert len(seen) > 10


def test_an_answer_that_may_be_added_at_the_end_does_not_leave_an_old_trail(client: Visitor, app: Flask) -> None:
    client.begin().answer_all({"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    before, _ = carried_and_found(app, client)
    client.get("/tillegg/1")
    client.answer("unknown")
    carried, found = carried_and_found(app, client)
    assert before != carried == found
    assert client.kind == "result"


def believed(client: Visitor, **changes: object) -> Visitor:
    """The visitor with a cookie in which something is another than it was."""
    data = Sealer([SECRET]).open(client.cookie or "")
    client.client.set_cookie("visit", Sealer([SECRET]).seal(data | changes))
    return client


@pytest.mark.parametrize("trail", [None, {}, "x", {"pages": 3}, ["for_whom"]])
def test_where_no_trail_can_be_read_the_answers_are_followed_anew(client: Visitor, trail: object) -> None:
    client.begin().answer("self")
    believed(client, trail=trail).get("/sporsmal/2")
    assert (client.kind, client.question) == ("question", "age")


def test_a_cookie_from_before_there_were_trails_is_followed_anew(client: Visitor) -> None:
    client.begin().answer("self")
    data = Sealer([SECRET]).open(client.cookie or "")
    del data["trail"]
    client.client.set_cookie("visit", Sealer([SECRET]).seal(data))
    client.get("/sporsmal/2")
    assert client.question == "age"


def test_the_trail_of_other_answers_is_not_believed(client: Visitor, app: Flask) -> None:
    other = Visitor(app.test_client()).begin().answer_all({"for_whom": "self", "danger": "none", "needs": ["chores"]})
    assert other.kind == "result"
    theirs = Sealer([SECRET]).open(other.cookie or "")["trail"]
    client.begin().answer("self")
    believed(client, trail=theirs).get("/resultat")
    assert (client.kind, client.question) == ("question", "age")


def test_the_trail_of_another_guide_is_not_believed(client: Visitor, app: Flask) -> None:
    client.begin().answer("self")
    data = Sealer([SECRET]).open(client.cookie or "")
    visit, older = read_visit(data["visit"]), replace(app.extensions["rett-trinn"].guide, revision="older")
    assert visit
    trail = replace(walk(older, visit).trail, pages=("for_whom", "renamed"), next="renamed")
    believed(client, visit=data["visit"] | {"revision": "older"}, trail=trail).get("/sporsmal/2")
    assert (client.kind, client.question) == ("question", "age")


def test_the_trail_of_another_edition_of_the_code_is_not_believed(
    client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr("wizard.web.walk.digest_of_code", lambda *_: "earlier")
        client.begin().answer("self")
    trail = Sealer([SECRET]).open(client.cookie or "")["trail"]
    believed(client, trail=trail | {"pages": ["for_whom", "renamed"], "next": "renamed"}).get("/sporsmal/2")
    assert (client.kind, client.question) == ("question", "age")


def test_the_page_after_an_answer_follows_nothing(client: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    client.begin().answer("self")

    def fail(*_: object) -> None:
        raise AssertionError("the answers were followed once more")

    for step in ("find_path", "settle_visit"):
        monkeypatch.setattr(f"wizard.web.walk.{step}", fail)
    client.get("/sporsmal/2")
    assert client.question == "age"


def test_a_visit_that_leaves_no_room_for_its_trail_goes_on_without(
    client: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.begin()
    monkeypatch.setattr("wizard.web.seal._LONGEST_TEXT", len(client.cookie or ""))
    monkeypatch.setattr("wizard.web.walk.Trail", lambda **found: Trail(**found | {"of": token_hex(2000)}))
    client.answer("self")
    assert Sealer([SECRET]).open(client.cookie or "")["trail"] is None
    assert client.question == "age"
