"""A clock that jumps an hour or a year, or that is set for summer, deletes nothing that lives and revives nothing.

A visit lasts as long as was promised whatever the clock says (``tests/web/test_session.py``). What else lives for
minutes (a login, a conversation) follows the clock to the safe side: it ends early, not late.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, func, select

from wizard.store.access_log import Act, note_access
from wizard.store.access_log_tables import AccessLog
from wizard.store.callback_tables import CallBack
from wizard.store.callbacks import State, Wish, ask_for_call, change_call
from wizard.store.codes import new_code
from wizard.store.database import Database
from wizard.store.draft_tables import Draft
from wizard.store.drafts import Edit as DraftEdit
from wizard.store.drafts import forget_old_drafts, new_draft_id, write_draft
from wizard.store.enquiries import Edit, add_enquiry, find_enquiry
from wizard.store.enquiry import Begun, Course, FollowUp, Status
from wizard.store.enquiry_tables import Enquiry
from wizard.store.field_key import FieldKey
from wizard.store.models import SavedVisit
from wizard.store.moments import NORWAY
from wizard.store.retention import KeptFor
from wizard.store.saved import find, forget_expired, save, today
from wizard.store.staff import STEPS_AHEAD, add_user, begin_enrolment, find_enrolling, use_step
from wizard.store.staff_sessions import find_present, open_session
from wizard.store.upkeep import Purged, purge
from wizard.store.vault import Vault

KEY = FieldKey(["a field key for tests, long enough for all of them"])
KEPT_FOR = KeptFor(enquiries=30, log=365, draft_minutes=60)
HOUR, YEAR = timedelta(hours=1), timedelta(365)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)
CLOSED = Course(FollowUp.INFORMED, Status.CLOSED)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def dina(database: Database) -> int:
    with database.writing() as session:
        return add_user(session, "dina", "admin").id


def keep(database: Database, vault: Vault, *, days: int = 1) -> str:
    code = new_code()
    with database.writing() as session:
        forget_expired(session, day=today())
        save(session, vault, code, "answers", last_day=today() + timedelta(days))
    return code


def opens(database: Database, vault: Vault, code: str) -> bool:
    """As the page does it."""
    with database.writing() as session:
        forget_expired(session, day=today())
        return find(session, vault, code, day=today()) is not None


@pytest.mark.parametrize("jump", [HOUR, -HOUR, YEAR, -YEAR], ids=str)
def test_a_code_outlives_a_clock_that_is_wrong_for_a_while(
    database: Database, vault: Vault, clock: time_machine.Traveller, jump: timedelta
) -> None:
    code = keep(database, vault)
    clock.move_to(NOON + jump)
    opens(database, vault, new_code())
    keep(database, vault)
    clock.move_to(NOON)
    assert opens(database, vault, code)


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=str)
def test_a_code_that_lives_opens_also_while_the_clock_is_an_hour_wrong(
    database: Database, vault: Vault, clock: time_machine.Traveller, jump: timedelta
) -> None:
    code = keep(database, vault)
    clock.move_to(NOON + jump)
    assert opens(database, vault, code)


def test_a_code_that_is_out_of_time_stays_so_when_the_clock_is_set_back_over_midnight(
    database: Database, vault: Vault, clock: time_machine.Traveller
) -> None:
    code = keep(database, vault, days=0)
    with database.writing() as session:
        held = session.scalars(select(SavedVisit)).one()
        kept = {"lookup": held.lookup, "sealed": held.sealed, "last_day": held.last_day}
    clock.move_to(MIDNIGHT + HOUR / 2)
    assert not opens(database, vault, code)
    with database.writing() as session:
        session.add(SavedVisit(**kept))  # as it may lie in a backup
    clock.move_to(MIDNIGHT - HOUR / 2)
    assert not opens(database, vault, code)
    assert opens(database, vault, keep(database, vault))


def test_a_clock_that_was_days_ahead_shuts_nobody_out_afterwards(
    database: Database, vault: Vault, clock: time_machine.Traveller
) -> None:
    clock.move_to(NOON + timedelta(20))
    opens(database, vault, new_code())
    clock.move_to(NOON)
    assert opens(database, vault, keep(database, vault))


def fill(database: Database, vault: Vault, dina: int) -> None:
    """One of everything, closed or handled today."""
    keep(database, vault, days=30)
    with database.writing() as session:
        ask_for_call(session, KEY, vault, "R", Wish("Kari", "22 22 55 55", "", only_then=False, message=True))
    with database.writing() as session:
        call = session.scalars(select(CallBack.id)).one()
        change_call(session, call, State.DONE, Edit(dina, "done"))
        add_enquiry(session, KEY, Begun("fjordvik", "r1", ()), CLOSED, Edit(dina, "form"))
        note_access(session, dina, Act.LOG_OPENED)
        write_draft(session, KEY, new_draft_id(), dina, lambda _: {"age": "old"}, DraftEdit("page", 0, 1))


def left(database: Database) -> dict[str, int]:
    tables = (SavedVisit, CallBack, Enquiry, AccessLog, Draft)
    with database.writing() as session:
        return {table.__tablename__: session.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def clean(address: str, *, force: bool = False) -> Purged:
    return purge(address, KEPT_FOR, force=force)


def test_purge_refuses_a_clock_that_is_a_year_ahead_until_somebody_says_that_it_is_right(
    database: Database, address: str, vault: Vault, dina: int, clock: time_machine.Traveller
) -> None:
    fill(database, vault, dina)
    everything = left(database)
    assert all(everything.values())
    assert clean(address).refused == ""
    clock.move_to(NOON + YEAR)
    for _ in range(2):
        assert "say --force" in clean(address).refused
        assert left(database) == everything
    assert clean(address, force=True).refused == ""
    assert left(database) | {"access_log": 0} == dict.fromkeys(everything, 0)


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=str)
def test_purge_deletes_nothing_too_early_in_a_wrong_hour(
    database: Database, address: str, vault: Vault, dina: int, clock: time_machine.Traveller, jump: timedelta
) -> None:
    fill(database, vault, dina)
    with database.writing() as session:
        session.execute(delete(Draft))
    everything = left(database)
    clock.move_to(NOON + jump)
    assert clean(address).refused == ""
    assert left(database) == everything


def test_a_clock_that_is_a_year_ahead_ends_no_conversation(
    database: Database, dina: int, clock: time_machine.Traveller
) -> None:
    def still_there() -> bool:
        with database.writing() as session:
            forget_old_drafts(session, untouched_minutes=60)
            return bool(session.scalar(select(func.count()).select_from(Draft)))

    with database.writing() as session:
        write_draft(session, KEY, new_draft_id(), dina, lambda _: {"age": "old"}, DraftEdit("page", 0, 1))
    assert still_there()
    clock.move_to(NOON + YEAR)
    assert still_there()
    clock.move_to(NOON + HOUR + timedelta(minutes=1))
    assert not still_there()


@pytest.mark.parametrize("jump", [HOUR, -HOUR, YEAR], ids=str)
def test_a_login_never_lives_longer_for_it(
    database: Database, dina: int, clock: time_machine.Traveller, jump: timedelta
) -> None:
    with database.writing() as session:
        token = open_session(session, dina, confirmed=True)
    clock.move_to(NOON + jump)
    with database.writing() as session:
        assert find_present(session, token) is None


def log_in(database: Database, staff: int) -> str:
    with database.writing() as session:
        return open_session(session, staff, confirmed=True)


def is_there(database: Database, token: str) -> bool:
    with database.writing() as session:
        return find_present(session, token) is not None


def test_a_login_that_was_seen_within_the_hour_that_comes_again_is_over(
    database: Database, dina: int, clock: time_machine.Traveller
) -> None:
    token = log_in(database, dina)
    clock.move_to(NOON + timedelta(minutes=20))
    assert is_there(database, token)
    clock.move_to(NOON + timedelta(minutes=5))
    assert not is_there(database, token)
    clock.move_to(NOON + timedelta(minutes=20))
    assert not is_there(database, token)


@pytest.mark.parametrize("found_by", ["itself", "a colleague", "purge"])
def test_a_login_that_was_found_over_stays_so_when_the_clock_is_set_back(
    database: Database, address: str, dina: int, clock: time_machine.Traveller, found_by: str
) -> None:
    token = log_in(database, dina)
    clock.move_to(NOON + timedelta(minutes=20))
    colleague = log_in(database, dina)
    clock.move_to(NOON + timedelta(minutes=45))
    match found_by:
        case "itself":
            assert not is_there(database, token)
        case "a colleague":
            assert is_there(database, colleague)
        case _:
            purge(address, KEPT_FOR)
    clock.move_to(NOON + timedelta(minutes=5))
    assert not is_there(database, token)


def test_a_one_time_code_for_new_staff_lives_its_day_and_no_longer(
    database: Database, dina: int, clock: time_machine.Traveller
) -> None:
    with database.writing() as session:
        code = begin_enrolment(session, add_user(session, "kari", "desk"))
    for moment, good in ((HOUR, True), (-HOUR, True), (YEAR, False), (timedelta(), True), (25 * HOUR, False)):
        clock.move_to(NOON + moment)
        with database.writing() as session:
            assert (find_enrolling(session, code) is not None) is good, moment


def test_a_code_used_while_the_clock_was_a_year_ahead_shuts_nobody_out(database: Database) -> None:
    step = int(NOON.timestamp()) // 30
    with database.writing() as session:
        user = add_user(session, "kari", "desk")
        assert use_step(session, user, step)
        assert not use_step(session, user, step)
        assert use_step(session, user, step + STEPS_AHEAD)
        assert not use_step(session, user, step)
        assert use_step(session, user, step + 365 * 2880)
        assert use_step(session, user, step + 1)
        assert not use_step(session, user, step + 1)


@pytest.mark.parametrize("changed", [date(2026, 3, 29), date(2026, 10, 25)], ids=["summer", "winter"])
def test_when_the_clocks_are_changed_everything_lives_as_long_as_it_was_promised(
    database: Database, vault: Vault, dina: int, changed: date
) -> None:
    before = datetime(changed.year, changed.month, changed.day, 0, 30, tzinfo=NORWAY).astimezone(UTC)
    with time_machine.travel(before, tick=False) as clock:
        code = keep(database, vault, days=1)
        with database.writing() as session:
            write_draft(session, KEY, new_draft_id(), dina, lambda _: {"age": "old"}, DraftEdit("page", 0, 1))
            reference = add_enquiry(session, KEY, Begun("fjordvik", "r1", ()), CLOSED, Edit(dina, "form"))
        for minutes, lives in ((59, True), (61, False)):
            clock.move_to(before + timedelta(minutes=minutes))
            with database.writing() as session:
                assert (forget_old_drafts(session, untouched_minutes=60) == 0) is lives
        last_day = changed + timedelta(30)
        for day, lives in ((last_day, True), (last_day + timedelta(1), False)):
            clock.move_to(datetime(day.year, day.month, day.day, 0, 30, tzinfo=NORWAY).astimezone(UTC))
            with database.writing() as session:
                assert (find_enquiry(session, KEY, reference, keep_days=30) is not None) is lives
        clock.move_to(datetime(changed.year, changed.month, changed.day, 23, 59, tzinfo=NORWAY).astimezone(UTC))
        assert opens(database, vault, code)
