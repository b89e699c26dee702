"""The highest answers of a scale that say nothing more in a visit than the one below them.

Several needs share a question, but not all of them listen to its highest answers: that help at home is no longer safe
enough means nothing for somebody's debts. What no chosen need listens to need not be read by anybody.
"""

from collections.abc import Collection, Iterable

from wizard.rules.model import Need, Question, When
from wizard.rules.ruleset import Ruleset

_FEWEST = 2
"""A question keeps at least so many answers."""


def unheard_tops(
    ruleset: Ruleset, needs: Collection[Need], question: Question, also: Iterable[When] = ()
) -> tuple[str, ...]:
    """The highest options of a scale that nothing in a visit tells from the one below.

    ``needs`` are those that the visit is about, ``also`` what texts hang on.
    """
    if not question.scale or not any(_asks(need, question) for need in needs):
        return ()
    (variable,) = question.variables
    masks = {allowed for when in also for condition in when for id_, allowed in condition if id_ == variable}
    for heard in (ruleset.heard, *(ruleset.heard_by[need.id] for need in needs)):
        masks |= heard.get(variable, frozenset())
    kept = len(question.options)
    while kept > _FEWEST and not any((mask >> kept - 1 ^ mask >> kept - 2) & 1 for mask in masks):
        kept -= 1
    return question.options[kept:]


def _asks(need: Need, question: Question) -> bool:
    return any(item.question.id == question.id for item in need.asked)
