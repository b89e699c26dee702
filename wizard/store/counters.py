"""Counts what people need and what they are shown: numbers per quarter, added to and never taken apart again.

A visit counts once. What it adds are ids of the guide; nothing that came from a keyboard ever gets here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wizard.store.counter_tables import OverrideCount, VisitCount
from wizard.store.database import insert_or_change
from wizard.store.helped import quarter_of
from wizard.store.models import Base, HelpCount


class What(StrEnum):
    """What a number of visits have in common.

    ``NEED``: a result for a need, on a step, for somebody of an age. ``SHORT`` and ``NOTHING``: no service of the
    ladder reaches as high as the need; nothing on the step fits. ``TOP``: the highest step of a visit, 0 without any.
    ``WAITING``: a visit stands before a question, or has ended there.
    """

    NEED = "need"
    SHORT = "short"
    NOTHING = "nothing"
    TOP = "top"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """What one number counts. ``about`` is a need or a question, ``who`` an age group or a voice."""

    quarter: str
    guide: str
    what: What
    about: str = ""
    step: int = 0
    who: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Override:
    """That the desk set another step than the guide, for a need and a reason."""

    need: str
    from_step: int
    to_step: int
    reason: str


def add_counts(session: Session, counts: Mapping[Key, int]) -> None:
    """Add to the numbers, always in the same order, so that servers that do it at once never wait in a circle."""
    for key, count in sorted(counts.items()):
        values = {name: getattr(key, name) for name in Key.__slots__}
        _add(session, VisitCount, {**values, "what": key.what.value}, count)


def count_override(session: Session, *, day: date, guide: str, override: Override) -> None:
    """One more time that the desk set another step. ``reason`` is an id, never somebody's words."""
    values = {name: getattr(override, name) for name in Override.__slots__}
    _add(session, OverrideCount, {"quarter": quarter_of(day), "guide": guide} | values, 1)


def _add(session: Session, table: Any, values: dict[str, Any], count: int) -> None:
    insert_or_change(session, table, values | {"count": count}, {"count": table.count + count})


def counted_in(session: Session, quarter: str, guide: str) -> dict[Key, int]:
    """The numbers of a quarter. One that came out below nothing, across two quarters, is none."""
    rows: Iterable[VisitCount] = session.scalars(select(VisitCount).filter_by(quarter=quarter, guide=guide))
    keys = {Key(quarter, guide, What(row.what), row.about, row.step, row.who): row.count for row in rows}
    return {key: count for key, count in keys.items() if count > 0}


def overrides_in(session: Session, quarter: str, guide: str) -> dict[Override, int]:
    """How often the desk set another step in a quarter."""
    rows: Iterable[OverrideCount] = session.scalars(select(OverrideCount).filter_by(quarter=quarter, guide=guide))
    return {Override(row.need, row.from_step, row.to_step, row.reason): row.count for row in rows}


def helped_in(session: Session, quarter: str, guide: str) -> dict[tuple[str, str], int]:
    """The answers to "did it help?" in a quarter, by what they are about and what was answered."""
    rows: Iterable[HelpCount] = session.scalars(select(HelpCount).filter_by(quarter=quarter, guide=guide))
    return {(row.about, row.answer): row.count for row in rows}


def periods(session: Session) -> list[tuple[str, str]]:
    """Every guide with a quarter in which something was counted, the newest quarter first."""
    tables: tuple[type[Base], ...] = (VisitCount, OverrideCount, HelpCount)
    found = {tuple(row) for table in tables for row in session.execute(select(table.guide, table.quarter).distinct())}  # type: ignore[attr-defined]
    return sorted(found, key=lambda row: (row[0], row[1]), reverse=True)
