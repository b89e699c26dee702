"""Finds needs and services by everyday words, best first, and says why.

Ranking, strongest first (:class:`~wizard.search.found.Tier`):

1. ``NAME``: what was written is exactly a name of it;
2. ``PHRASE``: everyday words that mean it (``words.yaml``, and ``words`` of a need), longer ones first;
3. ``WORDS``: every word stands somewhere in what is told of it;
4. ``PART``: the same with words that are a part of longer ones (stønad in omsorgsstønad);
5. ``FUZZY``: the same with typing mistakes mended;
6. ``HOLDS``: the same with known words that are a part of what was written (demens in demensomsorg);
7. ``SOME``: some of the words.

Weak tiers are left out when a stronger one found something: of services those below ``PART``, of needs all others.
Where a phrase of several words was found, or a danger, so are services below ``PHRASE``: whoever cannot sleep is not
shown where the homeless may.
What a need is that nobody wants to be guessed at (``never_guessed``: violence, dementia) is found by clear words alone.
Within a tier a rare word counts more than a common one, a word in a name more than one in the text, and what the list
puts first stays first. Needs and services are ranked apart, since needs are shown first. The municipality's own plans
come after what people can use.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from rapidfuzz import fuzz

from wizard.guide.ladder_shapes import Kind
from wizard.search.filters import Filters
from wizard.search.found import Found, Hit, Tier
from wizard.search.index import Index
from wizard.search.letters import Word, fold, split_words
from wizard.search.match import Heard, hear, match_dangers, match_names, match_phrases, match_words, read_together

MOST_NEEDS = 5
MOST_SERVICES = 40
_FEW = 3
_ANYTHING = Filters()


def find(index: Index, text: str, filters: Filters = _ANYTHING) -> Found:
    """What a text finds; without a word in it, every service that the filters admit. Never fails, on any text."""
    filters = filters.known(index.guide)
    words = split_words(text, index.endings)
    if not words:
        return _browse(index, filters)
    readings = [hear(index, reading) for reading in dict.fromkeys((words, read_together(index, words)))]
    dangers = _dangers(index, readings)
    told = _best(hit for hit in _match(index, words, readings) if _may_be_told(index, hit))
    hits = _strong_enough(index, told, clear=bool(dangers) or any(map(_is_clear, told)))
    kept = sorted((hit for hit in hits if filters.admit(index, index.entries[hit.place])), key=_order(index))
    needs = tuple(hit for hit in kept if index.entries[hit.place].is_need)[:MOST_NEEDS]
    services = _merge_twins(index, (hit for hit in kept if not index.entries[hit.place].is_need))
    few = Found(needs, services[:MOST_SERVICES], more=max(0, len(services) - MOST_SERVICES))
    found = _complete(index, few, filters) if kept else _nearest(index, words, filters)
    return replace(found, dangers=dangers, mended=_mended(kept))


def _browse(index: Index, filters: Filters) -> Found:
    """Without words: every service that the filters admit, in the ladder's order; nothing where nothing is asked."""
    if not filters:
        return Found()
    entries = enumerate(index.entries[len(index.guide.needs) :], start=len(index.guide.needs))
    hits = (Hit(place, e.id, Tier.SOME) for place, e in entries if filters.admit(index, e))
    return Found(services=tuple(sorted(hits, key=_order(index))))


def _best(hits: Iterable[Hit]) -> list[Hit]:
    """Every entry once, as it was found best."""
    best: dict[int, Hit] = {}
    for hit in hits:
        if hit.place not in best or _strength(hit) > _strength(best[hit.place]):
            best[hit.place] = hit
    return list(best.values())


def _may_be_told(index: Index, hit: Hit) -> bool:
    """Whether a hit says enough for what it found; only clear words may bring what nobody wants to be guessed at."""
    need = index.guide.needs.get(hit.id) if index.entries[hit.place].is_need else None
    return need is None or not need.never_guessed or hit.clear or hit.tier is Tier.NAME


def _strength(hit: Hit) -> tuple[Tier, float, str]:
    return hit.tier, hit.score, hit.typed


def _is_clear(hit: Hit) -> bool:
    """Whether a hit is a phrase of several words."""
    return hit.tier is Tier.PHRASE and " " in hit.typed


