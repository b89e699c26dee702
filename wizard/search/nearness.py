"""How near a word is to the words of a guide: the same, a part of it, or the same but for a typing mistake."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from math import ceil

from rapidfuzz import process
from rapidfuzz.distance import OSA

from wizard.search.letters import Word

_SHORTEST_START = 3
_SHORTEST_PART = 4
_LEAST_SHARE = 0.4
"""How much of a long word a part of it must be, to be worth finding."""
_COMMON = 8
"""A word that one entry in so many speaks of tells nothing as a part of another (hjelp, hjem, tilbud)."""
_MISTAKES = ((5, 0), (8, 1), (12, 2))
"""Up to how many letters (not counted in) how many typing mistakes are forgiven; short words are soon others."""
_MOST_MISTAKES = 3
_FIRST_LETTER_FREE = 8
"""A shorter word must at least begin as it should."""


class Likeness(IntEnum):
    """How a word was recognised, from weakest to strongest: holding a known word, mistyped, a part of one, the same."""

    HOLDS = 1
    FUZZY = 2
    PART = 3
    SAME = 4


@dataclass(frozen=True, slots=True)
class Near:
    """A word of the guide near to a word that was written. ``closeness`` is at most 1, for the same word."""

    likeness: Likeness
    closeness: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every word of a guide as it is written there, in plain letters, with its stem.

    ``forwards`` and ``backwards``: the words in order, from their beginning and from their end. ``telling``: those that
    tell something as a part of another.
    """

    stems: Mapping[str, str]
    known: frozenset[str]
    telling: frozenset[str]
    forwards: tuple[str, ...]
    backwards: tuple[str, ...]

    @classmethod
    def of(cls, words: Iterable[Word], counts: Mapping[str, int], entries: int) -> "Vocabulary":
        """From words, and from how many of the entries speak of each stem."""
        stems = {word.plain: word.stem for word in words if not word.silent}
        telling = frozenset(word for word, stem in stems.items() if counts.get(stem, 0) * _COMMON <= entries + _COMMON)
        backwards = tuple(sorted(word[::-1] for word in stems))
        return cls(stems, frozenset(counts), telling, tuple(sorted(stems)), backwards)

    def near(self, word: Word) -> dict[str, Near]:
        """The stems that a word may be. Typing mistakes are looked for only in a word that is not known."""
        mistyped = {} if word.stem in self.known else self._mistyped(word.plain)
        same = {word.stem: Near(Likeness.SAME, 1)} if word.stem in self.known else {}
        start = word.stem if len(word.stem) >= _SHORTEST_PART else word.plain
        return self._held_by(word.plain) | mistyped | self._holding(start) | same

    def _holding(self, part: str) -> dict[str, Near]:
        """Longer words that begin or end with this one, the shortest of each stem."""
        longer = set(_beginning_with(self.forwards, part)) if len(part) >= _SHORTEST_START else set()
        if len(part) >= _SHORTEST_PART:
            longer.update(other[::-1] for other in _beginning_with(self.backwards, part[::-1]))
        by_length = sorted(longer, key=len, reverse=True)
        return {self.stems[other]: Near(Likeness.PART, len(part) / len(other)) for other in by_length}

    def _held_by(self, word: str) -> dict[str, Near]:
        """Telling words that this one begins or ends with, the longest last."""
        lengths = range(max(_SHORTEST_PART, ceil(_LEAST_SHARE * len(word))), len(word))
        parts = ((part, length) for length in lengths for part in (word[:length], word[-length:]))
        return {
            self.stems[part]: Near(Likeness.HOLDS, length / len(word)) for part, length in parts if part in self.telling
        }

    def _mistyped(self, word: str) -> dict[str, Near]:
        """The words with the fewest mistakes."""
        alike = process.extract(
            word, self.forwards, scorer=OSA.distance, score_cutoff=mistakes_forgiven(word), limit=None
        )
        found = [(other, distance) for other, distance, _ in alike if _may_be_meant(word, other, int(distance))]
        least = min((distance for _, distance in found), default=0)
        near = Near(Likeness.FUZZY, 1 - least / len(word))
        return {self.stems[other]: near for other, distance in found if distance == least}


def _may_be_meant(word: str, other: str, distance: int) -> bool:
    """Short words are soon others: both must be long enough, and begin with the same letter."""
    begins = len(word) >= _FIRST_LETTER_FREE or other[0] == word[0]
    return begins and 0 < distance <= mistakes_forgiven(other)


def _beginning_with(ordered: Sequence[str], start: str) -> Iterator[str]:
    for other in ordered[bisect_left(ordered, start) :]:
        if not other.startswith(start):
            return
        yield other


def mistakes_forgiven(stem: str) -> int:
    """How many letters may be wrong, missing, too many or swapped; none where there are digits."""
    if any(letter.isdigit() for letter in stem):
        return 0
    return next((mistakes for length, mistakes in _MISTAKES if len(stem) < length), _MOST_MISTAKES)
