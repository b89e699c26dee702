"""``python -m bench.pages``: what our pages cost, beside a bare Flask + Jinja page of the same size.

Plain WSGI calls in one process, many different visits, all in turn within each round; the medians count.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time

import click
from flask import Flask
from rich.console import Console
from werkzeug.test import EnvironBuilder

from bench.bare import bare_app
from bench.journeys import Environ, Requests, just_now, record
from bench.report import Grid, draw
from bench.sections import machine, put_section
from wizard.config import Settings
from wizard.serve import Server
from wizard.web.seal import Sealer

SECRET = "only for measuring, and long enough for it"  # noqa: S105
GOALS = {"question": 1.0, "answer": 0.95, "result": 0.5}
BARE_FORM = "bare form"
"""The form of the bare page, for what an answer takes before anything of ours."""
TIMES = 30
"""Requests of a contestant in one round."""
Run = Callable[[], float]
"""Serves some requests, and tells the seconds that one took."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of request: its size, and the seconds that one took in each round, ours and the bare page's."""

    name: str
    size: int
    ours: list[float]
    bare: list[float]

    @property
    def ratios(self) -> list[float]:
        """How many of our requests went into the time of one bare one, round by round."""
        return [bare / ours for ours, bare in zip(self.ours, self.bare, strict=True)]


def measure(app: Flask, requests: Requests, rounds: int) -> list[Kind]:
    """Time every kind of request beside its bare page, all in turn, round after round."""
    kinds: list[Kind] = []
    runs: list[tuple[Run, Run]] = []
    for name in GOALS:
        environs: list[Environ] = getattr(requests, name)
        shown = requests.question if name == "answer" else environs
        size = round(median(_call(app, environ) for environ in shown))
        kinds.append(Kind(name, size, [], []))
        plain = bare_app(size)
        runs.append((_run(app, environs), _run(plain, [_bare_environ()])))
        if name == "answer":
            kinds.append(Kind(BARE_FORM, size, [], []))
            runs.append((_run(plain, [_bare_environ(answer="valg-2")]), _run(plain, [_bare_environ()])))
    for turn in range(-1, rounds):
        for kind, (ours, bare) in zip(kinds, runs, strict=True):
            times = (ours(), bare()) if turn % 2 else (bare(), ours())[::-1]
            if turn >= 0:  # the first round only warms up
                kind.ours.append(times[0])
                kind.bare.append(times[1])
    return kinds


def _run(app: Flask, environs: list[Environ]) -> Run:
    turn: Iterator[Environ] = cycle(environs)
    sealer = Sealer((SECRET,))

    def run() -> float:
        sent = [just_now(environ, sealer) if "HTTP_COOKIE" in environ else environ for environ in islice(turn, TIMES)]
        start = process_time()
        for environ in sent:
            _call(app, environ)
        return (process_time() - start) / TIMES

    return run


def _call(app: Flask, environ: Environ) -> int:
    """Serve one request; the number of bytes."""
    answer = app.wsgi_app({**environ, "wsgi.input": BytesIO(environ["wsgi.input"])}, lambda *_: lambda _: None)
    return sum(len(part) for part in answer)


def _bare_environ(**form: str) -> Environ:
    environ = EnvironBuilder(path="/side/4", method="POST" if form else "GET", data=form or None).get_environ()
    return {**environ, "wsgi.input": environ["wsgi.input"].read()}


def settings_for(folder: Path) -> Settings:
    """A server as it is after ``wizard serve``, with a database of its own."""
    database = f"sqlite:///{folder / 'wizard.sqlite'}"
    return Settings(secrets=(SECRET,), pepper=SECRET, field_keys=(SECRET,), instance=folder, database=database)


def to_grid(kinds: list[Kind]) -> Grid:
    """One row per kind of request."""
    heads = ["page", "bytes", "ours", "bare page", "requests per bare request", "least and most", "aim"]
    return Grid("What a page costs", heads, [_row(kind) for kind in kinds])


def _row(kind: Kind) -> list[str]:
    ours, bare = (f"{median(times) * 1e6:.0f} µs" for times in (kind.ours, kind.bare))
    goal = f"{GOALS[kind.name]:.2f}" if kind.name in GOALS else "–"
    spread = f"{min(kind.ratios):.2f}–{max(kind.ratios):.2f}"
    return [kind.name, str(kind.size), ours, bare, f"{median(kind.ratios):.2f}", spread, goal]


@click.command()
@click.option("--visits", default=60, help="How many different visits are played.")
@click.option("--rounds", default=41, help="How many rounds each contestant is timed in.")
@click.option("--seed", default=2026)
@click.option("--language", default="nb")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="Put the table into this file.")
def main(visits: int, rounds: int, seed: int, language: str, write: Path | None) -> None:
    """Time the pages of a visit."""
    with TemporaryDirectory() as folder:
        app = Server(settings_for(Path(folder)), {}).load()
        kinds = measure(app, record(app, visits, seed, language), rounds)
    grid = to_grid(kinds)
    Console().print(draw(grid))
    if write:
        put_section(write, grid, f"{machine()}. {visits} visits with random answers, {rounds} rounds.")


if __name__ == "__main__":
    main()
