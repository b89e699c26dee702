"""The tables come about step by step, from wherever a database stands, and nothing that is kept is lost on the way."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import date
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, Column, Connection, Date, Integer, LargeBinary, MetaData, insert, select, text

from wizard.store.database import Database
from wizard.store.errors import StoreOutdatedError
from wizard.store.models import Base
from wizard.store.schema import _config, all_revisions, newest_revision, prepare, up_to_date, upgrade

Open = Callable[..., Database]
VERSION = "alembic_version"


def tables_of(connection: Connection) -> MetaData:
    found = MetaData()
    found.reflect(connection)
    found.remove(found.tables[VERSION])
    return found


def value_for(column: Column[Any]) -> Any:
    """Something that fits."""
    kinds = {Boolean: True, Integer: 1, Date: date(2026, 2, 27), LargeBinary: b"sealed"}
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), "text")


def rows_of(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    found = tables_of(connection).sorted_tables
    return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in found}


@pytest.mark.parametrize("revision", all_revisions())
def test_every_earlier_edition_comes_up_to_date_with_its_rows(empty: str, opened: Open, revision: str) -> None:
    database = opened(empty)
    upgrade(database, revision)
    with database.engine.begin() as connection:
        for table in tables_of(connection).sorted_tables:
            connection.execute(insert(table).values({column.name: value_for(column) for column in table.columns}))
        before = rows_of(connection)
    assert before
    assert all(len(rows) == 1 for rows in before.values())
    upgrade(database)
    assert up_to_date(database)
    with database.engine.begin() as connection:
        after = rows_of(connection)
    for name, rows in before.items():
        assert [{column: row[column] for column in rows[0]} for row in after[name]] == rows, name


def test_the_migrations_build_what_the_models_say(database: Database) -> None:
    assert up_to_date(database)
    with database.engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
        command.check(_config(connection))


def test_a_table_that_no_migration_makes_is_noticed(database: Database) -> None:
    with database.engine.begin() as connection:
        connection.execute(text("DROP TABLE tries"))
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) != []


def build(address: str) -> bool:
    with closing(Database(address, patient=True)) as database:
        upgrade(database)
        return up_to_date(database)


def test_servers_that_start_together_build_it_once(empty: str) -> None:
    with ProcessPoolExecutor(4) as pool:
        assert list(pool.map(build, [empty] * 4)) == [True] * 4


def test_a_database_from_a_later_edition_is_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text(f"UPDATE {VERSION} SET version_num = '9999'"))
    with pytest.raises(StoreOutdatedError):
        prepare(database)
    with database.writing() as session:
        assert session.scalar(text(f"SELECT version_num FROM {VERSION}")) == "9999"
    assert newest_revision() != "9999"


def test_an_empty_database_is_told_to_be_out_of_date(empty: str, opened: Open) -> None:
    assert not up_to_date(opened(empty))
