"""Whoever sends the same form twice at the same moment does it once, and nobody is turned away for it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wizard.store.access_log_tables import AccessLog
from wizard.store.callback_tables import CallBack
from wizard.store.callbacks import Wish, ask_for_call
from wizard.store.database import Database
from wizard.store.drafts import Edit as DraftEdit
from wizard.store.drafts import Fate, new_draft_id, write_draft
from wizard.store.enquiries import Edit, add_enquiry, change_enquiry, open_enquiry
from wizard.store.enquiry import Begun, Course, FollowUp, Status
from wizard.store.enquiry_tables import Enquiry
from wizard.store.field_key import FieldKey
from wizard.store.helped import Helped, count_answer
from wizard.store.models import HelpCount
from wizard.store.staff import add_user
from wizard.store.tries import count_try, mark_of_try
from wizard.store.vault import Vault

KEY = FieldKey(["a field key for tests, long enough for all of them"])
BEGUN = Begun("fjordvik", "r1", ())
OPEN, CLOSED = Course(FollowUp.INFORMED, Status.OPEN), Course(FollowUp.INFORMED, Status.CLOSED)
PEOPLE = 4
T = TypeVar("T")


def at_once(database: Database, act: Callable[[Session, int], T]) -> list[T]:
    start = Barrier(PEOPLE)

    def do(number: int) -> T:
        start.wait()
        with database.writing() as session:
            return act(session, number)

    with ThreadPoolExecutor(PEOPLE) as pool:
        return list(pool.map(do, range(PEOPLE)))


@pytest.fixture
def dina(database: Database) -> int:
    with database.writing() as session:
        return add_user(session, "dina", "desk").id


def rows(database: Database, table: type) -> int:
    with database.writing() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_asking_to_be_called(database: Database, vault: Vault) -> None:
    wish = Wish("Kari", "22 22 55 55", "", only_then=False, message=True)
    at_once(database, lambda session, _: ask_for_call(session, KEY, vault, "R", wish))
    assert rows(database, CallBack) == 1


def test_making_an_enquiry(database: Database, dina: int) -> None:
    made = at_once(database, lambda session, _: add_enquiry(session, KEY, BEGUN, OPEN, Edit(dina, "form")))
    assert len(set(made)) == 1
    assert rows(database, Enquiry) == rows(database, AccessLog) == 1


def test_different_enquiries_get_different_references(database: Database, dina: int) -> None:
    made = at_once(database, lambda session, n: add_enquiry(session, KEY, BEGUN, OPEN, Edit(dina, f"form {n}")))
    assert len(set(made)) == rows(database, Enquiry) == PEOPLE


def test_changing_an_enquiry(database: Database, dina: int) -> None:
    with database.writing() as session:
        reference = add_enquiry(session, KEY, BEGUN, OPEN, Edit(dina, "form"))

    def change(once: str) -> Fate:
        with database.writing() as session:
            kept = open_enquiry(session, KEY, reference, dina, keep_days=30)
            assert kept
            start.wait()
            return change_enquiry(session, KEY, kept, CLOSED, Edit(dina, once, version=1))

    def fates(forms: list[str]) -> list[Fate]:
        with ThreadPoolExecutor(len(forms)) as pool:
            return sorted(pool.map(change, forms), key=lambda fate: fate.value)

    start = Barrier(1 if database.is_sqlite else 2)
    assert fates(["same", "same"]) == [Fate.DONE, Fate.REPEATED]


def test_writing_a_conversation(database: Database, dina: int) -> None:
    draft, edit = new_draft_id(), DraftEdit("page", 0, 1)
    fates = at_once(database, lambda s, _: write_draft(s, KEY, draft, dina, lambda _: {"age": "old"}, edit)[0])
    assert sorted(fate.value for fate in fates) == ["done", "repeated", "repeated", "repeated"]


def test_telling_whether_it_helped(database: Database, vault: Vault) -> None:
    def answer(session: Session, _: int) -> None:
        if count_try(session, mark_of_try(vault, "form"), seconds=60) == 1:
            count_answer(session, day=date(2026, 11, 22), guide="fjordvik", answer=Helped.YES, about="")

    at_once(database, answer)
    with database.writing() as session:
        assert session.scalars(select(HelpCount.count)).all() == [1]
