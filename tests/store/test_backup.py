"""A copy holds everything, can be made while people use the server, and opens again with the same digest."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner
from sqlalchemy.engine import make_url

from tests.conftest import GUIDES
from tests.postgres import Cluster
from wizard.cli import main
from wizard.store.backup import back_up, digest_of
from wizard.store.codes import new_code
from wizard.store.database import Database
from wizard.store.errors import StoreUnavailableError
from wizard.store.saved import count_saved, find, save, today
from wizard.store.staff import add_user
from wizard.store.vault import Vault

Open = Callable[..., Database]


def keep(database: Database, vault: Vault) -> str:
    code = new_code()
    with database.writing() as session:
        save(session, vault, code, "answers", last_day=today() + timedelta(7))
    return code


@pytest.fixture
def code(database: Database, vault: Vault) -> str:
    with database.writing() as session:
        add_user(session, "dina", "desk")
    for _ in range(4):
        keep(database, vault)
    return keep(database, vault)


def opens(database: Database, vault: Vault, code: str) -> bool:
    with database.writing() as session:
        return find(session, vault, code, day=today()) is not None


def copy(address: str, folder: Path, postgresql: Cluster | None) -> str:
    """As docs/operations.md tells it. The address of the copy."""
    if postgresql is None:
        back_up(address, folder / "copy.sqlite")
        return f"sqlite:///{folder}/copy.sqlite"
    dump, restored = f"{postgresql.folder}/dump", postgresql.empty_database()
    postgresql.tool("pg_dump", "--format=custom", f"--file={dump}", address)
    postgresql.tool("pg_restore", "--exit-on-error", f"--dbname={restored}", dump)
    return restored


@pytest.fixture
def server(address: str, request: pytest.FixtureRequest) -> Cluster | None:
    found: Cluster | None = None if address.startswith("sqlite") else request.getfixturevalue("postgresql")
    return found


def test_what_is_restored_is_the_same_and_opens(
    address: str, tmp_path: Path, server: Cluster | None, code: str, vault: Vault, opened: Open
) -> None:
    before = digest_of(address)
    restored = copy(address, tmp_path, server)
    assert digest_of(restored) == before == digest_of(address)
    assert opens(opened(restored), vault, code)
    keep(opened(restored), vault)
    assert digest_of(restored) != before


def test_a_copy_made_while_people_keep_answers_is_whole(
    address: str, database: Database, tmp_path: Path, server: Cluster | None, vault: Vault, opened: Open
) -> None:
    kept, stop = [keep(database, vault)], Event()

    def go_on() -> None:
        while not stop.is_set():
            try:
                kept.append(keep(database, vault))
            except StoreUnavailableError:
                continue

    busy = Thread(target=go_on)
    busy.start()
    known = list(kept)
    restored = opened(copy(address, tmp_path, server))
    stop.set()
    busy.join()
    assert all(opens(restored, vault, code) for code in known)
    with restored.writing() as session:
        assert len(known) <= count_saved(session) <= len(kept)


def test_the_same_rows_have_the_same_digest_in_either_kind(
    file: Path, postgresql: Cluster, opened: Open, vault: Vault
) -> None:
    digests = set()
    for address in (f"sqlite:///{file}", postgresql.new_database()):
        database = opened(address)
        if database.is_sqlite:
            digest_of(address)
        with database.writing() as session:
            add_user(session, "dina", "desk")
        digests.add(digest_of(address))
    assert len(digests) == 1


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    return CliRunner(env={"WIZARD_INSTANCE": str(tmp_path), "WIZARD_GUIDES": str(GUIDES), "WIZARD_GUIDE": "fjordvik"})


def test_the_commands_tell_in_one_line_what_they_did(runner: CliRunner, tmp_path: Path, opened: Open) -> None:
    address, copied = f"sqlite:///{tmp_path}/store.sqlite", tmp_path / "copy.sqlite"
    told = digest_of(address)
    env = {"WIZARD_DATABASE": address}
    assert runner.invoke(main, ["store", "digest"], env=env).output == f"{told}\n"
    assert runner.invoke(main, ["store", "backup", str(copied)], env=env).output == f"Copied to {copied}.\n"
    assert copied.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copied)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    again = runner.invoke(main, ["store", "backup", str(copied)], env=env)
    assert (again.exit_code, again.output.count("\n")) == (2, 1)


def test_for_postgresql_the_command_names_its_own_tool(runner: CliRunner, postgresql: Cluster, tmp_path: Path) -> None:
    address = make_url(postgresql.new_database()).render_as_string()
    keys = dict.fromkeys(("WIZARD_SECRET_KEYS", "WIZARD_PEPPER", "WIZARD_FIELD_KEYS"), "x" * 40)
    env = keys | {"WIZARD_DATABASE": address}
    told = runner.invoke(main, ["store", "backup", str(tmp_path / "copy")], env=env)
    assert told.exit_code == 2
    assert "pg_dump" in told.output
    assert not (tmp_path / "copy").exists()
