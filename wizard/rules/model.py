"""What the rules reason about, as frozen values.

One idea carries everything here: *an answer is the set of options that are still possible*. Such a set is a
``Mask``, an integer whose bit *i* says that option *i* is possible. Answered: one bit. "Vet ikke": all bits. Not
asked yet: also all bits, but the variable is missing from the answers, and only a missing one may be asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

Mask = int
Answers = Mapping[str, Mask]
"""Variable id → the options still possible. A missing variable has not been asked."""

NO, YES = 1, 2
"""The two masks of a tick: not ticked, ticked."""
LOWEST = 1
"""The mask in which only the lowest option is possible."""
NEEDS = "needs"
"""The id of the question whose options are the needs."""


class Truth(Enum):
    """What the answers so far say of a condition."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Variable:
    """Something with exactly one true value among ``options``; on a scale the least comes first."""

    id: str
    options: tuple[str, ...]
    everything: Mask = field(init=False)
    """The mask in which every option is possible."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "everything", (1 << len(self.options)) - 1)


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to a person at one time: one variable, or one tick (yes/no variable) per option.

    ``dont_know`` names the option that "vet ikke" stands for, where it is an answer of its own.
    ``always`` marks a question that is asked whatever it could change (safety). ``unknown`` and ``shut`` are the
    masks of its variables while nothing is known of it, and while it is shut.
    """

    id: str
    variables: tuple[str, ...]
    options: tuple[str, ...]
    many: bool = False
    scale: bool = False
    always: bool = False
    dont_know: str | None = None
    unknown: Mapping[str, Mask] = field(init=False, compare=False, repr=False)
    shut: Mapping[str, Mask] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        everything = NO | YES if self.many else (1 << len(self.options)) - 1
        object.__setattr__(self, "unknown", dict.fromkeys(self.variables, everything))
        object.__setattr__(self, "shut", dict.fromkeys(self.variables, LOWEST))

    def tick(self, option: str) -> str:
        """The variable id of one tick."""
        return f"{self.id}.{option}"


Term = tuple[str, Mask]
"""A variable and the options allowed for it."""
Condition = tuple[Term, ...]
"""Terms joined by *and*; the empty condition always holds."""
When = tuple[Condition, ...]
"""Conditions joined by *or*; the empty one never holds."""

ALWAYS: When = ((),)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question at its place in the order, with the gate that opens it."""

    question: Question
    gate: When = ALWAYS


@dataclass(frozen=True, slots=True)
class Rule:
    """A climb rule: at least step ``at_least`` when ``when`` holds. Rules never push downwards.

    ``never_next``: it is never held out as what comes next.
    """

    id: str
    at_least: int
    when: When
    never_next: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """A service on a step, as seen from one need.

    ``who`` decides whether it exists for somebody; ``fits`` only chooses and orders among those that do.
    ``card`` is equal for rows that are the same service with the same contact. ``rank``: 0 first, 1, 2 only when
    there is room. ``ease``: 0 is the easiest access. ``placement``: nobody can apply for it, so it is never shown.
    """

    service: str
    step: int
    card: str
    who: When
    fits: When
    rank: int = 1
    ease: int = 0
    without_application: bool = True
    placement: bool = False
    included: bool = False


@dataclass(frozen=True, slots=True)
class Need:
    """One need: the questions it asks in order, its rules from low to high, its offers in ladder order.

    ``sentences`` says when the guide has a plain sentence for where a step has nothing that could be shown.
    """

    id: str
    subject: str
    who: When
    asked: tuple[Asked, ...]
    rules: tuple[Rule, ...]
    offers: tuple[Offer, ...]
    sentences: When = ()


@dataclass(frozen=True, slots=True)
class Danger:
    """An urgent situation; it puts numbers on top and never moves a step."""

    id: str
    subject: str
    when: When


@dataclass(frozen=True, slots=True)
class Right:
    """A right to be told of when at least one of its grounds holds. ``asks``: a question is asked for its sake.

    ``subject``: whose it is; without one everybody is told of it.
    """

    id: str
    when: When = ()
    from_step: int | None = None
    on_steps: tuple[int, ...] = ()
    needs_from_step: tuple[int, int] | None = None
    asks: bool = True
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class AtRisk:
    """A side of life that has become harder, and the need whose offers up to a step are early help for it."""

    when: When
    need: str
    up_to: int
