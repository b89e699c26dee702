"""Conditions against answers: yes, no or unknown, never a silent no."""

from collections.abc import Iterable, Iterator, Mapping

from wizard.rules.model import ALWAYS, Asked, Condition, Mask, Truth, When


def judge(condition: Condition, masks: Mapping[str, Mask]) -> Truth:
    """*Yes* when every possible option is allowed everywhere, *no* when none is somewhere, else *unknown*."""
    truth = Truth.YES
    for variable, allowed in condition:
        possible = masks[variable]
        if not possible & allowed:
            return Truth.NO
        if possible & ~allowed:
            truth = Truth.UNKNOWN
    return truth


def judge_any(when: When, masks: Mapping[str, Mask]) -> Truth:
    """*Yes* when one of the conditions is certain, *no* when all are excluded."""
    found = Truth.NO
    for condition in when:
        truth = judge(condition, masks)
        if truth is Truth.YES:
            return truth
        if truth is Truth.UNKNOWN:
            found = truth
    return found


def mentioned(when: When) -> Iterator[str]:
    """The variables that the conditions look at."""
    return (variable for condition in when for variable, _ in condition)


def settle(
    asked: Iterable[Asked], answers: Mapping[str, Mask], before: Mapping[str, Mask]
) -> tuple[dict[str, Mask], dict[str, Truth]]:
    """Walk questions in order behind their gates.

    Returns the possible options per variable (with those of ``before``), and per question whether its gate holds.
    Behind a closed gate a question counts as its lowest option; behind one that may still open, as "vet ikke". A
    stored answer is then ignored, not lost.
    """
    masks = dict(before)
    gates: dict[str, Truth] = {}
    for item in asked:
        question = item.question
        gate = gates[question.id] = Truth.YES if item.gate == ALWAYS else judge_any(item.gate, masks)
        masks.update(question.shut if gate is Truth.NO else question.unknown)
        if gate is Truth.YES:
            masks.update([(id_, answers[id_]) for id_ in question.variables if id_ in answers])
    return masks, gates
