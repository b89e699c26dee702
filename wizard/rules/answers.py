"""Answers as ids, in and out: what people, files and cookies carry, to masks and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wizard.rules.model import NO, YES, Mask, Question
from wizard.rules.ruleset import Ruleset

UNKNOWN, NONE = "unknown", "none"
"""The two answers every question understands beside its own options: "vet ikke" and "ingen av disse"."""

Given = str | Iterable[str]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An answer that cannot be read: the question id, and what would have been understood instead."""

    question: str
    reason: str


def read_answers(ruleset: Ruleset, given: Mapping[str, object]) -> tuple[dict[str, Mask], tuple[Unreadable, ...]]:
    """Answers by question id (an option id, or a list of ticks) as masks, and all that could not be read."""
    masks: dict[str, Mask] = {}
    faults: list[Unreadable] = []
    for id_, value in given.items():
        question = ruleset.questions.get(id_)
        if question is None:
            faults.append(Unreadable(id_, "there is no such question; see `wizard questions`"))
            continue
        read = read_answer(question, value)
        if read is None:
            kind = "a list of" if question.many else "one of"
            options = ", ".join(question.options)
            faults.append(Unreadable(id_, f"expected {kind} {options}, or {UNKNOWN}" + _or_none(question)))
        else:
            masks.update(read)
    return masks, tuple(faults)


def _or_none(question: Question) -> str:
    return f", or {NONE}" if question.many else ""


def read_answer(question: Question, value: object) -> dict[str, Mask] | None:
    """The masks of one answer, or None where it is not an answer to this question."""
    if value == UNKNOWN and question.dont_know:
        value = [question.dont_know] if question.many else question.dont_know
    if question.many:
        return _read_ticks(question, value)
    if value == UNKNOWN:
        return {question.id: (1 << len(question.options)) - 1}
    if isinstance(value, str) and value in question.options:
        return {question.id: 1 << question.options.index(value)}
    return None


def _read_ticks(question: Question, value: object) -> dict[str, Mask] | None:
    if value == UNKNOWN:
        return dict.fromkeys(question.variables, NO | YES)
    ticks = [] if value == NONE else [value] if isinstance(value, str) else value
    if not isinstance(ticks, list | tuple) or not all(tick in question.options for tick in ticks):
        return None
    pairs = zip(question.variables, question.options, strict=True)
    return {variable: YES if option in ticks else NO for variable, option in pairs}


def write_answer(question: Question, masks: Mapping[str, Mask]) -> str | list[str] | None:
    """The answer as ids, the opposite of :func:`read_answer`; None where the question is not answered."""
    values = [masks.get(variable) for variable in question.variables]
    if None in values:
        return None
    if question.many:
        if all(value == NO | YES for value in values):
            return UNKNOWN
        return [o for o, value in zip(question.options, values, strict=True) if value == YES] or NONE
    (mask,) = values
    options = [option for i, option in enumerate(question.options) if mask is not None and mask >> i & 1]
    return options[0] if len(options) == 1 else UNKNOWN


def write_answers(ruleset: Ruleset, masks: Mapping[str, Mask]) -> dict[str, str | list[str]]:
    """Every answered question as ids, in the guide's order."""
    written = {id_: write_answer(question, masks) for id_, question in ruleset.questions.items()}
    return {id_: value for id_, value in written.items() if value is not None}
