"""Search understands the page's language, and bokmål in every one; words of danger bring the numbers in all of them."""

import pytest
from flask import Flask

from tests.conftest import Visitor


@pytest.fixture
def arabic(marked_lillesand: Flask) -> Visitor:
    return Visitor(marked_lillesand.test_client(), "ar")


@pytest.mark.parametrize("text", ["vaskehjelp", "Hjemmesykepleie", "støttekontakt", "demens"])
def test_norwegian_words_find_on_every_page(arabic: Visitor, text: str) -> None:
    arabic.post("/sok", {"tekst": text})
    assert 'href="/ar/tilbud/' in arabic.text


@pytest.mark.parametrize(
    ("text", "number"), [("العنف", "112"), ("انتحار", "113"), ("przemoc", "112"), ("пожежа", "110"), ("suicide", "113")]
)
def test_words_of_danger_bring_the_numbers(arabic: Visitor, text: str, number: str) -> None:
    arabic.post("/sok", {"tekst": text})
    assert f'href="tel:{number}"' in arabic.text.partition("<main")[2]
