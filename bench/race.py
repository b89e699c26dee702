"""Contestants run in turn, round after round, so that a slow moment of the machine meets them all.

The time of the processor is measured, not that of the clock on the wall: others may use the machine too.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from statistics import median
from time import perf_counter, process_time

from bench.contestants import PACKAGES
from bench.contestants.entry import Contestant, Entry
from bench.problem import Problem

FEWEST_ROUNDS, MOST_ROUNDS = 3, 400


class DisagreementError(Exception):
    """Two contestants decided a visit differently, so their times say nothing."""


@dataclass(frozen=True, slots=True)
class Result:
    """The median seconds per visit of each contestant that took part, and how many rounds were run."""

    medians: Mapping[str, float]
    rounds: int

    def ratio(self, slower: str, faster: str) -> float | None:
        """How many times as long the one takes, where both took part."""
        if slower in self.medians and faster in self.medians:
            return self.medians[slower] / self.medians[faster]
        return None


def missing_packages() -> dict[str, str]:
    """Module to package, of those that are not installed here."""
    return {module: package for module, package in PACKAGES.items() if find_spec(module) is None}


def enter_all(contestants: Iterable[Contestant], problem: Problem) -> dict[str, Entry]:
    """Load those whose package is installed, and see that they agree on every visit."""
    missing = missing_packages()
    entries = {one.name: one.enter(problem) for one in contestants if one.module not in missing}
    check_agreement(entries)
    return entries


def check_agreement(entries: Mapping[str, Entry]) -> None:
    """Raises :class:`DisagreementError` where two contestants decide a visit differently."""
    decided = {name: [entry.read(entry.decide(visit)) for visit in entry.visits] for name, entry in entries.items()}
    first = next(iter(decided))
    for name, decisions in decided.items():
        if decisions != decided[first]:
            raise DisagreementError(f"“{name}” does not decide as “{first}” does")


def run_race(entries: Mapping[str, Entry], seconds: float) -> Result:
    """Time every entry over all its visits, in turn, for about this long."""
    times: dict[str, list[float]] = {name: [] for name in entries}
    names = list(entries)
    end = perf_counter() + seconds
    rounds = 0
    with _without_garbage_collection():
        while rounds < FEWEST_ROUNDS or (rounds < MOST_ROUNDS and perf_counter() < end):
            for name in _turned(names, rounds):
                times[name].append(_time(entries[name]))
            rounds += 1
            gc.collect(0)
    return Result({name: median(taken) for name, taken in times.items()}, rounds)


def _turned(names: list[str], by: int) -> list[str]:
    """Another one begins each round."""
    by %= len(names)
    return names[by:] + names[:by]


def _time(entry: Entry) -> float:
    """Seconds of the processor per visit, after a pass that is not counted, so that everyone runs warm."""
    decide, visits = entry.decide, entry.visits
    for visit in visits:
        decide(visit)
    start = process_time()
    for visit in visits:
        decide(visit)
    return (process_time() - start) / len(visits)


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
