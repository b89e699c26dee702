"""The results as plain rows of text, for the terminal and for the page alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from platform import python_implementation, python_version

from rich.table import Table

from bench.contestants import CONTESTANTS, ENGINE, PACKAGES
from bench.courses import BARE_ALL, BARE_CHOSEN, FULL_CHOSEN
from bench.race import Result, missing_packages
from bench.targets import Goal, Results


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: a title, its heads, its rows. All columns but the first hold numbers."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def race_grid(title: str, results: Results, keys: Iterable[str]) -> Grid:
    """One row per contestant, one column per course: the time of a visit, and how many times that of the engine."""
    ran = [key for key in keys if key in results]
    rows = [
        [one.name, *(_cell(results[key], one.name) for key in ran)]
        for one in CONTESTANTS
        if any(one.name in results[key].medians for key in ran)
    ]
    return Grid(title, ["decided by", *(key.partition(" ")[2] for key in ran)], rows)


def goals_grid(goals: Iterable[Goal]) -> Grid:
    """One row per goal."""
    heads = ["goal", "aim", "need by need, all 25", "one joined table, all 25", "need by need, three"]
    rows = [[goal.what, goal.aim, str(goal.every), str(goal.joined), str(goal.three)] for goal in goals]
    return Grid("The goals", heads, rows)


def outcomes_grid(outcomes: Result) -> Grid:
    """What the full outcome costs beside the bare decision."""
    names = (BARE_ALL, BARE_CHOSEN, FULL_CHOSEN)
    return Grid("The full outcome, ×1", ["decided", "per visit"], [[n, _time(outcomes.medians[n])] for n in names])


def versions() -> str:
    """What was run, as one line."""
    missing = missing_packages()
    engines = [
        f"{package} (not installed, left out)" if module in missing else f"{package} {version(package)}"
        for module, package in PACKAGES.items()
    ]
    return ", ".join([f"{python_implementation()} {python_version()}", *engines])


def draw(grid: Grid) -> Table:
    """A grid as the terminal shows it."""
    table = Table(title=grid.title, title_justify="left")
    for number, head in enumerate(grid.heads):
        table.add_column(head, justify="right" if number else "left")
    for row in grid.rows:
        table.add_row(*row)
    return table


def _cell(result: Result, name: str) -> str:
    if name not in result.medians:
        return "–"
    ratio = result.ratio(name, ENGINE.name)
    return (
        f"{_time(result.medians[name])} ({ratio:.2g}×)"
        if ratio and ratio < 10
        else (f"{_time(result.medians[name])} ({ratio:.0f}×)")
    )


def _time(seconds: float) -> str:
    micro = seconds * 1e6
    return f"{micro:.2g} µs" if micro < 10 else f"{micro:.0f} µs" if micro < 10_000 else f"{micro / 1000:.0f} ms"
