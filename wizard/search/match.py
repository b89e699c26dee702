"""Matching what was written with every entry of a guide: by its names, by everyday phrases, and word by word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.search.found import Hit, Tier
from wizard.search.index import IN_PHRASE, Index, Phrase
from wizard.search.letters import Word, split_words
from wizard.search.nearness import Likeness, Near

_TIERS = {
    Likeness.FUZZY: Tier.FUZZY,
    Likeness.HOLDS: Tier.HOLDS,
    Likeness.PART: Tier.PART,
    Likeness.SAME: Tier.WORDS,
}
_LEAST_TOLD = 0.3
"""How much of what was written must be found in an entry, where not every word is."""
_PHRASE_BONUS = 100.0
"""Everyday words come before single words of the same tier."""
_SHORTEST_HALF = 3
"""How long both words must be to be read as one."""
_SHORTEST_CLEAR = 6
"""A shorter word is clear only when it is written as it is in the list."""
_ALMOST_WRITTEN = 0.85
_READ_ALIKE = 0.8
"""How much of a mistyped word must be right before it may bring what nobody wants to be guessed at."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A word that was written, and the words of the guide that it may be."""

    word: Word
    near: dict[str, Near]


def read_together(index: Index, words: Iterable[Word]) -> tuple[Word, ...]:
    """The same words, where two that the guide writes as one (syke hjem) are one."""
    left, read = list(words), list[Word]()
    while left:
        word = left.pop(0)
        joined = _join(index, word, left[0]) if left else None
        if joined:
            left.pop(0)
        read.append(joined or word)
    return tuple(read)


def _join(index: Index, one: Word, other: Word) -> Word | None:
    if one.silent or other.silent or min(len(one.written), len(other.written)) < _SHORTEST_HALF:
        return None
    joined = split_words(one.written + other.written, index.endings)
    return joined[0] if joined and joined[0].stem in index.vocabulary.known else None


def hear(index: Index, words: Iterable[Word]) -> tuple[Heard, ...]:
    """The words of a search, each once, with what they may be."""
    return tuple(Heard(word, _near(index, word)) for word in dict.fromkeys(words))


def _near(index: Index, word: Word) -> dict[str, Near]:
    """A silent word is known only as it stands."""
    if word.silent:
        return {word.stem: Near(Likeness.SAME, 1)} if word.stem in index.vocabulary.known else {}
    return index.vocabulary.near(word)


def match_names(index: Index, written: Iterable[Word]) -> Iterator[Hit]:
    """The entries that go by exactly this name."""
    stems = tuple(word.stem for word in written)
    for place, entry in enumerate(index.entries):
        if stems in entry.names:
            yield Hit(place, entry.id, Tier.NAME)


def match_phrases(index: Index, heard: Iterable[Heard]) -> Iterator[Hit]:
    """The entries that the everyday words mean; longer phrases tell more.

    Words that are only near to those of a phrase must be all that was written, or they count as some of the words.
    """
    known = _best_by_stem(heard)
    telling = {one.word for one in heard if not one.word.silent}
    for stem in known:
        for phrase in index.phrases.get(stem, ()):
            if all(other in known for other in phrase.stems):
                spoken = [known[other] for other in phrase.stems]
                if len(spoken) == 1 and spoken[0][1].silent:
                    continue
                whole = telling <= {word for _, word, _ in spoken}
                yield from _phrase_hits(index, phrase, spoken, whole=whole)


Spoken = tuple[Near, Word, str]


def _best_by_stem(heard: Iterable[Heard]) -> dict[str, Spoken]:
    best: dict[str, Spoken] = {}
    for one in heard:
        for stem, near in one.near.items():
            if stem not in best or (near.likeness, near.closeness) > (best[stem][0].likeness, best[stem][0].closeness):
                best[stem] = near, one.word, stem
    return best


