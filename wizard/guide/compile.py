"""From the words of a guide to the rules: every condition read, every reference followed, every fault noted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wizard.guide.compiler import Compiler
from wizard.guide.conditions import Audience
from wizard.guide.faults import Fault
from wizard.guide.guide import Guide, Note, Turn
from wizard.guide.guide_shape import GuideShape
from wizard.guide.help_shapes import UrgentShape
from wizard.guide.ladder import collect_offers, collect_services, collect_steps
from wizard.guide.ladder_shapes import StepShape
from wizard.guide.needs import compile_need
from wizard.guide.questions import asked_at, collect_questions
from wizard.guide.references import check_references
from wizard.guide.schema import NeedShape, NoteShape, QuestionShape, SentenceShape
from wizard.guide.source import Document
from wizard.guide.sources import Sources
from wizard.rules.model import AtRisk, Danger, Right, Variable, When
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import build_table


def compile_guide(sources: Sources, revision: str) -> tuple[Guide, tuple[Fault, ...]]:
    """The guide with its rules. It is only to be used where no fault is more than a warning."""
    about: GuideShape = sources.whole["guide"]
    compiler = Compiler(sources, tolerated=frozenset(sources.tolerated))
    needs = {shape.id: (document, shape) for document, shape in sources.several("needs")}
    collect_questions(compiler, about, [*needs.values()])
    _read_audience(compiler, about)
    steps = collect_steps(compiler)
    services = collect_services(compiler, steps)
    rules = {f"{id_}.{i}": rule for id_, (_, need) in needs.items() for i, rule in enumerate(need.climb)}
    urgent: UrgentShape = sources.whole["urgent"]
    guide = Guide(
        about=about,
        revision=revision,
        steps={number: shape for number, (_, shape) in sorted(steps.items())},
        services=services,
        questions=compiler.shapes,
        needs={id_: needs[id_][1] for area in about.areas for id_ in area.needs if id_ in needs},
        rules=rules,
        notes={id_: tuple(_said(compiler, home, "notes", need.notes)) for id_, (home, need) in needs.items()},
        outside={id_: tuple(_said(compiler, home, "outside", need.outside)) for id_, (home, need) in needs.items()},
        turns={id_: tuple(_turns(compiler, *need)) for id_, need in needs.items()},
        numbers={number.id: number for number in urgent.numbers},
        dangers={danger.id: danger for danger in urgent.dangers},
        in_writing=urgent.in_writing,
        rights={right.id: right for _, right in sources.items("rights")},
        duties={duty.id: duty for _, duty in sources.items("duties")},
        contacts={contact.id: contact for _, contact in sources.items("contacts")},
        complaints={complaint.id: complaint for _, complaint in sources.items("complaints")},
        young=tuple(_read_young(compiler, about)),
        words=tuple(shape for _, shape in sources.items("words")),
        ruleset=_compile_rules(compiler, about, steps, needs),
    )
    compiler.faults += check_references(sources, guide)
    return guide, tuple(compiler.faults)


def _read_audience(compiler: Compiler, about: GuideShape) -> None:
    reader = compiler.reader(compiler.sources.documents["guide"])
    compiler.audience = Audience(
        {
            subject: {word: reader.read(raw, ("audience", subject, word)) for word, raw in words.items()}
            for subject, words in about.audience.items()
        }
    )


def _read_young(compiler: Compiler, about: GuideShape) -> Iterator[When]:
    """When each of the words for children is used."""
    reader = compiler.reader(compiler.sources.documents["guide"])
    return (reader.read(young.when, ("young", i, "when")) for i, young in enumerate(about.young))


def _said(compiler: Compiler, document: Document, key: str, sentences: Iterable[SentenceShape]) -> Iterator[Note]:
    reader = compiler.reader(document)
    for i, sentence in enumerate(sentences):
        instead = isinstance(sentence, NoteShape) and sentence.instead
        yield Note(sentence.say, reader.read(sentence.when, (key, i, "when")), sentence.see, instead)


def _turns(compiler: Compiler, document: Document, need: NeedShape) -> Iterator[Turn]:
    reader = compiler.reader(document)
    for i, turn in enumerate(need.contact_when):
        yield Turn(turn.contact, reader.read(turn.when, ("contact_when", i, "when")))


def _compile_rules(
    compiler: Compiler,
    about: GuideShape,
    steps: Mapping[int, tuple[Document, StepShape]],
    needs: Mapping[str, tuple[Document, NeedShape]],
) -> Ruleset:
    variables = {
        id_: Variable(id_, ("no", "yes") if question.many else question.options)
        for question in compiler.questions.values()
        for id_ in question.variables
    }
    offers = collect_offers(compiler, steps, needs)
    compiled = {
        id_: compile_need(compiler, *needs[id_], offers[id_], steps)
        for area in about.areas
        for id_ in area.needs
        if id_ in needs
    }
    reader = compiler.reader(compiler.sources.documents["guide"])
    return Ruleset(
        steps=tuple(sorted(steps)) or (1,),
        variables=variables,
        questions=compiler.questions,
        core=tuple(asked_at(compiler, "core")),
        extra=tuple(asked_at(compiler, "extra")),
        needs=compiled,
        tables={id_: build_table(need, variables) for id_, need in compiled.items()},
        dangers=tuple(_dangers(compiler, needs)),
        rights=tuple(_told(compiler, "rights")),
        duties=tuple(_told(compiler, "duties")),
        second_subject=reader.read(about.second_subject, ("second_subject",)),
        at_risk=tuple(
            AtRisk(reader.read(side.when, ("at_risk", i, "when")), side.need, side.up_to)
            for i, side in enumerate(about.at_risk)
            if side.need in compiled
        ),
        open_steps=frozenset(
            number for number, (_, s) in steps.items() if s.band in about.bands and about.bands[s.band].open
        ),
    )


def _dangers(compiler: Compiler, needs: Mapping[str, tuple[Document, NeedShape]]) -> Iterator[Danger]:
    document = compiler.sources.documents["urgent"]
    reader = compiler.reader(document)
    subjects = {
        item.id: need.subject
        for _, need in needs.values()
        for item in need.questions
        if isinstance(item, QuestionShape)
    }
    for i, danger in enumerate(compiler.sources.whole["urgent"].dangers):
        when = reader.read(danger.when, ("dangers", i, "when"))
        whose = {subjects.get(v.partition(".")[0], "person") for condition in when for v, _ in condition}
        yield Danger(danger.id, whose.pop() if len(whose) == 1 else "person", when)


def _told(compiler: Compiler, name: str) -> Iterator[Right]:
    """The rights, or the duties of staff, which are told in the same way."""
    for path, right in compiler.sources.items(name):
        reader = compiler.reader(compiler.sources.documents[name])
        bare = not (right.from_step or right.on_steps or right.needs_from_step)
        raw: Any = "always" if bare and right.when is None else right.when
        counted = right.needs_from_step
        yield Right(
            right.id,
            reader.read(raw, (*path, "when")),
            right.from_step,
            right.on_steps,
            (counted.count, counted.step) if counted else None,
            right.asks,
            right.subject,
        )
