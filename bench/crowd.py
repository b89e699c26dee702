"""People who come to a server whether it keeps up or not: whole visits at a fixed rate."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from statistics import quantiles
from threading import Thread
from time import perf_counter, sleep
from urllib.parse import urlencode

from bench.journeys import Form, fill_in, is_result, way_on
from bench.serving import HOST

THINKS = 0.1
"""Seconds between a page and the next click, on the average. People take longer, so there are more of them."""
EXPECTED = 22
"""Requests of a visit, before any has come to its end."""
_SEALED = re.compile(r"visit=([^;]*)")
_numbers = count(1)


@dataclass(slots=True)
class Seen:
    """What came back: how often each status or fault, the seconds of each request, and visits that had a result."""

    statuses: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    visits: int = 0

    def percentile(self, percent: int) -> float:
        """Seconds within which so many of a hundred were answered."""
        return quantiles(self.seconds, n=100)[percent - 1] if len(self.seconds) > 1 else 0.0

    @property
    def errors(self) -> int:
        """Requests that got no page, nor the way to one."""
        return sum(number for status, number in self.statuses.items() if status not in {"200", "303"})


def address() -> str:
    """An address of somebody's own, on this machine."""
    number = next(_numbers)
    return f"127.{1 + number // 62_500 % 250}.{1 + number // 250 % 250}.{1 + number % 250}"


class Visitor:
    """Somebody who goes from the start to the result, and gives up at the first page that does not come."""

    def __init__(self, port: int, seen: Seen, chance: random.Random) -> None:
        self.connection = HTTPConnection(HOST, port, timeout=30, source_address=(address(), 0))
        self.seen, self.chance, self.cookie = seen, chance, ""

    def visit(self, questions: int = 99) -> str:
        """The whole visit, or so many questions of it; the address of the last page."""
        path = "/nb/start"
        form: Form | None = {}
        while True:
            page, location = self._ask(path, form)
            sleep(self.chance.uniform(0, 2 * THINKS) if page else 0)
            if location:
                path, form = location, None
            elif not page or is_result(page) or questions == 0:
                self.seen.visits += bool(page)
                self.connection.close()
                return path
            else:
                form = fill_in(page, self.chance)
                questions -= bool(form)
                path = path if form else way_on(page)

    def _ask(self, path: str, form: Form | None) -> tuple[str, str]:
        """The page, or where it is; neither where none came."""
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = None if form is None else urlencode(form, doseq=True)
        begun = perf_counter()
        try:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            response = self.connection.getresponse()
            page = response.read().decode()
        except (OSError, HTTPException) as fault:
            self.seen.statuses[type(fault).__name__] += 1
            self.connection.close()
            return "", ""
        self.seen.seconds.append(perf_counter() - begun)
        self.seen.statuses[str(response.status)] += 1
        for cookie in response.headers.get_all("Set-Cookie") or []:
            if found := _SEALED.match(cookie):
                self.cookie = f"visit={found[1]}"
        return (page if response.status == 200 else ""), response.headers.get("Location") or ""


def come(port: int, rate: float, seconds: float, seed: int) -> Seen:
    """Visits that begin at random moments, so often that all together make so many requests a second."""
    seen, chance, end = Seen(), random.Random(seed), perf_counter() + seconds  # noqa: S311  no secret hangs on it
    threads: list[Thread] = []
    next_one = perf_counter()
    while next_one < end:
        sleep(max(0.0, next_one - perf_counter()))
        visitor = Visitor(port, seen, random.Random(chance.random()))  # noqa: S311
        threads.append(Thread(target=visitor.visit))
        threads[-1].start()
        each = len(seen.seconds) / seen.visits if seen.visits > EXPECTED else EXPECTED
        next_one += chance.expovariate(rate / each)
    for thread in threads:
        thread.join()
    return seen
