"""The table of those who have asked to be called. ``moment`` columns are seconds since 1970."""

from datetime import date

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class CallBack(Base):
    """Somebody who has asked to be called.

    ``receipt`` finds the request by its receipt number, which is not kept. ``sealed`` is all that the person wrote.
    ``handled`` is the day on which nothing more was to be done; ``once`` the form of the last change.
    """

    __tablename__ = "call_back"

    id: Mapped[int] = mapped_column(primary_key=True)
    receipt: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[int] = mapped_column(BigInteger)
    opened: Mapped[int | None] = mapped_column(BigInteger, default=None)
    state: Mapped[str] = mapped_column(String(10))
    tries: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    once: Mapped[str] = mapped_column(String(32), default="")
    handled: Mapped[date | None] = mapped_column(default=None, index=True)

    __table_args__ = ({"sqlite_autoincrement": True},)
