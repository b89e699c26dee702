"""Conversations that are open: whose they are, what happens when two write at once, and how they are forgotten."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.conftest import FIELD_KEY, Answer, Visitor
from tests.desk.conftest import store_of
from tests.desk.sheets import BEGIN, begin, clerks, read_sheet, words
from wizard.store.database import Database
from wizard.store.draft_tables import Draft
from wizard.store.drafts import (
    Edit,
    Fate,
    end_draft,
    find_draft,
    forget_old_drafts,
    list_drafts,
    new_draft_id,
    note_draft,
    now,
    write_draft,
)
from wizard.store.field_key import FieldKey
from wizard.store.retention import KeptFor
from wizard.store.schema import prepare
from wizard.store.staff import add_user
from wizard.store.upkeep import purge

KEY = FieldKey([FIELD_KEY])
DINA, ODD = 1, 2


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/wizard.sqlite")
    prepare(database)
    with database.writing() as session:
        assert [add_user(session, name, "desk").id for name in ("dina", "odd")] == [DINA, ODD]
    yield database
    database.engine.dispose()


def write(database: Database, draft: str, data: Any, edit: Edit, owner: int = DINA) -> tuple[Fate, Any]:
    with database.writing() as session:
        fate, kept = write_draft(session, KEY, draft, owner, lambda _: data, edit)
        return fate, kept and kept.data


def test_a_draft_is_begun_by_its_first_change_and_counts_the_next(database: Database) -> None:
    draft = new_draft_id()
    assert write(database, draft, {"n": 1}, Edit("page", 0)) == (Fate.DONE, {"n": 1})
    assert write(database, draft, {"n": 2}, Edit("next page", 1)) == (Fate.DONE, {"n": 2})
    with database.writing() as session:
        kept = find_draft(session, KEY, draft, DINA)
    assert kept
    assert (kept.version, kept.data) == (2, {"n": 2})


def test_a_page_that_knows_nothing_of_the_last_change_is_refused_and_changes_nothing(database: Database) -> None:
    draft = new_draft_id()
    write(database, draft, {"n": 1}, Edit("one", 0))
    write(database, draft, {"n": 2}, Edit("two", 1))
    assert write(database, draft, {"n": 3}, Edit("old", 1)) == (Fate.REFUSED, {"n": 2})


def test_a_page_may_send_again_and_what_comes_late_is_dropped(database: Database) -> None:
    draft = new_draft_id()
    write(database, draft, {"n": 1}, Edit("page", 0, turn=1))
    assert write(database, draft, {"n": 3}, Edit("page", 0, turn=3)) == (Fate.DONE, {"n": 3})
    assert write(database, draft, {"n": 2}, Edit("page", 0, turn=2)) == (Fate.REPEATED, {"n": 3})
    assert write(database, draft, {"n": 3}, Edit("page", 0, turn=3)) == (Fate.REPEATED, {"n": 3})


def test_a_page_gone_back_to_does_not_pass_for_a_repetition(database: Database) -> None:
    draft = new_draft_id()
    write(database, draft, {"n": 1}, Edit("page", 0))
    assert write(database, draft, {"n": 1}, Edit("page", 0)) == (Fate.REPEATED, {"n": 1})
    assert write(database, draft, {"n": 2}, Edit("page", 0)) == (Fate.REFUSED, {"n": 1})


def test_what_is_deleted_is_not_begun_again_by_a_page_that_knew_it(database: Database) -> None:
    draft = new_draft_id()
    write(database, draft, {"n": 1}, Edit("page", 0))
    with database.writing() as session:
        end_draft(session, draft, DINA)
    assert write(database, draft, {"n": 2}, Edit("next page", 1)) == (Fate.GONE, None)


def test_nobody_reaches_the_draft_of_somebody_else(database: Database) -> None:
    draft = new_draft_id()
    write(database, draft, {"n": 1}, Edit("page", 0))
    assert write(database, draft, {"n": 2}, Edit("other", 0), owner=ODD) == (Fate.GONE, None)
    with database.writing() as session:
        assert find_draft(session, KEY, draft, ODD) is None
        assert list_drafts(session, KEY, ODD) == []
        end_draft(session, draft, ODD)
        assert [kept.data for kept in list_drafts(session, KEY, DINA)] == [{"n": 1}]


def test_a_name_that_nobody_could_have_been_given_begins_nothing(database: Database) -> None:
    assert write(database, "../etc", {"n": 1}, Edit("page", 0)) == (Fate.GONE, None)


def test_a_note_changes_the_content_without_refusing_open_pages(database: Database) -> None:
    draft = new_draft_id()
    write(database, draft, {"n": 1}, Edit("page", 0))
    with database.writing() as session:
        note_draft(session, KEY, draft, DINA, lambda data: {**data, "note": "yes"})
    assert write(database, draft, {"n": 2}, Edit("next", 1))[0] is Fate.DONE


@pytest.mark.usefixtures("only_sqlite")
def test_the_database_holds_nothing_readable_and_a_moved_row_opens_nothing(database: Database, tmp_path: Path) -> None:
    one, two = new_draft_id(), new_draft_id()
    write(database, one, {"needs": ["canary-need"]}, Edit("page", 0))
    write(database, two, {"needs": []}, Edit("page", 0))
    with database.writing() as session:
        sealed = session.scalar(select(Draft.sealed).where(Draft.id == one))
        session.execute(update(Draft).where(Draft.id == two).values(sealed=sealed))
        moved = find_draft(session, KEY, two, DINA)
    assert moved
    assert moved.data is None
    assert not any(b"canary" in file.read_bytes() for file in tmp_path.iterdir())


def age(database: Database, draft: str, **columns: int) -> None:
    with database.writing() as session:
        session.execute(update(Draft).where(Draft.id == draft).values(**columns))


def test_what_nobody_touches_for_an_hour_is_forgotten_and_so_is_yesterday(database: Database, tmp_path: Path) -> None:
    fresh, idle, old = (new_draft_id() for _ in range(3))
    for draft in (fresh, idle, old):
        write(database, draft, {}, Edit("page", 0))
    age(database, idle, changed=now() - 61 * 60)
    age(database, old, begun=now() - 24 * 60 * 60)
    purged = purge(f"sqlite:///{tmp_path}/wizard.sqlite", KeptFor(enquiries=30, log=365, draft_minutes=60))
    assert purged.drafts == 2
    with database.writing() as session:
        assert [kept.id for kept in list_drafts(session, KEY, DINA)] == [fresh]
        assert forget_old_drafts(session, untouched_minutes=60) == 0


def test_two_tabs_with_two_persons_never_meet(desk_app: Flask) -> None:
    """Forty changes at once to two conversations of one clerk: each ends with its own, and only with its own."""
    tabs = clerks(desk_app, "dina", "dina")
    sheets = [begin(tab) for tab in tabs]
    own: list[dict[str, Answer]] = [{"age": "old", "needs": ["chores"]}, {"age": "young", "needs": ["friends"]}]
    sheets = [sheet.fill(answers).send() for sheet, answers in zip(sheets, own, strict=True)]

    browsers = clerks(desk_app, *["dina"] * 4)
    for browser in browsers:
        browser.get(BEGIN)

    def change(browser: Visitor, turns: range) -> set[int]:
        """In the manner of a script: the same page, the next turn, now of the one, now of the other."""
        return {browser.post(BEGIN, {**sheets[turn % 2].fields, "tur": str(turn)}).status_code for turn in turns}

    with ThreadPoolExecutor(4) as pool:
        told = pool.map(change, browsers, (range(first, first + 10) for first in (1, 11, 21, 31)))
    assert set().union(*told) == {200}
    for tab, sheet, answers in zip(tabs, sheets, own, strict=True):
        tab.post(f"{BEGIN}/fortsett", {"ark": sheet.draft})
        now_ = read_sheet(tab)
        assert now_.ticked("age") == [answers["age"]]
        assert now_.ticked("needs") == answers["needs"]


def test_an_old_tab_is_told_sees_both_answers_and_loses_nothing(desk: Visitor) -> None:
    first = begin(desk).fill({"age": "old", "needs": ["chores"]}).send()
    stale = read_sheet(desk)
    first.fill({"children": ["yes"], "chores_amount": "some"}).send()
    stale.fill({"chores_amount": "all", "danger": ["violence"]})
    told = stale.sent()
    assert told.status_code == 422
    assert "Samtalen er endret i et annet vindu" in desk.text
    assert "Lagret: Noe. Bruk heller mitt svar: Alt." in words(desk)
    both = read_sheet(desk)
    assert both.ticked("chores_amount") == ["some"]
    assert both.ticked("danger") == ["violence"]
    assert both.ticked("children") == ["yes"]
    chosen = both.send(mitt="chores_amount")
    assert chosen.ticked("chores_amount") == ["all"]
    assert chosen.ticked("children") == ["yes"]


def test_an_old_tab_that_agrees_with_what_is_kept_is_not_bothered(desk: Visitor) -> None:
    stale = begin(desk).fill({"age": "old"}).send()
    read_sheet(desk).send()
    assert stale.sent().status_code == 200


def test_a_colleague_who_sends_the_same_sheet_is_told_and_loses_nothing(desk_app: Flask) -> None:
    dina, odd = clerks(desk_app, "dina", "odd")
    hers = begin(dina).fill({"age": "old"}).send()
    begin(odd)
    his = hers.__class__(odd, dict(hers.fields)).fill({"age": "young"})
    assert his.sent().status_code == 422
    assert "Samtalen var slettet" in odd.text
    assert read_sheet(odd).ticked("age") == ["young"]
    assert read_sheet(odd).draft != hers.draft
    dina.post(f"{BEGIN}/fortsett", {"ark": hers.draft})
    assert read_sheet(dina).ticked("age") == ["old"]


def test_a_deleted_conversation_comes_back_only_by_somebodys_will(desk: Visitor, desk_app: Flask) -> None:
    sheet = begin(desk).fill({"age": "old"}).send()
    desk.post(f"{BEGIN}/avslutt", {"ark": sheet.draft})
    assert desk.path == BEGIN
    assert "Samtalen er slettet" in desk.text
    assert read_sheet(desk).ticked("age") == []
    assert count(desk_app) == 0
    assert sheet.sent().status_code == 422
    assert count(desk_app) == 0
    assert read_sheet(desk).ticked("age") == ["old"]
    read_sheet(desk).send()
    assert count(desk_app) == 1


def test_what_lies_untouched_is_gone_when_somebody_comes_back(desk: Visitor, desk_app: Flask) -> None:
    sheet = begin(desk).fill({"age": "old"}).send()
    age(store_of(desk_app).database, sheet.draft, changed=now() - 61 * 60)
    desk.post(f"{BEGIN}/fortsett", {"ark": sheet.draft})
    assert desk.path == BEGIN
    assert read_sheet(desk).ticked("age") == []
    assert count(desk_app) == 0


def count(app: Flask) -> int:
    with store_of(app).database.writing() as session:
        return len(session.scalars(select(Draft.id)).all())
