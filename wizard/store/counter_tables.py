"""The tables of counters: one number per quarter and kind of visit, and no row per person.

They hold ids of the guide and numbers, nothing else, and no time finer than a quarter.
"""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class VisitCount(Base):
    """How many visits had this in common. ``what`` says what is counted, see :class:`wizard.store.counters.What`.

    ``about`` is a need or a question, ``step`` a step or 0, ``who`` an age group or a voice; each may be empty.
    """

    __tablename__ = "visit_count"

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    guide: Mapped[str] = mapped_column(String(100), primary_key=True)
    what: Mapped[str] = mapped_column(String(10), primary_key=True)
    about: Mapped[str] = mapped_column(String(60), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    who: Mapped[str] = mapped_column(String(60), primary_key=True)
    count: Mapped[int]


class OverrideCount(Base):
    """How often the desk set another step than the guide, for a need and a reason."""

    __tablename__ = "override_count"

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    guide: Mapped[str] = mapped_column(String(100), primary_key=True)
    need: Mapped[str] = mapped_column(String(60), primary_key=True)
    from_step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    to_step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    reason: Mapped[str] = mapped_column(String(60), primary_key=True)
    count: Mapped[int]
