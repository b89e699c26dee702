"""``wizard purge`` and what the desk keeps: gone in time, and never by mistake."""

import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner
from sqlalchemy import func, select, text, update

from tests.conftest import GUIDES
from wizard.cli import main
from wizard.desk.moments import today
from wizard.store.access_log_tables import AccessLog
from wizard.store.callback_tables import CallBack
from wizard.store.codes import new_code
from wizard.store.database import Database
from wizard.store.enquiry_tables import Enquiry, EnquiryVersion
from wizard.store.models import Base, SavedVisit
from wizard.store.retention_tables import LastPurge
from wizard.store.saved import save
from wizard.store.schema import prepare
from wizard.store.staff import add_user, disable_user
from wizard.store.staff_tables import StaffUser
from wizard.store.vault import Vault

DAY = 24 * 60 * 60
PEPPER = "a pepper for tests, long enough for all of them"


@pytest.fixture
def runner(tmp_path: Path) -> CliRunner:
    return CliRunner(env={"WIZARD_INSTANCE": str(tmp_path), "WIZARD_GUIDES": str(GUIDES), "WIZARD_GUIDE": "fjordvik"})


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/wizard.sqlite")
    prepare(database)
    with database.writing() as session:
        add_user(session, "dina", "desk")
    yield database
    database.engine.dispose()


def keep_enquiries(database: Database, *closed: date | None) -> None:
    with database.writing() as session:
        for day in closed:
            name = new_code()
            row = Enquiry(reference=name[:16], once=name, created=today(), sealed=b"", version=1, closed=day)
            row.status, row.follow_up, row.unit = "open", "informed", ""
            session.add(row)
            session.flush()
            version = EnquiryVersion(reference=name[:16], version=1, once=name, staff_id=1, moment=0, sealed=b"")
            session.add(version)


def keep_calls(database: Database, *handled: date | None) -> None:
    with database.writing() as session:
        for day in handled:
            session.add(CallBack(receipt=new_code().encode(), sealed=b"", created=0, state="done", handled=day))


def keep_log(database: Database, *days_old: int) -> None:
    with database.writing() as session:
        for days in days_old:
            session.add(AccessLog(moment=int(time.time()) - days * DAY - 60, staff_id=1, act="log_opened", about=""))


def count(database: Database, table: type[Base]) -> int:
    with database.writing() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def ago(days: int) -> date:
    return today() - timedelta(days)


def told(runner: CliRunner, *options: str, status: int = 0) -> str:
    result = runner.invoke(main, ["purge", *options])
    assert result.exit_code == status, result.output
    return result.output


def test_each_kind_is_kept_for_its_own_time(runner: CliRunner, database: Database) -> None:
    keep_enquiries(database, None, ago(30), ago(31))
    keep_calls(database, None, ago(14), ago(15))
    keep_log(database, 0, 364, 366)
    output = told(runner)
    for line in ("Enquiries: 1 deleted, 2 kept.", "Call-backs: 1 deleted, 2 kept.", "Log lines: 1 deleted, 2 kept."):
        assert line in output
    assert [count(database, table) for table in (Enquiry, EnquiryVersion, CallBack, AccessLog)] == [2, 2, 2, 2]


def test_the_time_of_enquiries_and_of_the_log_can_be_set(runner: CliRunner, database: Database) -> None:
    keep_enquiries(database, ago(5), ago(6))
    keep_log(database, 99, 101)
    result = runner.invoke(main, ["purge"], env={"WIZARD_KEEP_ENQUIRIES_DAYS": "5", "WIZARD_KEEP_LOG_DAYS": "100"})
    assert "Enquiries: 1 deleted, 1 kept." in result.output
    assert "Log lines: 1 deleted, 1 kept." in result.output
    result = runner.invoke(main, ["purge"], env={"WIZARD_KEEP_LOG_DAYS": "30"})
    assert (result.exit_code, "from 90 to" in result.output) == (2, True)


