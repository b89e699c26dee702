"""A need as text: its rules from the highest step down, its services from the floor up, and then back down.

All rules of a step are joined by *or*, so that whoever evaluates it may stop at the first one that holds.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from bench.problem import OPTIONS
from wizard.rules.model import Mask, Need, When
from wizard.rules.ruleset import Ruleset

Branch = tuple[str, int]
"""A test, and the step where it holds."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a language writes *and*, *or*, what always holds, and that a question has one of some options."""

    both: str
    either: str
    true: str
    one_of: Callable[[str, list[int]], str]
    question: Callable[[str], str] = str

    def term(self, id_: str, allowed: Mask) -> str:
        """The shortest test of a term."""
        options = [i for i in range(len(OPTIONS)) if allowed >> i & 1]
        rest = [i for i in range(len(OPTIONS)) if not allowed >> i & 1]
        name = self.question(id_)
        if len(options) == 1:
            return f"{name} == {options[0]}"
        if len(rest) == 1:
            return f"{name} != {rest[0]}"
        if options == [*range(options[0], len(OPTIONS))]:
            return f"{name} >= {options[0]}"
        if options == [*range(len(options))]:
            return f"{name} <= {options[-1]}"
        return self.one_of(name, options)

    def any(self, whens: Iterable[When]) -> str:
        """One of many conditions."""
        conditions = [condition for when in whens for condition in when]
        if () in conditions:
            return self.true
        return self.either.join(
            f"({self.both.join(self.term(id_, allowed) for id_, allowed in condition)})" for condition in conditions
        )

    def floors(self, need: Need) -> list[Branch]:
        """The rules by step, highest first."""
        groups = groupby(reversed(need.rules), key=lambda rule: rule.at_least)
        return [(self.any(rule.when for rule in rules), step) for step, rules in groups]

    def steps(self, need: Need) -> list[Branch]:
        """Whom each step has a service for, lowest first."""
        groups = groupby(need.offers, key=lambda offer: offer.step)
        return [(self.any(offer.who for offer in offers), step) for step, offers in groups]

    def floor_expression(self, ruleset: Ruleset, need: Need) -> str:
        """The floor as one chain of choices."""
        return _chain(self.floors(need), str(ruleset.steps[0]))

    def step_expression(self, need: Need, floor: str) -> str:
        """The step as one chain of choices, for a floor by the name of ``floor``."""
        steps = self.steps(need)
        up = [(f"{floor} <= {step}{self.both}({who})", step) for who, step in steps]
        return _chain([*up, *reversed(steps)], floor)


def _chain(branches: list[Branch], last: str) -> str:
    return "".join(f"({test}) ? {step} : (" for test, step in branches) + last + ")" * len(branches)


def or_chain(name: str, options: list[int]) -> str:
    """One of some options, for a language in which lists are slow."""
    return "(" + " or ".join(f"{name} == {option}" for option in options) + ")"
