"""Answers are kept once, found while they live, and gone on time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier

import pytest

from tests.store.conftest import PEPPER
from wizard.store.codes import new_code
from wizard.store.database import Database
from wizard.store.saved import Found, count_saved, find, forget, forget_expired, save
from wizard.store.schema import prepare
from wizard.store.vault import Vault

DAY = date(2026, 2, 27)
TOMORROW = DAY + timedelta(1)
CODE = "0123456789ABCDEFGHJK"
CANARY = "kanarifugl"


def keep(database: Database, vault: Vault, data: object = CANARY, *, code: str = CODE, last_day: date = DAY) -> None:
    with database.writing() as session:
        save(session, vault, code, data, last_day=last_day)


def look(database: Database, vault: Vault, *, code: str = CODE, day: date = DAY) -> Found | None:
    with database.writing() as session:
        return find(session, vault, code, day=day)


def number(database: Database) -> int:
    with database.writing() as session:
        return count_saved(session)


def test_what_is_kept_is_found_by_its_code_alone(database: Database, vault: Vault) -> None:
    keep(database, vault)
    assert look(database, vault) == Found(CANARY, DAY)
    assert look(database, vault, code=new_code()) is None
    assert look(database, Vault(PEPPER + "!")) is None


@pytest.mark.parametrize(
    ("day", "lives"), [(date(2026, 2, 26), True), (DAY, True), (date(2026, 2, 28), False), (date(2027, 2, 27), False)]
)
def test_it_lives_to_the_end_of_its_last_day(database: Database, vault: Vault, day: date, lives: bool) -> None:
    keep(database, vault)
    assert (look(database, vault, day=day) is not None) is lives


def test_what_is_out_of_time_is_deleted_and_the_rest_stays(database: Database, vault: Vault) -> None:
    for days in range(-2, 3):
        keep(database, vault, code=new_code(), last_day=DAY + timedelta(days))
    with database.writing() as session:
        assert forget_expired(session, day=DAY) == 2
        assert forget_expired(session, day=DAY) == 0
    assert number(database) == 3


def test_keeping_again_takes_the_place_of_what_was_kept(database: Database, vault: Vault) -> None:
    keep(database, vault, "first")
    keep(database, vault, "second", last_day=TOMORROW)
    assert look(database, vault) == Found("second", TOMORROW)
    assert number(database) == 1


def test_forgetting_what_is_not_there_is_no_fault(database: Database, vault: Vault) -> None:
    keep(database, vault)
    for _ in range(2):
        with database.writing() as session:
            forget(session, vault, CODE)
        assert look(database, vault) is None


def test_two_who_keep_at_once_under_one_code_keep_one(database: Database, vault: Vault) -> None:
    start = Barrier(8)

    def together(_: int) -> None:
        start.wait()
        keep(database, vault)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(together, range(8)))
    assert number(database) == 1
    assert look(database, vault) == Found(CANARY, DAY)


def test_half_a_transaction_leaves_nothing(database: Database, vault: Vault) -> None:
    def keep_and_fail() -> None:
        with database.writing() as session:
            save(session, vault, CODE, CANARY, last_day=DAY)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        keep_and_fail()
    assert number(database) == 0


def test_neither_code_nor_answers_stand_in_the_files(vault: Vault, file: Path) -> None:
    database = Database(f"sqlite:///{file}")
    prepare(database)
    keep(database, vault, {CANARY: [CANARY, CODE]})
    files = sorted(file.parent.iterdir())
    assert f"{file.name}-wal" in {file.name for file in files}
    held = b"".join(file.read_bytes() for file in files)
    assert vault.lookup(CODE) in held
    for secret in (CANARY, CODE, PEPPER):
        assert secret.encode() not in held
