"""The goals that were set for the engine, each next to what was measured."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.contestants import ENGINE, IF_ELSE, JOINED, ZEN_FORMS, ZEN_PLAIN, ZEN_PLAIN_TABLES, ZEN_TABLES
from bench.contestants.entry import Contestant
from bench.courses import BARE_ALL, BARE_CHOSEN, FULL_CHOSEN
from bench.race import Result

Results = Mapping[str, Result]
"""Course to result."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A number, how it reads, and whether it is what was aimed at."""

    text: str = "–"
    reached: bool | None = None

    def __str__(self) -> str:
        return self.text if self.reached is None else f"{self.text} {'✓' if self.reached else '✗'}"


@dataclass(frozen=True, slots=True)
class Goal:
    """One line: all needs decided need by need, all in one joined table, and three needs need by need."""

    what: str
    aim: str
    every: Measured = Measured()
    joined: Measured = Measured()
    three: Measured = Measured()


def compare_goals(results: Results, growth: Result, outcomes: Result, build: float) -> list[Goal]:
    """Every goal, with a dash where it could not be measured."""
    races = [
        _race(results, "zen-engine's fastest form", 10, 1, ZEN_FORMS),
        _race(results, "zen-engine's fastest form", 50, 10, ZEN_FORMS),
        _race(results, "zen-engine's fastest form", 120, 100, ZEN_FORMS),
        _race(results, ZEN_PLAIN.name, 10, 1, (ZEN_PLAIN,)),
        _race(results, ZEN_PLAIN.name, 50, 10, (ZEN_PLAIN,)),
        _race(results, ZEN_PLAIN.name, 120, 100, (ZEN_PLAIN,)),
        _race(results, ZEN_TABLES.name, 25, 1, (ZEN_TABLES,)),
        _race(results, ZEN_PLAIN_TABLES.name, 25, 1, (ZEN_PLAIN_TABLES,)),
        _race(results, IF_ELSE.name, 2, 1, (IF_ELSE,)),
    ]
    grown = Goal(
        "time per decision at ×100, against ×1",
        "≤ 12×",
        *(_times(growth.ratio(f"{n} ×100", f"{n} ×1"), lambda ratio: ratio <= 12) for n in ("all", "joined", "three")),
    )
    full = Goal(
        "full outcome of three needs, at a share of the speed of the bare decision",
        "≥ 40 %",
        every=_share(outcomes.ratio(BARE_ALL, FULL_CHOSEN)),
        three=_share(outcomes.ratio(BARE_CHOSEN, FULL_CHOSEN)),
    )
    tables = Goal(
        "from the parsed guide to its tables, ×1", "≤ 10 ms", Measured(f"{build * 1000:.1f} ms", build <= 0.01)
    )
    return [*races, grown, full, tables]


def _race(results: Results, what: str, goal: float, times: int, rivals: tuple[Contestant, ...]) -> Goal:
    def measure(course: str, engine: Contestant) -> Measured:
        result = results.get(f"{course} ×{times}")
        rival = _fastest(result, rivals)
        ratio = result.ratio(rival, engine.name) if result and rival else None
        return _times(ratio, lambda ratio: ratio >= goal)

    fastest = [_fastest(results.get(f"{course} ×{times}"), rivals) for course in ("all", "three")]
    named = "; of three needs: ".join(dict.fromkeys(name for name in fastest if name)) if len(rivals) > 1 else ""
    what = f"faster than {what}, ×{times}" + (f" ({named})" if named else "")
    return Goal(what, f"≥ {goal:g}×", measure("all", ENGINE), measure("all", JOINED), measure("three", ENGINE))


def _fastest(result: Result | None, rivals: tuple[Contestant, ...]) -> str | None:
    """The name of the rival that took the least time, of those that took part."""
    medians = result.medians if result else {}
    return min((rival.name for rival in rivals if rival.name in medians), key=medians.__getitem__, default=None)


def _times(ratio: float | None, reached: Callable[[float], bool]) -> Measured:
    return Measured() if ratio is None else Measured(f"{ratio:.2g}×" if ratio < 10 else f"{ratio:.0f}×", reached(ratio))


def _share(ratio: float | None) -> Measured:
    return Measured() if ratio is None else Measured(f"{ratio:.0%}".replace("%", " %"), ratio >= 0.4)
