"""Plain Python if/else, generated: one function per need, as a careful programmer would have written it by hand."""

from collections.abc import Callable
from pathlib import Path
from runpy import run_path
from tempfile import TemporaryDirectory

from bench.contestants.entry import Decision, Entry
from bench.contestants.expressions import Dialect
from bench.problem import Problem
from wizard.rules.model import Need
from wizard.rules.ruleset import Ruleset

PYTHON = Dialect(
    both=" and ",
    either=" or ",
    true="True",
    one_of=lambda name, options: f"{name} in {tuple(options)}",
    question=lambda id_: f"answers[{id_!r}]",
)


def enter(problem: Problem) -> Entry:
    """Write the functions as a module, and load it."""
    source = "\n".join(_function(problem.ruleset, need) for need in problem.ruleset.needs.values())
    with TemporaryDirectory() as folder:
        module = Path(folder, "generated_guide.py")
        module.write_text(source, encoding="utf-8")
        names = run_path(str(module))
    functions: dict[str, Callable[[dict[str, int]], Decision]] = {id_: names[id_] for id_ in problem.ruleset.needs}
    visits = [(visit.options(), visit.needs) for visit in problem.visits]

    def run(visit: tuple[dict[str, int], tuple[str, ...]]) -> list[Decision]:
        answers, needs = visit
        return [functions[id_](answers) for id_ in needs]

    return Entry(run, visits)


def _function(ruleset: Ruleset, need: Need) -> str:
    lines = [f"def {need.id}(answers):"]
    for word, (test, step) in zip(["if", *["elif"] * len(need.rules)], PYTHON.floors(need), strict=False):
        lines += [f"    {word} {test}:", f"        floor = {step}"]
    lines += ["    else:", f"        floor = {ruleset.steps[0]}"]
    steps = PYTHON.steps(need)
    for who, step in steps:
        lines += [f"    if floor <= {step} and ({who}):", f"        return floor, {step}"]
    for who, step in reversed(steps):
        lines += [f"    if {who}:", f"        return floor, {step}"]
    return "\n".join([*lines, "    return floor, floor", ""])
