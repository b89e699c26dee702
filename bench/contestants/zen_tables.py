"""zen-engine as the decision tables it is known for: two per need, one for the floor and one for the step.

Tuned, the contents are compiled once and given by a loader, which is several times faster than ``create_decision``,
the plain way; and no answer is passed that the need does not look at.
"""

import json
from collections.abc import Sequence
from importlib import import_module
from itertools import pairwise
from typing import Any

from bench.contestants.entry import Decision, Entry
from bench.contestants.zen import Visit, need_by_need, pair
from bench.problem import CORE, OPTIONS, Problem
from wizard.rules.model import Condition, Mask, Need
from wizard.rules.ruleset import Ruleset

Row = tuple[Sequence[str], Sequence[str]]
"""The cells of the inputs, and those of the outputs."""


def enter(problem: Problem) -> Entry:
    """Two decision tables per need: the floor, then the step."""
    zen = import_module("zen")
    needs = problem.ruleset.needs
    contents = {id_: zen.ZenDecisionContent(_graph(problem.ruleset, need)) for id_, need in needs.items()}
    engine = zen.ZenEngine({"loader": contents.__getitem__})

    def run(visit: Visit) -> list[Any]:
        return [engine.evaluate(id_, answers) for id_, answers in visit]

    return Entry(run, need_by_need(problem), _read)


def enter_plain(problem: Problem) -> Entry:
    """The same tables as the first page of the manual has them: a decision per need, asked with all answers."""
    engine = import_module("zen").ZenEngine()
    needs = problem.ruleset.needs
    decisions = {id_: engine.create_decision(_graph(problem.ruleset, need)) for id_, need in needs.items()}

    def run(visit: tuple[dict[str, int], tuple[str, ...]]) -> list[Any]:
        answers, chosen = visit
        return [decisions[id_].evaluate(answers) for id_ in chosen]

    return Entry(run, [(visit.options(), visit.needs) for visit in problem.visits], _read)


def _read(found: list[Any]) -> list[Decision]:
    return [pair((one["result"]["floor"], one["result"]["step"])) for one in found]


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
        for i, (source, target) in enumerate(pairwise(ids))
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
            "inputs": [_column(id_, field) for id_, field in zip(ins, fields, strict=True)],
            "outputs": [_column(id_, output) for id_, output in zip(outs, outputs, strict=True)],
            "rules": [
                {"_id": f"r{i}", **dict(zip(ins, cells, strict=True)), **dict(zip(outs, values, strict=True))}
                for i, (cells, values) in enumerate(rows)
            ],
        }
    }


def _column(id_: str, field: str) -> dict[str, str]:
    return {"id": id_, "name": field, "type": "expression", "field": field}
