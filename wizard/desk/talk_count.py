"""Counts what a conversation at the desk came to, as a citizen's visit is counted, and no more often."""

from typing import Any

from wizard.desk.drafts import open_talk
from wizard.desk.filled import VOICE
from wizard.desk.sheet import see
from wizard.desk.staff import live_staff
from wizard.rules.visit import assess
from wizard.store.counters import add_counts
from wizard.store.drafts import note_draft
from wizard.web.content import current_guide
from wizard.web.counting import outcome_changes
from wizard.web.stored import store

_COUNTED = "counted"


def count_talk(draft: str) -> None:
    """Count a conversation of whoever is logged in, the first time this is asked.

    One without a need came to nothing, and one that began with a citizen's code was counted when that was kept.
    """
    talk = open_talk(draft)
    if talk is None or not talk.needs or talk.had is not None:
        return
    changes = outcome_changes(assess(current_guide().ruleset, see(current_guide(), talk).masks), talk.answers, VOICE)
    fresh: list[bool] = []

    def mark(data: Any) -> Any:
        fresh.append(_COUNTED not in data)
        return {**data, _COUNTED: True}

    with store().database.writing() as session:
        note_draft(session, store().field_key, draft, live_staff().id, mark)
        if any(fresh):
            add_counts(session, dict(changes))
