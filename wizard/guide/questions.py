"""The questions of a guide, registered before any condition is read, so that conditions may speak of all of them."""

from collections.abc import Iterable, Iterator

from wizard.guide.compiler import Compiler
from wizard.guide.conditions import suggest
from wizard.guide.faults import Fault
from wizard.guide.guide_shape import GuideShape
from wizard.guide.schema import NeedShape, OptionShape, QuestionShape, Text
from wizard.guide.source import DataPath, Document
from wizard.rules.model import NEEDS, Asked, Question

_MOST_OPTIONS = 10
"""Options of a question with one answer: the rules keep a row for every set of them."""


def collect_questions(compiler: Compiler, about: GuideShape, needs: Iterable[tuple[Document, NeedShape]]) -> None:
    """Register every question of the guide, with its engine form, before any condition is read."""
    document = compiler.sources.documents["questions"]
    titles = {need.id: need.title for _, need in needs}
    for path, shape in compiler.sources.items("questions"):
        if shape.place == "need":
            compiler.faults.append(document.fault(path, "“place” is missing.", "Write core, shared or extra."))
        if shape.id == NEEDS:
            options = {
                id_: OptionShape(text=Text(own=titles[id_])) for a in about.areas for id_ in a.needs if id_ in titles
            }
            needs_question = shape.model_copy(update={"options": options, "many": True})
            _register(compiler, needs_question, document, path)
        else:
            _register(compiler, shape, document, path)
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
    if shape.id != NEEDS and len(shape.options) < 2 and not (shape.many and shape.options):
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


def asked_at(compiler: Compiler, place: str) -> Iterator[Asked]:
    """The questions of ``questions.yaml`` at one place, with their gates."""
    document = compiler.sources.documents["questions"]
    reader = compiler.reader(document)
    for path, shape in compiler.sources.items("questions"):
        if shape.place == place:
            yield Asked(compiler.questions[shape.id], reader.read(shape.ask_when, (*path, "ask_when")))
