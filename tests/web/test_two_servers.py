"""A visit that goes back and forth between servers, as they are when keys are turned or a new edition comes in.

With real servers, a real proxy and PostgreSQL: ``python -m tests.slow.several_servers``.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import FIELD_KEY, GUIDES, SECRET, SETTINGS, Answer, Visitor, find
from tests.desk.conftest import store_of, token_for
from tests.desk.paper import change, save_new
from wizard.app import create_app
from wizard.config import Settings
from wizard.desk.staff import COOKIE, Role
from wizard.store.reseal import reseal
from wizard.web.access import DESK_PATH
from wizard.web.seal import Sealer

NEW = "a new secret for tests, as long as the old one was"
KNOWN, FIRST, ALONE = (SECRET, NEW), (NEW, SECRET), (NEW,)


def at(visitor: Visitor, app: Flask) -> Visitor:
    """The same browser, whose next request comes to another server."""
    visitor.client.application = app
    return visitor


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(SETTINGS, database=f"sqlite:///{tmp_path}/wizard.sqlite")


def servers(settings: Settings, *secrets: tuple[str, ...]) -> list[Flask]:
    return [create_app(replace(settings, secrets=each)) for each in secrets]


def answers(visitor: Visitor) -> dict[str, object]:
    data = Sealer((SECRET, NEW)).open(visitor.cookie or "")
    return dict(data["visit"]["answers"])


@pytest.mark.parametrize("secrets", [((SECRET,), KNOWN), (KNOWN, FIRST), (FIRST, FIRST)])
def test_keys_are_turned_while_people_answer(settings: Settings, secrets: tuple[tuple[str, ...], ...]) -> None:
    turns = cycle(servers(settings, *secrets))
    visitor = Visitor(next(turns).test_client()).begin()
    given: dict[str, object] = {}
    while visitor.kind == "question":
        chosen = find(r'name="answer"\s+value="(\w+)"', visitor.text)
        given[visitor.question] = chosen
        at(visitor, next(turns)).answer(chosen)
        at(visitor, next(turns)).get(visitor.path)
        told = answers(visitor)
        assert {id_: told.get(id_) for id_ in given} == {
            id_: told.get(id_) if told.get(id_) == [one] else one for id_, one in given.items()
        }
    assert visitor.kind == "result"


def test_the_old_key_may_go_once_every_visit_has_the_new_one(settings: Settings) -> None:
    first, alone = servers(settings, FIRST, ALONE)
    visitor = Visitor(first.test_client()).begin()
    visitor.answer("self")
    at(visitor, alone).get("/sporsmal/2")
    assert answers(visitor) == {"for_whom": "self"}


def test_a_form_of_the_desk_outlives_a_change_of_keys(settings: Settings) -> None:
    known, first = servers(settings, KNOWN, FIRST)
    admin = Visitor(known.test_client())
    admin.client.set_cookie(COOKIE, token_for(known, "astrid", Role.ADMIN), path=DESK_PATH)
    admin.get("/skranke")
    assert at(admin, first).post("/skranke/logg-ut").status_code == 200
    assert admin.path == "/skranke/logget-ut"


def test_field_keys_are_turned_while_the_desk_is_at_work(settings: Settings) -> None:
    """One server seals with the new key, the other still with the old; each reads and changes what the other sealed."""
    new, old = (create_app(replace(settings, field_keys=keys)) for keys in ((NEW, FIELD_KEY), (FIELD_KEY, NEW)))
    desk = Visitor(new.test_client())
    desk.client.set_cookie(COOKIE, token_for(new, "astrid", Role.DESK), path=DESK_PATH)
    for here, there in ((new, old), (old, new)):
        reference = save_new(at(desk, here), merknad="kanarifugl")
        at(desk, there).get(f"/skranke/henvendelser/{reference}")
        assert "kanarifugl" in desk.text
        assert change(desk, reference, merknad="spurv") == 200
        at(desk, here).get(f"/skranke/henvendelser/{reference}")
        assert "spurv" in desk.text
    reseal(settings.database, (NEW, FIELD_KEY))
    alone = create_app(replace(settings, field_keys=(NEW,)))
    assert "spurv" in at(desk, alone).get(f"/skranke/henvendelser/{reference}").text


@pytest.fixture
def editions(settings: Settings, tmp_path: Path) -> Iterator[list[Flask]]:
    """Two servers, of which the second has got a new edition of the guide."""
    shutil.copytree(GUIDES, tmp_path / "guides")
    about = tmp_path / "guides" / "fjordvik" / "guide.yaml"
    about.write_text(
        re.sub(r"(?m)^title: .*$", "title: Ny utgave", about.read_text(encoding="utf-8")), encoding="utf-8"
    )
    apps = [create_app(settings), create_app(replace(settings, guides=tmp_path / "guides"))]
    yield apps
    for app in apps:
        store_of(app).database.engine.dispose()


def test_a_visit_between_two_editions_loses_no_answer_and_is_told(editions: list[Flask]) -> None:
    old, new = editions
    visitor = Visitor(old.test_client()).begin()
    visitor.answer("self")
    revisions = set()
    for app in (new, old, new):
        at(visitor, app).get("/sporsmal/2")
        revisions.add(Sealer((SECRET,)).open(visitor.cookie or "")["visit"]["revision"])
        assert answers(visitor) == {"for_whom": "self"}
        assert "er endret" in visitor.text or "oppdatert" in visitor.text
    assert len(revisions) == 2


def test_an_option_called_none_is_an_answer_like_any_other(editions: list[Flask]) -> None:
    old, new = editions
    visitor = Visitor(old.test_client()).begin()
    given: dict[str, Answer] = {
        "for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"], "chores_amount": "none",
    }  # fmt: skip
    visitor.answer_all(given)
    before = answers(visitor)
    assert before["chores_amount"] == "none"
    at(visitor, new).get("/resultat")
    assert answers(visitor) == before
