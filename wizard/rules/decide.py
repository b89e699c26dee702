"""From answers to the lowest suitable step, and to the few services that are meant for this person."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from wizard.rules.explain import explain
from wizard.rules.model import Mask, Need, Offer
from wizard.rules.outcome import NeedOutcome
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows, Table

MOST_SHOWN = 5
"""No need shows more services than a person can take in."""
FEWEST_SHOWN = 2
MOST_OWN = 3
MOST_MEANWHILE = 3
MOST_ASK_ABOUT = 2
LAST = 2
"""The rank of services that are shown only where there is room."""


class Candidate(NamedTuple):
    """An offer that exists for the person; ``fits`` is None where the answers leave it open."""

    offer: Offer
    order: int
    fits: bool | None
    terms: int

    def rank(self) -> tuple[int, int, int, int]:
        """Ranked first, then the most terms certain, easier access, and the ladder's order."""
        return self.offer.rank, -self.terms, self.offer.ease, self.order


def decide(ruleset: Ruleset, need: Need, masks: Mapping[str, Mask]) -> NeedOutcome:
    """The outcome of one need under settled masks. Never fails: where nothing is admitted, nothing is offered."""
    table = ruleset.tables[need.id]
    rows = table.judge(masks)
    floor = find_floor(ruleset, table, rows)
    step, fell_short = find_step(table, rows, floor)
    candidates = find_candidates(need, table, rows, upto=step)
    included = [c for c in candidates if c.offer.included and c.offer.step == step and c.fits]
    services, ask_about, meanwhile = choose([c for c in candidates if not c.offer.included], step)
    because, next_up, could_change = explain(need, table, rows, floor, masks)
    return NeedOutcome(
        need=need.id,
        floor=floor,
        step=step,
        services=services,
        included=_ids(_cards(included)),
        ask_about=ask_about,
        meanwhile=meanwhile,
        because=because,
        next_up=next_up,
        could_change=could_change,
        fell_short=fell_short,
    )


def find_floor(ruleset: Ruleset, table: Table, rows: tuple[Rows, Rows]) -> int:
    """The highest ``at_least`` among the certain rules; the lowest step of the ladder when none is."""
    certain = rows[1] & table.rules
    return table.steps[certain.bit_length() - 1] if certain else ruleset.steps[0]


def find_step(table: Table, rows: tuple[Rows, Rows], floor: int) -> tuple[int, bool]:
    """The lowest step at or above the floor with an offer that exists for the person.

    Where there is none, the nearest below, and True to say so; where there is none at all, the floor itself. A floor
    that no rule sets is the lowest step of the ladder, with every offer at or above it.
    """
    who = rows[1] & table.anybody
    reached = who & table.from_floor.get(floor, who)
    if reached:
        return table.steps[(reached & -reached).bit_length() - 1], False
    return (table.steps[who.bit_length() - 1], True) if who else (floor, False)


def find_candidates(need: Need, table: Table, rows: tuple[Rows, Rows], upto: int) -> list[Candidate]:
    """The offers up to a step that exist for the person and may fit, best first. Placements are left out."""
    possible, certain = rows
    found = []
    for order, (offer, who, fits) in enumerate(zip(need.offers, table.who, table.fits, strict=True)):
        if offer.step > upto:
            break
        if offer.placement or not certain & who or not possible & fits:
            continue
        found.append(Candidate(offer, order, True if certain & fits else None, _terms(table, certain & fits)))
    found.sort(key=Candidate.rank)
    return found


def _terms(table: Table, rows: Rows) -> int:
    """How exactly a service fits: the terms of the longest condition that is certain."""
    return len(table.conditions[rows.bit_length() - 1]) if rows else 0


def choose(candidates: Sequence[Candidate], step: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The services of the step, those to ask about when none of them is certain, and those for meanwhile.

    The step's own come first and lower ones fill up, the best that needs no application before the rest, so that
    there is always a place for something to use today. Services ranked last come in only where fewer than two are left.
    The same service with the same contact is shown once, as the step's own where it stands on both.
    """
    own = _cards([c for c in candidates if c.fits and c.offer.step == step])
    cards = {c.offer.card for c in own}
    lower = [c for c in candidates if c.fits and c.offer.step < step and c.offer.card not in cards]
    lower.sort(key=lambda c: (c.offer.rank, -c.terms, -c.offer.step, c.order))
    lower = _open_first(_cards(lower))
    shown, meanwhile = _with_room([c for c in own if c.offer.rank < LAST], [c for c in lower if c.offer.rank < LAST])
    if len(shown) + len(meanwhile) < FEWEST_SHOWN or not shown:
        shown, meanwhile = _with_room(own, lower)
    ask_about = [] if shown else _cards([c for c in candidates if c.offer.step == step])[:MOST_ASK_ABOUT]
    return _ids(shown), _ids(ask_about), _ids(meanwhile)


def _open_first(lower: list[Candidate]) -> list[Candidate]:
    """The best that needs no application, and then the rest as they stand."""
    for place, candidate in enumerate(lower):
        if candidate.offer.without_application:
            return [candidate, *lower[:place], *lower[place + 1 :]]
    return lower


def _with_room(own: list[Candidate], lower: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """At most five in all; of those the step's own take three, and more where lower steps have less to fill in."""
    own_places = max(MOST_OWN, MOST_SHOWN - len(lower))
    shown = own[:own_places]
    return shown, lower[: min(MOST_MEANWHILE, MOST_SHOWN - len(shown))]


def _cards(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One candidate per card, the best of each, at its own place."""
    cards: dict[str, Candidate] = {}
    for candidate in candidates:
        cards.setdefault(candidate.offer.card, candidate)
    return [*cards.values()]


def _ids(candidates: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple([candidate.offer.service for candidate in candidates])
