"""The ``wizard`` command: check a guide, ask it, show what it holds, serve it.

Bad input gives one clear line and exit status 2; a guide with faults gives all of them and exit status 1.
"""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NoReturn, TextIO

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from wizard.cli_deploy import proxy_pages
from wizard.cli_store import purge, store
from wizard.cli_translations import translations
from wizard.cli_user import user
from wizard.config import ConfigError, Settings, read_settings
from wizard.guide.asking import AIMS, VISITS, Asking, measure_drawn, measure_scenarios, tell_asking
from wizard.guide.check import Checked, check_guide, describe_audit, tell_check
from wizard.guide.faults import GuideFaultsError
from wizard.guide.flow import flow_of_guide, flow_of_need
from wizard.guide.graph import draw_graph
from wizard.guide.guide import Guide
from wizard.guide.judge import LONGEST_SECONDS
from wizard.guide.load import load_guide
from wizard.guide.passed import load_passed_guide
from wizard.guide.sources import read_sources
from wizard.guide.table import DecisionTable, tell_table, write_markdown
from wizard.guide.table_html import write_page
from wizard.guide.tell import tell_outcome, tell_questions, tell_services
from wizard.rules.answers import read_answers
from wizard.rules.regions import TooLargeError
from wizard.rules.visit import assess as assess_visit
from wizard.rules.visit import settle_visit


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Rett trinn: from plain questions to the lowest suitable step of the ladder."""


main.add_command(store)
main.add_command(purge)
main.add_command(user)
main.add_command(translations)
main.add_command(proxy_pages)

guide_option = click.option("--guide", "named", metavar="FOLDER", help="The guide's folder, or its name under data/.")


@main.command()
@click.argument("named", metavar="[GUIDE]", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
@click.option("--seconds", default=LONGEST_SECONDS, show_default=True, type=click.FloatRange(0), help="Longest proof.")
def check(named: str | None, as_json: bool, seconds: float) -> None:
    """Check a guide: its files, its guarantees over every possible visit, and its scenarios.

    Every fault is told as file:line, with what is wrong and how to mend it.
    """
    folder = _folder(named)
    checked = check_guide(folder, seconds=seconds, progress=_progress())
    if as_json:
        _print_json(tell_check(checked))
    else:
        _print_check(folder, checked)
    if checked.refused:
        sys.exit(1)


def _progress() -> Callable[[Iterable[str]], Iterable[str]]:
    """A bar on a terminal, nothing in a pipe."""
    console = Console(stderr=True)

    def track_all(items: Iterable[str]) -> Iterable[str]:
        return track([*items], "Judging every visit", console=console, transient=True, disable=not console.is_terminal)

    return track_all


def _print_check(folder: Path, checked: Checked) -> None:
    for fault in checked.faults:
        click.echo(str(fault))
    guide = checked.guide
    if guide is None:
        _fail(f"{folder}: {sum(not fault.warning for fault in checked.faults)} faults.", status=1)
    for audit in checked.audits:
        for line in describe_audit(guide, audit):
            click.echo(line)
    click.echo(
        f"{guide.id} {guide.revision}: {len(guide.steps)} steps, {len(guide.services)} entries, "
        f"{len(guide.needs)} needs, {len(guide.rules)} rules, {checked.held} of {checked.played} scenarios hold."
    )


@main.command()
@guide_option
@click.argument("answers", type=click.File(encoding="utf-8"))
def assess(named: str | None, answers: TextIO) -> None:
    """Tell the outcome of answers in a JSON file ("-" reads standard input), as JSON."""
    guide = _load(named)
    given = _read_json(answers)
    masks, unreadable = read_answers(guide.ruleset, given)
    if unreadable:
        _fail("; ".join(f"{wrong.question}: {wrong.reason}" for wrong in unreadable))
    settled = settle_visit(guide.ruleset, masks).masks
    _print_json(tell_outcome(guide, assess_visit(guide.ruleset, masks), settled))


def _read_json(file: TextIO) -> Mapping[str, object]:
    try:
        data = json.load(file)
    except (ValueError, RecursionError) as error:
        _fail(f"{file.name}: this is not JSON: {error}")
    answers = data.get("answers") if isinstance(data, dict) else None
    if not isinstance(answers, dict):
        _fail(f'{file.name}: expected {{"answers": {{"question": "option", …}}}}')
    return answers


@main.command()
@guide_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, with everything that is published.")
def services(named: str | None, as_json: bool) -> None:
    """List the entries of the ladder in printed order."""
    listed = tell_services(_load(named))
    if as_json:
        _print_json(listed)
        return
    for service in listed:
        click.echo(f"{service['step']:>2}  {service['id']}  {service['name']}")


@main.command()
@guide_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, with all voices.")
def questions(named: str | None, as_json: bool) -> None:
    """List the questions with their options."""
    listed = tell_questions(_load(named))
    if as_json:
        _print_json(listed)
        return
    for question in listed:
        click.echo(f"{question['id']}: {question['ask']['self']}")
        for option in question["options"]:
            click.echo(f"    {option['id']}: {option['text']['self']}")


@main.command()
@guide_option
@click.option("--visits", default=VISITS, show_default=True, type=click.IntRange(1), help="Drawn per number of needs.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def asking(named: str | None, visits: int, as_json: bool) -> None:
    """Count the questions that visits are asked: those of the scenarios, and visits drawn at random."""
    guide = _load(named)
    console = Console(stderr=True)
    scenarios = [scenario.answers for _, scenario in read_sources(_folder(named)).several("scenarios")]
    told = [*measure_scenarios(guide, scenarios)]
    told += measure_drawn(
        guide,
        visits,
        lambda draws: track(draws, "Visiting", console=console, transient=True, disable=not console.is_terminal),
    )
    if as_json:
        _print_json([tell_asking(one) for one in told])
    else:
        _print_asking(told)


def _print_asking(told: Iterable[Asking]) -> None:
    table = Table("visits", "needs", "number", "median", "19 of 20", "most", "aim", box=None, padding=(0, 2, 0, 0))
    for one in told:
        aim = AIMS.get(one.needs)
        words = f"median {aim.median}, most {aim.most}" if aim and aim.median else f"most {aim.most}" if aim else ""
        mark = {True: " ✓", False: " ✗", None: ""}[one.holds]
        numbers = (one.needs, len(one.counts), f"{one.median:g}", one.percentile_95, one.most)
        table.add_row(one.group, *map(str, numbers), words + mark)
    Console().print(table)


output_option = click.option("-o", "--output", type=click.File("w", "utf-8"), default="-", help="A file to write to.")


@main.command()
@guide_option
@click.option("--html", "as_html", is_flag=True, help="As a page, not as Markdown.")
@output_option
@click.argument("need")
def table(named: str | None, need: str, as_html: bool, output: TextIO) -> None:
    """Write the decision table of a need: these answers, this step, these services."""
    told = _table(_load(named), need)
    output.write(write_page(told) if as_html else write_markdown(told))


@main.command()
@guide_option
@output_option
@click.argument("need", required=False)
def graph(named: str | None, need: str | None, output: TextIO) -> None:
    """Draw the flow of questions as SVG: of a need, or else what everybody is asked."""
    guide = _load(named)
    steps = [block.step for block in _table(guide, need).blocks] if need else []
    output.write(draw_graph(flow_of_need(guide, need, steps) if need else flow_of_guide(guide)))


def _table(guide: Guide, need: str) -> DecisionTable:
    if need not in guide.needs:
        _fail(f"There is no need “{need}”. The needs are {', '.join(guide.needs)}.")
    try:
        return tell_table(guide, need)
    except TooLargeError:
        _fail(f"The table of “{need}” could not be made within reason. Ask fewer questions, or split the need.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Serve the guide on the web."""
    from wizard.serve import run  # noqa: PLC0415  the other commands need no web server

    try:
        settings = read_settings()
        load_passed_guide(settings.guide_folder, settings.instance)
    except ConfigError as error:
        _fail(str(error))
    except GuideFaultsError as error:
        click.echo(str(error), err=True)
        _fail(f"The guide is not served: it has {len(error.faults)} faults.", status=1)
    run(settings, host=host, port=port, workers=workers)


def _folder(named: str | None) -> Path:
    """The folder of a guide given by path or by name; without either, the guide of the settings."""
    settings = Settings(secrets=())
    folders = [Path(named), settings.guides / named] if named else [settings.guides / settings.guide]
    found = next((folder for folder in folders if folder.is_dir()), None)
    if found is None:
        _fail(f"There is no guide “{named or settings.guide}”. Name its folder, or a guide in {settings.guides}.")
    return found


def _load(named: str | None) -> Guide:
    folder = _folder(named)
    try:
        guide = load_guide(folder)
    except GuideFaultsError as error:
        click.echo(str(error), err=True)
        _fail(f"The guide has {len(error.faults)} faults.", status=1)
    return guide


def _print_json(data: Any) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _fail(message: str, status: int = 2) -> NoReturn:
    click.echo(f"wizard: {message}", err=True)
    sys.exit(status)
