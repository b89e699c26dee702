"""A copy of an SQLite database while it is in use, and a digest by which any copy is known to be the same."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from wizard.store.all_tables import METADATA
from wizard.store.database import Database
from wizard.store.errors import StoreUnavailableError
from wizard.store.schema import prepare


class BackupError(Exception):
    """No copy was made; the message is one line."""


def back_up(address: str, file: Path) -> None:
    """Copy an SQLite database to a new file, as it is at one moment. Raises :class:`BackupError` where it cannot be."""
    with closing(Database(address, patient=True)) as database:
        if not database.is_sqlite:
            raise BackupError("This is for SQLite. For PostgreSQL: pg_dump --format=custom --file=FILE ADDRESS")
        try:
            file.touch(mode=0o600, exist_ok=False)
            with database.engine.connect() as source, closing(sqlite3.connect(file)) as target:
                source.connection.driver_connection.backup(target)  # type: ignore[union-attr]
        except (SQLAlchemyError, sqlite3.Error, OSError) as error:
            raise BackupError(f"{file} could not be written: {error}") from error


def digest_of(address: str) -> str:
    """A digest of every row of every table. Equal digests: the same is kept, in whatever kind of database."""
    digest = hashlib.sha256()
    with closing(Database(address, patient=True)) as database:
        prepare(database)
        try:
            with database.engine.begin() as connection:
                for table in METADATA.sorted_tables:
                    digest.update(f"\n{table.name}".encode())
                    for row in sorted(connection.execute(select(table)), key=lambda row: tuple(map(_plain, row))):
                        digest.update("\t".join(map(_plain, row)).encode() + b"\n")
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailableError(type(error).__name__) from error
    return digest.hexdigest()


def _plain(value: Any) -> str:
    return value.hex() if isinstance(value, bytes) else repr(value)
