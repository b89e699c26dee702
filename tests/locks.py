"""Somebody who holds the whole database, so that nobody else gets at it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from wizard.store.database import Database
from wizard.store.models import Base


@contextmanager
def locked(address: str) -> Iterator[None]:
    """Hold a database until the block ends."""
    holder = Database(address, patient=True)
    with holder.engine.begin() as connection:
        if not holder.is_sqlite:
            connection.execute(text(f"LOCK TABLE {', '.join(Base.metadata.tables)} IN ACCESS EXCLUSIVE MODE"))
        yield
    holder.close()
