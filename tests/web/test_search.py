"""Searching: the page, what it shows, and that nobody else learns what was looked for."""

import logging
import re

import pytest

from tests.conftest import Visitor
from tests.web.test_html import VALIDATOR, Shelf, shelf  # noqa: F401

CANARY = "kanarifuglsang"


def search(client: Visitor, text: str = "", **filters: str) -> Visitor:
    client.post("/sok", {"tekst": text, **filters})
    return client


def test_anybody_can_search_without_a_visit_and_without_a_cookie(real_client: Visitor) -> None:
    real_client.get("/sok")
    assert real_client.kind == "search"
    search(real_client, "vaskehjelp")
    assert real_client.page is not None
    assert real_client.page.status_code == 200
    assert "Du skrev «vaskehjelp». Kommunen kaller det praktisk bistand." in real_client.text
    assert 'href="/nb/tilbud/practical_help"' in real_client.text
    assert real_client.cookie is None
    assert "Set-Cookie" not in real_client.page.headers


@pytest.mark.parametrize("path", ["/", "/trappen", "/sok"])
def test_the_search_field_stands_where_people_begin(real_client: Visitor, path: str) -> None:
    real_client.get(path)
    form = re.search(r'<form class="search".*?</form>', real_client.text, re.DOTALL)
    assert form
    for words in ('role="search"', 'method="post"', 'action="/nb/sok"', 'autocomplete="off"', 'spellcheck="false"'):
        assert words in form[0]
    assert '<label class="ds-label" for="sok-tekst">' in form[0]


def test_every_page_leads_to_the_search(real_client: Visitor) -> None:
    real_client.get("/hjelp-na")
    assert 'href="/nb/sok"' in real_client.text.partition("<footer")[2]


def test_what_was_written_is_in_no_address_title_log_or_header(
    real_client: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        search(real_client, CANARY, alder="senior")
    assert real_client.page is not None
    assert real_client.page.request.url.endswith("/sok")
    assert CANARY not in real_client.title
    assert CANARY not in caplog.text
    assert CANARY not in str(real_client.page.headers)
    assert CANARY not in re.sub(r'<input class="ds-input"[^>]*>', "", real_client.text)
    assert real_client.page.headers["Cache-Control"] == "no-store"
    assert real_client.page.headers["Referrer-Policy"] == "no-referrer"


def test_what_was_written_is_never_read_from_an_address(real_client: Visitor) -> None:
    empty = real_client.get("/sok").get_data(as_text=True)
    assert real_client.get("/sok?tekst=vold&alder=senior").get_data(as_text=True) == empty


def test_words_of_danger_show_whom_to_call_before_anything_else(real_client: Visitor) -> None:
    search(real_client, "selvmord")
    text = real_client.text.partition('id="treff"')[2]
    assert text.index("Mange har slike tanker") < text.index('href="tel:116117"') < text.index('id="antall"')
    assert "«selvmord»" not in text
    search(real_client, "søvn")
    assert "alarm-box" not in real_client.text


def test_a_typing_mistake_is_told(real_client: Visitor) -> None:
    search(real_client, "Sykjehjem")
    assert "Vi leste «sykjehjem» som «sykehjem»." in real_client.text


def test_where_nothing_is_found_there_are_needs_and_somebody_to_ask(real_client: Visitor) -> None:
    search(real_client, "xyzzy")
    for words in ("Ingen treff", "Kanskje det handler om noe av dette?", "Kommunetorget"):
        assert words in real_client.text
    assert real_client.title.startswith("0 treff")
    search(real_client, "ensom", trinn="12")
    assert "Prøv å ta bort ett av valgene." in real_client.text


def test_a_filter_alone_shows_what_it_lets_through(real_client: Visitor) -> None:
    search(real_client, trinn="11")
    services = set(re.findall(r'href="/nb/tilbud/(\w+)"', real_client.text))
    assert "nursing_home" in services
    assert "home_nursing" not in services
    assert '<option value="11" selected>' in real_client.text
    assert re.search(r"<details[^>]* open", real_client.text)


def test_what_is_not_a_filter_filters_nothing(real_client: Visitor) -> None:
    search(real_client, "søvn")
    plain = real_client.text
    search(real_client, "søvn", alder="nobody", trinn="99", vei="'", gir="<b>")
    assert real_client.text == plain


def test_an_empty_search_is_an_empty_page(real_client: Visitor) -> None:
    search(real_client, "  ")
    assert "treff" not in real_client.title
    assert real_client.kind == "search"


@pytest.mark.parametrize(
    "text",
    ['"><script>alert(1)</script>', "\x07\x1b", "{{ 7*7 }}", "a" * 5_000, "%s%n %(typed)s", "\u202eab", "💧"],
)
def test_hostile_texts_are_only_text(real_client: Visitor, text: str) -> None:
    search(real_client, text)
    assert real_client.page is not None
    assert real_client.page.status_code == 200
    assert "<script>alert" not in real_client.text
    assert "a" * 101 not in real_client.text


def test_a_need_that_was_found_is_chosen_already_in_the_questions(real_client: Visitor) -> None:
    search(real_client, "vaskehjelp")
    assert 'name="need" value="household"' in re.sub(r"\s+", " ", real_client.text)
    real_client.post("/start", {"need": "household"})
    assert real_client.question == "for_whom"
    real_client.answer_all({"for_whom": "self", "age": "senior", "danger": "none"}, until="household_amount")
    assert real_client.question == "household_amount"


def test_a_chosen_need_that_the_person_cannot_have_is_asked_anew(real_client: Visitor) -> None:
    real_client.get("/")
    real_client.post("/start", {"need": "household"})
    real_client.answer_all({"for_whom": "self", "age": "child", "danger": "none"}, until="needs")
    assert real_client.question == "needs"
    assert 'value="household"' not in real_client.text


def test_a_need_that_is_none_chooses_nothing(real_client: Visitor) -> None:
    real_client.get("/")
    real_client.post("/start", {"need": "gold"})
    real_client.answer_all({"for_whom": "self", "age": "senior", "danger": "none"}, until="needs")
    assert real_client.question == "needs"


def test_a_guide_without_everyday_words_can_be_searched(client: Visitor) -> None:
    search(client, "hjemmehjelp")
    assert 'href="/nb/tilbud/home_help"' in client.text


@pytest.mark.skipif(not VALIDATOR.is_file(), reason="html-validate is not installed: make install")
def test_the_markup_of_every_state_is_valid(real_client: Visitor, shelf: Shelf) -> None:  # noqa: F811
    states = {
        "found": {"tekst": "vaskehjelp"}, "danger": {"tekst": "vold slår"}, "nothing": {"tekst": "xyzzy"},
        "browsed": {"alder": "senior", "vei": "free"}, "mended": {"tekst": "sykjehjem"}, "empty": {},
    }  # fmt: skip
    for name, fields in states.items():
        real_client.post("/sok", fields)
        shelf.put(name, real_client)
    assert not shelf.faults()
