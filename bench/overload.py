"""``python -m bench.overload``: four times as many as the server can serve, and how soon it is itself again.

The crowd is ``wrk`` (``crowd.lua``): a crowd that cannot keep up itself opens connections on which it asks nothing, and
then nginx is measured at closing those.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, perf_counter, sleep

import click

from bench.load import CONNECTIONS, WORKERS, WRITE, a_question, tell
from bench.report import Grid
from bench.serving import HOST, ask, nginx_before, wizard_server, wrk

TIMES_TOO_MANY, IN_TIME = 4, 0.1
OPEN = 1000
"""Connections of the crowd: enough to keep its rate while an answer takes a third of a second."""
PATIENCE = 30
"""Seconds that somebody in the crowd waits."""
PAUSE = 0.06
"""Seconds between two asks from one address, which may ask 20 times a second."""
SCRIPT = Path(__file__).with_name("crowd.lua")


@dataclass(frozen=True, slots=True)
class Came:
    """What a crowd got: how many asked in how many seconds, and how often each status or fault came back."""

    sent: int
    seconds: float
    median: float
    p99: float
    longest: float
    seen: Counter[str]

    def rate(self, number: int) -> str:
        """So many, a second."""
        return f"{number / self.seconds:.0f}/s"


@click.command()
@click.option("--seconds", default=30)
@WRITE
def main(seconds: int, write: Path | None) -> None:
    """Four times what it can do, through nginx with our site; and how soon it is itself again."""
    cores = sorted(os.sched_getaffinity(0))
    with (
        TemporaryDirectory() as name,
        _on(cores[:-1] or cores),
        wizard_server(Path(name), WORKERS) as (behind, _),
        nginx_before(behind, Path(name)) as port,
        _on(cores[-1:]),
    ):
        path, cookie = a_question(port, 0)
        able = _crowd(port, path, cookie, seconds=5, connections=CONNECTIONS)
        if set(able.seen) != {"200"}:
            raise click.ClickException(f"not everything was served: {_told(able)}")
        each = able.seen["200"] / able.seconds
        came = _crowd(port, path, cookie, seconds=seconds, connections=OPEN, rate=TIMES_TOO_MANY * each)
        again = _recovery(port, path, cookie)
    said = f"{seconds} s, {WORKERS} workers, the crowd on a core of its own. What came back: {_told(came)}."
    tell(_grid(able, came, again), said, write)


@contextmanager
def _on(cores: list[int]) -> Iterator[None]:
    """What is started meanwhile runs on these: people's own machines take nothing from the server."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _grid(able: Came, came: Came, again: float) -> Grid:
    served, refused = came.seen["200"], came.seen["503"]
    cells = {
        "it can do": able.rate(able.seen["200"]),
        "came": came.rate(came.sent),
        "served": came.rate(served),
        "503, whom to call": str(refused),
        "anything else": str(came.seen.total() - served - refused),
        "median": f"{came.median * 1000:.0f} ms",
        "p99": f"{came.p99 * 1000:.0f} ms",
        "itself again after": f"{again:.1f} s",
        "aim": "nothing else, ≤ 10 s",
    }
    return Grid("More than it can do", list(cells), [list(cells.values())])


def _crowd(port: int, path: str, cookie: str, *, seconds: int, connections: int, rate: float = 0) -> Came:
    """Ask at a rate, or as fast as so many connections get answers."""
    options = ["-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", f"{PATIENCE}s", "-s", str(SCRIPT)]
    said = wrk(*options, f"http://{HOST}:{port}{path}", str(rate), cookie)
    told = json.loads(said.splitlines()[-1])
    return Came(**told | {"seen": Counter(told["seen"])})


def _told(came: Came) -> str:
    seen = ", ".join(f"{number} × {kind}" for kind, number in came.seen.most_common())
    waiting = max(0, came.sent - came.seen.total())  # a connection may also fail before anything is asked
    return f"{seen}; the slowest took {came.longest * 1000:.0f} ms, and {waiting} still waited when it ended"


def _recovery(port: int, path: str, cookie: str) -> float:
    """Seconds until ten pages in a row come in time."""
    begun, good = monotonic(), 0
    while good < 10 and monotonic() - begun < 60:
        asked = perf_counter()
        status, _ = ask(port, path, cookie=cookie)
        good = good + 1 if status == 200 and perf_counter() - asked <= IN_TIME else 0
        sleep(PAUSE)
    return monotonic() - begun


if __name__ == "__main__":
    main()
