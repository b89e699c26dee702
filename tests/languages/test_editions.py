"""The same guide in other words: the same rules, the same outcome, and nothing unsound is ever shown."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import GUIDES, SETTINGS, Answer, Visitor, find
from tests.languages.conftest import OTHERS, published_in, translate_all
from tests.languages.escapes import find_escapes, find_markup_in_attributes, read
from wizard.app import create_app
from wizard.guide.edition import make_edition
from wizard.guide.languages import LANGUAGES, SOURCE
from wizard.guide.load import load_guide
from wizard.guide.marks import Bokmaal, BothNames, isolate_numbers, to_html

ANSWERS: dict[str, Answer] = {
    "for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"], "chores_amount": "all", "tried": "talked",
}  # fmt: skip
REAL: dict[str, dict[str, Answer]] = {
    "a widower": {"for_whom": "self", "age": "senior", "danger": "none", "needs": ["household", "company"]},
    "a worn-out daughter": {
        "for_whom": "relative",
        "age": "senior",
        "danger": "none",
        "needs": ["memory", "caregiver"],
    },
    "a youth": {"for_whom": "self", "age": "youth", "danger": "none", "needs": ["mental_health"]},
}
Catalogue = Callable[[str, str], Path]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """The small guide, published in English and Arabic between marks."""
    guide = published_in(tmp_path, GUIDES / "fjordvik", "en", "ar")
    for language in ("en", "ar"):
        translate_all(guide, tmp_path / "interface", language)
    return guide


def change(guide: Path, old: str, new: str, language: str = "en") -> None:
    file = guide / "translations" / f"{language}.po"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_the_rules_and_the_revision_are_those_of_the_source(small: Path) -> None:
    source = load_guide(small)
    for language in ("en", "ar"):
        edition = make_edition(source, small, LANGUAGES[language])
        assert edition.guide.ruleset is source.ruleset
        assert edition.guide.revision == source.revision
        assert edition.guide.about.areas[0].title == f"⟦{source.about.areas[0].title}⟧"


def test_the_same_answers_give_the_same_outcome_in_every_language(marked: Flask) -> None:
    outcomes = set()
    for language in LANGUAGES:
        visitor = Visitor(marked.test_client(), language).begin().answer_all(ANSWERS)
        assert visitor.kind == "result"
        outcomes.add((find(r'class="stair[^"]* marked"[^>]*>\s*<rect x="(\d+)"', visitor.text), visitor.path))
    assert len(outcomes) == 1


@pytest.mark.parametrize("answers", REAL.values(), ids=REAL)
def test_a_visit_to_the_published_guide_ends_alike_in_every_language(
    real_app: Flask, answers: dict[str, Answer]
) -> None:
    outcomes = {}
    for language in LANGUAGES:
        visitor = Visitor(real_app.test_client(), language).begin().answer_all(answers)
        assert visitor.kind == "result"
        offered = re.findall(rf'href="/{language}/(tilbud/\w+)"', visitor.text)
        assert len(set(offered)) >= 3, language
        outcomes[language] = (offered, re.findall(r'<rect x="(\d+)"[^>]*y="(\d+)"', visitor.text))
    assert all(outcome == outcomes[SOURCE] for outcome in outcomes.values())


def test_a_visit_in_three_languages_is_one_visit(marked: Flask) -> None:
    visitor = Visitor(marked.test_client(), "uk").begin()
    for language in ("uk", "ar", "nb"):
        path, visitor.language = visitor.path, language
        visitor.get(path)
        visitor.answer(ANSWERS.get(visitor.question, "unknown"))
    assert visitor.answer_all(ANSWERS).kind == "result"


def test_a_saved_code_opens_in_the_readers_language(marked: Flask) -> None:
    writer = Visitor(marked.test_client(), "ar").begin().answer_all(ANSWERS)
    once = find(r'action="/ar/lagre".*?name="once" value="(\w+)"', writer.text)
    writer.post("/lagre", {"days": "7", "once": once})
    code = "".join(find(r'<strong class="code">(.*?)</strong>', writer.text).replace("span", "").split("<>")).strip()
    code = "".join(letter for letter in code if letter.isalnum())
    reader = Visitor(marked.test_client(), "en")
    reader.get("/hent")
    reader.post("/hent", {"code": code})
    assert reader.kind == "result"
    assert '<html lang="en"' in reader.text


def test_names_stand_beside_the_norwegian_ones_for_those_who_do_not_read_norwegian(marked: Flask) -> None:
    pages = {language: marked.test_client().get(f"/{language}/tilbud/cafe").text for language in OTHERS}
    names = {language: find(r"<h1[^>]*>(.*?)</h1>", page) for language, page in pages.items()}
    assert '(<span lang="nb" dir="ltr">' in names["pl"]
    assert "<span" not in names["nn"]


def test_a_missing_text_is_said_in_bokmaal_and_says_so(small: Path, tmp_path: Path) -> None:
    title = load_guide(small).about.areas[0].title
    change(small, f'msgstr "⟦{title}⟧"', 'msgstr ""')
    edition = make_edition(load_guide(small), small, LANGUAGES["en"])
    assert edition.guide.about.areas[0].title == title
    assert to_html(edition.guide.about.areas[0].title) == f'<span lang="nb" dir="ltr">{title}</span>'


def test_without_any_catalogue_every_text_of_the_guide_is_marked_and_no_page_breaks(tmp_path: Path) -> None:
    guide = published_in(tmp_path, GUIDES / "fjordvik", "en")
    translate_all(guide, tmp_path / "interface", "en")
    (guide / "translations" / "en.po").unlink()
    app = create_app(replace(SETTINGS, guides=tmp_path, translations=tmp_path / "interface"))
    visitor = Visitor(app.test_client(), "en")
    for path in ("/", "/trappen", "/trappen/1", "/tilbud/cafe", "/hjelp-na", "/kontakt", "/slik-virker-det/chores"):
        assert visitor.get(path).status_code == 200
        assert find_markup_in_attributes(read(visitor.text)) == [], path
    visitor.begin().answer_all(ANSWERS)
    assert visitor.kind == "result"
    assert find_markup_in_attributes(read(visitor.text)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('msgstr "⟦', 'msgstr "⟦(⟦'),
        ('msgid "Under 18 år"\nmsgstr "⟦Under 18 år⟧"', 'msgid "Under 18 år"\nmsgstr "⟦Under 16 år⟧"'),
    ],
)
def test_what_is_not_sound_is_never_shown(small: Path, old: str, new: str) -> None:
    change(small, old, new)
    edition = make_edition(load_guide(small), small, LANGUAGES["en"])
    said = [option.text.own for shape in edition.guide.questions.values() for option in shape.options.values()]
    assert all("⟦(⟦" not in text and "16 år" not in text for text in said)
    assert any(isinstance(text, Bokmaal) for text in said)


def test_a_broken_catalogue_takes_no_page_down(small: Path) -> None:
    (small / "translations" / "en.po").write_text("this is no catalogue\n", encoding="utf-8")
    edition = make_edition(load_guide(small), small, LANGUAGES["en"])
    assert isinstance(edition.guide.about.areas[0].title, Bokmaal)


def test_whoever_reads_what_a_machine_wrote_is_told_on_every_page(small: Path, tmp_path: Path) -> None:
    change(small, "#: guide.yaml", "# machine-translated\n#: guide.yaml")
    app = create_app(replace(SETTINGS, guides=tmp_path, translations=tmp_path / "interface"))
    for language, told in (("en", True), ("ar", False), (SOURCE, False)):
        visitor = Visitor(app.test_client(), language)
        for path in ("/", "/hjelp-na", "/nowhere"):
            visitor.get(path)
            assert ('class="machine-made' in visitor.text) is told, (language, path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_ends_within_a_number(real_app: Flask, language: str) -> None:
    visitor = Visitor(real_app.test_client(), language).begin().answer_all(REAL["a youth"])
    page = visitor.page.get_data(as_text=True) if visitor.page else ""
    assert "116\u00a0117" in page
    said = re.sub(r'<a [^>]*href="tel:[^<]*|<[^>]*>', "", page)
    assert re.findall(r"\d+ \d+", said) == []


def test_names_and_numbers_keep_their_order_between_letters_read_from_right_to_left() -> None:
    assert isolate_numbers("اتصل 116 117 الآن") == "اتصل \u2066116\u00a0117\u2069 الآن"
    assert str(BothNames("تمريض", "Hjemmesykepleie")) == "تمريض (\u2068Hjemmesykepleie\u2069)"
    assert to_html(BothNames("a<b", "c>d")) == 'a&lt;b (<span lang="nb" dir="ltr">c&gt;d</span>)'


def test_an_unmarked_page_would_be_noticed() -> None:
    page = (
        '<html lang="en"><body><p>⟦said⟧ escaped <span lang="nb">norsk</span></p><a title="lost">⟦x⟧</a></body></html>'
    )
    assert find_escapes(read(page)) == ["escaped", "lost"]
