"""zen-engine, a rule engine written in Rust: as expressions, and as the decision tables it is known for.

The forms are the fastest of those tried. Tables go through a loader of compiled contents, several times faster than
``create_decision``; an expression binds the floor with ``map``, and tests several options by *or* instead of a list.
"""

import json
from collections.abc import Sequence
from importlib import import_module
from typing import Any

from bench.contestants.entry import Decision, Entry
from bench.contestants.expressions import Dialect, or_chain
from bench.problem import CORE, OPTIONS, Problem
from wizard.rules.model import Condition, Mask, Need, Ruleset

ZEN = Dialect(both=" and ", either=" or ", true="true", one_of=or_chain)
Visit = list[tuple[str, dict[str, int]]]
"""The needs, each with the answers it looks at and no more: zen copies every answer it is given."""

Row = tuple[Sequence[str], Sequence[str]]
"""The cells of the inputs, and those of the outputs."""


def _expression(ruleset: Ruleset, need: Need) -> str:
    floor = ZEN.floor_expression(ruleset, need)
    return f"map([{floor}], [#, {ZEN.step_expression(need, '#')}])[0]"


def _pair(values: Sequence[float]) -> Decision:
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
    return Entry(expression.evaluate, visits, lambda found: [_pair(pair) for pair in found])


def enter_each(problem: Problem) -> Entry:
    """One expression per need."""
    zen = import_module("zen")
    needs = problem.ruleset.needs
    expressions = {id_: zen.compile_expression(_expression(problem.ruleset, need)) for id_, need in needs.items()}

    def run(visit: Visit) -> list[Any]:
        return [expressions[id_].evaluate(answers) for id_, answers in visit]

    return Entry(run, need_by_need(problem), lambda found: [_pair(pair) for pair in found])


def enter_tables(problem: Problem) -> Entry:
    """Two decision tables per need: the floor, then the step."""
    zen = import_module("zen")
    needs = problem.ruleset.needs
    contents = {id_: zen.ZenDecisionContent(_graph(problem.ruleset, need)) for id_, need in needs.items()}
    engine = zen.ZenEngine({"loader": contents.__getitem__})

    def run(visit: Visit) -> list[Any]:
        return [engine.evaluate(id_, answers) for id_, answers in visit]

    def read(found: list[Any]) -> list[Decision]:
        return [_pair((one["result"]["floor"], one["result"]["step"])) for one in found]

    return Entry(run, need_by_need(problem), read)


def _graph(ruleset: Ruleset, need: Need) -> str:
    asked = [item.question.id for item in need.asked]
    floors = [(_cells(asked, row), (str(rule.at_least),)) for rule in reversed(need.rules) for row in rule.when]
    floors.append((["" for _ in asked], (str(ruleset.steps[0]),)))
    rows = [(offer.step, _cells(CORE, row)) for offer in need.offers for row in offer.who]
    steps = [([f"<= {step}", *cells], ("floor", str(step))) for step, cells in rows]
    steps += [(["", *cells], ("floor", str(step))) for step, cells in reversed(rows)]
    steps.append((["" for _ in ("floor", *CORE)], ("floor", "floor")))
    nodes = [
        _node("in", "inputNode"),
        _table("floors", asked, ("floor",), floors, keep=True),
        _table("steps", ["floor", *CORE], ("floor", "step"), steps),
        _node("out", "outputNode"),
    ]
    ids = [node["id"] for node in nodes]
    edges = [
        {"id": f"e{i}", "type": "edge", "sourceId": source, "targetId": target}
        for i, (source, target) in enumerate(zip(ids, ids[1:], strict=False))
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _cells(asked: Sequence[str], row: Condition) -> list[str]:
    """One cell per question; an empty one lets everything pass."""
    terms = dict(row)
    return [_cell(terms[id_]) if id_ in terms else "" for id_ in asked]


def _cell(allowed: Mask) -> str:
    options = [i for i in range(len(OPTIONS)) if allowed >> i & 1]
    upper = options == [*range(options[0], len(OPTIONS))]
    return f">= {options[0]}" if upper else ", ".join(map(str, options))


def _node(id_: str, type_: str) -> dict[str, Any]:
    return {"id": id_, "name": id_, "type": type_, "position": {"x": 0, "y": 0}}


def _table(
    id_: str, fields: Sequence[str], outputs: Sequence[str], rows: Sequence[Row], *, keep: bool = False
) -> dict[str, Any]:
    """The first row that fits gives the outputs; ``keep`` passes the answers on to the next table."""
    ins, outs = [f"i_{field}" for field in fields], [f"o_{output}" for output in outputs]
    return _node(id_, "decisionTableNode") | {
        "content": {
            "hitPolicy": "first",
            "passThrough": keep,
            "inputs": [
                {"id": i, "name": f, "type": "expression", "field": f} for i, f in zip(ins, fields, strict=True)
            ],
            "outputs": [
                {"id": o, "name": f, "type": "expression", "field": f} for o, f in zip(outs, outputs, strict=True)
            ],
            "rules": [
                {"_id": f"r{i}", **dict(zip(ins, cells, strict=True)), **dict(zip(outs, values, strict=True))}
                for i, (cells, values) in enumerate(rows)
            ],
        }
    }
