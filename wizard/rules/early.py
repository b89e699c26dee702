"""Early help for somebody at risk: a small change on one side of life opens offers that need no application.

It never adds a need, a step or a question. "Står i fare for" is a ground of its own in the regulation on
rehabilitation, and the lowest steps are there for it.
"""

from collections.abc import Iterator, Mapping

from wizard.rules.conditions import judge_any
from wizard.rules.model import AtRisk, Mask, Truth
from wizard.rules.ruleset import Ruleset

_MOST_EACH = 2
"""Offers for each side of life."""


def early_offers(ruleset: Ruleset, masks: Mapping[str, Mask], chosen: frozenset[str]) -> tuple[str, ...]:
    """The open offers, easiest first, for the sides of life that have become harder.

    Needs that were chosen have a result of their own and bring nothing here.
    """
    found: dict[str, str] = {}
    for side in ruleset.at_risk:
        if side.need not in chosen and judge_any(side.when, masks) is Truth.YES:
            for card, service in list(_offers(ruleset, side, masks))[:_MOST_EACH]:
                found.setdefault(card, service)
    return tuple(found.values())


def _offers(ruleset: Ruleset, side: AtRisk, masks: Mapping[str, Mask]) -> Iterator[tuple[str, str]]:
    """Cards and services of the side's need, up to its highest step, that exist for the person and may fit."""
    need = ruleset.needs[side.need]
    if judge_any(need.who, masks) is not Truth.YES:
        return
    unasked = {v: ruleset.variables[v].everything for item in need.asked for v in item.question.variables}
    here = {**masks, **unasked}
    for offer in sorted(need.offers, key=lambda offer: (offer.rank, offer.ease)):
        if (
            offer.step <= side.up_to
            and offer.without_application
            and judge_any(offer.who, here) is Truth.YES
            and judge_any(offer.fits, here) is not Truth.NO
        ):
            yield offer.card, offer.service
