"""The part of the ``wizard`` command for those who run it: every setting, and the pages of a proxy in front of it."""

from http import HTTPStatus
from pathlib import Path

import click

from wizard.cli_errors import one_line
from wizard.config import read_settings, tell_settings

UNAVAILABLE, LEFT = "unavailable.html", "left.html"


@click.command()
def settings() -> None:
    """Tell every setting, with its default and what it is."""
    for line in tell_settings():
        click.echo(line)


@click.command("proxy-pages")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def proxy_pages(folder: Path) -> None:
    """Write the pages that a proxy shows when the guide does not answer: whom to call, and the way out."""
    with one_line():
        leave_to = read_settings().leave_to
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in make_pages(leave_to).items():
        (folder / name).write_text(page, encoding="utf-8")
        click.echo(folder / name)


def make_pages(leave_to: str) -> dict[str, str]:
    """The pages by the name of their file: the bare page of a fault, and the blank one that leads away."""
    from wizard.web.bare import bare_page, leave_page  # noqa: PLC0415  the other commands need no pages

    return {UNAVAILABLE: bare_page(HTTPStatus.SERVICE_UNAVAILABLE), LEFT: leave_page(leave_to)}
