"""A database of its own for every test, once in SQLite and once in PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from wizard.store.database import Database
from wizard.store.schema import prepare
from wizard.store.vault import Vault

PEPPER = "a pepper for tests, long enough for all of them"
KINDS = ("sqlite", "postgresql")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


@pytest.fixture(params=KINDS)
def empty(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    """The address of a database without any table."""
    if request.param == "sqlite":
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("postgresql").lent(empty=True) as address:
        yield address


@pytest.fixture(params=KINDS)
def address(request: pytest.FixtureRequest, file: Path) -> Iterator[str]:
    """The address of a database that is up to date."""
    if request.param == "sqlite":
        with closing(Database(f"sqlite:///{file}")) as database:
            prepare(database)
        yield f"sqlite:///{file}"
        return
    with request.getfixturevalue("postgresql").lent() as address:
        yield address


@pytest.fixture
def opened() -> Iterator[Callable[..., Database]]:
    """Opens databases, and closes them after the test."""
    with ExitStack() as stack:
        yield lambda address, **options: stack.enter_context(closing(Database(address, **options)))


@pytest.fixture
def database(opened: Callable[..., Database], address: str) -> Database:
    return opened(address)


@pytest.fixture
def vault() -> Vault:
    return Vault(PEPPER)
