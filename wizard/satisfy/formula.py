"""A need as a formula: what is answered, what that counts as behind the gates, which rules hold, and the step.

It says the same as :mod:`wizard.rules.regions` and :mod:`wizard.rules.decide`, statement by statement, so that a
solver can look for answers instead of cutting the space of them.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property

from wizard.rules.model import Condition, Mask, Need, Offer, When
from wizard.rules.regions import Gate, Region, Scope, make_scope, when_certain, when_possible
from wizard.rules.ruleset import Ruleset
from wizard.satisfy.circuit import FALSE, TRUE, Circuit, Literal

Options = tuple[Literal, ...]
"""For each option of a variable, and then for its "vet ikke", the statement that it is the one."""


class Formula:
    """The statements about one need, written down as they are asked for. ``steps`` are those it may have to do with."""

    def __init__(self, ruleset: Ruleset, need: Need) -> None:
        self.ruleset = ruleset
        self.need = need
        self.circuit = Circuit()
        self.scope: Scope = make_scope(ruleset, need)
        self.answered: dict[str, Options] = {}
        self.counted: dict[str, Options] = {}
        self._terms: dict[tuple[Options, Mask], Literal] = {}
        self._rows: dict[Condition, Literal] = {}
        for gate in self.scope.gates:
            self._walk(gate)
        self.entry = self.possible(need.who)
        climbed, offered = {rule.at_least for rule in need.rules}, {offer.step for offer in need.offers}
        self.steps = tuple(sorted({ruleset.steps[0]} | climbed | offered))

    def _walk(self, gate: Gate) -> None:
        """The answers to one question, and what they count as; see ``settle_region``."""
        certain, possible = self._any(gate.certain), self._any(gate.possible)
        for id_ in gate.variables:
            answers = self._choose(self.scope.domains[id_], self.scope.unknown[id_])
            self.answered[id_] = self.counted[id_] = answers
            if certain != TRUE:
                counts = self.counted[id_] = tuple(self.circuit.one_of(len(answers)))
                for answer, count in zip(answers, counts, strict=True):
                    self.circuit.demand(-certain, -answer, count)
                self.circuit.demand(possible, counts[0])
                self.circuit.demand(certain, -possible, counts[-1])

    def _choose(self, domain: Mask, unknown: Mask) -> Options:
        literals = iter(self.circuit.one_of(domain.bit_count()))
        return tuple(next(literals) if domain >> i & 1 else FALSE for i in range(unknown.bit_length()))

    def _among(self, options: Options, mask: Mask) -> Literal:
        """One of the options of a mask is the one."""
        if (options, mask) not in self._terms:
            self._terms[options, mask] = self.circuit.either(o for i, o in enumerate(options) if mask >> i & 1)
        return self._terms[options, mask]

    def _row(self, row: Condition) -> Literal:
        if row not in self._rows:
            self._rows[row] = self.circuit.both(self._among(self.counted[v], allowed) for v, allowed in row)
        return self._rows[row]

    def _any(self, rows: Iterable[Condition]) -> Literal:
        return self.circuit.either(map(self._row, rows))

    def certain(self, when: When) -> Literal:
        """One of the conditions is certain."""
        return self._any(when_certain(row, self.scope.unknown) for row in when)

    def possible(self, when: When) -> Literal:
        """One of the conditions is possible."""
        return self._any(when_possible(row, self.scope.unknown) for row in when)

    def within(self, region: Region) -> list[Literal]:
        """The answers lie in a region."""
        return [self._among(self.answered[id_], mask) for id_, mask in region.items()]

    @cached_property
    def holds(self) -> tuple[Literal, ...]:
        """For each rule, that it is certain."""
        return tuple(self.certain(rule.when) for rule in self.need.rules)

    @cached_property
    def holding(self) -> Mapping[int, list[Literal]]:
        """For each step, the rules for it, each that it is certain."""
        found: dict[int, list[Literal]] = {step: [] for step in self.steps}
        for holds, rule in zip(self.holds, self.need.rules, strict=True):
            found[rule.at_least].append(holds)
        return found

    @cached_property
    def above(self) -> Mapping[int, Literal]:
        """For each step, that a rule for a higher one is certain."""
        found, so_far = {}, FALSE
        for step in reversed(self.steps):
            found[step] = so_far
            so_far = self.circuit.either([so_far, *self.holding[step]])
        return found

    @cached_property
    def floor(self) -> Mapping[int, Literal]:
        """For each step, that it is the floor; see ``find_floor``."""
        set_by_rule = {s: self.circuit.both([-self.above[s], self.circuit.either(self.holding[s])]) for s in self.steps}
        lowest = self.ruleset.steps[0]
        return set_by_rule | {lowest: self.circuit.either([set_by_rule[lowest], -self.circuit.either(self.holds)])}

    @cached_property
    def exists(self) -> tuple[Literal, ...]:
        """For each offer, that it exists for the person."""
        return tuple(self.certain(offer.who) for offer in self.need.offers)

    @cached_property
    def step(self) -> Mapping[int, Literal]:
        """For each step, that it is the result; see ``find_step``."""
        both, either = self.circuit.both, self.circuit.either
        here = {step: either(self.exists[i] for i, _ in offers) for step, offers in self.offers.items()}
        found: dict[int, Literal] = {}
        passed = FALSE
        for step in self.steps:
            sought = either([self.floor[step], passed])
            found[step], passed = both([sought, here[step]]), both([sought, -here[step]])
        for step in reversed(self.steps):
            found[step] = either([found[step], both([passed, here[step]])])
            passed = both([passed, -here[step]])
        return {step: either([literal, both([passed, self.floor[step]])]) for step, literal in found.items()}

    @cached_property
    def offers(self) -> Mapping[int, list[tuple[int, Offer]]]:
        """For each step its offers, with their numbers."""
        found: dict[int, list[tuple[int, Offer]]] = {step: [] for step in self.steps}
        for i, offer in enumerate(self.need.offers):
            found[offer.step].append((i, offer))
        return found

    @cached_property
    def fitting(self) -> tuple[Literal, ...]:
        """For each offer, that it exists for the person and certainly fits."""
        pairs = zip(self.exists, self.need.offers, strict=True)
        return tuple(self.circuit.both([exists, self.certain(offer.fits)]) for exists, offer in pairs)

    @cached_property
    def may_fit(self) -> tuple[Literal, ...]:
        """For each offer, that it exists for the person and may fit."""
        pairs = zip(self.exists, self.need.offers, strict=True)
        return tuple(self.circuit.both([exists, self.possible(offer.fits)]) for exists, offer in pairs)
