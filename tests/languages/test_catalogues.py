"""Catalogues are in step with what they translate, and those of a published language are whole."""

import ast
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from click.testing import CliRunner

from tests.languages.conftest import OTHERS
from wizard.cli import main
from wizard.config import ROOT
from wizard.guide.catalogue import messages, read_catalogue, source_of, update_catalogue
from wizard.guide.glossary import TermShape, read_terms
from wizard.guide.languages import LANGUAGES, SOURCE
from wizard.guide.sound_translation import find_unsound, is_sound, strings
from wizard.guide.sources import read_sources
from wizard.guide.texts import make_template
from wizard.i18n import INTERFACE, check_interface, make_interface_template
from wizard.web.interface import DESK, MESSAGES, interface_file

LILLESAND = ROOT / "data" / "lillesand"
PUBLISHED = [language for language in read_sources(LILLESAND).whole["guide"].languages if language != SOURCE]


def message(source: str | tuple[str, str], said: str | tuple[str, ...]) -> Message:
    return Message(source, said)


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_of_texts_is_in_step_with_the_sources(language: str) -> None:
    for domain in (MESSAGES, DESK) if LANGUAGES[language].at_desk else (MESSAGES,):
        template = make_interface_template(domain, LANGUAGES[language])
        wanted = {source_of(found) for found in messages(template)}
        catalogue = read_catalogue(interface_file(INTERFACE, language, domain), language)
        assert {source_of(found) for found in messages(catalogue)} == wanted, "run `make i18n`"


@pytest.mark.parametrize("language", PUBLISHED)
def test_the_pages_are_whole_in_every_language_that_is_published(language: str) -> None:
    terms = tuple(read_terms((shape for _, shape in read_sources(LILLESAND).items("glossary")), language))
    assert [str(fault) for fault in check_interface(LANGUAGES[language], terms) if not fault.warning] == []


@pytest.mark.parametrize("language", OTHERS)
def test_whatever_is_translated_is_sound(language: str) -> None:
    for domain in (MESSAGES, DESK):
        file = interface_file(INTERFACE, language, domain)
        found = messages(read_catalogue(file, language)) if file.is_file() else ()
        assert [(one.id, unsound) for one in found if strings(one) for unsound in find_unsound(one)] == []


def test_every_word_of_the_glossary_is_said_in_every_language() -> None:
    shapes: list[TermShape] = [shape for _, shape in read_sources(LILLESAND).items("glossary")]
    assert len(shapes) > 40
    assert [(shape.term, language) for shape in shapes for language in OTHERS if not shape.said(language)] == []


@pytest.mark.parametrize(
    ("source", "said", "sound"),
    [
        ("Ring 116 117.", "Call 116 117.", True),
        ("Ring 116 117.", "Call 116 118.", False),
        ("Ring 116 117.", "اتصل ١١٦ ١١٧.", False),
        ("Trinn 6", "Step six", False),
        ("To uker", "2 weeks", False),
        ("Hei, %(name)s", "%(name)s, hello", True),
        ("Hei, %(name)s", "Hello", False),
        ("Hei, %(name)s", "Hello, %(nome)s", False),
        ("100 %% av dem", "100% of them", False),
        ("<b>Hei</b>", "<b>Hello</b>", True),
        ("<b>Hei</b>", "<b>Hello<b>", False),
        ("Hei", "Hello (there", False),
        (("%(num)s svar", "%(num)s svar"), ("جواب واحد", "%(num)s جواب"), True),
        (("%(num)s svar", "%(num)s svar"), ("جواب واحد", "جواب"), False),
        (("ett svar", "%(num)s svar"), ("one answer", ""), False),
        ("Hei", "", False),
    ],
)
def test_numbers_placeholders_and_markup_come_through(
    source: str | tuple[str, str], said: str | tuple[str, ...], sound: bool
) -> None:
    assert is_sound(message(source, said)) is sound


def test_a_changed_text_keeps_its_translation_as_fuzzy_and_what_is_gone_is_left_out(tmp_path: Path) -> None:
    file, language = tmp_path / "en.po", LANGUAGES["en"]
    before, after = Catalog(locale="en"), Catalog(locale="en")
    for text in ("Du kan alltid søke om hjelp.", "Te"):
        before.add(text)
    for text in ("Du kan alltid søke om litt hjelp.", "Kaffe og kaker"):
        after.add(text)
    update_catalogue(file, before, language)
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace('søke om hjelp."\nmsgstr ""', 'søke om hjelp."\nmsgstr "You can always apply."'), "utf-8"
    )
    update_catalogue(file, after, language)
    found = {source_of(one): one for one in messages(read_catalogue(file, "en"))}
    assert found.keys() == {"Du kan alltid søke om litt hjelp.", "Kaffe og kaker"}
    assert found["Du kan alltid søke om litt hjelp."].fuzzy
    assert found["Du kan alltid søke om litt hjelp."].string == "You can always apply."
    assert not is_sound(found["Du kan alltid søke om litt hjelp."])


def test_every_text_is_collected_once_with_its_file_and_line() -> None:
    sources = read_sources(LILLESAND)
    template = make_template(sources, LANGUAGES["en"])
    for found in messages(template):
        for file, line in found.locations:
            first = source_of(found).split()[0]
            near = (LILLESAND / file).read_text(encoding="utf-8").splitlines()[line - 1 : line + 2]
            assert any(first in written for written in near), f"{file}:{line} {first}"


def test_every_text_stands_where_the_catalogues_can_find_it() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in (ROOT / "wizard").rglob("*.py")
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        if call.func.id in {"gettext", "lazy_gettext", "ngettext"} and not isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_a_word_of_the_glossary_is_looked_for_in_all_its_forms() -> None:
    shape = TermShape.model_validate(
        {"term": "vedtak", "words": ["vedtak", "vedtaket"], "keep": True, "uk": ["рішення", "рішен"]}
    )
    (term,) = read_terms([shape], "uk")
    assert term.stands_in("du får et vedtak.")
    assert not term.stands_in("vi vedtok det.")
    assert term.is_used("За рішенням")
    assert not term.is_used("За ухвалою")
    assert term.is_kept("рішення (vedtak)")
    assert not term.is_kept("рішення vedtak")


def test_translators_are_told_what_is_missing() -> None:
    result = CliRunner().invoke(main, ["translations", "xx"])
    assert result.exit_code == 2
    result = CliRunner().invoke(main, ["translations", "pl"])
    assert "translations/pl.po: " in result.stdout
    assert " texts are ready; " in result.stdout
