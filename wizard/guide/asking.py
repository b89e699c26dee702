"""How many questions visits take: those of the scenarios, and visits drawn at random.

A drawn visit answers every question it is asked: in nine of ten with some option, else with "vet ikke"; each tick of
a list is ticked in one of four. It is not in danger, and chooses among the needs that its age and role may have. The
draw is fixed, so that two runs say the same.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from statistics import median

from wizard.guide.guide import Guide
from wizard.rules.answers import NONE, UNKNOWN, read_answer
from wizard.rules.model import NEEDS, Mask, Question
from wizard.rules.path import find_path
from wizard.rules.visit import settle_visit

MOST_NEEDS = 5
VISITS = 1000
_UNKNOWN_SHARE, _TICKED_SHARE = 0.1, 0.25
_TRIES = 200
"""Drawn people who may not have so many needs, before it is said that nobody may."""

Draw = tuple[int, int]
"""How many needs a drawn visit has, and its number."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What was aimed at: the median, where there is an aim for it, and what no visit may exceed."""

    most: int
    median: int | None = None


AIMS: Mapping[int, Aim] = {1: Aim(10, 8), 2: Aim(13), 5: Aim(22)}


@dataclass(frozen=True, slots=True)
class Asking:
    """How many questions a group of visits with as many needs were asked."""

    group: str
    needs: int
    counts: Sequence[int]

    @property
    def median(self) -> float:
        """Half of the visits take no more."""
        return median(self.counts)

    @property
    def percentile_95(self) -> int:
        """Nineteen of twenty visits take no more."""
        return sorted(self.counts)[-(-len(self.counts) * 19 // 20) - 1]

    @property
    def most(self) -> int:
        """The longest visit."""
        return max(self.counts)

    @property
    def holds(self) -> bool | None:
        """Whether the aim is reached; None where there is none."""
        aim = AIMS.get(self.needs)
        if aim is None:
            return None
        return self.most <= aim.most and (aim.median is None or self.median <= aim.median)


def measure_scenarios(guide: Guide, scenarios: Iterable[Mapping[str, object]]) -> Iterator[Asking]:
    """The answers of the scenarios, by their number of needs; what a scenario does not answer is "vet ikke"."""
    counts: dict[int, list[int]] = {}
    for given in scenarios:
        needs = given.get(NEEDS)
        if isinstance(needs, list):
            counts.setdefault(len(needs), []).append(count_asked(guide, _from(given)))
    return (Asking("scenarios", needs, counts[needs]) for needs in sorted(counts))


def measure_drawn(
    guide: Guide, visits: int, watched: Callable[[list[Draw]], Iterable[Draw]] = iter
) -> Iterator[Asking]:
    """So many drawn visits for each number of needs; none where nobody may have as many. ``watched`` shows progress."""
    counts: dict[int, list[int]] = {}
    for needs, number in watched([(needs, number) for needs in range(1, MOST_NEEDS + 1) for number in range(visits)]):
        random = Random(f"{needs}.{number}")  # noqa: S311  a fixed draw
        tried = (count_asked(guide, _drawn(guide, random, needs)) for _ in range(_TRIES))
        counted = next((count for count in tried if count), 0)
        if counted:
            counts.setdefault(needs, []).append(counted)
    return (Asking("drawn", needs, counts[needs]) for needs in counts)


def tell_asking(told: Asking) -> dict[str, object]:
    """A group as plain values, for machines."""
    aim = AIMS.get(told.needs)
    return {
        "group": told.group,
        "needs": told.needs,
        "visits": len(told.counts),
        "median": told.median,
        "percentile_95": told.percentile_95,
        "most": told.most,
        "aim": {"median": aim.median, "most": aim.most} if aim else None,
        "holds": told.holds,
    }


Answering = Callable[[Question, Mapping[str, Mask]], object]
"""What a visit answers to a question, with the answers so far; None ends it."""


def count_asked(guide: Guide, answering: Answering) -> int:
    """How many questions a visit is asked, from the first to the result; 0 where it was ended."""
    masks: dict[str, Mask] = {}
    asked = 0
    while (question := find_path(guide.ruleset, masks).next) is not None:
        answer = answering(question, masks)
        if answer is None:
            return 0
        masks |= read_answer(question, answer) or read_answer(question, UNKNOWN) or {}
        asked += 1
    return asked


def _from(given: Mapping[str, object]) -> Answering:
    return lambda question, _: given.get(question.id, UNKNOWN)


def _drawn(guide: Guide, random: Random, needs: int) -> Answering:
    def answer(question: Question, masks: Mapping[str, Mask]) -> object:
        if question.id == NEEDS:
            core = settle_visit(guide.ruleset, masks).core
            offered = [need.id for need in guide.ruleset.entries.offered(core) if need.subject != "none"]
            return random.sample(offered, needs) if len(offered) >= needs else None
        if question.always and question.many:
            return NONE
        if random.random() < _UNKNOWN_SHARE:
            return UNKNOWN
        if question.many:
            return [option for option in question.options if random.random() < _TICKED_SHARE] or NONE
        return random.choice(question.options)

    return answer
