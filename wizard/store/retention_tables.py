"""The table of when cleaning up was last done, by which a clock that has jumped is noticed."""

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class LastPurge(Base):
    """The one row: the day of the last time."""

    __tablename__ = "last_purge"

    id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date]
