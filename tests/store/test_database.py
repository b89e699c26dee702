"""The database: durable, quick to give up, and built by the migrations that the code knows."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.locks import locked
from tests.postgres import Cluster
from wizard.store.database import Database
from wizard.store.errors import StoreUnavailableError
from wizard.store.saved import count_saved, save
from wizard.store.schema import prepare
from wizard.store.vault import Vault

CANARY = "kanarifugl"
IN_TIME = 5
Open = Callable[..., Database]


def count(database: Database) -> int:
    with database.writing() as session:
        return count_saved(session)


def test_sqlite_is_set_up_to_survive_a_power_cut(file: Path, opened: Open) -> None:
    with opened(f"sqlite:///{file}").writing() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        }
    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "busy_timeout": 2000, "foreign_keys": 1, "secure_delete": 1,
    }  # fmt: skip


def test_postgresql_is_never_asked_for_long(postgresql: Cluster, opened: Open) -> None:
    with opened(postgresql.new_database()).writing() as session:
        limits = [session.scalar(text(f"SHOW {name}")) for name in ("statement_timeout", "lock_timeout", "fsync")]
    assert limits == ["1s", "1s", "off"]
    with opened(postgresql.new_database(), patient=True).writing() as session:
        assert session.scalar(text("SHOW statement_timeout")) == "0"


def test_a_database_that_is_not_there_is_unavailable(tmp_path: Path, opened: Open) -> None:
    for address in ("sqlite:////nowhere/at/all.sqlite", f"postgresql://wizard@/wizard?host={tmp_path}"):
        with pytest.raises(StoreUnavailableError):
            prepare(opened(address))


def test_a_database_without_tables_is_unavailable(empty: str, opened: Open) -> None:
    with pytest.raises(StoreUnavailableError):
        count(opened(empty))


def test_a_locked_database_is_given_up_in_time(database: Database, address: str) -> None:
    with locked(address):
        began = time.monotonic()
        with pytest.raises(StoreUnavailableError):
            count(database)
        assert time.monotonic() - began < IN_TIME
    assert count(database) == 0


def test_only_few_wait_for_a_locked_database_and_the_others_are_told_at_once(address: str, database: Database) -> None:
    def told_after(_: int) -> float:
        began = time.monotonic()
        with pytest.raises(StoreUnavailableError):
            count(database)
        return time.monotonic() - began

    with locked(address), ThreadPoolExecutor(12) as pool:
        assert max(pool.map(told_after, range(12))) < IN_TIME
    assert count(database) == 0


def test_a_server_that_hangs_is_given_up_in_time_and_used_again_later(postgresql: Cluster, opened: Open) -> None:
    database = opened(postgresql.new_database())
    assert count(database) == 0
    with postgresql.hanging(database):
        began = time.monotonic()
        for _ in range(3):
            with pytest.raises(StoreUnavailableError):
                count(database)
        assert time.monotonic() - began < IN_TIME
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            assert count(database) == 0
        except StoreUnavailableError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the database was not used again")


def test_a_connection_that_was_cut_is_noticed_before_it_is_used(postgresql: Cluster, opened: Open) -> None:
    database = opened(postgresql.new_database())
    for _ in range(2):
        assert count(database) == 0
        with opened(postgresql.address("postgres"), patient=True).engine.connect() as other:
            name = database.engine.url.database
            other.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))


def test_a_fault_does_not_repeat_what_was_to_be_kept(database: Database, vault: Vault) -> None:
    with database.writing() as session:
        session.execute(text("DROP TABLE saved_visit"))
    with pytest.raises(StoreUnavailableError) as caught, database.writing() as session:
        save(session, vault, CANARY, CANARY, last_day=date(2026, 2, 27))
    told = f"{caught.value} {caught.value.__cause__}"
    assert "saved_visit" in told
    assert CANARY not in told
    assert vault.lookup(CANARY).hex() not in told
    assert repr(vault.lookup(CANARY)) not in told
