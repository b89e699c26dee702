"""Measures of plain language: sentences, words, clauses and LIX, so that a text can be judged by counting.

LIX is the readability of C. H. Björnsson (*Läsbarhet*, 1968): words per sentence, plus long words per hundred words. A
long word has more than six letters; a sentence ends at a full stop or a colon. Below 35 is easy to read.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

_LONG = 6
_ABBREVIATIONS = (
    *("bl.a", "ca", "dr", "dvs", "eks", "ev", "evt", "f.eks", "fk", "inkl", "jf", "kap", "kl", "kr", "maks", "min"),
    *("mv", "nr", "p.g.a", "pga", "pkt", "st", "tlf"),
)
"""Shortened words that never end a sentence. Those that may (osv., o.l., m.m.) do so before a capital letter."""

_MARKER = re.compile(r"^[ \t]*(?:[-•*–]|\d{1,2}[.)](?=[ \t]+[A-ZÆØÅ]))[ \t]+", re.MULTILINE)
_END = re.compile(r"(?P<stop>[.?!…]+)[»”\")]*(?=\s+[«“\"(]?[A-ZÆØÅÄÖ\d])|:(?=\s)|\n\s*\n|\n(?=[ \t]*[-•*–][ \t])")
_SPACE_IN_NUMBER = re.compile(r"(?<=\d)[ \N{NO-BREAK SPACE}](?=\d)")
_SLASH = re.compile(r"(?<=[^\W\d])/(?=[^\W\d])")
_WORD = re.compile(r"\S*\w\S*")

_FIXED = re.compile(r"\b(?:som (?:regel|oftest|vanlig|helst)|når som helst)\b", re.IGNORECASE)
_SUBJECT = r"(?:jeg|du|han|hun|den|det|vi|dere|de|noen|ingen|man|personen|innbyggeren|barnet)"
_PREPOSITION = r"(?:av|for|fra|hos|i|med|om|på|til|ved)"
_CLAUSE = re.compile(
    r"\b(?:som|at|fordi|hvis|dersom|mens|(?!^)når)\b"
    rf"|\b(?:når|om|før|siden|enn|hva|hvem|hvor|hvordan|hvorfor) {_SUBJECT}\b"
    rf"|\b(?:og|eller|men) (?!{_PREPOSITION}\b)\w+ {_SUBJECT}\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """What LIX is made of."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> float:
        """The readability; 0 where there are no words."""
        return self.words / self.sentences + 100 * self.long_words / self.words if self.words else 0.0


@lru_cache(maxsize=32_768)
def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, as they stand in it. An item of a list is one, and so is what ends in a colon."""
    text = _MARKER.sub("\n\n", text)
    found, start = [], 0
    for end in _END.finditer(text):
        if end["stop"] != "." or not _is_abbreviation(text[start : end.start()]):
            found.append(text[start : end.end()])
            start = end.end()
    sentences = (" ".join(part.split()) for part in (*found, text[start:]))
    return tuple(sentence for sentence in sentences if split_words(sentence))


def _is_abbreviation(before: str) -> bool:
    return before.rpartition(" ")[2].lstrip('(«“"').lower() in _ABBREVIATIONS


@lru_cache(maxsize=32_768)
def split_words(text: str) -> tuple[str, ...]:
    """The words of a text. A number with spaces in it (116 117), a time and “f.eks.” are one word each."""
    return tuple(_WORD.findall(_SLASH.sub(" ", _SPACE_IN_NUMBER.sub("", text))))


def measure(texts: Iterable[str]) -> Measure:
    """The measure of texts that stand together. Each text ends a sentence, with or without a full stop."""
    words, sentences, long_words = 0, 0, 0
    for text in texts:
        part = _measure_one(text)
        words += part.words
        sentences += part.sentences
        long_words += part.long_words
    return Measure(words, sentences, long_words)


@lru_cache(maxsize=32_768)
def _measure_one(text: str) -> Measure:
    sentences = split_sentences(text)
    words = [word for sentence in sentences for word in split_words(sentence)]
    return Measure(len(words), len(sentences), sum(map(_is_long, words)))


def _is_long(word: str) -> bool:
    return len(word) > _LONG and sum(map(str.isalpha, word)) > _LONG


def added_clauses(question: str) -> tuple[str, ...]:
    """The words by which a question takes on more than one clause; none where it has only one.

    Counted are the words that open a clause («at», «som», «hvis»), those that do so before a subject («om du»), and
    «og», «eller», «men» before a verb and its subject («eller har du»). It is a count of words, not a parse: where it
    is mistaken, the guide names an exception.
    """
    return tuple(found[0] for found in _CLAUSE.finditer(_FIXED.sub("", question)))
