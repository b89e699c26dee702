"""The queue of those who have asked to be called: the oldest first, each opened by whoever calls, which is logged.

Nothing of a request is ever copied into an enquiry: names and telephone numbers stay here, and go with it.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from wizard.desk.enquiry_form import is_once
from wizard.desk.moments import is_late, say_age, say_moment
from wizard.desk.staff import live_staff
from wizard.store.callbacks import HANDLED, State, Waiting, Wish, change_call, list_waiting, open_call
from wizard.store.drafts import Fate
from wizard.store.enquiries import Edit
from wizard.store.retention import CALL_BACK_DAYS
from wizard.web.content import content, current_guide
from wizard.web.language import lazy_gettext, say_date
from wizard.web.present import AnswerRow, present_result
from wizard.web.stored import store
from wizard.web.visit import Visit
from wizard.web.walk import renew, walk

callbacks = Blueprint("callbacks", __name__, url_prefix="/skranke/ring-tilbake")

STATE: Mapping[State, str] = {
    State.WAITING: lazy_gettext("Venter"),
    State.AGAIN: lazy_gettext("Ikke fått tak i, ring igjen"),
    State.CALLED: lazy_gettext("Snakket med"),
    State.DONE: lazy_gettext("Avsluttet uten samtale"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A request as it stands in the queue. ``gone`` is the day on which it is deleted, once it is handled."""

    id: int
    asked: str
    age: str
    opened: bool
    late: bool
    state: State
    tries: int
    version: int
    gone: str


@dataclass(frozen=True, slots=True)
class Told:
    """What the answers come to that a person sent along: the steps, and the answers in words."""

    needs: tuple[tuple[str, int, str], ...]
    rows: tuple[AnswerRow, ...]


@callbacks.get("")
def show() -> str:
    """The queue, with nothing about anybody."""
    with store().database.writing() as session:
        rows = [_row(waiting) for waiting in list_waiting(session)]
    return render_template(
        "desk/callbacks.html",
        waiting=[row for row in rows if row.state not in HANDLED],
        handled=[row for row in rows if row.state in HANDLED],
        states=STATE,
        days=CALL_BACK_DAYS,
    )


@callbacks.get("/<int:id_>")
def open_one(id_: int) -> str:
    """What a person has written. That it was opened stands in the log."""
    return _page(id_)


@callbacks.post("/<int:id_>")
def change(id_: int) -> Response | tuple[str, int]:
    """Note what came of it."""
    once, version, state = (request.form.get(name, "") for name in ("once", "utgave", "hva"))
    if not is_once(once) or state not in set(State) or not (version.isdecimal() and len(version) < 9):
        abort(400)
    with store().database.writing() as session:
        fate = change_call(session, id_, State(state), Edit(live_staff().id, once, int(version)))
    if fate is Fate.GONE:
        abort(404)
    if fate is Fate.REFUSED:
        return _page(id_, conflict=True), 409
    return redirect(url_for("callbacks.show"), 303)


def _page(id_: int, *, conflict: bool = False) -> str:
    with store().database.writing() as session:
        found = open_call(session, store().field_key, id_, live_staff().id)
    if found is None:
        abort(404)
    waiting, wish = found
    return render_template(
        "desk/callback.html",
        row=_row(waiting),
        wish=wish,
        told=_tell(wish) if wish and wish.answers else None,
        states=STATE,
        conflict=conflict,
        once=secrets.token_hex(16),
        settings=content().settings,
    )


def _row(waiting: Waiting) -> Row:
    return Row(
        id=waiting.id,
        asked=say_moment(waiting.created),
        age=say_age(waiting.created),
        opened=waiting.opened is not None,
        late=waiting.opened is None and is_late(waiting.created, int(time.time())),
        state=waiting.state,
        tries=waiting.tries,
        version=waiting.version,
        gone=_gone(waiting.handled) if waiting.handled else "",
    )


def _gone(handled: date) -> str:
    return say_date(handled + timedelta(CALL_BACK_DAYS + 1))


def _tell(wish: Wish) -> Told:
    """The answers judged by today's guide, in the words that the person was asked in."""
    guide = current_guide()
    visit = renew(guide, Visit(wish.revision, 0, 0, dict(wish.answers or {})))
    result = present_result(guide, content().sheets, visit, walk(guide, visit))
    needs = [need for subject in result.subjects for need in subject.needs]
    return Told(tuple((need.title, need.step.number, need.step.title) for need in needs), result.answers)
