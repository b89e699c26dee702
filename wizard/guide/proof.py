"""The guarantees of a guide, proved over every possible visit, and told in the guide's own words.

See "Guarantees" in ``docs/architecture.md``. What the rules find as ids and regions becomes a fault with its place in
the files, the fewest answers that show it, and a remedy.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from wizard.guide.faults import Fault
from wizard.guide.guide import Guide
from wizard.guide.ladder import entries
from wizard.guide.source import DataPath, Document
from wizard.guide.sources import Sources
from wizard.rules.audit import Finding, NeedAudit, audit_need
from wizard.rules.deadwood import (
    dead_options,
    dead_rights,
    dead_services,
    falling_gates,
    unheard_dangers,
    unreached_steps,
)
from wizard.rules.regions import Budget, Region, TooLargeError

LONGEST_SECONDS = 60.0
MOST_REGIONS = 5_000_000

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
    "unheard_danger": ("The answer “{about}” puts no number on top.", "Add a danger for it in urgent.yaml."),
    "dead_right": ("Nobody can be told of the right “{about}”.", "Correct its grounds, or remove it."),
    "dead_step": ("No need can end on step {step}.", "Add a rule that reaches it, or take the step out."),
    "falling_gate": (
        "The gate of “{about}” closes again when the answer gets worse.",
        "Use {{at_least: …}} in “ask_when”, so that a worse answer never gives a lower step.",
    ),
    "too_large": (
        "“{need}” could not be decided within {floor} seconds.",
        "Ask fewer questions in this need, or split it. Nothing is promised about it.",
    ),
}


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
    budget = Budget(MOST_REGIONS, monotonic() + seconds)
    audits: list[NeedAudit] = []
    findings: list[Finding] = [*unheard_dangers(guide.ruleset), *falling_gates(guide.ruleset)]
    for id_ in progress(guide.ruleset.needs):
        try:
            audits.append(audit_need(guide.ruleset, guide.ruleset.needs[id_], budget))
        except TooLargeError:
            findings.append(Finding("too_large", id_, floor=int(seconds)))
    findings += (found for audit in audits for found in (*audit.gaps, *audit.findings))
    if len(audits) == len(guide.ruleset.needs):
        findings += _deadwood(guide, audits, budget)
    faults = (_tell(guide, sources, found) for found in findings if not _is_accepted(guide, found))
    return Proof(tuple(audits), tuple(sorted(set(faults))))


def _deadwood(guide: Guide, audits: Iterable[NeedAudit], budget: Budget) -> Iterator[Finding]:
    said = (note.when for notes in guide.notes.values() for note in notes)
    yield from dead_options(guide.ruleset, said)
    reached = {step for audit in audits for step in audit.steps}
    yield from unreached_steps(guide.ruleset, reached)
    yield from dead_rights(guide.ruleset, reached)
    yield from dead_services(guide.ruleset, budget)


def _is_accepted(guide: Guide, found: Finding) -> bool:
    gaps = {(gap.need, gap.floor, gap.step) for gap in guide.about.accepted_gaps}
    return found.kind == "gap" and (found.need, found.floor, found.step) in gaps


def _tell(guide: Guide, sources: Sources, found: Finding) -> Fault:
    what, mend = _TOLD[found.kind]
    words = {"need": found.need, "about": found.about, "floor": found.floor, "step": found.step}
    shown = f" Shown by: {_witness(guide, found.shown_by)}." if found.shown_by else ""
    document, path = _place(sources, found)
    return document.fault(path, what.format(**words) + shown, mend.format(**words))


def _witness(guide: Guide, region: Region) -> str:
    """The answers that a region stands for, as question and answer texts."""
    return "; ".join(_answer(guide, variable, mask) for variable, mask in region.items())


def _answer(guide: Guide, variable: str, mask: int) -> str:
    id_, _, tick = variable.partition(".")
    question = guide.questions[id_]
    if tick:
        said = " or ".join(word for bit, word in ((1, "no"), (2, "yes"), (4, "vet ikke")) if mask & bit)
        return f"{question.ask.own} “{question.options[tick].text.own}”: {said}"
    texts = [*(option.text.own for option in question.options.values()), "vet ikke"]
    return f"{question.ask.own} " + " / ".join(f"“{text}”" for i, text in enumerate(texts) if mask >> i & 1)


def _place(sources: Sources, found: Finding) -> tuple[Document, DataPath]:
    """Where in the files a finding is best mended."""
    if found.kind == "dead_service":
        return _service(sources, found.about)
    if found.kind == "dead_rule":
        return _need(sources, found.need), ("climb", int(found.about.rpartition(".")[2]))
    if found.kind in ("dead_option", "falling_gate"):
        return _question(sources, *found.about.partition(".")[::2])
    if found.kind == "dead_right":
        return _right(sources, found.about)
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


def _right(sources: Sources, id_: str) -> tuple[Document, DataPath]:
    return sources.documents["rights"], next(path for path, right in sources.items("rights") if right.id == id_)


def _question(sources: Sources, id_: str, option: str) -> tuple[Document, DataPath]:
    for document, need in sources.several("needs"):
        for i, item in enumerate(need.questions):
            if getattr(item, "id", None) == id_:
                return document, ("questions", i, "options", option) if option else ("questions", i, "ask_when")
    for path, question in sources.items("questions"):
        if question.id == id_:
            return sources.documents["questions"], (*path, "options", option)
    return sources.documents["guide"], ()
