"""Asks once, at the end, whether the guide helped, and counts the answer.

No row is kept of whoever answered, but for a mark that lasts as long as a visit can, so that a form counts once on
whichever server it arrives.

Where the database does not answer, the visitor is thanked all the same, and told that it could not be counted.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from wizard.guide.guide import Guide
from wizard.rules.outcome import Outcome
from wizard.store.errors import StoreUnavailableError
from wizard.store.helped import Helped, count_answer
from wizard.store.saved import today
from wizard.web.content import content
from wizard.web.limits import first_time
from wizard.web.onward import live_walk
from wizard.web.session import keep_visit, live_visit
from wizard.web.stored import is_own_form, store

helped = Blueprint("helped", __name__)

COUNTED, MISSED = "counted", "missed"


class Asked(NamedTuple):
    """What the answer may be about: the needs and services of a result, by what they are counted as."""

    needs: Mapping[str, str]
    services: Mapping[str, str]


def what_to_ask_about(guide: Guide, outcome: Outcome) -> Asked | None:
    """What the question may be about; None where a result is about nothing."""
    needs, services = shown_to(guide, outcome)
    return Asked(needs, services) if needs else None


def shown_to(guide: Guide, outcome: Outcome) -> tuple[dict[str, str], dict[str, str]]:
    """The needs of an outcome and the services that are shown, by what they are counted as, with their names."""
    needs: dict[str, str] = {}
    services: dict[str, str] = {}
    for subject in outcome.subjects:
        for need in subject.needs:
            needs[f"need.{need.need}"] = guide.needs[need.need].title
            for id_ in (*need.services, *need.meanwhile, *need.ask_about):
                services[f"service.{id_}"] = guide.services[id_].service.name
    return needs, services


@helped.post("/hjalp-det")
def answer() -> Response:
    """Count an answer, once per visit, and come back to say thanks."""
    visit = live_visit()
    given = request.form.get("answer")
    if given not in set(Helped):
        abort(400)
    once = request.form.get("once", "")
    if not visit.helped and is_own_form(visit, once):
        keep_visit(replace(visit, helped=_count(Helped(given), once)))
    return redirect(url_for("result.show", _anchor="hjalp-det"), 303)


def _count(given: Helped, once: str) -> str:
    guide, about = content().guide, request.form.get("about", "")
    needs, services = shown_to(guide, live_walk().outcome)
    about = about if about in needs | services else ""
    try:
        with store().database.writing() as session:
            if first_time(session, once):
                count_answer(session, day=today(), guide=guide.id, answer=given, about=about)
    except StoreUnavailableError:
        return MISSED
    return COUNTED
