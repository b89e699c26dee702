"""People tick what they ask for, not always what they need: after the choice, a few needs that lie near to it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, request
from werkzeug.wrappers import Response

from wizard.guide.guide import Guide
from wizard.rules.model import NEEDS
from wizard.web.onward import go_on, live_walk
from wizard.web.session import keep_visit, live_visit
from wizard.web.sheets import MOST_NEEDS
from wizard.web.visit import Visit
from wizard.web.walk import Walk, hidden_needs

related = Blueprint("related", __name__)
_MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class RelatedNeed:
    """A need that the guide says lies near to one of those chosen."""

    id: str
    title: str


def related_needs(guide: Guide, visit: Visit, path: Walk, question: str) -> tuple[RelatedNeed, ...]:
    """Up to three needs to add, on the page that comes right after the choice and nowhere else."""
    if not _follows_the_choice(path, question):
        return ()
    chosen = _chosen(visit)
    if len(chosen) >= MOST_NEEDS:
        return ()
    hidden = hidden_needs(guide, path.settled)
    found = dict.fromkeys(id_ for id_ in _near(guide, chosen) if id_ not in hidden)
    return tuple(RelatedNeed(id_, guide.needs[id_].title) for id_ in list(found)[:_MOST_SHOWN])


def picked_needs(guide: Guide, path: Walk, question: str) -> tuple[str, ...]:
    """What was chosen, on the same page: also somebody who chose it in the search is told where that answer went."""
    chosen = path.trail.needs if _follows_the_choice(path, question) else ()
    return tuple(guide.needs[id_].title for id_ in chosen)


def _follows_the_choice(path: Walk, question: str) -> bool:
    """Whether a question waits for its answer right after the choice of needs."""
    if NEEDS not in path.pages or question != path.next:
        return False
    return path.pages.index(question) == path.pages.index(NEEDS) + 1


def _near(guide: Guide, chosen: list[str]) -> Iterator[str]:
    return (id_ for need in chosen for id_ in guide.needs[need].related if id_ not in chosen)


def _chosen(visit: Visit) -> list[str]:
    given = visit.answers.get(NEEDS, [])
    return [*given] if isinstance(given, list) else []


@related.post("/legg-til")
def add() -> Response:
    """Add one need to those chosen, and go on; what is not offered is passed over."""
    visit, path = live_visit(), live_walk()
    offered = related_needs(path.guide, visit, path, path.next or "")
    wanted = request.form.get("need")
    if wanted in {need.id for need in offered}:
        keep_visit(replace(visit, answers={**visit.answers, NEEDS: [*_chosen(visit), wanted]}))
    return go_on(live_walk())
