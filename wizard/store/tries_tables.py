"""The table of how often something was tried lately. Its rows live for minutes, and tell nobody's address or name."""

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class Tries(Base):
    """How often something was tried under a mark, until the second ``until`` since 1970. Then it counts from one."""

    __tablename__ = "tries"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    count: Mapped[int]
    until: Mapped[int] = mapped_column(BigInteger, index=True)
