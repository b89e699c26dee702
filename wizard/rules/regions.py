"""The whole space of answers to a need, cut into regions in which everything is decided.

A partly answered visit *is* a region of the answer space. Here each variable has one more option, "vet ikke", and a
region says which options are left per variable. A condition is then looked at twice: is it certain, and is it
possible. Regions are cut wherever one of the two hangs on the region, until nothing does; so every set of answers is
judged, gates and "vet ikke" included, without listing them.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from math import prod
from time import monotonic

from wizard.rules.conditions import judge_any, mentioned
from wizard.rules.model import NEEDS, YES, Condition, Mask, Need, Truth, Variable, When
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows, Table, build_columns

Region = Mapping[str, Mask]
"""Variable to the options left; the bit after the last option is "vet ikke"."""
Wanted = Callable[[Rows, Rows], Rows]
"""From the rows possible and certain in a region, the rows that have to be decided there."""


class TooLargeError(Exception):
    """The space could not be cut within the budget; nothing is claimed about it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """When the variables of a question count as answered: ``certain`` or at least ``possible``."""

    variables: tuple[str, ...]
    certain: When
    possible: When


@dataclass(frozen=True, slots=True)
class Scope:
    """What can be answered to one need: the options of each variable, the bit of its "vet ikke", and the gates."""

    domains: Mapping[str, Mask]
    unknown: Mapping[str, Mask]
    gates: tuple[Gate, ...]


@dataclass(frozen=True, slots=True)
class Space(Scope):
    """The answers to one need. Row *r* of the table says "condition *r* is certain", row *r* + ``half`` "possible"."""

    table: Table
    half: int

    def size(self, region: Region) -> int:
        """How many sets of answers a region holds: an answer, or "vet ikke", to every variable."""
        return prod(region.get(id_, domain).bit_count() for id_, domain in self.domains.items())


@dataclass(frozen=True, slots=True)
class Leaf:
    """A region in which all that was wanted is decided, with the rows that are certain in it."""

    region: Region
    certain: Rows


def make_scope(ruleset: Ruleset, need: Need, table: Table | None = None) -> Scope:
    """The scope of a need: the core's variables that its conditions look at, and its own.

    ``table`` has the conditions, where they are others than those that the guide has for the need.
    """
    conditions = (table or ruleset.tables[need.id]).conditions
    items = [*ruleset.core, *need.asked]
    questions = {id_: item.question for item in items for id_ in item.question.variables}
    looked_at = {v for row in conditions for v, _ in row}
    while more := {v for i in items for v in mentioned(i.gate) if looked_at & {*i.question.variables}} - looked_at:
        looked_at |= more
    names = [id_ for id_ in dict.fromkeys(questions) if id_ in looked_at]
    unknown = {id_: ruleset.variables[id_].everything + 1 for id_ in names}
    domains = {
        id_: ruleset.variables[id_].everything | (0 if questions[id_].dont_know else unknown[id_]) for id_ in names
    }
    domains |= {id_: YES for id_ in names if id_ == f"{NEEDS}.{need.id}"}
    gates = tuple(
        Gate(
            tuple(id_ for id_ in item.question.variables if id_ in looked_at),
            tuple(when_certain(row, unknown) for row in item.gate),
            tuple(when_possible(row, unknown) for row in item.gate),
        )
        for item in items
        if looked_at & {*item.question.variables}
    )
    return Scope(domains, unknown, gates)


def make_space(ruleset: Ruleset, need: Need, table: Table | None = None) -> Space:
    """The space of a need: its scope, and its conditions judged there, as certain and as possible."""
    base, scope = table or ruleset.tables[need.id], make_scope(ruleset, need, table)
    rows = [when_certain(row, scope.unknown) for row in base.conditions]
    rows += [when_possible(row, scope.unknown) for row in base.conditions]
    variables = {id_: Variable(id_, (*ruleset.variables[id_].options, "unknown")) for id_ in scope.domains}
    table = replace(base, columns=build_columns(rows, variables), conditions=tuple(rows))
    return Space(scope.domains, scope.unknown, scope.gates, table, len(base.conditions))


