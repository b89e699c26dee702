"""The table of who has opened and changed what. The database itself refuses to change or delete its rows.

The triggers stand in the migration that makes the table. Only rows older than :data:`KEPT_AT_LEAST_DAYS` can be
deleted.
"""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base

KEPT_AT_LEAST_DAYS = 90
LONGEST_ABOUT = 40


class AccessLog(Base):
    """That somebody did something at a moment.

    ``about`` is a reference, a number, the way of a login, a page or the name of an account; never anything of whom
    the desk helps.
    """

    __tablename__ = "access_log"

    id: Mapped[int] = mapped_column(primary_key=True)
    moment: Mapped[int] = mapped_column(BigInteger, index=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id"))
    act: Mapped[str] = mapped_column(String(20))
    about: Mapped[str] = mapped_column(String(LONGEST_ABOUT), index=True)

    __table_args__ = ({"sqlite_autoincrement": True},)
