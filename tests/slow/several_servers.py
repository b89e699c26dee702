"""Two servers behind a real nginx with one PostgreSQL, restarted in turn while people visit: nobody may notice.

``python -m tests.slow.several_servers --seconds 120`` restarts the two again and again: as they are, with a new
key (first known, then used) and with a changed guide. Told: requests, what was not answered, answers that were lost.
"""

import argparse
import json
import os
import random
import re
import shutil
import statistics
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, sleep

from tests.conftest import GUIDES
from tests.slow.nodes import Node, nginx
from tests.slow.people import NEW_KEY, OLD_KEY, Told, Visitor
from tests.slow.servers import database_of_kind, environment_for

CHANGES = 5
"""How many there are; after them the servers are restarted as they are."""


def changes(folder: Path) -> Iterator[dict[str, str]]:
    """What is new at each turn: nothing, keys in three steps, and another edition of the guide."""
    changed = folder / "guides"
    shutil.copytree(GUIDES, changed)
    about = changed / "fjordvik" / "guide.yaml"
    text = about.read_text(encoding="utf-8")
    about.write_text(re.sub(r"^(title: .*)$", r"\1 ny", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    if about.read_text(encoding="utf-8") == text:
        raise RuntimeError("the guide was not changed")
    yield {}
    yield {"WIZARD_SECRET_KEYS": f"{OLD_KEY},{NEW_KEY}"}
    yield {"WIZARD_SECRET_KEYS": f"{NEW_KEY},{OLD_KEY}"}
    yield {"WIZARD_GUIDES": str(changed)}
    yield {"WIZARD_GUIDES": str(GUIDES)}
    yield from cycle([{}])


def drill(seconds: float, visitors: int, seed: int) -> Told:
    """Let people visit while the servers are restarted in turn."""
    told, over = Told(), Event()
    with database_of_kind("postgresql") as (folder, database), TemporaryDirectory() as name:
        own = Path(name)
        environment = environment_for(folder / "instance", database) | {
            "WIZARD_SECRET_KEYS": OLD_KEY,
            "PATH": os.environ["PATH"],
        }
        nodes = [Node(environment, own, each) for each in ("one", "two")]
        try:
            for node in nodes:
                node.wait()
            with nginx(own, nodes) as port:
                threads = [
                    Thread(target=_visit_on, args=(port, told, random.Random(f"{seed} {number}"), over))
                    for number in range(visitors)
                ]
                for thread in threads:
                    thread.start()
                _restart_in_turn(nodes, changes(own), told, monotonic() + seconds)
                over.set()
                for thread in threads:
                    thread.join()
        finally:
            for node in nodes:
                node.stop()
        _judge_logs(own, told)
    return told


def _visit_on(port: int, told: Told, drawn: random.Random, over: Event) -> None:
    while not over.is_set():
        Visitor(port, told, drawn).visit()


def _restart_in_turn(nodes: list[Node], changed: Iterator[dict[str, str]], told: Told, end: float) -> None:
    """Make every change, however long that takes, and then restart them as they are until the time is over."""
    for turn, change in enumerate(changed):
        if turn >= CHANGES and monotonic() >= end:
            return
        for node in nodes:
            node.restart(**change)
            told.restarts += 1
            sleep(1)


def _judge_logs(folder: Path, told: Told) -> None:
    """The logs tell of no address, page or answer: those of the proxy have three words a line, ours no fault."""
    for line in (folder / "rett-trinn.log").read_text().splitlines():
        if not re.fullmatch(r"\S+ (GET|POST) \d{3}", line):
            told.lost.append(f"the proxy's log holds {line!r}")
    for name in ("one.log", "two.log"):
        for line in (folder / name).read_text().splitlines():
            if json.loads(line)["level"] in {"error", "critical"}:
                told.lost.append(line[:400])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--visitors", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if shutil.which("nginx") is None:
        raise SystemExit("nginx is not installed (apt-get install nginx-light): not run")
    told = drill(given.seconds, given.visitors, given.seed)
    bad = {status: number for status, number in told.statuses.items() if not status.startswith(("2", "3"))}
    slowest = sorted(told.seconds)[int(len(told.seconds) * 0.99)] if told.seconds else 0
    print(  # noqa: T201
        f"{sum(told.statuses.values())} requests, {told.visits} visits, {told.kept} kept and opened again, "
        f"{told.restarts} restarts; "
        f"median {statistics.median(told.seconds) * 1000:.0f} ms, p99 {slowest * 1000:.0f} ms\n"
        f"not answered as they should: {bad or 0}\nanswers lost: {len(told.lost)}"
    )
    for line in told.lost[:20]:
        print("  ", line)  # noqa: T201
    raise SystemExit(1 if bad or told.lost else 0)


if __name__ == "__main__":
    main()
