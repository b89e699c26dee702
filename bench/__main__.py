"""``python -m bench``: run the contestants, show the tables, and write the page if asked to."""

from pathlib import Path

import click
from rich.console import Console

from bench.courses import build_seconds, courses, run_growth, run_outcomes
from bench.page import write_page
from bench.race import Result, missing_packages
from bench.report import draw, goals_grid, outcomes_grid, race_grid, versions
from bench.targets import compare_goals

GROWTH = (1, 10, 100)
QUICK_GROWTH = (1, 10)
SECONDS, QUICK_SECONDS = 25.0, 1.0


@click.command()
@click.option("--quick", is_flag=True, help="Half a minute: ×1 and ×10 only, and few rounds.")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Write the page to this file.")
def main(quick: bool, write: Path | None) -> None:
    """Race the engine against other ways of deciding the same."""
    console = Console()
    for package in missing_packages().values():
        console.print(f"{package} is not installed: its rows are left out.")
    seconds = QUICK_SECONDS if quick else SECONDS
    results: dict[str, Result] = {}
    times = QUICK_GROWTH if quick else GROWTH
    for course in courses(times):
        with console.status(course.title):
            results[course.key] = course.run(seconds)
    with console.status("growth and the full outcome"):
        growth, outcomes = run_growth(seconds / 2, times[-1]), run_outcomes(seconds / 2)
    goals = compare_goals(results, growth, outcomes, build_seconds())
    grids = [
        race_grid("All needs decided, growing deeper", results, [f"all ×{n}" for n in GROWTH]),
        race_grid("Three chosen needs, growing wider", results, [f"three ×{n}" for n in GROWTH]),
        outcomes_grid(outcomes),
        goals_grid(goals),
    ]
    for grid in grids:
        console.print(draw(grid))
    counted = [result.rounds for result in results.values()]
    if write:
        rounds = f"{min(counted)} to {max(counted)} rounds"
        write.write_text(write_page(grids, versions(), rounds), encoding="utf-8")
        console.print(f"Wrote {write}.")


if __name__ == "__main__":
    main()
