"""The pages themselves read plainly: what the guide and the templates say together, as a visitor meets it."""

from collections.abc import Iterator
from functools import cache
from xml.etree.ElementTree import Element

import html5lib
import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from flask import Flask

from tests.conftest import XHTML, Answer, Visitor, find
from wizard.config import ROOT
from wizard.guide.plain import measure, split_sentences, split_words
from wizard.guide.plain_check import (
    HIGHEST_LIX,
    LONGEST_IN_QUESTION,
    LONGEST_SENTENCE,
    SHORTEST_PAGE,
    official_pattern,
)
from wizard.guide.sources import read_sources

SOURCES = read_sources(ROOT / "data" / "lillesand")
SCENARIOS = {document.name.rpartition("/")[2]: shape for document, shape in SOURCES.several("scenarios")}
QUESTIONS = {question.id: question for _, question in SOURCES.items("questions")}
PLAYED = (
    "boy-who-comes-hungry", "haldis-and-the-night-bell", "hodan-empty-fridge", "live-and-her-father",
    "marit-after-the-stroke", "mona-and-her-son", "nils-nobody-left", "nora-rare-syndrome", "oddvar-hits-when-washed",
    "residents-association", "theo-does-not-go-to-school", "turid-and-kare",
)  # fmt: skip
"""All voices, young and old, two results at a time, dangers and none, first steps and last."""
INLINE = frozenset({"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "small", "span", "strong", "time"})
PUBLISHED_RULES = frozenset({"decision", "flow"})
"""Parts of a page that list conditions and answers, as tables and drawings for whoever wants to check them."""
QUOTED = frozenset({"printed", "theme", "aim", "does", "law", "source", "visit", "post"})
"""What others have worded. The gate of the guide leaves it out too."""


def read_texts(page: str, part: str = "main") -> list[str]:
    """What a part of a page says: a text for each heading, paragraph, label, button and item."""
    root = html5lib.parse(page).find(f".//{XHTML}{part}")
    assert root is not None
    flow = find(r'<body data-page="(\w+)"', page) in {"how", "table"}
    texts = (" ".join("".join(block).split()) for block in _blocks(root, without_details=flow))
    worded = " ".join("".join(root.itertext()).split())
    quotes = [quote for quote in _quotes() if quote in worded]
    return [said for text in texts for said in _without(text, quotes).split("; ") if split_words(said)]


def _blocks(element: Element, *, without_details: bool) -> Iterator[list[str]]:
    block = [element.text or ""]
    for child in element:
        if _is_read(child, without_details=without_details):
            first, *others = _blocks(child, without_details=without_details)
            if str(child.tag).removeprefix(XHTML) not in INLINE or child.get("class") == "given":
                others = [first, *others, []]
                first = []
            block += first
            for other in others:
                yield block
                block = other
        block.append(child.tail or "")
    yield block


def _is_read(element: Element, *, without_details: bool) -> bool:
    tag, classes = str(element.tag), (element.get("class") or "").split()
    if not tag.startswith(XHTML) or tag.removeprefix(XHTML) in {"script", "template"}:
        return False
    return not (PUBLISHED_RULES.intersection(classes) or (without_details and tag == f"{XHTML}details"))


def _without(text: str, quotes: list[str]) -> str:
    for quote in quotes:
        text = text.replace(quote, "")
    return text.replace(" ()", "")


@cache
def _quotes() -> tuple[str, ...]:
    """What others have worded, and the words of a need, which are listed to be recognised; longest first."""
    found = set[str]()
    for name, document in SOURCES.documents.items():
        for path in document.lines:
            key = next((key for key in reversed(path) if isinstance(key, str)), "")
            listed = path == ("words",) and name.startswith("needs/")
            if key in QUOTED or listed or (key == "title" and name.startswith("steps/")):
                value = document.data
                for part in path:
                    value = value[part]
                found.add(" ".join(value.split()) if isinstance(value, str) else "")
    return tuple(sorted((quote for quote in found if len(split_words(quote)) > 1), key=len, reverse=True))


@cache
def _named() -> frozenset[str]:
    """The sentences that the guide lets pass, each with its reason."""
    return frozenset(" ".join((one.text or "").split()) for one in SOURCES.whole["plain"].exceptions)


def faults_of(page: str) -> list[str]:
    """Every sentence that is too long, and the LIX of the page if it is too high."""
    sentences = read_sentences(page)
    faults = [sentence for sentence in sentences if len(split_words(sentence)) > LONGEST_SENTENCE]
    if "<fieldset" in page:
        asked = read_sentences(page, "fieldset")
        faults += [sentence for sentence in asked if len(split_words(sentence)) > LONGEST_IN_QUESTION]
    counted = measure(sentences)
    if counted.words >= SHORTEST_PAGE and counted.lix > HIGHEST_LIX:
        faults.append(f"LIX {counted.lix:.1f} of {counted.words} words, {counted.long_words} of them long")
    return faults


def read_sentences(page: str, part: str = "main") -> list[str]:
    """The sentences of a page but those that the guide lets pass, each with its reason."""
    sentences = (sentence for text in read_texts(page, part) for sentence in split_sentences(text))
    return [sentence for sentence in sentences if sentence not in _named()]


def answer_of(scenario: str, question: str) -> Answer:
    """What the person answers, or else “vet ikke”, as the page of the question has it."""
    answer: Answer = SCENARIOS[f"{scenario}.yaml"].answers.get(question, "unknown")
    return (QUESTIONS[question].dont_know or answer) if answer == "unknown" and question in QUESTIONS else answer


def every_page(visitor: Visitor, scenario: str) -> Iterator[tuple[str, str]]:
    """Each page that the person of a scenario meets, from the first question to the result."""
    visitor.begin(desk=str(answer_of(scenario, "for_whom")).startswith("staff"))
    while visitor.kind != "result":
        yield (visitor.question if visitor.kind == "question" else visitor.kind), visitor.text
        if visitor.kind != "question":
            visitor.get(find(r'<a class="ds-button onward" href="([^"]+)"', visitor.text))
        else:
            assert visitor.answer(answer_of(scenario, visitor.question)).status_code == 200
    yield "result", visitor.text


@pytest.mark.parametrize("scenario", PLAYED)
def test_every_page_of_a_visit_reads_plainly(real_client: Visitor, scenario: str) -> None:
    faults = {name: found for name, page in every_page(real_client, scenario) if (found := faults_of(page))}
    assert faults == {}


def test_every_page_that_stands_open_reads_plainly(real_client: Visitor, real_app: Flask) -> None:
    rules = [rule for rule in real_app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    faults, read = {}, 0
    for rule in rules:
        response = real_client.get(rule.rule)
        if response.mimetype == "text/html" and "<main" in real_client.text:
            read += 1
            if found := faults_of(real_client.text):
                faults[rule.rule] = found
    assert read >= 8
    assert faults == {}


def test_the_steps_and_a_share_of_services_and_tables_read_plainly(real_client: Visitor, real_app: Flask) -> None:
    guide = real_app.extensions["rett-trinn"].guide
    paths = [
        *(f"/trappen/{number}" for number in guide.steps),
        *(f"/tilbud/{id_}" for id_ in [*guide.services][::7]),
        *(f"/slik-virker-det/{id_}" for id_ in [*guide.needs][::7]),
    ]
    faults = {}
    for path in paths:
        real_client.get(path)
        if found := faults_of(real_client.text):
            faults[path] = found
    assert faults == {}


def test_every_text_of_the_program_itself_is_short_and_says_no_official_words() -> None:
    said = [
        *extract_from_dir(str(ROOT / "templates"), [("**.html", "jinja2")]),
        *extract_from_dir(
            str(ROOT / "wizard"), [("**.py", "python")], keywords={**DEFAULT_KEYWORDS, "lazy_gettext": None}
        ),
    ]
    texts = [text for _, _, message, _, _ in said for text in (message if isinstance(message, tuple) else (message,))]
    sentences = [sentence for text in texts if text for sentence in split_sentences(text)]
    assert len(sentences) > 500
    assert [sentence for sentence in sentences if len(split_words(sentence)) > LONGEST_SENTENCE] == []
    official = official_pattern(SOURCES.whole["plain"].words)
    assert [sentence for sentence in sentences if official.search(sentence.lower())] == []


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("<h1>En</h1><p>To <b>tre</b> fire.</p>", ["En", "To tre fire."]),
        ("Før<ul><li>En</li><li>To</li></ul>etter", ["Før", "En", "To", "etter"]),
        ("<a href='/'><span>En</span> to<p>Tre</p>fire</a> fem", ["En to", "Tre", "fire fem"]),
        ("<svg><text>Usett</text></svg><p>Sett<script>x</script></p>", ["Sett"]),
        ("<div class='decision'>Regler</div><label>Svar</label>", ["Svar"]),
    ],
)
def test_the_texts_of_a_page_are_told_apart(body: str, texts: list[str]) -> None:
    assert read_texts(f'<body data-page="start"><main>{body}</main></body>') == texts
