"""From a need's file to the need as the rules see it: its questions with their gates, and its climb rules."""

from collections.abc import Iterable, Iterator, Mapping

from wizard.guide.compiler import Compiler
from wizard.guide.conditions import ConditionReader, both, suggest
from wizard.guide.faults import Fault
from wizard.guide.schema import NeedShape, QuestionShape, RuleShape, UseShape
from wizard.guide.source import Document
from wizard.rules.model import ALWAYS, Asked, Need, Offer, Rule, When

_SHARED = ("shared", "extra")
"""Places of the questions that a need may use; an extra one is offered to everybody else."""


def compile_need(
    compiler: Compiler,
    document: Document,
    need: NeedShape,
    offers: Iterable[Offer],
    steps: Mapping[int, object],
) -> Need:
    """The need as the rules see it; its faults are noted in the compiler."""
    reader = compiler.reader(document)
    asked = tuple(_need_questions(compiler, reader, document, need))
    rules = []
    for i, rule in enumerate(need.climb):
        if rule.at_least not in steps and str(rule.at_least) not in compiler.tolerated:
            what, mend = (
                f"There is no step {rule.at_least}.",
                f"Use one of {', '.join(map(str, sorted(steps)))}.",
            )
            compiler.faults.append(document.fault(("climb", i, "at_least"), what, mend))
        when = _rule_when(compiler, reader, need, i, rule)
        rules.append(Rule(f"{need.id}.{i}", rule.at_least, when, rule.never_next))
    who = compiler.read_who(document, need.who, ("who",), need)
    rules.sort(key=lambda rule: rule.at_least)
    compiler.faults += _late_gates(document, asked, compiler.core_variables())
    compiler.faults += _foreign_rules(compiler, document, need, rules)
    sentences = [reader.read(note.when, ("notes", i, "when")) for i, note in enumerate(need.notes) if note.instead]
    said = tuple(condition for when in sentences for condition in when)
    return Need(need.id, need.subject, who, asked, tuple(rules), tuple(offers), said)


def _rule_when(compiler: Compiler, reader: ConditionReader, need: NeedShape, i: int, rule: RuleShape) -> When:
    when = reader.read(rule.when, ("climb", i, "when"), climbing=True)
    who = compiler.read_who(reader.document, rule.who, ("climb", i, "who"), need) if rule.who else ALWAYS
    return both(when, who)


def _need_questions(
    compiler: Compiler, reader: ConditionReader, document: Document, need: NeedShape
) -> Iterator[Asked]:
    shared = {shape.id: shape for _, shape in compiler.sources.items("questions")}
    for i, item in enumerate(need.questions):
        gate = reader.read(item.ask_when, ("questions", i, "ask_when"))
        if isinstance(item, QuestionShape):
            yield Asked(compiler.questions[item.id], gate)
        elif item.use not in shared or shared[item.use].place not in _SHARED:
            known = [id_ for id_, shape in shared.items() if shape.place in _SHARED]
            what = f"There is no shared question “{item.use}”."
            compiler.faults.append(document.fault(("questions", i, "use"), what, suggest(item.use, known)))
        else:
            yield Asked(compiler.questions[item.use], both(gate, _own_gate(compiler, item)))


def _own_gate(compiler: Compiler, item: UseShape) -> When:
    """The gate that a shared question carries wherever it is used."""
    document, path = compiler.homes[item.use]
    return compiler.reader(document).read(compiler.shapes[item.use].ask_when, (*path, "ask_when"))


def _late_gates(document: Document, asked: Iterable[Asked], known: set[str]) -> Iterator[Fault]:
    """Gates that look at a question which comes later, or at itself: they could never open."""
    for i, item in enumerate(asked):
        for variable in sorted({v for condition in item.gate for v, _ in condition} - known):
            what = f"“ask_when” looks at “{variable.partition('.')[0]}”, which is not asked before this question."
            yield document.fault(("questions", i, "ask_when"), what, "Move that question up, or change the gate.")
        known = known | set(item.question.variables)


def _foreign_rules(compiler: Compiler, document: Document, need: NeedShape, rules: Iterable[Rule]) -> Iterator[Fault]:
    """Rules that look at a question this need does not ask could never be certain."""
    known = compiler.variables_of(need)
    for rule in rules:
        for variable in {v for condition in rule.when for v, _ in condition} - known:
            i = int(rule.id.rpartition(".")[2])
            what = f"The rule looks at “{variable.partition('.')[0]}”, which this need does not ask."
            mend = "Add it to “questions” (or “use” it), or remove it from the rule."
            yield document.fault(("climb", i, "when"), what, mend)
