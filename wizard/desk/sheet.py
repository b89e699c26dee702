"""The sheet of a conversation: the needs to choose from, and every question that may matter for those chosen.

All of them stand on one page and may be answered in any order. What is behind a gate that is closed is left out unless
it was answered; what is behind one that may still open is there, and counts when it does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from wizard.desk.drafts import Talk
from wizard.desk.filled import Filled, find_sheet
from wizard.guide.guide import Guide
from wizard.guide.schema import QuestionShape
from wizard.rules.answers import NONE, read_answers
from wizard.rules.conditions import judge_any
from wizard.rules.model import NEEDS, Asked, Mask, Truth
from wizard.rules.visit import items_in_order, settle_visit
from wizard.web.language import gettext
from wizard.web.sheets import Sheet
from wizard.web.visit import Given
from wizard.web.walk import Situation, hidden_needs


class State(StrEnum):
    """Whether an answer counts: now, when another answer opens its gate, or not with these answers."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


_OPENNESS = {Truth.YES: State.OPEN, Truth.UNKNOWN: State.WAITING, Truth.NO: State.CLOSED}
_MOST_OPEN = (State.OPEN, State.WAITING, State.CLOSED)
_SHORT = 18


@dataclass(frozen=True, slots=True)
class Item:
    """A question on the sheet. ``waits_for`` are the questions whose answers decide whether it counts.

    ``had`` is what the citizen had answered where it is something else, None where it is the same or nobody had.
    """

    sheet: Sheet
    chosen: frozenset[str]
    state: State
    waits_for: tuple[str, ...]
    staff_only: frozenset[str]
    fault: str
    had: tuple[str, ...] | None

    @property
    def is_short(self) -> bool:
        """Whether all answers are so short that they stand in a line."""
        return all(len(choice.text) <= _SHORT and not choice.help for choice in self.sheet.choices)

    @property
    def zero(self) -> int:
        """The place of the answer that the key 0 gives: none of these, or else "vet ikke"; 0 where there is neither."""
        places = [place for place, choice in enumerate(self.sheet.choices, 1) if choice.alone]
        return places[0] if places else 0


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together."""

    id: str
    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class NeedBox:
    """A need to choose. ``fits``: somebody of this age and role can have it."""

    id: str
    title: str
    words: str
    chosen: bool
    fits: bool


@dataclass(frozen=True, slots=True)
class AreaBoxes:
    """The needs of one area of life."""

    title: str
    needs: tuple[NeedBox, ...]


def see(guide: Guide, talk: Talk) -> Situation:
    """Judge what has been answered so far. No need chosen yet is none, so nothing waits for one."""
    answers = {**talk.answers, NEEDS: list(talk.needs) or NONE}
    masks, _ = read_answers(guide.ruleset, answers)
    return Situation(masks, settle_visit(guide.ruleset, masks))


def make_areas(guide: Guide, talk: Talk, seen: Situation, filled: Filled | None) -> tuple[AreaBoxes, ...]:
    """The needs to choose from, by area of life."""
    chosen = {*(filled.sent.get(NEEDS, ()) if filled else ()), *talk.needs}
    hidden = hidden_needs(guide, seen.settled)
    return tuple(
        AreaBoxes(
            area.title,
            tuple(
                NeedBox(id_, guide.needs[id_].title, guide.needs[id_].words or "", id_ in chosen, id_ not in hidden)
                for id_ in area.needs
            ),
        )
        for area in guide.areas()
    )


def make_sections(guide: Guide, talk: Talk, seen: Situation, filled: Filled | None) -> tuple[Section, ...]:
    """Safety first, then whom it is about, each need by itself, what several share, and what may be added."""
    items = {item.sheet.question: item for item in _items(guide, talk, seen, filled)}
    rest = dict(items)
    found = []
    for id_, title, questions in _groups(guide, seen):
        here = tuple(rest.pop(question) for question in questions if question in rest)
        if here:
            found.append(Section(id_, title, here))
    return tuple(found)


def _groups(guide: Guide, seen: Situation) -> Iterator[tuple[str, str, list[str]]]:
    """Ids, titles and questions of the sections; a question stands in the first that names it."""
    shapes = guide.questions
    core = [item.question.id for item in guide.ruleset.core if item.question.id != NEEDS]
    asked = {need.id: [item.question.id for item in need.asked] for need in seen.settled.chosen()}
    common = [id_ for ids in asked.values() for id_ in ids if shapes[id_].place != "need"]
    yield "trygghet", gettext("Trygghet"), [id_ for id_ in core if shapes[id_].always]
    yield "hvem", gettext("Hvem det gjelder"), core
    for need, ids in asked.items():
        yield need, guide.needs[need].title, [id_ for id_ in ids if id_ not in common]
    yield "felles", gettext("Felles for behovene"), common
    yield "tillegg", gettext("Tillegg"), [item.question.id for item in guide.ruleset.extra]


def _items(guide: Guide, talk: Talk, seen: Situation, filled: Filled | None) -> Iterator[Item]:
    for asked, state, masks in _states(guide, seen):
        id_ = asked.question.id
        given = filled.sent[id_] if filled and id_ in filled.sent else _ticks(talk.answers.get(id_, ()))
        if id_ == NEEDS or (state is State.CLOSED and not given):
            continue
        sheet = find_sheet(id_)
        yield Item(
            sheet=sheet,
            chosen=frozenset(given),
            state=state,
            waits_for=tuple(_waits_for(guide, asked, masks)) if state is State.WAITING else (),
            staff_only=staff_only(guide.questions[id_]),
            fault=filled.faults.get(id_, "") if filled else "",
            had=_had(talk, sheet),
        )


def _states(guide: Guide, seen: Situation) -> Iterator[tuple[Asked, State, Mapping[str, Mask]]]:
    """Each question once; where several needs share it, as the one whose gate is most open has it."""
    found: dict[str, tuple[Asked, State, Mapping[str, Mask]]] = {}
    for item, settled in items_in_order(guide.ruleset, seen.settled):
        gates, masks = (settled.gates, settled.masks) if settled else (seen.settled.core_gates, seen.settled.core)
        id_, state = item.question.id, _OPENNESS[gates[item.question.id]]
        if id_ not in found or _MOST_OPEN.index(state) < _MOST_OPEN.index(found[id_][1]):
            found[id_] = item, state, masks
    for item in guide.ruleset.extra:
        gate = judge_any(item.gate, seen.settled.masks)
        found.setdefault(item.question.id, (item, _OPENNESS[gate], seen.settled.masks))
    return iter(found.values())


def _waits_for(guide: Guide, asked: Asked, masks: Mapping[str, Mask]) -> Iterator[str]:
    """The questions whose answers leave the gate undecided."""
    undecided = (
        variable.partition(".")[0]
        for condition in asked.gate
        for variable, allowed in condition
        if masks[variable] & allowed and masks[variable] & ~allowed
    )
    return (guide.questions[id_].ask.said("staff") for id_ in dict.fromkeys(undecided))


def staff_only(shape: QuestionShape) -> frozenset[str]:
    """The options of a question that only the desk is offered."""
    return frozenset(id_ for id_, option in shape.options.items() if "staff" in option.audience)


def _had(talk: Talk, sheet: Sheet) -> tuple[str, ...] | None:
    if talk.had is None or talk.had.answers.get(sheet.question) == talk.answers.get(sheet.question):
        return None
    return answer_texts(sheet, talk.had.answers.get(sheet.question, ()))


def answer_texts(sheet: Sheet, given: Given | tuple[()]) -> tuple[str, ...]:
    """An answer in the words of its sheet."""
    ticks = _ticks(given)
    return tuple(choice.text for choice in sheet.choices if choice.value in ticks)


def _ticks(given: Given | tuple[()]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)