def when_certain(row: Condition, unknown: Mapping[str, Mask]) -> Condition:
    """A condition with "vet ikke" on the side of no, but where every option is allowed."""
    return tuple((v, a | (unknown[v] if a == unknown[v] - 1 else 0)) for v, a in row)


def when_possible(row: Condition, unknown: Mapping[str, Mask]) -> Condition:
    """A condition with "vet ikke" on the side of yes."""
    return tuple((v, a | unknown[v]) for v, a in row)


def settle_region(space: Scope, region: Region) -> tuple[dict[str, Mask], dict[str, Gate]]:
    """What each variable may count as in a region, and the gates that the region leaves undecided."""
    masks: dict[str, Mask] = {}
    pending: dict[str, Gate] = {}
    for gate in space.gates:
        certain = judge_any(gate.certain, masks)
        if certain is Truth.YES:
            for id_ in gate.variables:
                masks[id_] = region.get(id_, space.domains[id_])
            continue
        possible = judge_any(gate.possible, masks)
        for id_ in gate.variables:
            if possible is Truth.NO:
                masks[id_] = 1
            elif certain is Truth.NO and possible is Truth.YES:
                masks[id_] = space.unknown[id_]
            else:
                masks[id_] = region.get(id_, space.domains[id_]) | 1 | space.unknown[id_]
                pending[id_] = gate
    return masks, pending


@dataclass(slots=True)
class Budget:
    """How many regions may still be looked at, and until when (seconds of the monotonic clock)."""

    regions: int = 500_000
    until: float = float("inf")

    def spend(self) -> None:
        """Count one region. Raises :class:`TooLargeError` when nothing is left."""
        self.regions -= 1
        if self.regions < 0 or (self.regions % 256 == 0 and monotonic() > self.until):
            raise TooLargeError


def cut(space: Space, wanted: Wanted, budget: Budget, start: Region | None = None) -> Iterator[Leaf]:
    """Cut a region (the whole space, if none is given) until every wanted row is decided.

    The leaves do not overlap and together are the region. Raises :class:`TooLargeError` when the budget is spent.
    """
    stack: list[Region] = [start or {}]
    while stack:
        budget.spend()
        region = stack.pop()
        masks, pending = settle_region(space, region)
        possible, certain = space.table.judge(masks)
        undecided = wanted(possible, certain) & possible & ~certain
        if not undecided:
            yield Leaf(region, certain)
            continue
        variable, allowed = _where_to_cut(space, undecided, masks, pending)
        here = region.get(variable, space.domains[variable])
        stack += [{**region, variable: here & ~allowed}, {**region, variable: here & allowed}]


def _where_to_cut(
    space: Space, undecided: Rows, masks: Mapping[str, Mask], pending: Mapping[str, Gate]
) -> tuple[str, Mask]:
    """The term that most undecided rows hang on. A variable behind an undecided gate waits for its gate."""
    hanging: Counter[tuple[str, Mask]] = Counter()
    while undecided:
        row = space.table.conditions[(undecided & -undecided).bit_length() - 1]
        undecided &= undecided - 1
        hanging.update(_open_terms(row, masks, pending))
    return hanging.most_common(1)[0][0]


def _open_terms(row: Condition, masks: Mapping[str, Mask], pending: Mapping[str, Gate]) -> Iterator[tuple[str, Mask]]:
    for variable, allowed in row:
        if variable in pending:
            gate = pending[variable]
            for condition in (*gate.certain, *gate.possible):
                yield from _open_terms(condition, masks, pending)
        elif masks[variable] & allowed and masks[variable] & ~allowed:
            yield variable, allowed


def point_in(space: Scope, region: Region, choose: Callable[[str, Mask], Mask]) -> dict[str, Mask]:
    """One visit out of a region, as settled masks: ``choose`` picks one option where several are left.

    "Vet ikke" becomes every option, as it is in a visit.
    """
    one = {id_: choose(id_, region.get(id_, domain)) for id_, domain in space.domains.items()}
    masks, _ = settle_region(space, one)
    return {id_: space.unknown[id_] - 1 if mask == space.unknown[id_] else mask for id_, mask in masks.items()}
