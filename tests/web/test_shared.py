"""What is rendered once for many never tells one of another, and is what would have been rendered for each alone."""

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, render_template

from bench.journeys import fill_in, is_result, way_on
from tests.conftest import Visitor
from wizard.web import question_page, result_page
from wizard.web.question_page import QuestionPage
from wizard.web.result_page import ResultPage
from wizard.web.shared import render_shared

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
LEFT = re.compile(r'data-longest="(\d+)"')
Page = QuestionPage | ResultPage
LANGUAGES = ("nb", "nn", "en", "uk", "pl", "ar")


def pages_of(visitor: Visitor, seed: int) -> Iterator[str]:
    """Every page of a visit with random answers."""
    chance = random.Random(seed)
    visitor.begin()
    while not is_result(visitor.text):
        yield visitor.text
        form = fill_in(visitor.text, chance)
        if form is None:
            visitor.client.get(way_on(visitor.text))
            visitor.get("/resultat")
        else:
            visitor.post(visitor.path, {"question": form["question"], "answer": form["answer"]})
    yield visitor.text


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every page that has a frame is rendered a second time from the beginning, and must be the same."""
    seen: list[str] = []
    for module, kind in ((question_page, QuestionPage), (result_page, ResultPage)):
        render: Callable[[Any], str] = kind.render

        def twice(self: Page, render: Callable[[Any], str] = render, template: str = module._TEMPLATE) -> str:
            shared, alone = render(self), render_template(template, page=self)
            assert LEFT.sub("", shared) == LEFT.sub("", alone)
            seen.append(shared)
            return shared

        monkeypatch.setattr(kind, "render", twice)
    return seen


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_shared_page_is_what_would_be_rendered_for_the_visitor_alone(
    language: str, real_app: Flask, compared: list[str]
) -> None:
    for seed in range(3):
        assert [*pages_of(Visitor(real_app.test_client(), language), seed)]
    assert len(compared) > 12
    assert sum(map(is_result, compared)) == 3


def test_every_visitor_meets_only_their_own_token(real_app: Flask) -> None:
    visits = [pages_of(Visitor(real_app.test_client()), seed) for seed in (1, 1, 2, 2)]
    tokens: list[set[str]] = [set(), set(), set(), set()]
    while visits_left := [(own, next(visit, None)) for own, visit in zip(tokens, visits, strict=True)]:
        if not any(page for _, page in visits_left):
            break
        for own, page in visits_left:
            own.update(token.partition(".")[0] for token in TOKEN.findall(page or ""))
    assert [len(own) for own in tokens] == [1, 1, 1, 1]
    assert len(set.union(*tokens)) == 4


def test_no_page_shows_where_something_was_filled_in(real_app: Flask) -> None:
    hole = str(real_app.extensions["rett-trinn-shared"]._hole)
    for seed in range(4):
        for page in pages_of(Visitor(real_app.test_client()), seed):
            assert hole not in page
            assert page.count("<form") == page.count("</form>")


def test_an_answer_stands_in_nothing_that_is_kept(real_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Page] = []

    def look(template: str, frame: Page, page: Page) -> str:
        kept.append(frame)
        return render_shared(template, frame, page)

    for module in (question_page, result_page):
        monkeypatch.setattr(module, "render_shared", look)
    for seed in range(4):
        assert [*pages_of(Visitor(real_app.test_client()), seed)]
    for frame in kept:
        if isinstance(frame, QuestionPage):
            assert frame == QuestionPage(frame.number, frame.extra, frame.sheet)
        else:
            assert frame == ResultPage(frame.shell)
    assert {type(frame) for frame in kept} == {QuestionPage, ResultPage}
