"""The part of the ``wizard`` command for those who write a guide: check it, ask it, list what it holds."""

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from wizard.cli_errors import Faulty, Refused
from wizard.cli_named import find_folder, guide_option, load
from wizard.guide.asking import AIMS, VISITS, Asking, measure_drawn, measure_scenarios, tell_asking
from wizard.guide.check import Checked, check_guide, describe_audit, tell_check
from wizard.guide.judge import LONGEST_SECONDS
from wizard.guide.sources import read_sources
from wizard.guide.tell import tell_outcome, tell_questions, tell_services
from wizard.rules.answers import read_answers
from wizard.rules.visit import assess as assess_visit
from wizard.rules.visit import settle_visit


@click.command()
@click.argument("named", metavar="[GUIDE]", required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
@click.option("--seconds", default=LONGEST_SECONDS, show_default=True, type=click.FloatRange(0), help="Longest proof.")
def check(named: str | None, as_json: bool, seconds: float) -> None:
    """Check a guide: its files, its guarantees over every possible visit, and its scenarios.

    Every fault is told as file:line, with what is wrong and how to mend it.
    """
    folder = find_folder(named)
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
        raise Faulty(f"{folder}: {sum(not fault.warning for fault in checked.faults)} faults.")
    for audit in checked.audits:
        for line in describe_audit(guide, audit):
            click.echo(line)
    click.echo(
        f"{guide.id} {guide.revision}: {len(guide.steps)} steps, {len(guide.services)} entries, "
        f"{len(guide.needs)} needs, {len(guide.rules)} rules, {checked.held} of {checked.played} scenarios hold."
    )


@click.command()
@guide_option
@click.argument("answers", type=click.File(encoding="utf-8"))
def assess(named: str | None, answers: TextIO) -> None:
    """Tell the outcome of answers in a JSON file ("-" reads standard input), as JSON."""
    guide = load(named)
    given = _read_json(answers)
    masks, unreadable = read_answers(guide.ruleset, given)
    if unreadable:
        raise Refused("; ".join(f"{wrong.question}: {wrong.reason}" for wrong in unreadable))
    settled = settle_visit(guide.ruleset, masks).masks
    _print_json(tell_outcome(guide, assess_visit(guide.ruleset, masks), settled))


def _read_json(file: TextIO) -> Mapping[str, object]:
    try:
        data = json.load(file)
    except (ValueError, RecursionError) as error:
        raise Refused(f"{file.name}: this is not JSON: {error}") from error
    answers = data.get("answers") if isinstance(data, dict) else None
    if not isinstance(answers, dict):
        raise Refused(f'{file.name}: expected {{"answers": {{"question": "option", …}}}}')
    return answers


@click.command()
@guide_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, with everything that is published.")
def services(named: str | None, as_json: bool) -> None:
    """List the entries of the ladder in printed order."""
    listed = tell_services(load(named))
    if as_json:
        _print_json(listed)
        return
    for service in listed:
        click.echo(f"{service['step']:>2}  {service['id']}  {service['name']}")


@click.command()
@guide_option
@click.option("--json", "as_json", is_flag=True, help="As JSON, with all voices.")
def questions(named: str | None, as_json: bool) -> None:
    """List the questions with their options."""
    listed = tell_questions(load(named))
    if as_json:
        _print_json(listed)
        return
    for question in listed:
        click.echo(f"{question['id']}: {question['ask']['self']}")
        for option in question["options"]:
            click.echo(f"    {option['id']}: {option['text']['self']}")


@click.command()
@guide_option
@click.option("--visits", default=VISITS, show_default=True, type=click.IntRange(1), help="Drawn per number of needs.")
@click.option("--json", "as_json", is_flag=True, help="As JSON, for machines.")
def asking(named: str | None, visits: int, as_json: bool) -> None:
    """Count the questions that visits are asked: those of the scenarios, and visits drawn at random."""
    guide = load(named)
    console = Console(stderr=True)
    scenarios = [scenario.answers for _, scenario in read_sources(find_folder(named)).several("scenarios")]
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


def _print_json(data: Any) -> None:
    """Say it as JSON."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
