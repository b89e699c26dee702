"""One question per page: show it, check the answer, remember it, and go on to the next."""

from collections.abc import Iterable
from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from wizard.guide.guide import Guide
from wizard.rules.model import NEEDS
from wizard.rules.tops import unheard_tops
from wizard.web.content import content
from wizard.web.onward import go_on, live_walk
from wizard.web.pause import pauses_before
from wizard.web.question_page import Above, Picked, Place, QuestionPage
from wizard.web.related import picked_needs, related_needs
from wizard.web.session import keep_visit, live_visit
from wizard.web.sheets import UNKNOWN_CHOICE, Sheet, given_answer
from wizard.web.visit import Given, Visit
from wizard.web.walk import Walk, hidden_needs

questions = Blueprint("questions", __name__)
Answered = Response | tuple[str, int]


@questions.get("/sporsmal/<int:number>")
def show(number: int) -> Response | str:
    """A question of the path; a number beyond it leads to where the visitor is."""
    visit, path = _now()
    if not 1 <= number <= len(path.pages):
        return go_on(path)
    question = path.pages[number - 1]
    if pauses_before(visit, path, question):
        return redirect(url_for("pause.show"), 303)
    if visit.updated:
        keep_visit(replace(visit, updated=False))
    return _make_page(visit, path, question).render()


@questions.post("/sporsmal/<int:number>")
def answer(number: int) -> Answered:
    """Take the answer to the question that the form named, wherever it stands in the path now."""
    visit, path = _now()
    question = request.form.get("question") or "".join(path.pages[number - 1 : number])
    if not path.is_open(question):
        return go_on(path)
    return _take(visit, path, question) or go_on(live_walk())


@questions.get("/tillegg/<int:number>")
def show_extra(number: int) -> Response | str:
    """A question that may be answered at the end, never must."""
    visit, path = _now()
    if path.next or not 1 <= number <= len(path.extras):
        return go_on(path)
    return _make_page(visit, path, path.extras[number - 1]).render()


@questions.post("/tillegg/<int:number>")
def answer_extra(number: int) -> Answered:
    """Take the answer and go back to the result, or to what it has opened."""
    visit, path = _now()
    if not 1 <= number <= len(path.extras):
        return go_on(path)
    return _take(visit, path, path.extras[number - 1]) or go_on(live_walk())


def _now() -> tuple[Visit, Walk]:
    return live_visit(), live_walk()


def _take(visit: Visit, path: Walk, question: str) -> Answered | None:
    """Remember the answer; where it cannot be one, the page again with what is wrong."""
    sheet = _sheet(visit, path, question)
    form = sheet.form(request.form)
    ticks = request.form.getlist("answer")
    fault = "" if form.validate() else str(form["answer"].errors[0])
    if not fault and not set(ticks) <= {choice.value for choice in sheet.choices}:
        fault = str(UNKNOWN_CHOICE)
    if fault and question not in path.pages + path.extras:
        return go_on(path)
    if fault:
        return _make_page(visit, path, question, chosen=ticks, fault=fault).render(), 422
    answers = {**visit.answers, question: given_answer(sheet, form)}
    keep_visit(replace(visit, answers=answers, warned=path.trail.dangers))
    return None


def _sheet(visit: Visit, path: Walk, question: str) -> Sheet:
    """The sheet without needs that nobody here can have, and without answers that no chosen need listens to."""
    return content().sheets.find(question, path.voice, desk=visit.desk, hidden=_hidden(visit, path, question))


def _hidden(visit: Visit, path: Walk, question: str) -> Iterable[str]:
    guide = path.guide
    if question == NEEDS:
        return hidden_needs(guide, path.settled)
    needs = path.needs
    notes = (note.when for need in needs for note in guide.notes[need.id])
    tops = unheard_tops(guide.ruleset, needs, guide.ruleset.questions[question], notes)
    return (top for top in tops if top != visit.answers.get(question))


def _make_page(visit: Visit, path: Walk, question: str, chosen: Given | None = None, fault: str = "") -> QuestionPage:
    guide = path.guide
    extra = question not in path.pages
    pages = path.extras if extra else path.pages
    number = pages.index(question) + 1
    given = visit.answers.get(question, ()) if chosen is None else chosen
    urgent = path.trail.dangers
    told = frozenset(visit.warned)
    done = path.next is None
    return QuestionPage(
        number=number,
        extra=extra,
        sheet=_sheet(visit, path, question),
        above=Above(
            number=number,
            voice=path.voice,
            done=done,
            updated=visit.updated,
            dangers=tuple(danger for danger in urgent if danger not in told),
            earlier_dangers=tuple(danger for danger in urgent if danger in told),
        ),
        place=Place(number, extra, done, _left(visit, path, question)),
        picked=_picked(guide, path, question, number),
        related=related_needs(guide, visit, path, question),
        chosen=frozenset([given] if isinstance(given, str) else given),
        fault=fault,
    )


def _left(visit: Visit, path: Walk, question: str) -> int | None:
    """How many may still come after this one; nobody can tell before the needs are chosen."""
    return None if path.next is None or NEEDS not in visit.answers else path.trail.left - (question == path.next)


def _picked(guide: Guide, path: Walk, question: str, number: int) -> Picked | None:
    needs = picked_needs(guide, path, question)
    return Picked(number - 1, needs) if needs else None
