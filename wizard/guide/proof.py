"""The guarantees of a guide, proved over every possible visit, and told in the guide's own words.

See "Guarantees" in ``docs/architecture.md``. What the rules find as ids and regions becomes a fault with its place in
the files, the fewest answers that show it, and a remedy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from wizard.guide.faults import Fault
from wizard.guide.guide import Guide
from wizard.guide.judge import LONGEST_SECONDS, Judge, has_solver
from wizard.guide.ladder import entries
from wizard.guide.schema import QuestionShape
from wizard.guide.source import DataPath, Document
from wizard.guide.sources import Sources
from wizard.rules.findings import Finding, NeedAudit
from wizard.rules.regions import Region

_TOLD = {
    "gap": (
        "“{need}” should be step {floor} here, but the nearest service for this person is on step {step}.",
        "Add a service, or accept it by name under “accepted_gaps” in guide.yaml, with the reason.",
    ),
    "empty": (
        "“{need}” ends on step {step} with nothing to show, ask about or say.",
        "Let a service fit, or add a note with “instead: true”.",
    ),
    "nothing_open": (
        "“{need}” ends on step {step} with nothing that can be used without applying.",
        "Let an open service on this step or a lower one fit.",
    ),
    "dead_rule": (
        "Nobody would miss this rule: wherever it holds, another one says at least as much.",
        "Remove it, or change it or the other one.",
    ),
    "dead_service": (
        "The service “{about}” is shown to nobody.",
        "Correct its “who”, “fits” or “priority”, or take it out of “serves”.",
    ),
    "dead_option": (
        "The option “{about}” changes nothing: no rule, service, right or text tells it from its neighbour.",
        "Remove it, join it with its neighbour, or use it.",
    ),
    "unasked_question": (
        "No need asks the question “{about}”.",
        "Let a need “use” it, or remove it.",
    ),
    "unheard_danger": ("The answer “{about}” puts no number on top.", "Add a danger for it in urgent.yaml."),
    "dead_right": ("Nobody can be told of the right “{about}”.", "Correct its grounds, or remove it."),
    "dead_duty": ("Nobody can be told of the duty “{about}”.", "Correct its grounds, or remove it."),
    "dead_step": ("No need can end on step {step}.", "Add a rule that reaches it, or take the step out."),
    "falling_gate": (
        "The gate of “{about}” closes again when the answer gets worse.",
        "Use {{at_least: …}} in “ask_when”, so that a worse answer never gives a lower step.",
    ),
    "too_large": (
        "“{need}” is not decided: it is too large to be judged within {floor} seconds.",
        "Ask fewer questions in this need, or split it{or_solve}. Nothing is promised about it.",
    ),
    "services_too_large": (
        "It is not decided within {floor} seconds whether every service is shown to somebody.",
        "Split what is large{or_solve}, or allow more --seconds. Nothing is promised about the guide.",
    ),
}
_OR_SOLVE = ", or let a solver judge it: pip install 'rett-trinn[proof]'"


@dataclass(frozen=True, slots=True)
class Proof:
    """What was judged, and every guarantee that is broken."""

    audits: tuple[NeedAudit, ...]
    faults: tuple[Fault, ...]


def prove(
    guide: Guide,
    sources: Sources,
    *,
    seconds: float = LONGEST_SECONDS,
    progress: Callable[[Iterable[str]], Iterable[str]] = iter,
) -> Proof:
    """Judge every possible visit. ``progress`` wraps the ids of the needs as they are judged.

    A need that is not decided within ``seconds`` in all is a fault, never half accepted.
    """
    sentences = (note for notes in (*guide.notes.values(), *guide.outside.values()) for note in notes)
    said = [note.when for note in sentences] + [turn.when for turns in guide.turns.values() for turn in turns]
    judge = Judge(guide.ruleset, said, seconds)
    judge.judge(progress)
    faults = (_tell(guide, sources, found) for found in judge.findings if not is_accepted(guide, found))
    return Proof(tuple(judge.audits), tuple(sorted(set(faults))))


def is_accepted(guide: Guide, found: Finding) -> bool:
    """Whether a finding is a gap that the guide accepts by name."""
    gaps = {(gap.need, gap.floor, gap.step) for gap in guide.about.accepted_gaps}
    return found.kind == "gap" and (found.need, found.floor, found.step) in gaps


def _tell(guide: Guide, sources: Sources, found: Finding) -> Fault:
    what, mend = _TOLD[found.kind]
    words = {"need": found.need, "about": found.about, "floor": found.floor, "step": found.step}
    words["or_solve"] = "" if has_solver() else _OR_SOLVE
    shown = f" Shown by: {tell_answers(guide.questions, found.shown_by)}." if found.shown_by else ""
    document, path = _place(sources, found)
    return document.fault(path, what.format(**words) + shown, mend.format(**words))


def tell_answers(questions: Mapping[str, QuestionShape], region: Region) -> str:
    """The answers that a region stands for, as question and answer texts."""
    return "; ".join(f"{question} {' or '.join(texts)}" for question, texts in answer_texts(questions, region))


def answer_texts(questions: Mapping[str, QuestionShape], region: Region) -> Iterator[tuple[str, list[str]]]:
    """Each question of a region, and the answers to it that the region stands for."""
    for variable, mask in region.items():
        id_, _, tick = variable.partition(".")
        question = questions[id_]
        asked = f"{question.ask.own} “{question.options[tick].text.own}”:" if tick else question.ask.own
        options = ["no", "yes"] if tick else [f"“{option.text.own}”" for option in question.options.values()]
        unknown = "vet ikke" if tick else "“vet ikke”"
        yield asked, [text for i, text in enumerate([*options, unknown]) if mask >> i & 1]


def _place(sources: Sources, found: Finding) -> tuple[Document, DataPath]:
    """Where in the files a finding is best mended."""
    if found.kind == "dead_service":
        return _service(sources, found.about)
    if found.kind == "dead_rule":
        return _need(sources, found.need), ("climb", int(found.about.rpartition(".")[2]))
    if found.kind in ("dead_option", "falling_gate", "unasked_question"):
        return _question(sources, found.need, *found.about.partition(".")[::2])
    if found.kind in ("dead_right", "dead_duty"):
        return _told(sources, "rights" if found.kind == "dead_right" else "duties", found.about)
    if found.kind == "unheard_danger":
        return sources.documents["urgent"], ("dangers",)
    return (_need(sources, found.need), ("id",)) if found.need else (sources.documents["guide"], ())


def _need(sources: Sources, id_: str) -> Document:
    return next(document for document, need in sources.several("needs") if need.id == id_)


def _service(sources: Sources, id_: str) -> tuple[Document, DataPath]:
    for document, step in sources.several("steps"):
        for path, service in entries(step):
            if service.id == id_:
                return document, (*path, "id")
    return sources.documents["guide"], ()


def _told(sources: Sources, name: str, id_: str) -> tuple[Document, DataPath]:
    return sources.documents[name], next(path for path, told in sources.items(name) if told.id == id_)


def _question(sources: Sources, in_need: str, id_: str, option: str) -> tuple[Document, DataPath]:
    for document, need in sources.several("needs"):
        for i, item in enumerate(need.questions if in_need in ("", need.id) else ()):
            gate = not option and item.ask_when != "always" and getattr(item, "use", None) == id_
            if gate or getattr(item, "id", None) == id_:
                return document, ("questions", i, "options", option) if option else ("questions", i, "ask_when")
    for path, question in sources.items("questions"):
        if question.id == id_:
            return sources.documents["questions"], (*path, "options", option) if option else (*path, "ask_when")
    return sources.documents["guide"], ()
