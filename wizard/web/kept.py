"""A visit as it is kept under a code: what is written down, how it is taken up again, and what has changed since."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from wizard.guide.guide import Guide
from wizard.rules.answers import read_answers
from wizard.rules.visit import assess
from wizard.web.language import say_date
from wizard.web.visit import Given, Kept, Visit


@dataclass(frozen=True, slots=True)
class Change:
    """A need whose step is another one than when the answers were kept."""

    title: str
    then: int
    now: int


@dataclass(frozen=True, slots=True)
class Since:
    """What somebody who opened a code is told. ``gone``: something of it is no longer in the guide."""

    day: str
    changes: tuple[Change, ...]
    gone: bool


def keep_under_code(guide: Guide, visit: Visit, *, since: date, until: date) -> Kept:
    """The note in the visit that its answers are kept as they are now."""
    return Kept(since.isoformat(), until.isoformat(), digest(visit.answers), steps_of(guide, visit))


def write_down(visit: Visit, kept: Kept) -> dict[str, Any]:
    """What is sealed: the answers and what they led to. Nothing else of the visit, and not who it was."""
    return {"revision": visit.revision, "answers": dict(visit.answers), "desk": visit.desk, "kept": asdict(kept)}


def take_up(code: str, data: Any, *, until: date) -> Visit | None:
    """A visit that begins with what was kept; None where another edition wrote what we cannot read."""
    try:
        kept = replace(Kept(**data["kept"]), until=until.isoformat(), opened=True)
        answers, desk = dict(data["answers"]), bool(data["desk"])
        return Visit(data["revision"], started=0, seen=0, answers=answers, desk=desk, code=code, kept=kept)
    except (TypeError, KeyError, ValueError):
        return None


def steps_of(guide: Guide, visit: Visit) -> dict[str, int]:
    """The step of each need."""
    masks, _ = read_answers(guide.ruleset, visit.answers)
    return {need.need: need.step for subject in assess(guide.ruleset, masks).subjects for need in subject.needs}


def digest(answers: Mapping[str, Given]) -> str:
    """A mark by which changed answers are known from kept ones."""
    return hashlib.sha256(json.dumps(answers, sort_keys=True).encode()).hexdigest()[:16]


def since_kept(guide: Guide, visit: Visit) -> Since | None:
    """What differs from when the answers were kept, for somebody who has opened them."""
    kept = visit.kept
    if kept is None or not kept.opened:
        return None
    changes = tuple(_changes(guide, kept.steps, steps_of(guide, visit)))
    return Since(say_date(date.fromisoformat(kept.since)), changes, gone=bool(set(kept.steps) - set(guide.needs)))


def _changes(guide: Guide, then: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Change]:
    for need, step in now.items():
        if need in then and then[need] != step:
            yield Change(guide.needs[need].title, then[need], step)
