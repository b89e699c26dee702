"""What the command line does with the database: delete what is out of time, and bring the tables up to date."""

from contextlib import closing
from dataclasses import dataclass, replace

from wizard.store.database import Database
from wizard.store.drafts import forget_old_drafts
from wizard.store.retention import (
    Going,
    KeptFor,
    LeftOpen,
    PurgeRefusedError,
    clean_up,
    count_going,
    left_open,
    refuse_mistakes,
)
from wizard.store.saved import count_saved, forget_expired, today
from wizard.store.schema import newest_revision, prepare
from wizard.store.schema import upgrade as upgrade_tables
from wizard.store.staff_sessions import forget_ended, now
from wizard.store.tries import forget_old_tries


@dataclass(frozen=True, slots=True)
class Purged:
    """How many saved visits were deleted, and how many are kept. ``drafts``: conversations of the desk deleted.

    ``desk`` is what else of the desk was out of time; ``refused`` tells why none of that was deleted, where so.
    ``left_open`` is what nobody has finished for long.
    """

    deleted: int
    kept: int
    drafts: int
    desk: tuple[Going, ...] = ()
    refused: str = ""
    left_open: tuple[LeftOpen, ...] = ()


def purge(address: str, kept_for: KeptFor, *, dry_run: bool = False, force: bool = False) -> Purged:
    """Delete everything whose time is out: codes and conversations always, the rest where it looks right.

    A dry run tells what would be deleted, and deletes nothing.
    """
    with closing(Database(address, patient=True)) as database:
        return _purge(database, kept_for, dry_run=dry_run, force=force)


def _purge(database: Database, kept_for: KeptFor, *, dry_run: bool, force: bool) -> Purged:
    prepare(database)
    with database.writing() as session:
        codes = forget_expired(session, day=today(), force=force)
        drafts = forget_old_drafts(session, untouched_minutes=kept_for.draft_minutes)
        forget_old_tries(session)
        forget_ended(session, now())
        done = Purged(codes, count_saved(session), drafts, left_open=left_open(session, kept_for))
        if dry_run:
            session.rollback()
    with database.writing() as session:
        counted = count_going(session, kept_for)
        try:
            if not force:
                refuse_mistakes(session, counted)
        except PurgeRefusedError as error:
            return replace(done, desk=counted, refused=str(error))
        if not dry_run:
            clean_up(session, kept_for)
    return replace(done, desk=counted)


def upgrade(address: str) -> str | None:
    """Bring the tables up to date, and tell the step they are at."""
    with closing(Database(address, patient=True)) as database:
        upgrade_tables(database)
    return newest_revision()
