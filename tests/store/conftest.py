"""A database of its own for every test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from wizard.store.database import Database
from wizard.store.schema import prepare
from wizard.store.vault import Vault

PEPPER = "a pepper for tests, long enough for all of them"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "wizard.sqlite"


@pytest.fixture
def database(file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{file}")
    prepare(database)
    yield database
    database.engine.dispose()


@pytest.fixture
def vault() -> Vault:
    return Vault(PEPPER)
