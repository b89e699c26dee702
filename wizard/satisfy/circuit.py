"""Statements built out of statements, written down as clauses.

A *literal* is a number; its negative says the opposite. Each new statement gets a literal and the clauses that make it
true exactly when its parts say so (Tseitin, "On the complexity of derivation in propositional calculus", 1968).
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

Literal = int
Clause = Sequence[Literal]

TRUE: Literal = 1
FALSE: Literal = -1


class Circuit:
    """The clauses so far. ``fresh`` are those that nobody has taken yet."""

    def __init__(self) -> None:
        self._count = TRUE
        self.fresh: list[Clause] = [(TRUE,)]

    def new(self) -> Literal:
        """A statement of which nothing is known."""
        self._count += 1
        return self._count

    def one_of(self, count: int) -> list[Literal]:
        """So many statements of which exactly one is true."""
        literals = [self.new() for _ in range(count)]
        self.fresh.append(literals)
        self.fresh += [(-one, -other) for one, other in combinations(literals, 2)]
        return literals

    def both(self, parts: Iterable[Literal]) -> Literal:
        """All of the parts; true where there are none."""
        return -self.either([-part for part in parts])

    def either(self, parts: Iterable[Literal]) -> Literal:
        """At least one of the parts; false where there are none."""
        literals = {*parts} - {FALSE}
        if TRUE in literals:
            return TRUE
        if len(literals) < 2:
            return literals.pop() if literals else FALSE
        whole = self.new()
        self.fresh.append((-whole, *literals))
        self.fresh += [(whole, -literal) for literal in literals]
        return whole

    def demand(self, *clause: Literal) -> None:
        """At least one of these must be true."""
        self.fresh.append(clause)

    def take(self) -> list[Clause]:
        """The clauses that nobody has taken yet, as taken."""
        taken, self.fresh = self.fresh, []
        return taken
