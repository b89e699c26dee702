"""The part of the ``wizard`` command that shows how a guide decides: as tables, and as drawings."""

from typing import TextIO

import click

from wizard.cli_errors import Refused
from wizard.cli_named import guide_option, load
from wizard.guide.flow import flow_of_guide, flow_of_need
from wizard.guide.graph import draw_graph
from wizard.guide.guide import Guide
from wizard.guide.table import DecisionTable, tell_table, write_markdown
from wizard.guide.table_html import write_page
from wizard.rules.regions import TooLargeError

output_option = click.option("-o", "--output", type=click.File("w", "utf-8"), default="-", help="A file to write to.")


@click.command()
@guide_option
@click.option("--html", "as_html", is_flag=True, help="As a page, not as Markdown.")
@output_option
@click.argument("need")
def table(named: str | None, need: str, as_html: bool, output: TextIO) -> None:
    """Write the decision table of a need: these answers, this step, these services."""
    told = _table(load(named), need)
    output.write(write_page(told) if as_html else write_markdown(told))


@click.command()
@guide_option
@output_option
@click.argument("need", required=False)
def graph(named: str | None, need: str | None, output: TextIO) -> None:
    """Draw the flow of questions as SVG: of a need, or else what everybody is asked."""
    guide = load(named)
    steps = [block.step for block in _table(guide, need).blocks] if need else []
    output.write(draw_graph(flow_of_need(guide, need, steps) if need else flow_of_guide(guide)))


def _table(guide: Guide, need: str) -> DecisionTable:
    if need not in guide.needs:
        raise Refused(f"There is no need “{need}”. The needs are {', '.join(guide.needs)}.")
    try:
        return tell_table(guide, need)
    except TooLargeError as error:
        raise Refused(
            f"The table of “{need}” could not be made within reason. Ask fewer questions, or split the need."
        ) from error
