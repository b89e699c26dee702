"""The solver behind one door: clauses in, a way to fulfil them out, and never longer than allowed."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic

from pysat.solvers import Solver

from wizard.rules.model import Mask
from wizard.rules.regions import TooLargeError
from wizard.satisfy.circuit import Circuit, Literal

_SOLVER = "glucose4"
_PATIENCE = 1_000
"""Conflicts between two looks at the clock; a fraction of a second even in large formulas."""


class Solving:
    """Answers whether the statements of a circuit can be true together, until a moment of the monotonic clock."""

    def __init__(self, solver: Solver, circuit: Circuit, until: float) -> None:
        self._solver = solver
        self._circuit = circuit
        self._until = until

    def can(self, *together: Literal) -> bool:
        """Whether these can be true together. Raises ``TooLargeError`` where the time does not reach."""
        self._solver.append_formula(self._circuit.take())
        decided: bool | None = None
        while decided is None:
            self.keep_time()
            self._solver.conf_budget(_PATIENCE)
            decided = self._solver.solve_limited(assumptions=together)
        return decided

    def keep_time(self) -> None:
        """Raises ``TooLargeError`` where the time is over."""
        if monotonic() > self._until:
            raise TooLargeError

    def chosen(self, options: Mapping[str, Sequence[Literal]]) -> dict[str, Mask]:
        """Of each variable the option that it has in the way that was found last, as a mask."""
        found = self._solver.get_model()
        return {
            id_: sum(1 << i for i, literal in enumerate(literals) if found[abs(literal) - 1] == literal)
            for id_, literals in options.items()
        }


@contextmanager
def solving(circuit: Circuit, until: float) -> Iterator[Solving]:
    """A solver for a circuit, given back afterwards."""
    with Solver(name=_SOLVER) as solver:
        yield Solving(solver, circuit, until)
