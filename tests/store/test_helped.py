"""Answers to "did it help?" are counted, and no more."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlalchemy import select

from wizard.store.database import Database
from wizard.store.helped import Helped, count_answer, quarter_of
from wizard.store.models import HelpCount


def count(database: Database, answer: Helped = Helped.YES, *, day: date = date(2026, 11, 22), about: str = "") -> None:
    with database.writing() as session:
        count_answer(session, day=day, guide="fjordvik", answer=answer, about=about)


def counts(database: Database) -> dict[tuple[str, str, str, str], int]:
    with database.writing() as session:
        rows = session.scalars(select(HelpCount)).all()
    return {(row.quarter, row.guide, row.answer, row.about): row.count for row in rows}


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2026-01-01", "2026-Q1"), ("2026-03-31", "2026-Q1"), ("2026-04-01", "2026-Q2"), ("2026-12-31", "2026-Q4")],
)
def test_no_time_finer_than_the_quarter_is_kept(day: str, quarter: str) -> None:
    assert quarter_of(date.fromisoformat(day)) == quarter


def test_answers_of_one_kind_are_one_number(database: Database) -> None:
    count(database)
    count(database, day=date(2026, 10, 1))
    count(database, Helped.NO)
    count(database, about="need.chores")
    count(database, day=date(2027, 1, 1))
    assert counts(database) == {
        ("2026-Q4", "fjordvik", "yes", ""): 2,
        ("2026-Q4", "fjordvik", "no", ""): 1,
        ("2026-Q4", "fjordvik", "yes", "need.chores"): 1,
        ("2027-Q1", "fjordvik", "yes", ""): 1,
    }


def test_those_who_answer_at_once_are_all_counted(database: Database) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: count(database), range(40)))
    assert counts(database) == {("2026-Q4", "fjordvik", "yes", ""): 40}