def test_a_dry_run_tells_and_deletes_nothing(runner: CliRunner, database: Database) -> None:
    keep_enquiries(database, ago(31))
    with database.writing() as session:
        save(session, Vault(PEPPER), new_code(), "answers", last_day=ago(2))
    output = told(runner, "--dry-run")
    assert "Saved visits: 1 would be deleted" in output
    assert "Enquiries: 1 would be deleted" in output
    assert [count(database, table) for table in (Enquiry, SavedVisit, LastPurge)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("old", "young", "refused"),
    [(50, 0, False), (51, 0, True), (51, 204, False), (51, 203, True), (300, 1300, False)],
)
def test_much_at_once_is_refused_unless_forced(
    runner: CliRunner, database: Database, old: int, young: int, *, refused: bool
) -> None:
    keep_calls(database, *[ago(15)] * old, *[None] * young)
    output = told(runner, status=2 if refused else 0)
    assert ("would go. Nothing of the desk's was deleted." in output) is refused
    assert count(database, CallBack) == young + old * refused
    told(runner, "--force")
    assert count(database, CallBack) == young


@pytest.mark.parametrize(("days", "refused"), [(-1, True), (0, False), (31, False), (32, True)])
def test_a_clock_that_has_jumped_is_noticed(runner: CliRunner, database: Database, days: int, *, refused: bool) -> None:
    told(runner)
    keep_enquiries(database, ago(99))
    with time_machine.travel(time.time() + days * DAY):
        output = told(runner, status=2 if refused else 0)
        assert ("If the clock is right, say --force." in output) is refused
        assert count(database, Enquiry) == refused
        told(runner, "--force")
        told(runner)
    assert count(database, Enquiry) == 0


def test_expired_codes_go_also_where_the_rest_is_refused(runner: CliRunner, database: Database) -> None:
    keep_calls(database, *[ago(15)] * 60)
    with database.writing() as session:
        for days in (2, -2):
            save(session, Vault(PEPPER), new_code(), "answers", last_day=ago(days))
    assert "Saved visits: 1 deleted, 1 kept." in told(runner, status=2)
    assert (count(database, SavedVisit), count(database, CallBack)) == (1, 60)


def test_what_nobody_finishes_is_told_by_its_number_and_stays(runner: CliRunner, database: Database) -> None:
    keep_enquiries(database, None, None, ago(1))
    keep_calls(database, None, ago(1))
    with database.writing() as session:
        numbers = list(session.scalars(select(Enquiry.reference).where(Enquiry.closed.is_(None))))
        session.execute(update(Enquiry).where(Enquiry.reference == numbers[0]).values(created=ago(31)))
        session.execute(update(Enquiry).where(Enquiry.reference == numbers[1]).values(created=ago(30)))
    output = told(runner)
    assert f"Enquiries open for more than 30 days: 1 ({numbers[0]})." in output
    assert "Call-backs open for more than 30 days: 1 (1)." in output
    assert [count(database, table) for table in (Enquiry, CallBack)] == [3, 2]
    output = runner.invoke(main, ["purge"], env={"WIZARD_WARN_OPEN_DAYS": "31"}).output
    assert "Enquiries open" not in output


def test_a_closed_account_goes_once_nothing_names_it(runner: CliRunner, database: Database) -> None:
    """Dina works still, Kari's name stands in the log, Olas in an enquiry; nothing speaks of Per any more."""
    with database.writing() as session:
        kari, ola, per, line = (add_user(session, name, "desk") for name in ("kari", "ola", "per", "line"))
        for user in (kari, ola, per, line):
            disable_user(session, user)
        session.add(AccessLog(moment=int(time.time()), staff_id=1, act="account_closed", about="kari"))
        session.add(AccessLog(moment=int(time.time()) - 366 * DAY, staff_id=line.id, act="log_opened", about=""))
    keep_enquiries(database, ago(1))
    with database.writing() as session:
        session.execute(update(EnquiryVersion).values(staff_id=ola.id))
    assert "Closed accounts: 1 deleted, 4 kept." in told(runner)
    assert "Closed accounts: 1 deleted, 3 kept." in told(runner)
    with database.writing() as session:
        assert list(session.scalars(select(StaffUser.name).order_by(StaffUser.id))) == ["dina", "kari", "ola"]


@pytest.mark.usefixtures("only_sqlite")
def test_nothing_of_a_deleted_enquiry_is_left_in_the_file(
    runner: CliRunner, database: Database, tmp_path: Path
) -> None:
    keep_enquiries(database, ago(31))
    with database.writing() as session:
        session.execute(text("UPDATE enquiry_version SET sealed = 'kanarifugl'"))
    told(runner)
    database.engine.dispose()
    assert b"kanarifugl" not in (tmp_path / "wizard.sqlite").read_bytes()
