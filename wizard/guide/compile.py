"""From the words of a guide to the rules: every condition read, every reference followed, every fault noted."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from wizard.guide.conditions import Audience, ConditionReader, both, suggest
from wizard.guide.faults import Fault
from wizard.guide.guide import Guide, Note, Placed
from wizard.guide.references import check_references
from wizard.guide.schema import (
    Access,
    GuideShape,
    Kind,
    NeedShape,
    OptionShape,
    QuestionShape,
    RuleShape,
    ServiceShape,
    StepShape,
    Text,
    UrgentShape,
    UseShape,
)
from wizard.guide.source import DataPath, Document
from wizard.rules.model import ALWAYS, Asked, Danger, Need, Offer, Question, Right, Rule, Ruleset, Variable, When
from wizard.rules.table import build_table
from wizard.rules.visit import NEEDS

if TYPE_CHECKING:
    from wizard.guide.load import Sources

_EASE = {access: place for place, access in enumerate(Access)}
_WITHOUT_APPLICATION = {Access.OPEN, Access.NATIONAL, Access.CONTACT, Access.SIGN_UP}
_RANK = {"first": 0, "last": 2}
_MOST_OPTIONS = 10
"""Options of a question with one answer: the rules keep a row for every set of them."""


@dataclass(slots=True)
class Compiler:
    """What has been read so far, and what was wrong with it."""

    sources: "Sources"
    shapes: dict[str, QuestionShape] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    homes: dict[str, tuple[Document, DataPath]] = field(default_factory=dict)
    audience: Audience = field(default_factory=lambda: Audience({}))
    tolerated: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def reader(self, document: Document) -> ConditionReader:
        """A reader of the conditions of one document; its faults are ours."""
        return ConditionReader(document, self.questions, self.tolerated, self.faults)


def compile_guide(sources: "Sources", revision: str) -> tuple[Guide, tuple[Fault, ...]]:
    """The guide with its rules. It is only to be used where no fault is more than a warning."""
    about: GuideShape = sources.shapes["guide"]
    compiler = Compiler(sources, tolerated=sources.tolerated())
    needs = {shape.id: (document, shape) for document, shape in sources.several("needs")}
    _collect_questions(compiler, about, [*needs.values()])
    _read_audience(compiler, about)
    steps = _collect_steps(compiler)
    services = _collect_services(compiler, steps)
    rules = {f"{id_}.{i}": rule for id_, (_, need) in needs.items() for i, rule in enumerate(need.climb)}
    urgent: UrgentShape = sources.shapes["urgent"]
    guide = Guide(
        about=about,
        revision=revision,
        steps={number: shape for number, (_, shape) in sorted(steps.items())},
        services=services,
        questions=compiler.shapes,
        needs={id_: needs[id_][1] for area in about.areas for id_ in area.needs if id_ in needs},
        rules=rules,
        notes={id_: tuple(_notes(compiler, *need)) for id_, need in needs.items()},
        numbers={number.id: number for number in urgent.numbers},
        dangers={danger.id: danger for danger in urgent.dangers},
        rights={right.id: right for right in sources.shapes["rights"]},
        contacts={contact.id: contact for contact in sources.shapes["contacts"]},
        ruleset=_compile_rules(compiler, about, steps, needs, services),
    )
    compiler.faults += check_references(sources, guide)
    return guide, tuple(compiler.faults)


def _collect_questions(
    compiler: Compiler, about: GuideShape, needs: Iterable[tuple[Document, NeedShape]]
) -> None:
    """Register every question of the guide, with its engine form, before any condition is read."""
    document = compiler.sources.documents["questions"]
    titles = {need.id: need.title for _, need in needs}
    for i, shape in enumerate(compiler.sources.shapes["questions"]):
        if shape.place == "need":
            compiler.faults.append(document.fault((i,), "“place” is missing.", "Write core, shared or extra."))
        if shape.id == NEEDS:
            options = {
                id_: OptionShape(text=Text(own=titles[id_])) for a in about.areas for id_ in a.needs if id_ in titles
            }
            shape = shape.model_copy(update={"options": options, "many": True})
        _register(compiler, shape, document, (i,))
    for home, need in needs:
        for i, item in enumerate(need.questions):
            if isinstance(item, QuestionShape):
                _register(compiler, item, home, ("questions", i))


def _register(compiler: Compiler, shape: QuestionShape, document: Document, path: DataPath) -> None:
    if shape.id in compiler.shapes:
        other, where = compiler.homes[shape.id]
        what = f"The question “{shape.id}” is also defined in {other.name}:{other.line(where)}."
        compiler.faults.append(document.fault((*path, "id"), what, "Give one of them another id."))
        return
    compiler.faults += _question_faults(shape, document, path)
    options = tuple(shape.options)
    variables = tuple(f"{shape.id}.{option}" for option in options) if shape.many else (shape.id,)
    compiler.shapes[shape.id] = shape
    compiler.homes[shape.id] = document, path
    compiler.questions[shape.id] = Question(
        shape.id, variables, options, shape.many, shape.scale, shape.always, shape.dont_know
    )


def _question_faults(shape: QuestionShape, document: Document, path: DataPath) -> Iterator[Fault]:
    if len(shape.options) < 2 and not (shape.many and shape.options):
        what = f"The question “{shape.id}” has too few options to be answered."
        yield document.fault((*path, "options"), what, "Give it at least two.")
    if len(shape.options) > _MOST_OPTIONS and not shape.many:
        what = f"The question “{shape.id}” has more than {_MOST_OPTIONS} options to choose one from."
        yield document.fault((*path, "options"), what, "Join some of them, or split the question.")
    if shape.scale and shape.many:
        yield document.fault((*path, "scale"), "A question is a scale or tick-many, not both.", "Remove one.")
    if shape.dont_know and shape.dont_know not in shape.options:
        what = f"“dont_know” names “{shape.dont_know}”, which is not an option here."
        yield document.fault((*path, "dont_know"), what, suggest(shape.dont_know, shape.options))


def _read_audience(compiler: Compiler, about: GuideShape) -> None:
    reader = compiler.reader(compiler.sources.documents["guide"])
    compiler.audience = Audience({
        subject: {word: reader.read(raw, ("audience", subject, word)) for word, raw in words.items()}
        for subject, words in about.audience.items()
    })


def _collect_steps(compiler: Compiler) -> dict[int, tuple[Document, StepShape]]:
    steps: dict[int, tuple[Document, StepShape]] = {}
    for document, step in compiler.sources.several("steps"):
        if step.number in steps:
            what = f"Step {step.number} also stands in {steps[step.number][0].name}."
            compiler.faults.append(document.fault(("number",), what, "Give each step a number of its own."))
        steps[step.number] = document, step
    return steps


def _collect_services(
    compiler: Compiler, steps: Mapping[int, tuple[Document, StepShape]]
) -> dict[str, Placed]:
    services: dict[str, Placed] = {}
    for document, step in (steps[number] for number in sorted(steps)):
        for c, category in enumerate(step.categories):
            for s, service in enumerate(category.services):
                if service.id in services:
                    what = f"The service id “{service.id}” also stands on step {services[service.id].step.number}."
                    path = ("categories", c, "services", s, "id")
                    compiler.faults.append(document.fault(path, what, "Give one of them another id."))
                services[service.id] = Placed(service, step, category.title)
    return services


def _notes(compiler: Compiler, document: Document, need: NeedShape) -> Iterator[Note]:
    reader = compiler.reader(document)
    for i, note in enumerate(need.notes):
        yield Note(note.say, reader.read(note.when, ("notes", i, "when")))


def _compile_rules(
    compiler: Compiler,
    about: GuideShape,
    steps: Mapping[int, tuple[Document, StepShape]],
    needs: Mapping[str, tuple[Document, NeedShape]],
    services: Mapping[str, Placed],
) -> Ruleset:
    variables = {
        id_: Variable(id_, ("no", "yes") if question.many else question.options)
        for question in compiler.questions.values()
        for id_ in question.variables
    }
    offers = _offers(compiler, steps, needs)
    compiled = {
        id_: _need(compiler, *needs[id_], offers[id_], steps)
        for area in about.areas
        for id_ in area.needs
        if id_ in needs
    }
    reader = compiler.reader(compiler.sources.documents["guide"])
    return Ruleset(
        steps=tuple(sorted(steps)) or (1,),
        variables=variables,
        questions=compiler.questions,
        core=tuple(_asked(compiler, "core")),
        extra=tuple(_asked(compiler, "extra")),
        needs=compiled,
        tables={id_: build_table(need, variables) for id_, need in compiled.items()},
        dangers=tuple(_dangers(compiler, needs)),
        rights=tuple(_rights(compiler)),
        second_subject=reader.read(about.second_subject, ("second_subject",)),
        open_steps=frozenset(
            number for number, (_, s) in steps.items() if s.band in about.bands and about.bands[s.band].open
        ),
    )


def _asked(compiler: Compiler, place: str) -> Iterator[Asked]:
    """The questions of ``questions.yaml`` at one place, with their gates."""
    document = compiler.sources.documents["questions"]
    reader = compiler.reader(document)
    for i, shape in enumerate(compiler.sources.shapes["questions"]):
        if shape.place == place:
            yield Asked(compiler.questions[shape.id], reader.read(shape.ask_when, (i, "ask_when")))


def _need(
    compiler: Compiler,
    document: Document,
    need: NeedShape,
    offers: Iterable[Offer],
    steps: Mapping[int, object],
) -> Need:
    reader = compiler.reader(document)
    asked = tuple(_need_questions(compiler, reader, document, need))
    rules = []
    for i, rule in enumerate(need.climb):
        if rule.at_least not in steps and str(rule.at_least) not in compiler.tolerated:
            what, mend = f"There is no step {rule.at_least}.", f"Use one of {', '.join(map(str, sorted(steps)))}."
            compiler.faults.append(document.fault(("climb", i, "at_least"), what, mend))
        rules.append(Rule(f"{need.id}.{i}", rule.at_least, _rule_when(compiler, reader, need, i, rule)))
    who = reader.read_who(need.who, ("who",), compiler.audience, need.subject)
    rules.sort(key=lambda rule: rule.at_least)
    compiler.faults += _foreign(document, need, asked, rules, compiler)
    return Need(need.id, need.subject, who, asked, tuple(rules), tuple(offers))


def _rule_when(compiler: Compiler, reader: ConditionReader, need: NeedShape, i: int, rule: RuleShape) -> When:
    when = reader.read(rule.when, ("climb", i, "when"), climbing=True)
    who = reader.read_who(rule.who, ("climb", i, "who"), compiler.audience, need.subject) if rule.who else ALWAYS
    return both(when, who)


def _need_questions(
    compiler: Compiler, reader: ConditionReader, document: Document, need: NeedShape
) -> Iterator[Asked]:
    shared = {shape.id: shape for shape in compiler.sources.shapes["questions"]}
    for i, item in enumerate(need.questions):
        gate = reader.read(item.ask_when, ("questions", i, "ask_when"))
        if isinstance(item, QuestionShape):
            yield Asked(compiler.questions[item.id], gate)
        elif item.use not in shared or shared[item.use].place != "shared":
            known = [id_ for id_, shape in shared.items() if shape.place == "shared"]
            what = f"There is no shared question “{item.use}”."
            compiler.faults.append(document.fault(("questions", i, "use"), what, suggest(item.use, known)))
        else:
            yield Asked(compiler.questions[item.use], both(gate, _own_gate(compiler, item)))


def _own_gate(compiler: Compiler, item: UseShape) -> When:
    """The gate that a shared question carries wherever it is used."""
    document, path = compiler.homes[item.use]
    return compiler.reader(document).read(compiler.shapes[item.use].ask_when, (*path, "ask_when"))


def _foreign(
    document: Document, need: NeedShape, asked: Iterable[Asked], rules: Iterable[Rule], compiler: Compiler
) -> Iterator[Fault]:
    """Rules that look at a question this need does not ask could never be certain."""
    known = {variable for item in asked for variable in item.question.variables} | _core_variables(compiler)
    for rule in rules:
        for variable in {v for condition in rule.when for v, _ in condition} - known:
            i = int(rule.id.rpartition(".")[2])
            what = f"The rule looks at “{variable.partition('.')[0]}”, which this need does not ask."
            mend = "Add it to “questions” (or “use” it), or remove it from the rule."
            yield document.fault(("climb", i, "when"), what, mend)


def _core_variables(compiler: Compiler) -> set[str]:
    core = (shape.id for shape in compiler.sources.shapes["questions"] if shape.place == "core")
    return {variable for id_ in core for variable in compiler.questions[id_].variables}


def _offers(
    compiler: Compiler,
    steps: Mapping[int, tuple[Document, StepShape]],
    needs: Mapping[str, tuple[Document, NeedShape]],
) -> dict[str, list[Offer]]:
    """The services of the ladder, in its order, under each need they serve."""
    offers: dict[str, list[Offer]] = {id_: [] for id_ in needs}
    for number, (document, step) in sorted(steps.items()):
        reader = compiler.reader(document)
        for c, category in enumerate(step.categories):
            for s, service in enumerate(category.services):
                path: DataPath = ("categories", c, "services", s)
                for id_ in service.serves:
                    if id_ in needs:
                        subject = needs[id_][1].subject
                        who = reader.read_who(service.who, (*path, "who"), compiler.audience, subject)
                        fits = reader.read(service.fits.get(id_, "always"), (*path, "fits", id_))
                        compiler.faults += _foreign_fits(compiler, document, (*path, "fits", id_), needs[id_][1], fits)
                        offers[id_].append(_offer(service, number, id_, who, fits))
    return offers


def _foreign_fits(
    compiler: Compiler, document: Document, path: DataPath, need: NeedShape, fits: When
) -> Iterator[Fault]:
    asked = {item.use if isinstance(item, UseShape) else item.id for item in need.questions}
    known = _core_variables(compiler)
    for variable in {v for condition in fits for v, _ in condition} - known:
        question = variable.partition(".")[0]
        if question not in asked:
            what = f"“fits” looks at “{question}”, which the need “{need.id}” does not ask."
            yield document.fault(path, what, "Use a question of that need, or leave it out.")


def _offer(service: ServiceShape, step: int, need: str, who: When, fits: When) -> Offer:
    return Offer(
        service=service.id,
        step=step,
        card=f"{service.name}\0{service.contact}",
        who=who,
        fits=fits,
        rank=_RANK.get(service.priority.get(need, ""), 1),
        ease=_EASE[service.access],
        without_application=service.access in _WITHOUT_APPLICATION,
        placement=service.kind is Kind.PLACEMENT,
    )


def _dangers(compiler: Compiler, needs: Mapping[str, tuple[Document, NeedShape]]) -> Iterator[Danger]:
    document = compiler.sources.documents["urgent"]
    reader = compiler.reader(document)
    subjects = {
        item.id: need.subject for _, need in needs.values() for item in need.questions if isinstance(item, QuestionShape)
    }
    for i, danger in enumerate(compiler.sources.shapes["urgent"].dangers):
        when = reader.read(danger.when, ("dangers", i, "when"))
        whose = {subjects.get(v.partition(".")[0], "person") for condition in when for v, _ in condition}
        yield Danger(danger.id, whose.pop() if len(whose) == 1 else "person", when)


def _rights(compiler: Compiler) -> Iterator[Right]:
    document = compiler.sources.documents["rights"]
    reader = compiler.reader(document)
    for i, right in enumerate(compiler.sources.shapes["rights"]):
        bare = not (right.from_step or right.on_steps or right.needs_from_step)
        raw: Any = "always" if bare and right.when is None else right.when
        counted = right.needs_from_step
        yield Right(
            right.id,
            reader.read(raw, (i, "when")),
            right.from_step,
            right.on_steps,
            (counted.count, counted.step) if counted else None,
        )
