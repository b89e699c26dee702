"""Counts answers to "did it help?": one number per quarter, guide, answer and offer, and no row per person."""

from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from wizard.store.database import insert_or_change
from wizard.store.models import HelpCount


class Helped(StrEnum):
    """Whether the guide helped."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


def quarter_of(day: date) -> str:
    """The quarter of a day: 2026-Q4. No finer time is kept."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def count_answer(session: Session, *, day: date, guide: str, answer: Helped, about: str) -> None:
    """One more who answered this. ``about`` is a need or a service, or empty."""
    key = {"quarter": quarter_of(day), "guide": guide, "answer": answer.value, "about": about}
    insert_or_change(session, HelpCount, key | {"count": 1}, {"count": HelpCount.count + 1})
