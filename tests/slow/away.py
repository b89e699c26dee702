"""Takes the database away, or makes every answer of it two seconds late, and measures what a visit notices of it.

    python -m tests.slow.away --rounds 5

People visit all the time, and others save, ask to be called, tell whether it helped and log in. The three ways of the
database take turns within one run, so that what else the machine does weighs on all of them alike.
"""

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles
from time import monotonic, sleep

from tests.slow.forms import new_form, put_somebody_at_the_desk, send, visit_pages
from tests.slow.proxy import Proxy, Way
from tests.slow.servers import Reply, Server, database_of_kind, environment_for
from wizard.store.database import Database

VISITORS, OTHERS = 3, 6
KINDS = ("save", "call", "helped", "code", "desk")
SETTLE_SECONDS = 1.0
BETWEEN_VISITORS, BETWEEN_OTHERS = 0.005, 0.3
IN_TIME, AT_MOST = 5.0, 1.5
NUMBERS = ("113", "112", "116 117")


@dataclass(slots=True)
class Seen:
    """What happened on one way. ``p99``: of the visit, in seconds, by round."""

    p99: list[float] = field(default_factory=list)
    visited: int = 0
    errors: int = 0
    asked: int = 0
    slowest: float = 0
    unplain: int = 0
    """Answers of the others that were neither done nor told in plain words with the numbers to call."""


def measure(rounds: int, seconds: float) -> dict[Way, Seen]:
    """Let the ways take turns."""
    seen = {way: Seen() for way in Way}
    with database_of_kind("postgresql") as (folder, address):
        (folder / "proxy").mkdir()
        proxy = Proxy(folder / "proxy", folder / "postgresql")
        with closing(Database(address, patient=True)) as database:
            environment = environment_for(folder, address) | {
                "WIZARD_DATABASE": f"{address.removesuffix('/postgresql')}/proxy"
            }
            put_somebody_at_the_desk(database)
            server = Server(environment).wait()
            new_form("save")
            _one_turn(server, seconds, Seen(), Way.NORMAL)
            for number in range(rounds):
                for way in sorted(Way, reverse=bool(number % 2)):
                    proxy.go(way)
                    sleep(SETTLE_SECONDS)
                    _one_turn(server, seconds, seen[way], way)
                    proxy.go(Way.NORMAL)
                    sleep(2 * SETTLE_SECONDS)
            server.kill()
    return seen


def _one_turn(server: Server, seconds: float, seen: Seen, way: Way) -> None:
    end = monotonic() + seconds
    with ThreadPoolExecutor(VISITORS + OTHERS) as pool:
        visitors = [pool.submit(_visit, server, end) for _ in range(VISITORS)]
        others = [pool.submit(_ask, server, end, number) for number in range(OTHERS)]
        visits = [timed for visitor in visitors for timed in visitor.result()]
        asked = [timed for other in others for timed in other.result()]
    seen.p99.append(quantiles([took for took, _ in visits], n=100)[98])
    seen.visited += len(visits)
    seen.errors += sum(reply.status not in {200, 303} for _, reply in visits)
    seen.asked += len(asked)
    seen.slowest = max(seen.slowest, *(took for took, _ in asked))
    seen.unplain += sum(not _is_plain(reply, way) for _, reply in asked)


def _is_plain(reply: Reply, way: Way) -> bool:
    if way is Way.NORMAL:
        return reply.status in {200, 303, 422}
    told = all(number in reply.text for number in NUMBERS)
    return reply.status == 303 or (reply.status == 503 and told)


def _visit(server: Server, end: float) -> list[tuple[float, Reply]]:
    pages = cycle(visit_pages())
    return _until(end, BETWEEN_VISITORS, lambda: send(server, next(pages)))


def _ask(server: Server, end: float, number: int) -> list[tuple[float, Reply]]:
    kinds = cycle(KINDS[number % len(KINDS) :] + KINDS[: number % len(KINDS)])
    return _until(end, BETWEEN_OTHERS, lambda: send(server, new_form(next(kinds))))


def _until(end: float, pause: float, act: Callable[[], Reply]) -> list[tuple[float, Reply]]:
    done = []
    while monotonic() < end:
        began = monotonic()
        reply = act()
        done.append((monotonic() - began, reply))
        sleep(pause)
    return done


def _ratio(found: Seen, normal: Seen) -> float:
    """The median of the rounds, each against its own turn of normal."""
    return median(mine / usual for mine, usual in zip(found.p99, normal.p99, strict=True))


def _is_sound(seen: Seen) -> bool:
    return not seen.errors and not seen.unplain and seen.slowest < IN_TIME


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=8)
    wanted = parser.parse_args()
    seen = measure(wanted.rounds, wanted.seconds)
    ratios = {way: _ratio(found, seen[Way.NORMAL]) for way, found in seen.items()}
    for way, found in seen.items():
        visits = f"{found.visited} pages, {found.errors} errors, p99 {1000 * median(found.p99):.0f} ms"
        others = f"{found.asked} others, the slowest {found.slowest:.1f} s, {found.unplain} not plain"
        print(f"{way}: {visits}, {ratios[way]:.2f} × normal; {others}")  # noqa: T201
    sound = all(_is_sound(found) and ratios[way] <= AT_MOST for way, found in seen.items())
    sys.exit(0 if sound else 1)


if __name__ == "__main__":
    main()
