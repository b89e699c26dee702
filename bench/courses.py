"""What is run: which sizes of the guide, who takes part, and what a single number is measured on."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from time import process_time

from bench.contestants import CONTESTANTS
from bench.contestants.engine import enter, enter_full, enter_joined
from bench.contestants.entry import Entry
from bench.problem import Size, make_problem
from bench.race import Result, check_agreement, enter_all, run_race
from wizard.rules.table import build_table

CHOSEN = 3
"""How many needs a visit chooses, where it does not have all of them decided."""
BARE_ALL, BARE_CHOSEN, FULL_CHOSEN = "bare, all needs", "bare, three needs", "full outcome, three needs"


@dataclass(frozen=True, slots=True)
class Course:
    """A guide of some size, and how many visits a round has."""

    key: str
    title: str
    size: Size
    visits: int
    chosen: int | None = None

    def run(self, seconds: float) -> Result:
        """Everybody who can, on this course."""
        problem = make_problem(self.size, self.visits, self.chosen)
        able = [one for one in CONTESTANTS if not (one.whole and self.chosen)]
        return run_race(enter_all(able, problem), seconds)


def courses(times: tuple[int, ...]) -> Iterator[Course]:
    """All needs decided in guides that grow deeper, and three needs in guides that grow wider."""
    visits = {1: 60, 10: 30, 100: 10}
    for n in times:
        yield Course(f"all ×{n}", f"all needs, ×{n} deeper", Size().deeper(n), visits[n])
    for n in times:
        yield Course(f"three ×{n}", f"three needs, ×{n} wider", Size().wider(n), 60, CHOSEN)


def run_outcomes(seconds: float) -> Result:
    """The bare decision of all needs and of three, and the full outcome of the same three."""
    every, three = make_problem(Size(), 60), make_problem(Size(), 60, CHOSEN)
    entries = {BARE_ALL: enter(every), BARE_CHOSEN: enter(three), FULL_CHOSEN: enter_full(three)}
    check_agreement({name: entries[name] for name in (BARE_CHOSEN, FULL_CHOSEN)})
    return run_race(entries, seconds)


def run_growth(seconds: float, times: int) -> Result:
    """The same small and large guides as on the courses, now in turn, since courses run at different moments."""
    entries: dict[str, Entry] = {}
    for n in (1, times):
        deep, wide = make_problem(Size().deeper(n), 10), make_problem(Size().wider(n), 60, CHOSEN)
        entries |= {f"all ×{n}": enter(deep), f"joined ×{n}": enter_joined(deep), f"three ×{n}": enter(wide)}
    return run_race(entries, seconds)


def build_seconds(rounds: int = 25) -> float:
    """The median time from a guide's needs to the tables of them all, at ×1."""
    ruleset = make_problem(Size(), 0).ruleset
    taken = []
    for _ in range(rounds):
        start = process_time()
        for need in ruleset.needs.values():
            build_table(need, ruleset.variables)
        taken.append(process_time() - start)
    return median(taken)
