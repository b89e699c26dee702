"""The tables, as typed classes. They hold nothing that can be read without a code, and no time finer than a day."""

from datetime import date

from sqlalchemy import LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables; constraints have predictable names, so that migrations can speak of them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class SavedVisit(Base):
    """Answers under a code. ``lookup`` finds them, the code opens them, ``last_day`` is the last day they live."""

    __tablename__ = "saved_visit"

    lookup: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    last_day: Mapped[date] = mapped_column(index=True)


class HelpCount(Base):
    """How many answered in this way whether the guide helped. ``about`` is a need or a service, or empty."""

    __tablename__ = "help_count"

    quarter: Mapped[str] = mapped_column(String(7), primary_key=True)
    guide: Mapped[str] = mapped_column(String(100), primary_key=True)
    answer: Mapped[str] = mapped_column(String(10), primary_key=True)
    about: Mapped[str] = mapped_column(String(200), primary_key=True)
    count: Mapped[int]
