"""Finds the words of a page that no translator saw: those neither between the marks nor under another ``lang``."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

from tests.languages.conftest import CLOSES, OPENS

_SAID_BY_ATTRIBUTES = ("aria-label", "aria-description", "title", "alt", "placeholder", "data-title", "data-label")
_SILENT = {"script", "style", "link", "meta", "template"}
_BETWEEN = re.compile(f"{OPENS}[^{OPENS}{CLOSES}]*{CLOSES}")
_NAME = re.compile("\u2068[^\u2069]*\u2069")
_SAID_BY_THE_LIBRARY = re.compile(
    r"\b(and|و)\b|\b\d+ (\w+) \d{4}\b|\b([0-9A-Z]{4} ){4}[0-9A-Z]{4}\b|\b[0-9a-f]{12}\b|– Rett trinn"
)
"""What joins a list, dates, codes, the revision of the guide, and what every title ends with."""
_ADDRESS = re.compile(r"(https?://)?(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?")


def read(page: str) -> Element:
    """A page, so that it can be asked both things."""
    document: Element = html5lib.parse(page, namespaceHTMLElements=False)
    return document


def find_escapes(document: Element) -> list[str]:
    """Every run of words that no translator has seen."""
    for title in document.iter("title"):
        title.text = re.sub(r"\([^()]*\)", "", title.text or "")  # a title has no marks: names stand in brackets
    said = [_text(document, document.get("lang", "")), *_attributes(document)]
    return [left for text in said for left in _left_over(text)]


def find_markup_in_attributes(document: Element) -> list[str]:
    """Attributes and titles into which the mark of a language has slipped."""
    values = [value for element in document.iter() for value in element.attrib.values()]
    plain = [element.text or "" for element in document.iter() if element.tag in {"title", "option", "textarea"}]
    return [value for value in (*values, *plain) if "<span" in value or "lang=" in value]


def _left_over(text: str) -> Iterator[str]:
    text = _NAME.sub("", text)
    while (shorter := _BETWEEN.sub(" ", text)) != text:
        text = shorter
    for line in re.split(r"[\n|]", text):
        if re.search(r"[^\W\d_]{2}", _SAID_BY_THE_LIBRARY.sub("", _ADDRESS.sub("", line))):
            yield line.strip()


def _text(element: Element, language: str) -> str:
    """What is read aloud of an element, without what is in another language."""
    if not isinstance(element.tag, str) or element.tag in _SILENT or element.get("lang", language) != language:
        return ""
    parts = [element.text or ""]
    for child in element:
        parts += [_text(child, language), child.tail or ""]
    return "".join(parts) + ("|" if element.tag in {"p", "li", "h1", "h2", "h3", "dd", "dt", "a", "title"} else "")


def _attributes(document: Element) -> Iterator[str]:
    language = document.get("lang", "")
    for element in document.iter():
        if element.get("lang", language) == language:
            yield from (element.attrib[name] for name in _SAID_BY_ATTRIBUTES if name in element.attrib)
