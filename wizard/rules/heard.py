"""Which answers conditions listen to: per variable, the sets of options that they tell from the rest."""

from collections.abc import Iterable, Iterator, Mapping

from wizard.rules.model import AtRisk, Danger, Mask, Need, Right, When

Heard = Mapping[str, frozenset[Mask]]
"""Variable id → the options allowed, once for each condition that looks at it."""


def heard_by_need(need: Need) -> Heard:
    """What the rules, gates and offers of a need listen to."""
    return _masks(_whens_of(need))


def heard_by_all(dangers: Iterable[Danger], told: Iterable[Right], at_risk: Iterable[AtRisk]) -> Heard:
    """What is listened to whatever need is chosen."""
    return _masks([each.when for group in (dangers, told, at_risk) for each in group])


def _whens_of(need: Need) -> Iterator[When]:
    yield need.who
    yield from (item.gate for item in need.asked)
    yield from (rule.when for rule in need.rules)
    yield from (when for offer in need.offers for when in (offer.who, offer.fits))


def _masks(whens: Iterable[When]) -> Heard:
    heard: dict[str, set[Mask]] = {}
    for when in whens:
        for condition in when:
            for variable, allowed in condition:
                heard.setdefault(variable, set()).add(allowed)
    return {variable: frozenset(masks) for variable, masks in heard.items()}
