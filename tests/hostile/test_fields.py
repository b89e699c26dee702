"""Every field of every form, hidden ones too, with what nobody would write: told in words, and nobody waits for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from tests.conftest import SETTINGS
from tests.desk.conftest import store_of
from tests.desk.test_login import quick_digests  # noqa: F401  a fixture
from tests.hostile.fields import ENDS, endpoint_of, fields, places
from wizard.app import create_app
from wizard.store.database import Database

STRANGE = ("", "å\0\r\nX-Evil: 1\u202e", "9" * 400, "AAAA")


def test_whatever_stands_in_a_field_is_no_fault_and_waits_for_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks the database while holding it waits for themselves, until the lock is given up."""
    held, twice, writing = ContextVar("held", default=False), list[str](), Database.writing

    @contextmanager
    def alone(database: Database) -> Iterator[Session]:
        if held.get():
            twice.append("the database was asked by somebody who holds it")
        before = held.set(True)
        try:
            with writing(database) as session:
                yield session
        finally:
            held.reset(before)

    for door in ("login", "enrol", "own_password"):
        monkeypatch.setattr(f"wizard.desk.{door}.too_often", lambda *_, **__: False)
    app = create_app(replace(SETTINGS, database=f"sqlite:///{tmp_path}/wizard.sqlite"))
    found = {
        (endpoint_of(app, field.action, "POST"), field.name): field for page in places(app) for field in fields(page)
    }
    monkeypatch.setattr(Database, "writing", alone)
    wrong = [
        (endpoint, name, value, twice.pop() if twice else response.status)
        for (endpoint, name), field in found.items()
        if endpoint not in ENDS
        for value in STRANGE
        if (response := field.send(value)).status_code >= 500 or twice
    ]
    assert wrong == []
    assert len(found) > 80
    store_of(app).database.close()
