"""A made-up guide of any size and visits to it: always the same for the same seed, and shaped like a real one.

Two core questions (age and role, as it were) say who a service is for. Each need asks five of the other questions;
its rules look at those alone. A need with many rules has narrower ones, so that about one of them holds whatever the
size: in each, two to three decisions in five stay on the lowest step, and no size is easier to decide than another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from wizard.rules.model import ALWAYS, Asked, Condition, Mask, Need, Offer, Question, Rule, Variable
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import build_table

STEPS = tuple(range(1, 13))
OPTIONS = tuple(f"o{i}" for i in range(5))
CORE = ("q0", "q1")
ASKED_BY_NEED = 5
SEED = 2026


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is of everything. Each question has five options."""

    questions: int = 40
    needs: int = 25
    rules: int = 150
    services: int = 200

    def deeper(self, times: int) -> "Size":
        """As many questions and needs, which have more rules and services."""
        return Size(self.questions, self.needs, self.rules * times, self.services * times)

    def wider(self, times: int) -> "Size":
        """More of everything; each need is as large as before."""
        return Size(self.questions * times, self.needs * times, self.rules * times, self.services * times)


@dataclass(frozen=True, slots=True)
class Visit:
    """One option per question, and the needs to decide."""

    masks: Mapping[str, Mask]
    needs: tuple[str, ...]

    def options(self) -> dict[str, int]:
        """The number of the chosen option of each question, for those who do not think in masks."""
        return {id_: mask.bit_length() - 1 for id_, mask in self.masks.items()}


@dataclass(frozen=True, slots=True)
class Problem:
    """A guide, and the visits that every contestant decides."""

    ruleset: Ruleset
    visits: Sequence[Visit]

    def questions_of(self, need: str) -> tuple[str, ...]:
        """The questions that the conditions of a need look at."""
        return (*CORE, *(item.question.id for item in self.ruleset.needs[need].asked))


def make_problem(size: Size, visits: int, chosen: int | None = None) -> Problem:
    """A guide of some size and visits that choose some of its needs, or have all of them decided."""
    random = Random(SEED)  # noqa: S311  a fixed draw, so that every run decides the same
    problem = Problem(_make_ruleset(random, size), [])
    return Problem(problem.ruleset, [_make_visit(random, problem, chosen) for _ in range(visits)])


def _make_visit(random: Random, problem: Problem, chosen: int | None) -> Visit:
    needs = tuple(problem.ruleset.needs)
    if chosen is not None:
        needs = tuple(random.sample(needs, chosen))
    asked = dict.fromkeys(question for need in needs for question in problem.questions_of(need))
    return Visit({id_: 1 << random.randrange(len(OPTIONS)) for id_ in asked}, needs)


def _make_ruleset(random: Random, size: Size) -> Ruleset:
    ids = [f"q{i}" for i in range(size.questions)]
    questions = {id_: Question(id_, (id_,), OPTIONS) for id_ in ids}
    variables = {id_: Variable(id_, OPTIONS) for id_ in ids}
    needs = {f"n{i}": _make_need(random, f"n{i}", questions, size) for i in range(size.needs)}
    return Ruleset(
        steps=STEPS,
        variables=variables,
        questions=questions,
        core=tuple(Asked(questions[id_]) for id_ in CORE),
        extra=(),
        needs=needs,
        tables={id_: build_table(need, variables) for id_, need in needs.items()},
        dangers=(),
        rights=(),
    )


def _make_need(random: Random, id_: str, questions: Mapping[str, Question], size: Size) -> Need:
    asked = sorted(random.sample([q for q in questions if q not in CORE], ASKED_BY_NEED))
    count = size.rules // size.needs
    at_least = sorted(random.choices(STEPS[1:], k=count))
    rules = [Rule(f"{id_}.{i}", step, (_condition(random, asked, 1 / count),)) for i, step in enumerate(at_least)]
    steps = sorted(random.choices(STEPS, k=size.services // size.needs))
    offers = [_offer(random, f"{id_}.s{i}", step, asked) for i, step in enumerate(steps)]
    return Need(id_, "person", ALWAYS, tuple(Asked(questions[q]) for q in asked), tuple(rules), tuple(offers))


def _offer(random: Random, service: str, step: int, asked: Sequence[str]) -> Offer:
    who = tuple((id_, _allowed(random, id_, 3)) for id_ in CORE if random.random() < 0.5)
    fits = _condition(random, asked, 0.4)
    return Offer(service, step, service, (who,), (fits,), ease=random.randrange(4), without_application=step < 4)


def _condition(random: Random, asked: Sequence[str], share: float) -> Condition:
    """A condition that holds for about this share of the visits."""
    terms: list[tuple[str, Mask]] = []
    left = 1.0
    for id_ in random.sample(asked, len(asked)):
        counts = [count for count in (1, 2, 3, 4) if left * count / len(OPTIONS) >= 0.7 * share]
        if not counts:
            break
        count = random.choice(counts[:3])
        terms.append((id_, _allowed(random, id_, count)))
        left *= count / len(OPTIONS)
    return tuple(sorted(terms))


def _allowed(random: Random, question: str, count: int) -> Mask:
    """So many options: the upper end of a scale (every third question is one), or any."""
    if int(question[1:]) % 3 == 0:
        return (1 << len(OPTIONS)) - (1 << len(OPTIONS) - count)
    return sum(1 << option for option in random.sample(range(len(OPTIONS)), count))
