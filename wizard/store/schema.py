"""Brings a database to the tables that this edition of the code knows, by the steps in ``migrations``.

SQLite belongs to one installation, and is brought up to date when the server starts. Another database may be shared
by several servers, so it waits for ``wizard store upgrade``.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import SQLAlchemyError

from wizard.store.database import Database
from wizard.store.errors import StoreOutdatedError, StoreUnavailableError

_TURN = 7_246_101
"""A number that only we ask PostgreSQL for a lock by; SQLite lets one in at a time anyway."""


def prepare(database: Database) -> None:
    """Make a database ready at start. Raises :class:`StoreOutdatedError` where somebody has to do it by hand."""
    if database.is_sqlite:
        upgrade(database)
    elif not up_to_date(database):
        raise StoreOutdatedError("The database is not up to date. Run `wizard store upgrade`.")


def upgrade(database: Database, to: str = "head") -> None:
    """Take every step that is missing, up to one where it is named, in one transaction.

    Two servers that start together do it once.
    """
    try:
        with database.engine.begin() as connection:
            if not database.is_sqlite:
                connection.execute(select(func.pg_advisory_xact_lock(_TURN)))
            command.upgrade(_config(connection), to)
    except CommandError as error:
        raise StoreOutdatedError(f"The database is newer than this edition: {error}") from error
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailableError(type(error).__name__) from error


def up_to_date(database: Database) -> bool:
    """Whether the database has just the tables that this edition knows."""
    try:
        with database.engine.begin() as connection:
            return MigrationContext.configure(connection).get_current_revision() == newest_revision()
    except (SQLAlchemyError, OSError) as error:
        raise StoreUnavailableError(type(error).__name__) from error


def newest_revision() -> str | None:
    """The last step of the migrations."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def all_revisions() -> list[str]:
    """The steps of the migrations, the first one first."""
    return [step.revision for step in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
