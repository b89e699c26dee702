"""Every page has an address in every language, and nobody loses place or answers by switching."""

import re

import pytest
from flask import Flask

from tests.conftest import Visitor, find
from tests.languages.conftest import OTHERS
from wizard.guide.languages import LANGUAGES, SOURCE
from wizard.web.prefix import FOR_MACHINES


def switch_to(visitor: Visitor, language: str) -> str:
    """Where the page's own switch leads."""
    return find(rf'href="([^"]+)"\s+lang="{language}"', visitor.text)


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("", "nb"),
        ("no", "nb"),
        ("nb-NO", "nb"),
        ("nn", "nn"),
        ("nn-NO,no;q=0.8", "nn"),
        ("en-GB,en;q=0.9", "en"),
        ("de, pl;q=0.7, en;q=0.3", "pl"),
        ("de", "nb"),
        ("en;q=0, uk", "uk"),
        ("ar-SY", "ar"),
        ("*", "nb"),
        ("\x00<script>", "nb"),
    ],
)
def test_the_first_visit_follows_the_browser(marked: Flask, accepts: str, language: str) -> None:
    response = marked.test_client().get("/hjelp-na", headers={"Accept-Language": accepts} if accepts else {})
    assert (response.status_code, response.location) == (302, f"/{language}/hjelp-na")
    assert "Accept-Language" in response.headers["Vary"]


def test_what_stands_after_a_question_mark_comes_along(marked: Flask) -> None:
    response = marked.test_client().get("/?beskjed=slettet", headers={"Accept-Language": "en"})
    assert response.location == "/en/?beskjed=slettet"


def test_every_page_for_citizens_has_a_language_and_machines_have_none(marked: Flask) -> None:
    client = marked.test_client()
    for rule in marked.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and not rule.arguments and not rule.rule.startswith("/skranke"):
            redirected = client.get(rule.rule).status_code == 302
            assert redirected is (rule.endpoint not in FOR_MACHINES), rule.rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_direction(marked: Flask, language: str) -> None:
    visitor = Visitor(marked.test_client(), language)
    assert visitor.get("/").status_code == 200
    assert f'<html lang="{language}"' in visitor.text
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in visitor.text


def test_a_language_that_is_not_published_has_no_pages(app: Flask, marked: Flask) -> None:
    for other in ("en", "se", "no"):
        assert app.test_client().get(f"/{other}/").status_code == 404
    assert marked.test_client().get("/se/").status_code == 404


def test_one_language_alone_needs_no_switch(client: Visitor) -> None:
    client.get("/")
    assert "hreflang" not in client.text


@pytest.mark.parametrize("path", ["/", "/hjelp-na", "/tilbud/cafe", "/sok", "/hent"])
def test_the_switch_keeps_the_place(marked: Flask, path: str) -> None:
    visitor = Visitor(marked.test_client())
    visitor.get(path)
    for language in OTHERS:
        assert switch_to(visitor, language) == f"/{language}{path}"
        alternate = find(rf'rel="alternate"\s+hreflang="{language}"\s+href="([^"]+)"', visitor.text)
        assert alternate == f"http://localhost/{language}{path}"


def test_the_switch_keeps_the_answers(marked: Flask) -> None:
    visitor = Visitor(marked.test_client()).begin()
    visitor.answer("self")
    asked, path = visitor.question, visitor.path
    address = switch_to(visitor, "ar")
    visitor.language = "ar"
    visitor.get(address)
    assert (visitor.question, visitor.path) == (asked, path)
    assert "nettopp oppdatert" not in visitor.text
    visitor.get(visitor.path.replace("2", "1"))
    assert visitor.checked == ["self"]


def test_the_answer_to_a_form_can_be_read_in_another_language_too(marked: Flask) -> None:
    visitor = Visitor(marked.test_client()).begin()
    visitor.post("/sok", {"tekst": "vaskehjelp"})
    assert switch_to(visitor, "en") == "/en/sok"
    visitor.get("/sporsmal/1")
    visitor.post("/sporsmal/1", {"question": visitor.question})
    assert visitor.page is not None
    assert visitor.page.status_code == 422
    assert switch_to(visitor, "en") == "/en/sporsmal/1"


@pytest.mark.parametrize("path", ["/tilbud/canary", "/canary", "/trappen?canary"])
def test_the_switch_never_repeats_what_somebody_else_wrote(marked: Flask, path: str) -> None:
    visitor = Visitor(marked.test_client())
    visitor.get(path)
    assert "canary" not in visitor.text


def test_forms_without_a_language_still_work(marked: Flask) -> None:
    client = marked.test_client()
    assert client.post("/avslutt-raskt", headers={"Accept-Language": "uk"}).status_code == 200
    begun = client.post("/start", headers={"Accept-Language": "uk"})
    assert (begun.status_code, begun.location) == (303, "/sporsmal/1")
    assert client.get("/sporsmal/1", headers={"Accept-Language": "uk"}).location == "/uk/sporsmal/1"


def test_styles_are_the_same_files_in_every_language(marked: Flask) -> None:
    pages = [marked.test_client().get(f"/{language}/").text for language in (SOURCE, "ar")]
    assert len({tuple(re.findall(r'href="(/static/[^"]+)"', page)) for page in pages}) == 1


def test_dates_are_said_as_the_language_does(marked: Flask) -> None:
    said = {language: marked.test_client().get(f"/{language}/om").text for language in LANGUAGES}
    year = find(r"\d+\. \w+ (20\d\d)", said["nb"])
    for language, pattern in {"nn": r"\d+\. [a-z]+", "en": r"\d+ [A-Z][a-z]+", "uk": r"\d+ [а-яіїє]+"}.items():
        assert re.search(rf"{pattern} {year}", said[language]), language
