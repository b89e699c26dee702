"""The tables of those who work at the desk, and of their sessions.

``moment`` columns are seconds since 1970 in UTC: a session of minutes cannot do with days.
"""

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wizard.store.models import Base


class StaffUser(Base):
    """Somebody who may log in at the desk.

    ``totp`` is sealed with the field key, and ``totp_step`` the last step whose code was used. ``enrolled`` says that
    password and codes have been confirmed. ``enrol_mark`` finds the account by its one-time code until ``enrol_until``.
    ``provider_mark`` finds it by what the login provider calls the person; nobody can tell that name from it.
    """

    __tablename__ = "staff_user"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    role: Mapped[str] = mapped_column(String(10))
    disabled: Mapped[bool] = mapped_column(default=False)
    enrolled: Mapped[bool] = mapped_column(default=False)
    password: Mapped[str] = mapped_column(String(200), default="")
    totp: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    totp_step: Mapped[int] = mapped_column(BigInteger, default=0)
    enrol_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True, default=None)
    enrol_until: Mapped[int] = mapped_column(BigInteger, default=0)
    provider_mark: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True, default=None)


class StaffSession(Base):
    """That somebody is at the desk in one browser. ``mark`` is the digest of what the browser's cookie holds.

    ``confirmed`` tells that everything asked for at login has been given; until then the session opens nothing but
    the rest of the login.
    """

    __tablename__ = "staff_session"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("staff_user.id", ondelete="CASCADE"), index=True)
    confirmed: Mapped[bool]
    created: Mapped[int] = mapped_column(BigInteger)
    seen: Mapped[int] = mapped_column(BigInteger)
