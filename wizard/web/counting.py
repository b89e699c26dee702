"""What a visit adds to the overview: once, when its result is shown, and until then the question where it stands.

Nothing here asks the database (see :mod:`wizard.web.tally`), and no row is kept of whoever visits. That a visit has
been counted stands in its own cookie: as ``3 self.age``, its third place, or as :data:`DONE`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask import Flask, current_app

from wizard.guide.guide import Guide
from wizard.rules.outcome import NeedOutcome, Outcome
from wizard.search.ages import AGE
from wizard.store.counters import Key, What, add_counts
from wizard.store.helped import quarter_of
from wizard.store.saved import today
from wizard.web.content import current_guide
from wizard.web.session import keep_visit, live_visit
from wizard.web.sheets import FOR_WHOM
from wizard.web.stored import can_store, store
from wizard.web.tally import Tally
from wizard.web.visit import Given, Visit
from wizard.web.walk import Walk

_KEY = "rett-trinn-tally"
DONE = "done"
Change = tuple[Key, int]


def register_counting(app: Flask) -> None:
    """Count, where there is a database for the numbers to end in."""

    def write(counts: Mapping[Key, int]) -> None:
        with app.app_context(), store().database.writing() as session:
            add_counts(session, counts)

    with app.app_context():
        if can_store():
            app.extensions[_KEY] = Tally(write)


def write_down(app: Flask) -> None:
    """Write down what still lies in memory, since nobody is going to visit this process any more."""
    found: Tally | None = app.extensions.get(_KEY)
    if found:
        found.flush()


def tally() -> Tally | None:
    """Where numbers are added; None where nothing is counted."""
    found: Tally | None = current_app.extensions.get(_KEY)
    return found


def count_place(path: Walk) -> None:
    """Move a visit from the question where it stood to the one where it stands now.

    It counts from its first answer on, so that those who only look in are not taken for somebody who gave up.
    """
    visit, counting = live_visit(), tally()
    if counting is None or path.next is None or FOR_WHOM not in visit.answers or _is_counted(visit):
        return
    number, _, before = visit.counted.partition(" ")
    place = f"{path.voice}.{path.next}"
    if place == before:
        return
    visit = replace(visit, counted=f"{int(number or 0) + 1} {place}")
    keep_visit(visit)
    counting.add(f"{visit.code} {number}", [*_standing(before, -1), *_standing(place, 1)])


def count_result(path: Walk) -> None:
    """Count what a visit came to, the first time that it does."""
    visit, counting = live_visit(), tally()
    if counting is None or _is_counted(visit):
        return
    left = _standing(visit.counted.partition(" ")[2], -1)
    keep_visit(replace(visit, counted=DONE))
    counting.add(f"{visit.code} {DONE}", [*left, *outcome_changes(path.outcome, visit.answers, path.voice)])


def outcome_changes(outcome: Outcome, answers: Mapping[str, Given], voice: str) -> Iterator[Change]:
    """What an outcome of these answers adds, whoever asked for it."""
    guide = current_guide()
    needs = [need for subject in outcome.subjects for need in subject.needs]
    yield from ((key, 1) for need in needs for key in _need_keys(guide, need, _age(answers)))
    yield _key(guide, What.TOP, step=max((need.step for need in needs), default=0), who=voice), 1


def _need_keys(guide: Guide, need: NeedOutcome, age: str) -> Iterator[Key]:
    yield _key(guide, What.NEED, need.need, need.step, age)
    if need.fell_short:
        yield _key(guide, What.SHORT, need.need, need.floor)
    elif not (need.services or need.included or need.ask_about):
        yield _key(guide, What.NOTHING, need.need, need.step)


def _age(answers: Mapping[str, Given]) -> str:
    given = answers.get(AGE, "")
    return given if isinstance(given, str) else ""


def _standing(place: str, change: int) -> list[Change]:
    """What changes where somebody comes to a place like ``self.age``, or leaves it."""
    voice, _, question = place.partition(".")
    return [(_key(current_guide(), What.WAITING, question, who=voice), change)] if question else []


def _is_counted(visit: Visit) -> bool:
    """A visit that opened a code was counted when its answers were given."""
    return visit.counted == DONE or (visit.kept is not None and visit.kept.opened)


def _key(guide: Guide, what: What, about: str = "", step: int = 0, who: str = "") -> Key:
    return Key(quarter_of(today()), guide.id, what, about, step, who)
