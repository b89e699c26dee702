"""The plain language gate: no text of a guide is longer, denser or more official than it has to be.

Why these limits, and where they do not apply: ``docs/decisions/0005-plain-language-is-counted.md``.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wizard.guide.faults import Fault
from wizard.guide.judging_shapes import PlainExceptionShape, PlainShape
from wizard.guide.plain import added_clauses, measure, split_sentences, split_words
from wizard.guide.schema import ID_PATTERN
from wizard.guide.source import DataPath, Document
from wizard.guide.sources import Sources

LONGEST_SENTENCE = 20
LONGEST_IN_QUESTION = 15
HIGHEST_LIX = 35
SHORTEST_PAGE = 100
"""Words on a page below which LIX says little: one long sentence would decide it."""

_VOICES = ("self", "child", "relative", "staff")
_OF_A_QUESTION = frozenset({"ask", "help", "none", "options"})
_VERBATIM = frozenset({"printed", "theme", "aim", "does", "source", "law", "visit", "post"})
"""What others have worded: the printed ladder, paragraphs, sources and addresses. So are the titles of the ladder."""
_LISTED: DataPath = ("words",)
"""Of a need, words to recognise oneself in: a list, which has no sentences for LIX to count."""
_NOT_ON_A_PAGE = ("scenarios/", "plain", "words", "duties", "glossary")
"""Files whose texts no visitor reads."""
_CODE = re.compile(rf"{ID_PATTERN}|^https://")

_SPLIT = "Split it in two, or leave out what can go."
_NAME_IT = "Or name it under “exceptions” in plain.yaml, with the reason."


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of a guide, and where it stands."""

    name: str
    document: Document
    path: DataPath
    text: str

    def fault(self, what: str, mend: str) -> Fault:
        """A fault at this text."""
        return self.document.fault(self.path, what, f"{mend} {_NAME_IT}")

    @property
    def in_question(self) -> bool:
        """Whether it is read while a question is answered."""
        asks = self.name == "questions" or self.name.startswith("needs/")
        return asks and any(key in _OF_A_QUESTION for key in self.path)

    @property
    def asks(self) -> bool:
        """Whether it is what a question asks."""
        return self.in_question and "ask" in self.path[-2:]

    def is_said(self, voice: str) -> bool:
        """Whether somebody who is spoken to in this voice reads it."""
        return self.path[-1] == voice or self.path[-1] not in _VOICES


class Exceptions:
    """What a guide lets pass by name, and which of it was needed."""

    def __init__(self, exceptions: Iterable[PlainExceptionShape]) -> None:
        self.named = [(" ".join((e.text or "").split()), e.page or "") for e in exceptions]
        self.needed = set[int]()

    def excuse_sentence(self, sentence: str) -> bool:
        """Whether this sentence, quoted whole, may be as it is."""
        return self._excuse(text == sentence for text, _ in self.named)

    def excuse_word(self, word: str, sentence: str) -> bool:
        """Whether a quoted text of this sentence holds the word."""
        word, sentence = word.lower(), sentence.lower()
        return self._excuse(word in text.lower() and text.lower() in sentence for text, _ in self.named)

    def excuse_page(self, page: str) -> bool:
        """Whether this page may be dense."""
        return self._excuse(named == page for _, named in self.named)

    def _excuse(self, excused: Iterable[bool]) -> bool:
        by = {i for i, excuses in enumerate(excused) if excuses}
        self.needed |= by
        return bool(by)


def check_plain(sources: Sources) -> tuple[Fault, ...]:
    """Every text that is not plain, and every exception that excuses nothing.

    Without ``plain.yaml`` there are no official words and no exceptions; where it cannot be read, nothing is judged.
    """
    plain: PlainShape | None = sources.whole.get("plain")
    if plain is None and (sources.folder / "plain.yaml").is_file():
        return ()
    plain = plain or PlainShape()
    passages = list(read_passages(sources))
    exceptions = Exceptions(plain.exceptions)
    faults = [*_sentences(passages, exceptions), *_words(passages, plain.words, exceptions)]
    faults += _pages(passages, exceptions)
    return (*faults, *_idle(sources, exceptions))


def read_passages(sources: Sources) -> Iterator[Passage]:
    """The texts that the municipality has worded for visitors."""
    for name, document in sources.documents.items():
        if not name.startswith(_NOT_ON_A_PAGE):
            for path, text in _texts(document.data, ()):
                if not (name.startswith("steps/") and path[-1] == "title"):
                    yield Passage(name, document, path, text)


