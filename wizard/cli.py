"""The ``wizard`` command, put together: its parts lie in ``cli_*``, each for somebody else."""

import click

from wizard import cli_draw, cli_guide
from wizard.cli_deploy import proxy_pages, settings
from wizard.cli_errors import one_line
from wizard.cli_store import purge, store
from wizard.cli_translations import translations
from wizard.cli_user import user
from wizard.config import read_settings
from wizard.guide.faults import GuideFaultsError
from wizard.guide.passed import load_passed_guide


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Rett trinn: from plain questions to the lowest suitable step of the ladder."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the guide on the web."""
    from wizard.serve import run  # noqa: PLC0415  the other commands need no web server

    with one_line():
        read = read_settings()
        try:
            load_passed_guide(read.guide_folder, read.instance)
        except GuideFaultsError:
            click.echo("wizard: The guide is not served. Mend it first:", err=True)
            raise
    run(read, host=host, port=port, workers=workers)


for command in (cli_guide.check, cli_guide.assess, cli_guide.services, cli_guide.questions, cli_guide.asking):
    main.add_command(command)
for command in (cli_draw.table, cli_draw.graph, store, purge, user, translations, settings, proxy_pages):
    main.add_command(command)
