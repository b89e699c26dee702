"""``python -m bench.load``: what the server does over a line.

``django``: requests per second beside Django's page of the same size. ``visits``: whole visits at a fixed rate.
``memory``: what a worker takes. When more come than it can serve: ``bench.overload``.
"""

import random
import re
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic

import click
from rich.console import Console

from bench.crowd import Seen, Visitor, come
from bench.report import Grid, draw
from bench.sections import CORES, machine, put_section, waited_for_others
from bench.serving import HOST, ask, django_server, wizard_server, wrk

WORKERS, CONNECTIONS = 2, 16
QUESTIONS = 1
"""How many questions are answered before the page that is asked for again and again."""
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
WRITE = click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Put the table into this file.")


@click.group()
def main() -> None:
    """Measure servers."""


@main.command()
@click.option("--rounds", default=7)
@click.option("--seconds", default=5, help="How long each is asked in a round.")
@WRITE
def django(rounds: int, seconds: int, write: Path | None) -> None:
    """Requests per second of a question page, beside Django's form page, in turn."""
    with TemporaryDirectory() as folder, wizard_server(Path(folder), WORKERS) as (port, _):
        path, cookie = a_question(port, 0)
        size = len(ask(port, path, cookie=cookie)[1].encode())
        with django_server(_rows(size), WORKERS) as other:
            rates: dict[str, list[float]] = {"ours": [], "Django": []}
            for turn in range(rounds):
                path, cookie = a_question(port, turn)
                rates["ours"].append(_asked(port, path, cookie, seconds))
                rates["Django"].append(_asked(other, "/side/4", "", seconds))
    ratios = [ours / theirs for ours, theirs in zip(rates["ours"], rates["Django"], strict=True)]
    ours, theirs = (f"{median(rates[name]):.0f}" for name in ("ours", "Django"))
    heads = [
        "page",
        "bytes",
        "ours, requests/s",
        "Django, requests/s",
        "ours per Django's",
        "least and most",
        "aim",
    ]
    row = ["question", str(size), ours, theirs, f"{median(ratios):.2f}", f"{min(ratios):.2f}–{max(ratios):.2f}", "3"]
    said = f"{WORKERS} workers of 8 threads under gunicorn, {CONNECTIONS} connections, {rounds} rounds of {seconds} s."
    tell(Grid("Beside Django", heads, [row]), said, write)


@main.command()
@click.option("--rate", default=200, help="Requests a second.")
@click.option("--seconds", default=600)
@click.option("--workers", default=WORKERS)
@click.option("--seed", default=2026)
@WRITE
def visits(rate: int, seconds: int, workers: int, seed: int, write: Path | None) -> None:
    """Visits from start to result with random answers, that come whether the server keeps up or not."""
    with TemporaryDirectory() as folder, wizard_server(Path(folder), workers) as (port, _):
        begun, before = monotonic(), waited_for_others()
        seen = come(port, rate, seconds, seed)
        taken, waited = monotonic() - begun, waited_for_others() - before
    heads = ["requests", "a second", "visits", "errors", "median", "p99", "longest", "aim"]
    times = [f"{value * 1000:.0f} ms" for value in (seen.percentile(50), seen.percentile(99), max(seen.seconds))]
    counted = [str(len(seen.seconds)), f"{len(seen.seconds) / taken:.0f}", str(seen.visits), str(seen.errors)]
    others = f"{100 * waited / (taken * CORES):.0f} % of the cores was lent to other machines of the same host"
    said = f"{seconds} s, {workers} workers. What came back: {_statuses(seen)}. Meanwhile {others}."
    tell(Grid("Whole visits", heads, [[*counted, *times, "0 errors, p99 ≤ 100 ms"]]), said, write)


@main.command()
@click.option("--visits", "number", default=200, help="Visits before it is measured.")
@WRITE
def memory(number: int, write: Path | None) -> None:
    """What each process takes, with its share of what they have in common (PSS)."""
    with TemporaryDirectory() as folder, wizard_server(Path(folder), WORKERS) as (port, process):
        before = [_pss(pid) for pid in _workers(process)]
        come(port, 100, number * 22 / 100, 0)
        after = [_pss(pid) for pid in _workers(process)]
        master = _pss(process)
    heads = ["process", "when it has started", "after visits"]
    rows = [
        [f"worker {n}", f"{b:.0f} MB", f"{a:.0f} MB"] for n, (b, a) in enumerate(zip(before, after, strict=True), 1)
    ]
    tell(Grid("Memory", heads, [*rows, ["master", "", f"{master:.0f} MB"]]), f"After about {number} visits.", write)


def a_question(port: int, seed: int) -> tuple[str, str]:
    """The address of a question in the midst of a visit, and the cookie that it takes."""
    visitor = Visitor(port, Seen(), random.Random(seed))  # noqa: S311  no secret hangs on it
    return visitor.visit(QUESTIONS), visitor.cookie


def _rows(size: int) -> int:
    """How many choices make Django's page about as long."""
    return max(1, round((size - 1_700) / 390))


def _asked(port: int, path: str, cookie: str, seconds: int) -> float:
    """Requests per second; raises where any was not served."""
    options = ["-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "-H", f"Cookie: {cookie}"]
    told = wrk(*options, f"http://{HOST}:{port}{path}")
    rate = _RATE.search(told)
    if rate is None or "Non-2xx" in told:
        raise click.ClickException(f"not everything was served:\n{told}")
    return float(rate[1])


def _workers(process: int) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()]


def _pss(process: int) -> float:
    """Megabytes of a process; what it shares with others counts in parts."""
    rollup = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    return sum(int(kilobytes) for kilobytes in re.findall(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)) / 1024


def _statuses(seen: Seen) -> str:
    return ", ".join(f"{number} × {status}" for status, number in seen.statuses.most_common())


def tell(grid: Grid, said: str, write: Path | None) -> None:
    """Show a table, and put it into its place in the file."""
    Console().print(draw(grid))
    Console().print(said)
    if write:
        put_section(write, grid, f"{machine()}. {said}")


if __name__ == "__main__":
    main()
