"""Where a visitor is: replayed from the answers on every request, so that back and change need no code of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wizard.guide.guide import Guide
from wizard.rules.answers import NONE, UNKNOWN, read_answer, read_answers
from wizard.rules.conditions import judge_any
from wizard.rules.model import NEEDS, YES, Mask, Truth
from wizard.rules.path import Path, find_path
from wizard.rules.visit import Visit as Settled
from wizard.rules.visit import is_urgent, items_in_order, needs_offered, settle_visit
from wizard.web.session import Given, Visit
from wizard.web.sheets import FOR_WHOM


@dataclass(frozen=True, slots=True)
class Walk:
    """A visit under its guide: the pages so far in order, the one to answer next, and how many can still come.

    ``extras`` are questions that may be answered at the end, never must.
    """

    pages: tuple[str, ...]
    next: str | None
    left: int
    extras: tuple[str, ...]
    masks: Mapping[str, Mask]
    settled: Settled
    voice: str

    @property
    def next_number(self) -> int | None:
        """The number of the page to answer next; None where everything is answered."""
        return self.pages.index(self.next) + 1 if self.next else None


def walk(guide: Guide, visit: Visit) -> Walk:
    """Follow the answers of a visit through the guide."""
    masks, settled = _settle(guide, read_answers(guide.ruleset, visit.answers)[0])
    path = find_path(guide.ruleset, masks, settled)
    pages = tuple(_pages(guide, settled, path))
    return Walk(
        pages=pages,
        next=path.next.id if path.next else None,
        left=path.at_most_left,
        extras=tuple(id_ for id_ in _extras(guide, settled) if id_ not in pages),
        masks=masks,
        settled=settled,
        voice=voice_of(guide, visit),
    )


def _settle(guide: Guide, masks: dict[str, Mask]) -> tuple[dict[str, Mask], Settled]:
    """The answers settled; where nobody with these can have any of the needs that were chosen, that is asked anew."""
    settled = settle_visit(guide.ruleset, masks)
    variables = guide.ruleset.questions[NEEDS].variables
    if settled.needs or not any(masks.get(variable) == YES for variable in variables):
        return masks, settled
    masks = {variable: mask for variable, mask in masks.items() if variable not in variables}
    return masks, settle_visit(guide.ruleset, masks)


def _pages(guide: Guide, settled: Settled, path: Path) -> Iterator[str]:
    """The answered questions with the next one among them, in the guide's order."""
    wanted = {question.id for question in path.answered} | ({path.next.id} if path.next else set())
    for item, need in items_in_order(guide.ruleset, settled):
        gate = (need.gates if need else settled.core_gates)[item.question.id]
        if item.question.id in wanted and gate is Truth.YES:
            wanted.remove(item.question.id)
            yield item.question.id


def _extras(guide: Guide, settled: Settled) -> Iterator[str]:
    for item in guide.ruleset.extra:
        if judge_any(item.gate, settled.masks) is Truth.YES:
            yield item.question.id


def voice_of(guide: Guide, visit: Visit) -> str:
    """The voice in which this visitor is spoken to."""
    shape = guide.questions[FOR_WHOM]
    given = visit.answers.get(FOR_WHOM)
    option = shape.dont_know if given == UNKNOWN else given
    chosen = shape.options.get(option) if isinstance(option, str) else None
    return (chosen.voice if chosen else None) or ("staff" if visit.desk else "self")


def hidden_needs(guide: Guide, settled: Settled) -> frozenset[str]:
    """The needs that nobody with these answers can have."""
    offered = {need.id for need in needs_offered(guide.ruleset, settled.core)}
    return frozenset(guide.needs) - offered


def dangers(guide: Guide, settled: Settled) -> tuple[str, ...]:
    """The dangers that the answers tell of."""
    return tuple(danger.id for danger in guide.ruleset.dangers if is_urgent(danger, settled))


def renew(guide: Guide, visit: Visit) -> Visit:
    """The visit under the guide as it is now: answers whose ids still exist stay, the rest are asked again."""
    if visit.revision == guide.revision:
        return visit
    renewed = ((id_, _renew_answer(guide, id_, given)) for id_, given in visit.answers.items())
    answers = {id_: given for id_, given in renewed if given is not None}
    return replace(visit, revision=guide.revision, answers=answers, updated=True)


def _renew_answer(guide: Guide, id_: str, given: Given) -> Given | None:
    question = guide.ruleset.questions.get(id_)
    if question is None:
        return None
    kept = [tick for tick in given if tick in question.options] if isinstance(given, list) else given
    fits = bool(kept) and read_answer(question, kept) is not None
    return kept if fits and (question.many or kept != NONE or NONE in question.options) else None
