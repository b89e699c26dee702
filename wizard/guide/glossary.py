"""What official words are called in the other languages: one thing, one name, and the Norwegian word kept in sight."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from wizard.guide.languages import LANGUAGES
from wizard.guide.schema import Shape, Verbatim, as_list

Words = Annotated[tuple[Verbatim, ...], BeforeValidator(as_list)]


class TermShape(Shape):
    """A Norwegian word. ``words``: how it stands in texts; ``keep``: it stands in brackets after its translation.

    Under each language: the word to use there, and beginnings of its other forms.
    """

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Words] = Field(init=False)

    term: Verbatim
    words: Words = ()
    keep: bool = False

    def said(self, language: str) -> tuple[str, ...]:
        """What it is called in a language, the word to use first."""
        return (self.__pydantic_extra__ or {}).get(language, ())


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary in one language, ready to be looked for."""

    term: str
    said: tuple[str, ...]
    keep: bool
    beginnings: tuple[str, ...]
    pattern: re.Pattern[str]

    def stands_in(self, folded: str) -> bool:
        """Whether a text in bokmål, its case folded, uses the word."""
        return any(beginning in folded for beginning in self.beginnings) and bool(self.pattern.search(folded))

    def is_used(self, translation: str) -> bool:
        """Whether a translation uses the word for it, in any of its forms."""
        said = _bare(translation)
        return any(_bare(form) in said for form in self.said)

    def is_kept(self, translation: str) -> bool:
        """Whether the Norwegian word stands in brackets."""
        return any(self.term.casefold() in inside.casefold() for inside in re.findall(r"\(([^()]*)\)", translation))


def read_terms(shapes: Iterable[TermShape], language: str) -> Iterator[Term]:
    """The words of the glossary that a language has. Readers of Norwegian need no brackets."""
    for shape in shapes:
        if said := shape.said(language):
            words = [word.casefold() for word in _words(shape)]
            pattern = "|".join(rf"\b{re.escape(word)}\b".replace(r"\*\b", r"\w*") for word in words)
            keep = shape.keep and not LANGUAGES[language].norwegian
            yield Term(shape.term, said, keep, tuple(word.rstrip("*") for word in words), re.compile(pattern))


def _words(shape: TermShape) -> tuple[str, ...]:
    return shape.words or (shape.term,)


def _bare(text: str) -> str:
    """A text without case, accents and the marks of vowels, so that forms of a word look more alike."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
