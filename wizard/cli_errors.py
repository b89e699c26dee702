"""How the ``wizard`` command refuses: in one clear line, with exit status 2, or 1 where a guide has faults."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

import click

from wizard.environment import ConfigError
from wizard.guide.faults import GuideFaultsError
from wizard.store.errors import StoreOutdatedError, StoreUnavailableError


class Refused(click.ClickException):
    """One clear line."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002
        """Say it, whichever command it was."""
        click.echo(f"wizard: {self.message}", err=True)


class Faulty(Refused):
    """The guide has faults, which have been told."""

    exit_code = 1


@contextmanager
def one_line() -> Iterator[None]:
    """Tell in one line what stands in the way; the faults of a guide each in their own, and then how many."""
    try:
        yield
    except (ConfigError, StoreOutdatedError) as error:
        raise Refused(str(error)) from error
    except StoreUnavailableError as error:
        raise Refused(f"The database cannot be used ({error}). Look at WIZARD_DATABASE.") from error
    except GuideFaultsError as error:
        click.echo(str(error), err=True)
        raise Faulty(f"The guide has {len(error.faults)} faults.") from error
