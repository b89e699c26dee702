"""The tables of enquiries. What a person needs, and every word of staff, is sealed with the field key.

In the clear stands only what the list is sorted and filtered by, and what tells nothing about anybody's life.
"""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class Enquiry(Base):
    """An enquiry under its reference. ``once`` is the form it was made with, so that it is made once.

    ``sealed`` is the outcome it began with, which never changes. The rest is how it stands now, as in its last version.
    """

    __tablename__ = "enquiry"

    reference: Mapped[str] = mapped_column(String(16), primary_key=True)
    once: Mapped[str] = mapped_column(String(32), unique=True)
    created: Mapped[date]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int]
    status: Mapped[str] = mapped_column(String(10), index=True)
    follow_up: Mapped[str] = mapped_column(String(10))
    unit: Mapped[str] = mapped_column(String(100))
    due: Mapped[date | None] = mapped_column(default=None)
    closed: Mapped[date | None] = mapped_column(default=None, index=True)


class EnquiryVersion(Base):
    """How an enquiry stood after a change: who made it, when, and all of it, sealed. The history is made of these."""

    __tablename__ = "enquiry_version"

    reference: Mapped[str] = mapped_column(ForeignKey("enquiry.reference", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    once: Mapped[str] = mapped_column(String(32), unique=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"))
    moment: Mapped[int] = mapped_column(BigInteger)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class EnquiryNumber(Base):
    """The last number of a year; it only grows, so that no reference is ever given twice."""

    __tablename__ = "enquiry_number"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]
