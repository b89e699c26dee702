"""The highest answers of a scale that say nothing more in a visit than the one below them.

Several needs share a question, but not all of them listen to its highest answers: that help at home is no longer safe
enough means nothing for somebody's debts. What no chosen need listens to need not be read by anybody.
"""

from collections.abc import Iterable, Iterator

from wizard.rules.model import Question, When
from wizard.rules.ruleset import Ruleset
from wizard.rules.visit import Visit

_FEWEST = 2
"""A question keeps at least so many answers."""


def unheard_tops(ruleset: Ruleset, visit: Visit, question: Question, also: Iterable[When] = ()) -> tuple[str, ...]:
    """The highest options of a scale that nothing in a visit tells from the one below; ``also``: what texts hang on."""
    needs = [need for need in visit.chosen() if question in (item.question for item in need.asked)]
    if not question.scale or not needs:
        return ()
    (variable,) = question.variables
    whens = [*also, *_heard(ruleset, visit)]
    masks = {allowed for when in whens for condition in when for id_, allowed in condition if id_ == variable}
    kept = len(question.options)
    while kept > _FEWEST and not any((mask >> kept - 1 ^ mask >> kept - 2) & 1 for mask in masks):
        kept -= 1
    return question.options[kept:]


def _heard(ruleset: Ruleset, visit: Visit) -> Iterator[When]:
    """Every condition that can matter to a visit about these needs."""
    for need in visit.chosen():
        yield need.who
        yield from (item.gate for item in need.asked)
        yield from (rule.when for rule in need.rules)
        yield from (when for offer in need.offers for when in (offer.who, offer.fits))
    yield from (danger.when for danger in ruleset.dangers)
    yield from (told.when for told in (*ruleset.rights, *ruleset.duties))
    yield from (side.when for side in ruleset.at_risk)
