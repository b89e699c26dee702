"""The table of days by which a clock that has jumped is noticed."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class LastPurge(Base):
    """Row 1: the day of the last purge. Row 2: the latest day that was seen (:mod:`wizard.store.steady`)."""

    __tablename__ = "last_purge"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
