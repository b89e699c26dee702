"""Words of one language within another, marked so that they are spoken, broken and turned the right way.

A page in another language may hold texts in bokmål: what is not translated yet, paragraphs of law, addresses, the names
of services. As text they are strings like any other; put into a page, they carry ``lang`` and the direction.
"""

import re
from html import escape

from wizard.guide.languages import SOURCE

_LEFT_TO_RIGHT, _ISOLATE, _END = "\u2066", "\u2068", "\u2069"
"""Keep what stands between them out of the order of the letters around it, also where there is no markup."""


class Bokmaal(str):
    """A text in bokmål on a page in another language."""

    __slots__ = ()

    def __html__(self) -> str:  # asked for by templates
        return f'<span lang="{SOURCE}" dir="ltr">{escape(self)}</span>'


class BothNames(str):
    """A translated name, with the Norwegian one that stands in letters and on signs in brackets after it."""

    __slots__ = ("name", "norwegian")
    name: str
    norwegian: str

    def __new__(cls, name: str, norwegian: str) -> "BothNames":
        """The two names, which also stand by themselves in ``name`` and ``norwegian``."""
        both = super().__new__(cls, f"{name} ({_ISOLATE}{norwegian}{_END})")
        both.name, both.norwegian = name, norwegian
        return both

    def __html__(self) -> str:
        return f"{escape(self.name)} ({Bokmaal(self.norwegian).__html__()})"


def names_in(text: str) -> tuple[str, ...]:
    """Every name in a text that is one: as translated, and in Norwegian."""
    return (text.name, text.norwegian) if isinstance(text, BothNames) else (text,)


def bind_numbers(text: str) -> str:
    """A text in which no line ends within a telephone number."""
    return re.sub(r"(?<=\d) (?=\d)", "\u00a0", text)


def isolate_numbers(text: str) -> str:
    """A text that is read from right to left, with its telephone numbers in the order they are dialled."""
    return re.sub(r"\d+(?:\u00a0\d+)+", rf"{_LEFT_TO_RIGHT}\g<0>{_END}", bind_numbers(text))


def to_html(text: str) -> str:
    """A text as it stands in a page: marked where it is marked, escaped where it is not."""
    marked = getattr(text, "__html__", None)
    return marked() if marked else escape(text)
