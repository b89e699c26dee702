"""The few things to do first, and the plan that goes with the print-out: made of what the result shows already."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, zip_longest

from wizard.web.cards import Card, ContactCard
from wizard.web.needs import NeedResult

MOST_FIRST = 3
"""More than this is no longer a beginning."""


@dataclass(frozen=True, slots=True)
class FirstThing:
    """Something to begin with for some needs: an offer to use today, or else somebody to talk to."""

    name: str
    needs: tuple[NeedResult, ...]
    contacts: tuple[ContactCard, ...]
    offer: Card | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person tries first and whom they turn to; the rest of the plan is theirs to write."""

    title: str
    offers: tuple[Card, ...]
    contacts: tuple[tuple[ContactCard, ...], ...]


def first_things(subjects: Iterable[tuple[NeedResult, ...]]) -> tuple[FirstThing, ...]:
    """The most important thing for each subject, then the next one, three in all. The same for two needs is one."""
    rows = [_first_things(needs) for needs in subjects if needs]
    found: dict[str, FirstThing] = {}
    for thing in chain.from_iterable(zip_longest(*rows)):
        if thing:
            same = found.get(thing.name)
            found[thing.name] = replace(same, needs=(*same.needs, *thing.needs)) if same else thing
    return tuple(found.values())[:MOST_FIRST]


def _first_things(needs: tuple[NeedResult, ...]) -> Iterator[FirstThing]:
    """Where the highest step has to be applied for, that takes time and comes first; then an offer for today."""
    top = max(needs, key=lambda need: need.step.number)
    rest = [need for need in needs if need is not top]
    if not top.step.open or not top.today:
        yield _talk_to(top)
    if offers := [need for need in (top, *rest) if need.today]:
        yield FirstThing(offers[0].today[0].name, (offers[0],), (), offers[0].today[0])
    yield from map(_talk_to, rest)


def _talk_to(need: NeedResult) -> FirstThing:
    return FirstThing(need.contacts[0].name, (need,), need.contacts)


def make_plan(title: str, needs: tuple[NeedResult, ...], ahead: tuple[ContactCard, ...] = ()) -> Plan:
    """The plan as far as the result knows it: the first offer of each need, and whom to ask, none twice.

    ``ahead`` is a contact that comes before those of the needs.
    """
    offers = {need.today[0].name: need.today[0] for need in needs if need.today}
    chains = ([ahead] if ahead else []) + [need.contacts for need in needs]
    contacts = {chain_[0].name: chain_ for chain_ in chains}
    return Plan(title, tuple(offers.values())[:MOST_FIRST], tuple(contacts.values())[:MOST_FIRST])
