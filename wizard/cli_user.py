"""The part of the ``wizard`` command that looks after who may log in at the desk.

No password is ever typed here: a new user gets a one-time code, shown once, and chooses the password alone.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import click

from wizard.cli_errors import Refused, one_line
from wizard.config import Settings, read_settings
from wizard.store.codes import group_code

_ROLES = click.Choice(["desk", "admin"])
_WELCOME = "/skranke/velkommen"


@click.group()
def user() -> None:
    """Look after those who work at the desk."""


@user.command()
@click.argument("name")
@click.option("--role", type=_ROLES, default="desk", show_default=True, help="What the user may do.")
@click.option("--oidc", "subject", metavar="SUBJECT", help="Logs in through the login provider, which calls them this.")
def add(name: str, role: str, subject: str | None) -> None:
    """Make a user, with a one-time code that is shown now and never again."""
    from wizard.store import staff_upkeep  # noqa: PLC0415  the other commands need no database

    with _accounts() as settings:
        if subject:
            mark = staff_upkeep.provider_mark(settings.pepper, _issuer(settings), subject)
            staff_upkeep.add_provided(settings.database, name, role, mark)
            click.echo(f"{name} can log in through {_issuer(settings)}.")
        else:
            _print_code(name, staff_upkeep.add(settings.database, name, role))


@user.command()
@click.argument("name")
def reset(name: str) -> None:
    """Let a user who lost the password or the telephone begin anew, with a new one-time code."""
    from wizard.store import staff_upkeep  # noqa: PLC0415  the other commands need no database

    with _accounts() as settings:
        _print_code(name, staff_upkeep.reset(settings.database, name))


@user.command()
@click.argument("name")
def disable(name: str) -> None:
    """Close a user's account. Whoever uses it is logged out at once, everywhere."""
    from wizard.store import staff_upkeep  # noqa: PLC0415  the other commands need no database

    with _accounts() as settings:
        staff_upkeep.disable(settings.database, name)
        click.echo(f"{name} is closed.")


@user.command()
@click.argument("name")
def enable(name: str) -> None:
    """Open a closed account again."""
    from wizard.store import staff_upkeep  # noqa: PLC0415  the other commands need no database

    with _accounts() as settings:
        staff_upkeep.enable(settings.database, name)
        click.echo(f"{name} is open.")


@user.command()
@click.argument("name")
@click.argument("role", type=_ROLES)
def role(name: str, role: str) -> None:
    """Give a user another role, from the next page on."""
    from wizard.store import staff_upkeep  # noqa: PLC0415  the other commands need no database

    with _accounts() as settings:
        staff_upkeep.set_role(settings.database, name, role)
        click.echo(f"{name} has the role {role}.")


@user.command(name="list")
def list_() -> None:
    """List all users: role, how they log in, and whether they can."""
    from wizard.store import staff_upkeep  # noqa: PLC0415  the other commands need no database

    with _accounts() as settings:
        for one in staff_upkeep.list_users(settings.database):
            by = "provider" if one.provider_mark else "password"
            state = "closed" if one.disabled else "open" if one.enrolled or one.provider_mark else "waiting"
            click.echo(f"{one.name}\t{one.role}\t{by}\t{state}")


@contextmanager
def _accounts() -> Iterator[Settings]:
    """The settings, and one line about what stands in the way."""
    from wizard.store.staff import StaffError  # noqa: PLC0415  the other commands need no database

    with one_line():
        try:
            yield read_settings()
        except StaffError as error:
            raise Refused(str(error)) from error


def _issuer(settings: Settings) -> str:
    if settings.provider is None:
        raise Refused("Set WIZARD_OIDC_ISSUER first: it says who vouches for the user.")
    return settings.provider.issuer


def _print_code(name: str, code: str) -> None:
    click.echo(f"One-time code for {name}, good for 24 hours: {'-'.join(group_code(code))}")
    click.echo(f"Give it to them in person. They type it at {_WELCOME}, and choose a password there.")