def _strong_enough(index: Index, hits: list[Hit], *, clear: bool) -> list[Hit]:
    """Weak hits tell only where there are no strong ones; a need is not guessed at where another is clear."""
    floors = {
        is_need: min(most, max((hit.tier for hit in hits if index.entries[hit.place].is_need >= is_need), default=most))
        for is_need, most in ((True, Tier.PHRASE), (False, Tier.PHRASE if clear else Tier.PART))
    }
    return [hit for hit in hits if hit.tier >= floors[index.entries[hit.place].is_need]]


def _order(index: Index) -> Callable[[Hit], tuple[bool, int, float, int]]:
    """Strong before weak, in the guide's order where nothing tells them apart; plans of the municipality last."""

    def key(hit: Hit) -> tuple[bool, int, float, int]:
        is_service = not index.entries[hit.place].is_need
        plan = is_service and index.guide.services[hit.id].service.kind is Kind.INSTRUMENT
        return plan and hit.tier is not Tier.NAME, -hit.tier, -hit.score, hit.place

    return key


def _merge_twins(index: Index, hits: Iterable[Hit]) -> tuple[Hit, ...]:
    """The same service with the same contact on several steps is one, told where it was found first."""
    groups: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        service = index.guide.services[hit.id].service
        groups.setdefault((service.name, service.contact), []).append(hit)
    return tuple(replace(first, twins=tuple(hit.id for hit in others)) for first, *others in groups.values())


def _complete(index: Index, found: Found, filters: Filters) -> Found:
    """Where only a need was found, what it can lead to; where only a service was, the needs it serves."""
    if not found.services:
        return replace(found, services=_merge_twins(index, _leading_to(index, found.needs[0], filters))[:MOST_NEEDS])
    if not found.needs:
        return replace(found, needs=tuple(_served(index, found.services[0], filters))[:_FEW])
    return found


def _leading_to(index: Index, need: Hit, filters: Filters) -> Iterator[Hit]:
    """The services of a need, what takes no application first."""
    offers = index.guide.ruleset.needs[need.id].offers
    for offer in sorted(offers, key=lambda offer: (not offer.without_application, offer.rank, offer.step)):
        hit = Hit(index.services[offer.service], offer.service, Tier.SOME)
        if not (offer.placement or offer.included) and filters.admit(index, index.entries[hit.place]):
            yield hit


def _served(index: Index, service: Hit, filters: Filters) -> Iterator[Hit]:
    serves = index.guide.services[service.id].service.serves
    for place, entry in enumerate(index.entries[: len(index.guide.needs)]):
        hit = Hit(place, entry.id, Tier.SOME)
        if entry.id in serves and _may_be_told(index, hit) and filters.admit(index, entry):
            yield hit


def _nearest(index: Index, words: Iterable[Word], filters: Filters) -> Found:
    """The needs whose words look most like what was written."""
    looks = {place: 0.0 for place, _ in enumerate(index.guide.needs)}
    written = fold(" ".join(word.written for word in words))
    for phrases in index.phrases.values():
        for phrase in phrases:
            look = fuzz.ratio(written, " ".join(phrase.stems))
            looks |= {place: max(looks[place], look) for place in phrase.entries if place in looks}
    hits = (Hit(place, index.entries[place].id, Tier.SOME, look) for place, look in looks.items())
    admitted = (h for h in hits if _may_be_told(index, h) and filters.admit(index, index.entries[h.place]))
    return Found(tuple(sorted(admitted, key=_order(index))[:_FEW]), nearest=True)


def _match(index: Index, words: Iterable[Word], readings: Iterable[tuple[Heard, ...]]) -> Iterator[Hit]:
    yield from match_names(index, words)
    for heard in readings:
        yield from match_phrases(index, heard)
        yield from match_words(index, heard)


def _dangers(index: Index, readings: Iterable[tuple[Heard, ...]]) -> tuple[str, ...]:
    found = {danger for heard in readings for danger in match_dangers(index, heard)}
    return tuple(danger for danger in index.guide.dangers if danger in found)


def _mended(hits: list[Hit]) -> Mapping[str, str]:
    """How mistyped words were read, by the best hit."""
    return dict(hits[0].mended) if hits else {}
