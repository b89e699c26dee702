"""The way to the database: durable, quick to give up, and silent about what was asked of it.

The visit itself never comes here. Whoever does gets an answer or a :class:`StoreUnavailableError` within five seconds.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.orm import Session

from wizard.store.errors import StoreUnavailableError
from wizard.store.models import Base
from wizard.store.patience import must_end

SQLITE = "sqlite"
_INSERTS = {SQLITE: sqlite.insert, "postgresql": postgresql.insert}
_AT_ONCE = 4
"""So many may wait for the database; a thread more would be one less for those who only visit."""
_POOL: dict[str, Any] = {
    "hide_parameters": True, "pool_size": _AT_ONCE, "max_overflow": 0, "pool_timeout": 1,
}  # fmt: skip
_LOCK_SECONDS = 2
_PATIENCE_SECONDS = 3
_REST_SECONDS = 1
"""So long it rests after it has failed, so that one page never waits for it twice."""
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
_LIMITS = "-c statement_timeout=1000 -c lock_timeout=1000"


class Database:
    """One database. No connection is made before somebody needs it.

    ``patient``: nobody waits on a page, so that work on everything that is kept may take its time.
    """

    def __init__(self, address: str, *, patient: bool = False) -> None:
        url = make_url(address)
        self.is_sqlite = url.get_backend_name() == SQLITE
        self.engine = _sqlite(url) if self.is_sqlite else _postgresql(url, patient=patient)
        self._patience = None if patient else _PATIENCE_SECONDS
        self._rests_until = 0.0
        self._away = False

    @property
    def rests(self) -> bool:
        """Whether it failed a moment ago. Whoever can do without it does."""
        return time.monotonic() < self._rests_until

    def close(self) -> None:
        """Let go of every connection that nobody uses."""
        self.engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is done whole when the block ends, or not at all."""
        if self._away and self.rests:
            raise StoreUnavailableError("it was away a moment ago")
        before = must_end.set(time.monotonic() + self._patience if self._patience else None)
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        except (SQLAlchemyError, OSError) as error:
            self._rests_until = time.monotonic() + _REST_SECONDS
            self._away = not self.is_sqlite and _is_away(error)
            raise StoreUnavailableError(type(error).__name__) from error
        finally:
            must_end.reset(before)


def _is_away(error: Exception) -> bool:
    """Whether there was no connection, or it broke; what has no statement went wrong before or after all of them."""
    return isinstance(error, DBAPIError) and (error.connection_invalidated or error.statement is None)


def _sqlite(url: URL) -> Engine:
    """Durable in a power cut, patient with locks, and a writer from the start, so that no two wait for each other."""
    engine = create_engine(url, connect_args={"timeout": _LOCK_SECONDS}, **_POOL)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _postgresql(url: URL, *, patient: bool) -> Engine:
    """Quick to give up, and never with a connection that is dead already."""
    try:
        from wizard.store.impatient import be_impatient  # noqa: PLC0415  an extra, which SQLite can do without
    except ImportError as error:
        raise StoreUnavailableError("PostgreSQL needs psycopg: install rett-trinn[postgresql]") from error
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    options = {} if patient else {"options": _LIMITS}
    engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": _LOCK_SECONDS} | options, **_POOL)
    if not patient:
        be_impatient(engine)
    return engine


def insert_or_change(session: Session, table: type[Base], values: dict[str, Any], changed: dict[str, Any]) -> None:
    """Insert a row; where its key is taken, change that row instead. Safe when two do it at once."""
    statement: Any = _INSERTS[session.get_bind().dialect.name](table).values(values)
    key = [column.name for column in table.__table__.primary_key.columns]  # type: ignore[attr-defined]
    upsert: Any = statement.on_conflict_do_update(index_elements=key, set_=changed)
    session.execute(upsert)


def insert_once(session: Session, table: type[Base], values: dict[str, Any]) -> bool:
    """Insert a row, and tell so, unless there is one of the kind already. Safe when two do it at once."""
    statement: Any = _INSERTS[session.get_bind().dialect.name](table).values(values)
    key = table.__mapper__.primary_key
    return session.execute(statement.on_conflict_do_nothing().returning(*key)).first() is not None