def _texts(data: Any, path: DataPath) -> Iterator[tuple[DataPath, str]]:
    """The texts below a place. What is written as an id or an address is none."""
    if isinstance(data, str):
        if not _CODE.search(data):
            yield path, data
    elif isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            if key not in _VERBATIM:
                yield from _texts(value, (*path, key))


def _sentences(passages: Iterable[Passage], exceptions: Exceptions) -> Iterator[Fault]:
    for passage in passages:
        longest = LONGEST_IN_QUESTION if passage.in_question else LONGEST_SENTENCE
        for sentence in split_sentences(passage.text):
            count = len(split_words(sentence))
            if count > longest and not exceptions.excuse_sentence(sentence):
                yield passage.fault(f"{count} words in one sentence, at most {longest}: “{sentence}”.", _SPLIT)
        if passage.asks:
            yield from _clauses(passage, exceptions)


def _clauses(passage: Passage, exceptions: Exceptions) -> Iterator[Fault]:
    """One clause per question: one question mark, and nothing that opens a second clause."""
    questions = [sentence for sentence in split_sentences(passage.text) if "?" in sentence]
    for sentence in questions:
        added = added_clauses(sentence)
        if added and not exceptions.excuse_sentence(sentence):
            what = f"More than one clause in a question, by “{'”, “'.join(added)}”: “{sentence}”."
            yield passage.fault(what, "Ask one thing; tell the rest in “help”.")
    for sentence in questions[1:]:
        if not exceptions.excuse_sentence(sentence):
            yield passage.fault(f"A second question in one: “{sentence}”.", "Ask one thing at a time.")


def _words(passages: Iterable[Passage], words: Mapping[str, str], exceptions: Exceptions) -> Iterator[Fault]:
    if not words:
        return
    better = [(official_pattern([word]), instead) for word, instead in words.items()]
    official = official_pattern(words)
    for passage in passages:
        if official.search(passage.text.lower()):
            for sentence in split_sentences(passage.text):
                for found in official.finditer(sentence.lower()):
                    word = sentence[found.start() : found.end()]
                    if not exceptions.excuse_word(word, sentence):
                        instead = next(instead for pattern, instead in better if pattern.fullmatch(found[0]))
                        yield passage.fault(f"An official word, “{word}”: “{sentence}”.", f"Write “{instead}”.")


def official_pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Finds words of plain.yaml in a text of small letters: whole words, where ``*`` is any ending."""
    return re.compile("|".join(r"\b" + re.escape(word.lower()).replace(r"\*", r"\w*") + r"\b" for word in words))


def _pages(passages: Iterable[Passage], exceptions: Exceptions) -> Iterator[Fault]:
    pages: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages:
        if passage.path != _LISTED:
            pages[_page(passage)].append(passage)
    for page, together in pages.items():
        read = (measure(p.text for p in together if p.is_said(voice)) for voice in _VOICES)
        densest = max((one for one in read if one.words >= SHORTEST_PAGE), key=lambda one: one.lix, default=None)
        if densest and densest.lix > HIGHEST_LIX and not exceptions.excuse_page(page):
            what = f"“{page}” has LIX {densest.lix:.1f}, at most {HIGHEST_LIX}: {densest.words} words, "
            what += f"{densest.sentences} sentences, {densest.long_words} long words."
            yield together[0].fault(what, "Use shorter sentences and shorter words.")


def _page(passage: Passage) -> str:
    """The page, or the part of a page, that a text is read on, by the name that an exception uses."""
    kind, _, stem = passage.name.partition("/")
    match kind, passage.path:
        case "steps", ("categories", _, "services", _, *_):
            return f"service {_id(passage, 4)}"
        case "needs", _:
            return f"need {stem}"
        case "urgent", ("dangers", _, *_):
            return f"danger {_id(passage, 2)}"
        case (("rights" | "questions" | "contacts" | "complaints"), (int(), *_)):
            return f"{kind.removesuffix('s')} {_id(passage, 1)}"
        case _:
            return kind


def _id(passage: Passage, depth: int) -> object:
    """The id of the part of the file that a text belongs to."""
    part = passage.document.data
    for key in passage.path[:depth]:
        part = part[key]
    return part.get("id") if isinstance(part, dict) else None


def _idle(sources: Sources, exceptions: Exceptions) -> Iterator[Fault]:
    for i, (text, page) in enumerate(exceptions.named):
        path: DataPath = ("exceptions", i)
        if bool(text) == bool(page):
            what, mend = "An exception quotes either a text or a page.", "Write “text” or “page”."
            yield sources.documents["plain"].fault(path, what, mend)
        elif i not in exceptions.needed:
            what = f"The exception “{text or page}” excuses nothing."
            yield sources.documents["plain"].fault(path, what, "Remove it, or quote the text as it stands.")
