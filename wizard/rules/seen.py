"""What a handful of visits show at a glance, so that only the rest has to be looked for.

A visit in which a rule alone sets the floor proves that the rule is not dead; one that is shown a service, that the
service is not. Such visits are mostly found among those that just fulfil the conditions.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import islice, product

from wizard.rules.decide import choose, find_candidates, find_floor, find_step
from wizard.rules.model import ALWAYS, Answers, Condition, Mask, Need, Offer
from wizard.rules.regions import Region, Scope, point_in
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Table, bits

_TRIES = 4
"""Visits looked at for one rule or service."""


def rules_seen(ruleset: Ruleset, need: Need, scope: Scope, keep_time: Callable[[], None]) -> set[str]:
    """Rules that set the floor alone in some visit. ``keep_time`` is called now and then, and may raise."""
    table = ruleset.tables[need.id]
    seen: set[str] = set()
    for rule in need.rules:
        keep_time()
        for visit in _visits(scope, rule.when) if rule.id not in seen else ():
            rows = table.judge(visit)
            floor = find_floor(ruleset, table, rows)
            setting = {table.rule_of[row] for row in bits(rows[1] & table.rules) if table.steps[row] == floor}
            if len(setting) == 1 and rows[0] & table.entry:
                seen.add(need.rules[setting.pop()].id)
    return seen


def services_seen(
    ruleset: Ruleset, need: Need, scope: Scope, known: Set[str], keep_time: Callable[[], None]
) -> set[str]:
    """Services that some visit is shown for the need, beside those that are known."""
    table = ruleset.tables[need.id]
    seen: set[str] = set()
    for offer in need.offers:
        keep_time()
        wanted = not offer.placement and offer.service not in known
        for visit in _visits_on_step(ruleset, table, scope, offer) if wanted else ():
            if offer.service in seen:
                break
            rows = table.judge(visit)
            step, _ = find_step(table, rows, find_floor(ruleset, table, rows))
            if step == offer.step and rows[0] & table.entry:
                seen.update(shown_to(ruleset, need, visit))
    return seen


def shown_to(ruleset: Ruleset, need: Need, masks: Answers) -> tuple[str, ...]:
    """Every service that a visit is shown for a need: its own, what comes with it, to ask about, and meanwhile.

    The same as :func:`wizard.rules.decide.decide` tells, but for the reasons, which cost as much again.
    """
    table = ruleset.tables[need.id]
    rows = table.judge(masks)
    step, _ = find_step(table, rows, find_floor(ruleset, table, rows))
    candidates = find_candidates(need, table, rows, upto=step)
    included = [c.offer for c in reversed(candidates) if c.offer.included and c.offer.step == step and c.fits]
    services, ask_about, meanwhile = choose([c for c in candidates if not c.offer.included], step)
    by_card = {offer.card: offer.service for offer in included}
    return (*services, *by_card.values(), *ask_about, *meanwhile)


def lowest(_: str, mask: Mask) -> Mask:
    """The lowest option left."""
    return mask & -mask


def highest(_: str, mask: Mask) -> Mask:
    """The highest option left; "vet ikke" where it is."""
    return 1 << mask.bit_length() - 1


def _visits_on_step(ruleset: Ruleset, table: Table, scope: Scope, offer: Offer) -> Iterator[Answers]:
    """A few visits in which an offer fits and a rule sets the floor to its step, or none does."""
    first, last = bisect_left(table.steps, offer.step, hi=len(table.rule_of)), table.rules_above(offer.step)
    for region in islice(_regions(scope, offer.who, offer.fits), _TRIES // 2):
        masks = {id_: region[id_] & ruleset.variables[id_].everything for id_, _ in table.columns}
        rules = table.judge(masks)[0] & table.rules >> first << first & ~last
        climbing = [table.conditions[row] for row in islice(bits(rules), _TRIES)] or ALWAYS
        yield from _visits(scope, (tuple(region.items()),), climbing)


def _visits(scope: Scope, *whens: Iterable[Condition]) -> Iterator[Answers]:
    """A few visits that fulfil one condition of each."""
    for region in islice(_regions(scope, *whens), _TRIES // 2):
        yield point_in(scope, region, lowest)
        yield point_in(scope, region, highest)


def _regions(scope: Scope, *whens: Iterable[Condition]) -> Iterator[Region]:
    """The regions in which one condition of each is fulfilled."""
    for rows in product(*whens):
        region = dict(scope.domains)
        for variable, allowed in (term for row in rows for term in row):
            region[variable] &= allowed
        if all(region.values()):
            yield region
