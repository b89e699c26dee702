"""The database: durable, quick to give up, and built by the migrations that the code knows."""

import sqlite3
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from wizard.store.database import Database
from wizard.store.errors import StoreOutdatedError, StoreUnavailableError
from wizard.store.models import Base
from wizard.store.saved import count_saved, save
from wizard.store.schema import newest_revision, prepare, up_to_date
from wizard.store.vault import Vault

CANARY = "kanarifugl"


def test_sqlite_is_set_up_to_survive_a_power_cut(database: Database) -> None:
    with database.writing() as session:
        pragmas = {
            name: session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "busy_timeout", "foreign_keys", "secure_delete")
        }
    assert pragmas == {
        "journal_mode": "wal", "synchronous": 2, "busy_timeout": 2000, "foreign_keys": 1, "secure_delete": 1,
    }  # fmt: skip


def test_the_migrations_build_what_the_models_say(database: Database) -> None:
    assert up_to_date(database)
    with database.engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def _prepare(address: str) -> bool:
    database = Database(address)
    prepare(database)
    return up_to_date(database)


def test_servers_that_start_together_build_it_once(file: Path) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert list(pool.map(_prepare, [f"sqlite:///{file}"] * 4)) == [True] * 4


def test_a_database_from_a_later_edition_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreOutdatedError, match="9999"):
        prepare(database)
    with database.writing() as session:
        assert session.scalar(text("SELECT version_num FROM alembic_version")) == "9999"
    assert newest_revision() != "9999"


def test_an_empty_database_is_told_to_be_out_of_date(file: Path) -> None:
    assert not up_to_date(Database(f"sqlite:///{file}"))


def test_a_database_that_is_not_there_is_unavailable() -> None:
    with pytest.raises(StoreUnavailableError):
        prepare(Database("sqlite:////nowhere/at/all.sqlite"))


def test_a_database_without_tables_is_unavailable(file: Path) -> None:
    with pytest.raises(StoreUnavailableError), Database(f"sqlite:///{file}").writing() as session:
        count_saved(session)


def test_a_locked_database_is_given_up_in_time(database: Database, file: Path) -> None:
    lock = sqlite3.connect(file, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    began = time.monotonic()
    with pytest.raises(StoreUnavailableError), database.writing() as session:
        count_saved(session)
    assert time.monotonic() - began < 5
    lock.execute("ROLLBACK")
    with database.writing() as session:
        assert count_saved(session) == 0
    lock.close()


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
