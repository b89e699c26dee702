"""The words of a guide, turned around: from a stem to the needs and services that speak of it. Made once per guide."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import TypeVar

from wizard.guide.guide import Guide, Placed
from wizard.guide.marks import names_in
from wizard.search.ages import ages_of_need, ages_of_services
from wizard.search.letters import NORWEGIAN, Reader
from wizard.search.nearness import Vocabulary

Stems = tuple[str, ...]
_COMMA = re.compile("[,،]")
K = TypeVar("K")
T = TypeVar("T")
IN_NAME, IN_PHRASE, IN_TEXT = 4.0, 2.0, 1.0
"""How much a word counts, by where it stands."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A need or a service, with the age groups it is for.

    ``names``: all it goes by, as stems. ``weights``: how much each of its words counts.
    """

    id: str
    is_need: bool
    names: frozenset[Stems]
    weights: Mapping[str, float]
    ages: frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Everyday words for something: the entries they mean, nearest first, and the dangers they may speak of.

    ``called``: what the municipality calls the first of the services, where that is another name.
    """

    stems: Stems
    entries: tuple[int, ...]
    dangers: tuple[str, ...] = ()
    called: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Index:
    """All that can be found in a guide: needs first, each kind in the guide's order. Phrases by their first stem.

    ``services``: the places of services among the entries. ``written``: how a stem is written in full, best as the
    everyday words have it. ``endings``: the language whose endings were taken off, and are to be taken off a search.
    """

    guide: Guide
    entries: tuple[Entry, ...]
    services: Mapping[str, int]
    postings: Mapping[str, tuple[tuple[int, float], ...]]
    phrases: Mapping[str, tuple[Phrase, ...]]
    vocabulary: Vocabulary
    written: Mapping[str, str]
    endings: str = NORWEGIAN

    def service(self, id_: str) -> Entry:
        """The entry of a service."""
        return self.entries[self.services[id_]]

    def rarity(self, found: int) -> float:
        """How much a word tells that so many entries speak of."""
        return log(1 + len(self.entries) / max(found, 1))


def build_index(guide: Guide, endings: str = NORWEGIAN) -> Index:
    """Read every need, service and everyday word of a guide."""
    reader = Reader(endings)
    phrases = tuple(phrase for phrase in _phrases(guide, reader) if phrase.stems)
    single = [phrase for phrase in phrases if len(phrase.stems) == 1]
    said = _group((place, phrase.stems[0]) for phrase in single for place in phrase.entries)
    entries = tuple(_entries(guide, reader, said))
    postings = _group((stem, (i, weight)) for i, entry in enumerate(entries) for stem, weight in entry.weights.items())
    counts = {stem: 0 for phrase in phrases for stem in phrase.stems} | {s: len(found) for s, found in postings.items()}
    return Index(
        guide=guide,
        entries=entries,
        services={entry.id: place for place, entry in enumerate(entries) if not entry.is_need},
        postings=postings,
        phrases=_group((phrase.stems[0], phrase) for phrase in phrases),
        vocabulary=Vocabulary.of(reader.met.values(), counts, len(entries)),
        written=_written(guide, reader),
        endings=endings,
    )


def _phrases(guide: Guide, reader: Reader) -> Iterator[Phrase]:
    needs = {id_: place for place, id_ in enumerate(guide.needs)}
    services = {id_: place for place, id_ in enumerate(guide.services, start=len(needs))}
    for need in guide.needs.values():
        for words in _COMMA.split(need.words or ""):
            yield Phrase(_stems(reader, words), (needs[need.id],))
    for shape in guide.words:
        entries = (*(needs[id_] for id_ in shape.needs), *(services[id_] for id_ in shape.services))
        for words in shape.words:
            yield Phrase(_stems(reader, words), entries, shape.dangers, shape.called or "")


def _stems(reader: Reader, words: str) -> Stems:
    """The stems of words, as a search for just these words would have them."""
    return tuple(word.stem for word in reader.first(words))


def _entries(guide: Guide, reader: Reader, said: Mapping[int, tuple[str, ...]]) -> Iterator[Entry]:
    for place, need in enumerate(guide.needs.values()):
        texts = (need.ask.own, *(sentence.say.own for sentence in need.outside))
        weights = _weigh(reader, (need.title,), said.get(place, ()), texts)
        yield Entry(need.id, True, _names(reader, need.id, need.title), weights, ages_of_need(guide, need.id))
    ages = ages_of_services(guide)
    for place, (id_, placed) in enumerate(guide.services.items(), start=len(guide.needs)):
        names = (*names_in(placed.service.name), placed.service.printed)
        weights = _weigh(reader, names, said.get(place, ()), _texts(guide, placed))
        yield Entry(id_, False, _names(reader, id_, *names), weights, ages[id_])


def _written(guide: Guide, reader: Reader) -> dict[str, str]:
    services = [placed.service for placed in guide.services.values()]
    texts = [word for shape in guide.words for word in shape.words]
    texts += (text for need in guide.needs.values() for text in (need.words or "", need.title))
    texts += (service.name for service in services)
    texts += (text for placed in guide.services.values() for text in (placed.service.printed, *_texts(guide, placed)))
    written: dict[str, str] = {}
    for text in texts:
        for word in reader.telling(text):
            written.setdefault(word.stem, word.written)
    return written


def _names(reader: Reader, id_: str, *names: str) -> frozenset[Stems]:
    return frozenset(_stems(reader, name) for name in (*names, id_.replace("_", " ")))


def _texts(guide: Guide, placed: Placed) -> tuple[str, ...]:
    service = placed.service
    return service.about, service.expect or "", placed.category, guide.contacts[service.contact].name


def _weigh(reader: Reader, names: Iterable[str], said: Iterable[str], texts: Iterable[str]) -> dict[str, float]:
    """How much each word counts; in a short name it counts more than in a long one."""
    weights = {word.stem: IN_TEXT for text in texts for word in reader.telling(text)}
    weights |= dict.fromkeys(said, IN_PHRASE)
    for name in names:
        stems = [word.stem for word in reader.telling(name)]
        weights |= {stem: IN_NAME + 1 / len(stems) for stem in stems}
    return weights


def _group(pairs: Iterable[tuple[K, T]]) -> dict[K, tuple[T, ...]]:
    groups: dict[K, list[T]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}
