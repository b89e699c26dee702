"""Where a visitor is: replayed from the answers, so that back and change need no code of their own.

Where they lead is carried in the cookie from the answer to the page after it (:mod:`wizard.web.onward`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from pydantic_core import to_json

from wizard.engine import digest_of_code
from wizard.guide.guide import Guide
from wizard.rules.answers import NONE, UNKNOWN, read_answer, read_answers
from wizard.rules.conditions import judge_any
from wizard.rules.model import NEEDS, YES, Mask, Need, Truth
from wizard.rules.outcome import Outcome
from wizard.rules.path import Path, find_path
from wizard.rules.visit import Visit as Settled
from wizard.rules.visit import assess, items_in_order, settle_visit
from wizard.web.sheets import FOR_WHOM
from wizard.web.visit import Given, Trail, Visit


@dataclass(frozen=True, slots=True)
class Situation:
    """Answers as the rules see them: what is possible for each variable, and that settled behind the gates."""

    masks: Mapping[str, Mask]
    settled: Settled


@dataclass(frozen=True)
class Walk:
    """Answers under their guide. Each thing is worked out where somebody wants to know it.

    ``known`` is where they lead, where somebody has found that out already.
    """

    guide: Guide
    answers: Mapping[str, Given]
    voice: str
    known: Trail | None = None

    @cached_property
    def trail(self) -> Trail:
        """Where the answers lead."""
        return self.known or self._follow()

    @property
    def pages(self) -> tuple[str, ...]:
        """The questions so far in order, with the one to answer next among them."""
        return self.trail.pages

    @property
    def next(self) -> str | None:
        """The question to answer next; None where everything is answered."""
        return self.trail.next

    @property
    def next_number(self) -> int | None:
        """The number of the page to answer next."""
        return self.pages.index(self.next) + 1 if self.next else None

    @property
    def needs(self) -> list[Need]:
        """The needs that were chosen and that somebody with these answers can have."""
        return [self.guide.ruleset.needs[id_] for id_ in self.trail.needs]

    @cached_property
    def extras(self) -> tuple[str, ...]:
        """Questions that may be answered at the end, never must."""
        return tuple(id_ for id_ in _extras(self.guide, self.settled) if id_ not in self.pages)

    def is_open(self, question: str) -> bool:
        """Whether nothing that was answered shuts a question out, be it asked or not."""
        if question in self.pages:
            return True
        gates = (self.settled.core_gates, *(need.gates for need in self.settled.needs))
        return any(gate.get(question) is Truth.YES for gate in gates)

    @cached_property
    def outcome(self) -> Outcome:
        """What the answers come to."""
        return assess(self.guide.ruleset, self._situation.masks, self.settled)

    @property
    def settled(self) -> Settled:
        """The answers settled behind their gates."""
        return self._situation.settled

    @cached_property
    def _situation(self) -> Situation:
        return _settle(self.guide, read_answers(self.guide.ruleset, self.answers)[0])

    def _follow(self) -> Trail:
        path = find_path(self.guide.ruleset, self._situation.masks, self.settled)
        return Trail(
            of=_mark(self.guide, self.answers),
            pages=tuple(_pages(self.guide, self.settled, path)),
            next=path.next.id if path.next else None,
            left=path.at_most_left,
            needs=tuple([need.id for need in self.settled.chosen()]),
            dangers=self.guide.ruleset.signals.urgent(self.settled.signals),
        )


def walk(guide: Guide, visit: Visit, known: Trail | None = None) -> Walk:
    """Follow the answers of a visit through the guide; ``known`` is believed where it is their trail."""
    trail = known if known and known.of == _mark(guide, visit.answers) else None
    return Walk(guide, visit.answers, voice_of(guide, visit), trail)


def _mark(guide: Guide, answers: Mapping[str, Given]) -> str:
    """A mark of all that a trail is made of: the code, the guide and the answers."""
    made_of = [digest_of_code("rules", "guide", "web"), guide.revision, answers]
    return hashlib.blake2b(to_json(made_of), digest_size=12).hexdigest()


def _settle(guide: Guide, masks: Mapping[str, Mask]) -> Situation:
    """The answers settled; where nobody with these can have any of the needs that were chosen, that is asked anew."""
    settled = settle_visit(guide.ruleset, masks)
    variables = guide.ruleset.questions[NEEDS].variables
    if settled.needs or not any(masks.get(variable) == YES for variable in variables):
        return Situation(masks, settled)
    masks = {variable: mask for variable, mask in masks.items() if variable not in variables}
    return Situation(masks, settle_visit(guide.ruleset, masks))


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
    return frozenset(guide.needs).difference(need.id for need in guide.ruleset.entries.offered(settled.core))


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
