"""No string on any page escapes translation, and what stays in bokmål says so."""

import pytest
from flask import Flask

from tests.conftest import UNPREFIXED, Visitor
from tests.languages.escapes import find_escapes, find_markup_in_attributes, read
from tests.web.test_html import DAUGHTER, STATES, Shelf, open_addresses, shelve_the_end, walk_shelving
from wizard.guide.languages import LANGUAGES

NAMES = {language.name for language in LANGUAGES.values()}
"""What a language calls itself."""


class Reader(Shelf):
    """Reads every page that is put before it, and notes where a run of words was first met."""

    def __init__(self) -> None:
        self.escaped: dict[str, str] = {}
        self.read = 0

    def put(self, name: str, visitor: Visitor) -> None:
        assert visitor.page is not None
        if visitor.page.mimetype == "text/html":
            self.read += 1
            page = read(visitor.text)
            found = [words for words in find_escapes(page) if words not in NAMES]
            for words in (*found, *find_markup_in_attributes(page)):
                self.escaped.setdefault(words, name)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_string_on_any_page_escapes_translation(marked_lillesand: Flask, language: str) -> None:
    visitor, reader = Visitor(marked_lillesand.test_client(), language), Reader()
    pages = [path for path in open_addresses(marked_lillesand) if not path.startswith(UNPREFIXED)]
    for path in (*pages, *STATES):
        visitor.get(path)
        reader.put(f"closed {path}", visitor)
    visitor.begin()
    walk_shelving(visitor, reader, "daughter", DAUGHTER)
    assert visitor.kind == "result"
    for path in (*pages, "/nowhere"):
        visitor.get(path)
        reader.put(f"visit {path}", visitor)
    shelve_the_end(visitor, reader)
    assert reader.read > 60
    assert "\n".join(f"{page}: {words}" for words, page in reader.escaped.items()) == ""