def _phrase_hits(index: Index, phrase: Phrase, spoken: list[Spoken], *, whole: bool) -> Iterator[Hit]:
    weakest = min(near.likeness for near, _, _ in spoken)
    tier = Tier.PHRASE if weakest is Likeness.SAME else _TIERS[weakest] if whole else Tier.SOME
    letters = sum(len(stem) * near.closeness for near, _, stem in spoken)
    typed = " ".join(dict.fromkeys(word.written for _, word, _ in spoken))
    first_service = next((place for place in phrase.entries if place >= len(index.guide.needs)), None)
    for rank, place in enumerate(phrase.entries):
        called = phrase.called if place == first_service else ""
        score = _PHRASE_BONUS + letters - rank / 100
        clear = all(_is_meant(index, *one) for one in spoken)
        yield Hit(place, index.entries[place].id, tier, score, typed, called, _mended(index, spoken), clear)


def match_words(index: Index, heard: Iterable[Heard]) -> Iterator[Hit]:
    """The entries that speak of every word, or of enough of them. Words that nothing speaks of are passed over."""
    telling = [one for one in heard if not one.word.silent] or list(heard)
    found = [words for one in telling if (words := _entries_near(index, one))]
    rarity = [index.rarity(len(words)) for words in found]
    for place in {place for words in found for place in words}:
        spoken = [(words[place], rare) for words, rare in zip(found, rarity, strict=True) if place in words]
        told = sum(rare for _, rare in spoken)
        if len(spoken) == len(found) or told >= _LEAST_TOLD * sum(rarity):
            weakest = min(near.likeness for (near, _, _), _ in spoken)
            tier = _TIERS[weakest] if len(spoken) == len(found) else Tier.SOME
            score = sum(rare * near.closeness * _weight(index, place, stem) for (near, _, stem), rare in spoken)
            clear = all(_is_everyday(index, place, near, stem) for (near, _, stem), _ in spoken)
            yield Hit(
                place, index.entries[place].id, tier, score, mended=_mended(index, (s for s, _ in spoken)), clear=clear
            )


def _is_everyday(index: Index, place: int, near: Near, stem: str) -> bool:
    """Whether a word is one of the everyday words for an entry, and not only of those that tell about it."""
    return near.likeness is Likeness.SAME and _weight(index, place, stem) == IN_PHRASE


def _entries_near(index: Index, heard: Heard) -> dict[int, Spoken]:
    """Per entry the nearest of its words, those that count most first."""
    best: dict[int, tuple[Likeness, float]] = {}
    spoken: dict[int, Spoken] = {}
    for stem, near in heard.near.items():
        for place, weight in index.postings.get(stem, ()):
            strength = near.likeness, near.closeness * weight
            if place not in best or strength > best[place]:
                best[place] = strength
                spoken[place] = near, heard.word, stem
    return spoken


def _weight(index: Index, place: int, stem: str) -> float:
    return index.entries[place].weights[stem]


def _mended(index: Index, spoken: Iterable[Spoken]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (word.written, index.written.get(stem, stem)) for near, word, stem in spoken if near.likeness is Likeness.FUZZY
    )


def match_dangers(index: Index, heard: Iterable[Heard]) -> frozenset[str]:
    """The dangers that the words may speak of.

    Stricter than other words: what an everyday word only resembles must not frighten anybody.
    """
    known = _best_by_stem(heard)
    return frozenset(
        danger
        for stem in known
        for phrase in index.phrases.get(stem, ())
        if phrase.dangers and all(other in known and _is_clear(*known[other]) for other in phrase.stems)
        for danger in phrase.dangers
    )


def _is_meant(index: Index, near: Near, word: Word, stem: str) -> bool:
    """Whether a word is clear, or a long enough one with a typing mistake that the page tells how it was read."""
    long = len(index.written.get(stem, stem)) >= _SHORTEST_CLEAR
    mistyped = near.likeness is Likeness.FUZZY and near.closeness >= _READ_ALIKE
    return (mistyped and long) or _is_clear(near, word, stem)


def _is_clear(near: Near, word: Word, stem: str) -> bool:
    """Whether a word can hardly be meant as another than the one it was recognised as."""
    if near.likeness is Likeness.SAME:
        return True
    if near.likeness is Likeness.HOLDS and not word.stem.startswith(stem):
        return False
    whole = near.likeness is not Likeness.PART or near.closeness >= _ALMOST_WRITTEN
    return whole and len(stem) >= _SHORTEST_CLEAR
