"""zen-engine, a rule engine written in Rust, as compiled expressions: one for the whole guide, or one per need.

The tuned form is the fastest of those tried: chains of choices that stop at the first that holds, the floor bound with
``map``, several options tested by *or* and not by a list, and no answer passed that the expression does not look at.
The plain form is what somebody writes who begins: one list of every condition.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any

from bench.contestants.entry import Decision, Entry
from bench.contestants.expressions import Dialect, or_chain
from bench.problem import Problem
from wizard.rules.model import Need, When
from wizard.rules.ruleset import Ruleset

ZEN = Dialect(both=" and ", either=" or ", true="true", one_of=or_chain)
Visit = list[tuple[str, dict[str, int]]]
"""The needs, each with the answers it looks at and no more: zen copies every answer it is given."""


def _expression(ruleset: Ruleset, need: Need) -> str:
    floor = ZEN.floor_expression(ruleset, need)
    return f"map([{floor}], [#, {ZEN.step_expression(need, '#')}])[0]"


def pair(values: Sequence[float]) -> Decision:
    """Zen's numbers as floor and step."""
    floor, step = values
    return int(floor), int(step)


def need_by_need(problem: Problem) -> list[Visit]:
    """The visits cut into needs."""
    return [
        [(id_, {q: answers[q] for q in problem.questions_of(id_)}) for id_ in visit.needs]
        for visit in problem.visits
        for answers in (visit.options(),)
    ]


def enter_list(problem: Problem) -> Entry:
    """Every need of the guide in one list expression."""
    parts = (_expression(problem.ruleset, need) for need in problem.ruleset.needs.values())
    expression = import_module("zen").compile_expression(f"[{', '.join(parts)}]")
    visits = [visit.options() for visit in problem.visits]
    return Entry(expression.evaluate, visits, lambda found: [pair(one) for one in found])


def enter_each(problem: Problem) -> Entry:
    """One expression per need."""
    zen = import_module("zen")
    needs = problem.ruleset.needs
    expressions = {id_: zen.compile_expression(_expression(problem.ruleset, need)) for id_, need in needs.items()}

    def run(visit: Visit) -> list[Any]:
        return [expressions[id_].evaluate(answers) for id_, answers in visit]

    return Entry(run, need_by_need(problem), lambda found: [pair(one) for one in found])


PLAIN = Dialect(both=" and ", either=" or ", true="true", one_of=lambda name, options: f"{name} in {options}")


def enter_plain(problem: Problem) -> Entry:
    """Every condition of the guide in one list; which floor and step follow from it is found outside the timing."""
    needs = [*problem.ruleset.needs.values()]
    conditions = [PLAIN.any([when]) for need in needs for when in _whens(need)]
    expression = import_module("zen").compile_expression(f"[{', '.join(conditions)}]")
    lowest = problem.ruleset.steps[0]

    def read(held: list[bool]) -> list[Decision]:
        answers = iter(held)
        return [_pick(need, lowest, [next(answers) for _ in _whens(need)]) for need in needs]

    return Entry(expression.evaluate, [visit.options() for visit in problem.visits], read)


def _whens(need: Need) -> Iterator[When]:
    yield from (rule.when for rule in need.rules)
    yield from (offer.who for offer in need.offers)


def _pick(need: Need, lowest: int, held: list[bool]) -> Decision:
    rules, offers = held[: len(need.rules)], held[len(need.rules) :]
    floor = max([lowest, *(rule.at_least for rule, holds in zip(need.rules, rules, strict=True) if holds)])
    here = [offer.step for offer, holds in zip(need.offers, offers, strict=True) if holds]
    above = [step for step in here if step >= floor]
    return floor, min(above) if above else max(here, default=floor)
