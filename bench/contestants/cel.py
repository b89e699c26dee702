"""CEL, the Common Expression Language, as implemented in Rust. Its contexts, too, are made before the timing."""

from importlib import import_module
from typing import Any

from bench.contestants.entry import Decision, Entry
from bench.contestants.expressions import Dialect
from bench.contestants.zen import need_by_need
from bench.problem import Problem
from wizard.rules.model import Need
from wizard.rules.ruleset import Ruleset

CEL = Dialect(
    both=" && ",
    either=" || ",
    true="true",
    one_of=lambda name, options: "(" + " || ".join(f"{name} == {option}" for option in options) + ")",
)


def _expression(ruleset: Ruleset, need: Need) -> str:
    floor = CEL.floor_expression(ruleset, need)
    return f"[{floor}].map(f, [f, {CEL.step_expression(need, 'f')}])[0]"


def _pairs(found: Any) -> list[Decision]:
    return [(floor, step) for floor, step in found]


def enter_list(problem: Problem) -> Entry:
    """Every need of the guide in one list expression."""
    cel = import_module("cel")
    parts = (_expression(problem.ruleset, need) for need in problem.ruleset.needs.values())
    program = cel.compile(f"[{', '.join(parts)}]")
    visits = [cel.Context(variables=visit.options()) for visit in problem.visits]
    return Entry(program.execute, visits, _pairs)


def enter_each(problem: Problem) -> Entry:
    """One expression per need."""
    cel = import_module("cel")
    needs = problem.ruleset.needs
    programs = {id_: cel.compile(_expression(problem.ruleset, need)) for id_, need in needs.items()}
    visits = [[(id_, cel.Context(variables=answers)) for id_, answers in visit] for visit in need_by_need(problem)]

    def run(visit: list[tuple[str, Any]]) -> list[Any]:
        return [programs[id_].execute(context) for id_, context in visit]

    return Entry(run, visits, _pairs)
