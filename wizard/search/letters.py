"""Text as search sees it: words without case, accents, endings, or the many ways to write æ, ø and å."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from snowballstemmer import algorithms, stemmer  # type: ignore[import-untyped]

LONGEST_TEXT = 100
"""What comes after so many letters is not read, so that the time a search takes is bounded."""
MOST_WORDS = 12
NORWEGIAN = "norwegian"

_WORD = re.compile(r"[^\W_]+")
_NEIGHBOURS = str.maketrans({"ä": "æ", "ö": "ø"})
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "œ": "o", "ð": "d", "þ": "th", "ł": "l"})
_LITTLE = """
a alle alt at av bare blir da de deg dem den det dette du eg en er et etter for fra får gjøre ha han hans har henne
hennes hos hun hva hvem hvor hvordan i ikke ikkje ja jeg kan kunne litt man med meg mer mi min mine mitt mye må noe
noen nå når og også om opp oss på sammen seg selv sin sitt skal som så til trenger ut var ved vi vil vår være å
and for how i is my of the to with
"""
_SILENT = frozenset(_LITTLE.split())
"""Words that say little by themselves; they count only where a whole phrase is known."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it was written, in plain letters, and its stem in plain letters. A silent one says little alone."""

    written: str
    plain: str
    stem: str
    silent: bool


class Reader:
    """Reads texts into words. It remembers every word it has met, so it is made for one task and then let go.

    ``endings`` names the language whose endings are taken off; where nobody knows it, words are left whole.
    """

    def __init__(self, endings: str = NORWEGIAN) -> None:
        self._stem: Callable[[str], str] = stemmer(endings).stemWord if endings in algorithms() else str
        self.met: dict[str, Word] = {}

    def first(self, text: str) -> tuple[Word, ...]:
        """The first words of a text, as many as a search may have. Never fails, whatever the text holds."""
        return tuple(self._read(text[:LONGEST_TEXT], LONGEST_TEXT)[:MOST_WORDS])

    def telling(self, text: str) -> tuple[Word, ...]:
        """The words of a text of any length that say something by themselves."""
        return tuple(word for word in self._read(text, 2 * len(text)) if not word.silent)

    def _read(self, text: str, longest: int) -> list[Word]:
        plain = unicodedata.normalize("NFKC", text).casefold()[:longest].translate(_NEIGHBOURS)
        return [self.met.get(word) or self._meet(word) for word in _WORD.findall(plain)]

    def _meet(self, word: str) -> Word:
        stem = fold(self._stem(_without_accents(word)))
        met = self.met[word] = Word(word, fold(word), stem, not _SILENT.isdisjoint((word, _spelt_out(word))))
        return met


def split_words(text: str, endings: str = NORWEGIAN) -> tuple[Word, ...]:
    """The words of a search; nothing of it is remembered."""
    return Reader(endings).first(text)


def _spelt_out(word: str) -> str:
    """A word from a keyboard without æ, ø and å."""
    return word.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")


def _without_accents(word: str) -> str:
    """A word as its ending is looked for: é is e, but å is a letter of its own."""
    return "å".join(_base(part) for part in word.split("å"))


def fold(word: str) -> str:
    """A word in plain letters: å, aa and a are one, so are ø, oe and o, and æ and ae."""
    plain = _base(word).translate(_LETTERS)
    return plain.replace("aa", "a").replace("oe", "o") or word


def _base(text: str) -> str:
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
