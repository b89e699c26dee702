"""The part of the ``wizard`` command that looks after what is kept: bring the tables up to date, and delete in time."""

from pathlib import Path

import click

from wizard.cli_errors import Refused, one_line
from wizard.config import read_settings

_SHOWN = 20


@click.group()
def store() -> None:
    """Look after the database of what outlives a visit."""


@store.command()
def upgrade() -> None:
    """Bring the tables up to date. SQLite does it by itself when the server starts."""
    from wizard.store import upkeep  # noqa: PLC0415  the other commands need no database

    with one_line():
        click.echo(f"The tables are up to date, at {upkeep.upgrade(read_settings().database)}.")


@store.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Copy an SQLite database to a new file, also while the server runs."""
    from wizard.store.backup import BackupError, back_up  # noqa: PLC0415  the other commands need no database

    with one_line():
        try:
            back_up(read_settings().database, file)
        except BackupError as error:
            raise Refused(str(error)) from error
    click.echo(f"Copied to {file}.")


@store.command()
def digest() -> None:
    """Tell a digest of everything that is kept, to compare a copy with."""
    from wizard.store.backup import digest_of  # noqa: PLC0415  the other commands need no database

    with one_line():
        click.echo(digest_of(read_settings().database))


@store.command()
def reseal() -> None:
    """Seal anew, with the first of WIZARD_FIELD_KEYS, what an old one sealed. Servers may run meanwhile."""
    from wizard.store.reseal import Found  # noqa: PLC0415  the other commands need no database
    from wizard.store.reseal import reseal as seal_anew  # noqa: PLC0415

    with one_line():
        settings = read_settings()
        found = seal_anew(settings.database, settings.field_keys)
    click.echo(f"Fields {', '.join(f'{state.value}: {found[state]}' for state in Found)}.")
    if found[Found.LOST]:
        raise Refused("Put the key back that sealed the last of these, behind the others, and say it again.")


@click.command()
@click.option("--dry-run", is_flag=True, help="Tell what would be deleted, and delete nothing.")
@click.option("--force", is_flag=True, help="Delete also where much would go, or the clock seems to have jumped.")
def purge(*, dry_run: bool, force: bool) -> None:
    """Delete what is out of time. The pages never open it; this takes it away also when nobody comes by.

    Nothing goes where the latest day that was seen is more than a month ago: then the clock may have jumped.
    Enquiries, call-backs and lines of the log also stay where more than 50 of a kind and more than a fifth would go.
    Those that have been open for long are told by their numbers, and stay.
    """
    from wizard.store import retention, upkeep  # noqa: PLC0415  the other commands need no database

    with one_line():
        settings = read_settings()
        kept_for = retention.KeptFor(
            settings.keep_enquiries_days, settings.keep_log_days, settings.draft_minutes, settings.warn_open_days
        )
        purged = upkeep.purge(settings.database, kept_for, dry_run=dry_run, force=force)
        verb = "would be deleted" if dry_run else "deleted"
        click.echo(f"Saved visits: {purged.deleted} {verb}, {purged.kept} kept.")
        click.echo(f"Conversations at the desk: {purged.drafts} {verb}.")
        for left in purged.left_open:
            if left.numbers:
                shown = ", ".join(left.numbers[:_SHOWN]) + (" …" if len(left.numbers) > _SHOWN else "")
                days = f"open for more than {settings.warn_open_days} days"
                click.echo(f"{left.what} {days}: {len(left.numbers)} ({shown}). They stay until somebody closes them.")
        if purged.refused:
            raise Refused(purged.refused)
        for kind in purged.desk:
            click.echo(f"{kind.what}: {kind.going} {verb}, {kind.of - kind.going} kept.")
