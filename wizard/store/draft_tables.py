"""The table of conversations that somebody at the desk is in the middle of."""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class Draft(Base):
    """One conversation, sealed with the field key and bound to its id.

    ``version`` counts the changes. ``writer`` is the page that made the last one, and ``turn`` its number there: so a
    page that sends something twice, or late, is known from a page that knows nothing of the last change.
    ``begun`` and ``changed`` are seconds since 1970 in UTC.
    """

    __tablename__ = "draft"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[int] = mapped_column(ForeignKey("staff_user.id", ondelete="CASCADE"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    version: Mapped[int]
    writer: Mapped[str] = mapped_column(String(32))
    turn: Mapped[int]
    begun: Mapped[int] = mapped_column(BigInteger)
    changed: Mapped[int] = mapped_column(BigInteger, index=True)
