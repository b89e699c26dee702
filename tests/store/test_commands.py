"""``wizard purge`` and ``wizard store upgrade``: one line each, whatever happens."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conftest import GUIDES
from wizard.cli import main
from wizard.store.codes import new_code
from wizard.store.database import Database
from wizard.store.saved import save, today
from wizard.store.schema import newest_revision, prepare
from wizard.store.vault import Vault


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    return CliRunner(env={"WIZARD_INSTANCE": str(tmp_path), "WIZARD_GUIDES": str(GUIDES), "WIZARD_GUIDE": "fjordvik"})


def test_purge_deletes_what_is_out_of_time_and_tells_how_many(runner: CliRunner, tmp_path: Path, vault: Vault) -> None:
    database = Database(f"sqlite:///{tmp_path}/wizard.sqlite")
    prepare(database)
    with database.writing() as session:
        for days in (-1, 0, 1):
            save(session, vault, new_code(), "answers", last_day=today() + timedelta(days))
    database.engine.dispose()
    for told in ("Saved visits: 1 deleted, 2 kept.", "Saved visits: 0 deleted, 2 kept."):
        result = runner.invoke(main, ["purge"])
        assert (result.output.splitlines()[0], result.exit_code) == (told, 0)


def test_upgrade_makes_the_tables_and_can_be_run_again(runner: CliRunner) -> None:
    for _ in range(2):
        result = runner.invoke(main, ["store", "upgrade"])
        assert (result.output, result.exit_code) == (f"The tables are up to date, at {newest_revision()}.\n", 0)


@pytest.mark.parametrize("command", [["purge"], ["store", "upgrade"]])
@pytest.mark.parametrize("address", ["sqlite:////nowhere/at/all.sqlite", "nonsense"])
def test_a_database_that_cannot_be_used_is_told_in_one_line(
    runner: CliRunner, command: list[str], address: str
) -> None:
    result = runner.invoke(main, command, env={"WIZARD_DATABASE": address})
    assert result.exit_code == 2
    assert result.output.count("\n") == 1
    assert "WIZARD_DATABASE" in result.output
