"""Tries are counted by all servers together, as marks, and forgotten on time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from sqlalchemy import select

from wizard.store.database import Database
from wizard.store.tries import count_try, forget_old_tries, mark_of_try
from wizard.store.tries_tables import Tries
from wizard.store.vault import Vault

NOON = 1_800_000_000
WINDOW = 60
ADDRESS = "192.0.2.7"


@pytest.fixture
def mark(vault: Vault) -> bytes:
    return mark_of_try(vault, ADDRESS)


def tried(database: Database, mark: bytes) -> int:
    with database.writing() as session:
        return count_try(session, mark, seconds=WINDOW)


def test_tries_count_up_until_their_window_ends(database: Database, mark: bytes) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert [tried(database, mark) for _ in range(3)] == [1, 2, 3]
        clock.shift(WINDOW - 1)
        assert tried(database, mark) == 4
        clock.shift(1)
        assert tried(database, mark) == 1


def test_a_server_whose_clock_is_a_little_behind_counts_on(database: Database, mark: bytes) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        counted = [tried(database, mark)]
        clock.shift(-2)
        assert [*counted, tried(database, mark), tried(database, mark)] == [1, 2, 3]


def test_tries_at_the_same_moment_are_all_counted(database: Database, mark: bytes) -> None:
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(lambda _: tried(database, mark), range(20))) == list(range(1, 21))


def test_every_mark_counts_for_itself(database: Database, mark: bytes, vault: Vault) -> None:
    other = mark_of_try(vault, "192.0.2.8")
    assert [tried(database, each) for each in (mark, other, other)] == [1, 1, 2]


@pytest.mark.parametrize("hours", [-1, 1, 24 * 365])
def test_nobody_is_shut_out_for_longer_when_the_clock_jumps(database: Database, mark: bytes, hours: int) -> None:
    with time_machine.travel(NOON + hours * 3600, tick=False):
        for _ in range(10):
            tried(database, mark)
    with time_machine.travel(NOON, tick=False):
        assert tried(database, mark) == 1
        assert tried(database, mark) == 2


def test_what_is_out_of_time_is_deleted(database: Database, mark: bytes, vault: Vault) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        tried(database, mark)
        clock.shift(WINDOW - 1)
        tried(database, mark_of_try(vault, "later"))
        with database.writing() as session:
            assert forget_old_tries(session)
            assert len(session.scalars(select(Tries)).all()) == 2
        clock.shift(1)
        with database.writing() as session:
            assert forget_old_tries(session)
            assert [row.mark for row in session.scalars(select(Tries))] == [mark_of_try(vault, "later")]
        clock.shift(WINDOW)
        with database.writing() as session:
            assert not forget_old_tries(session)


def test_what_was_counted_while_the_clock_was_far_ahead_goes_too(database: Database, mark: bytes) -> None:
    with time_machine.travel(NOON + 365 * 24 * 3600, tick=False):
        tried(database, mark)
    with time_machine.travel(NOON, tick=False), database.writing() as session:
        assert not forget_old_tries(session)


def test_a_mark_tells_neither_the_address_nor_anything_without_the_pepper(mark: bytes) -> None:
    assert ADDRESS.encode() not in mark
    assert mark_of_try(Vault("another pepper, as long as the first one was"), ADDRESS) != mark
