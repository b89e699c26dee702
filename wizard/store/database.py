"""The way to the database: durable, quick to give up, and silent about what was asked of it.

The visit itself never comes here. Whoever does gets an answer or a :class:`StoreUnavailableError` within five seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, Insert, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wizard.store.errors import StoreUnavailableError
from wizard.store.models import Base

SQLITE = "sqlite"
_INSERTS = {SQLITE: sqlite.insert, "postgresql": postgresql.insert}
_AT_ONCE = 4
"""So many may wait for the database; a thread more would be one less for those who only visit."""
_LINE_SECONDS = 1
_LOCK_SECONDS = 2
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_POSTGRESQL = {"connect_timeout": _LOCK_SECONDS, "options": "-c statement_timeout=1000 -c lock_timeout=1000"}


class Database:
    """One database. No connection is made before somebody needs it."""

    def __init__(self, address: str) -> None:
        url = make_url(address)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        self.is_sqlite = url.get_backend_name() == SQLITE
        self.engine = create_engine(
            url,
            hide_parameters=True,
            pool_size=_AT_ONCE,
            max_overflow=0,
            pool_timeout=_LINE_SECONDS,
            pool_pre_ping=not self.is_sqlite,
            connect_args={"timeout": _LOCK_SECONDS} if self.is_sqlite else _POSTGRESQL,
        )
        if self.is_sqlite:
            _tame_sqlite(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is done whole when the block ends, or not at all."""
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (SQLAlchemyError, OSError) as error:
            raise StoreUnavailableError(type(error).__name__) from error


def _tame_sqlite(engine: Engine) -> None:
    """Durable in a power cut, patient with locks, and a writer from the start, so that no two wait for each other."""

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def insert_or_change(session: Session, table: type[Base], values: dict[str, Any], changed: dict[str, Any]) -> None:
    """Insert a row; where its key is taken, change that row instead. Safe when two do it at once."""
    statement: Any = _INSERTS[session.get_bind().dialect.name](table).values(values)
    key = [column.name for column in table.__table__.primary_key.columns]  # type: ignore[attr-defined]
    upsert: Insert = statement.on_conflict_do_update(index_elements=key, set_=changed)
    session.execute(upsert)
