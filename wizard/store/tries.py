"""Counts tries, so that all servers that share a database agree on what is too often.

What was tried, and from where, is a mark that cannot be turned back without the pepper, and gone when its time is out.
A window begins with the first try. A row that ends later than a window can, since the clock was ahead, counts no more.
"""

import time
from typing import Any

from sqlalchemy import case, delete, func, or_, select
from sqlalchemy.orm import Session

from wizard.store.database import insert_or_change
from wizard.store.tries_tables import Tries
from wizard.store.vault import Vault

LONGEST_SECONDS = 24 * 60 * 60
"""No window is longer."""
_APART = 5
"""Seconds by which the clocks of two servers may differ."""


def mark_of_try(vault: Vault, what: str) -> bytes:
    """By what tries of one kind are counted."""
    return vault.lookup(f"tries {what}")


def count_try(session: Session, mark: bytes, *, seconds: int) -> int:
    """One more try; tells how many it is in its window."""
    now = _now()
    over = or_(Tries.until <= now, Tries.until > now + seconds + _APART)
    first = {"count": 1, "until": now + seconds}
    later: dict[str, Any] = {
        "count": case((over, 1), else_=Tries.count + 1),
        "until": case((over, now + seconds), else_=Tries.until),
    }
    insert_or_change(session, Tries, {"mark": mark} | first, later)
    return session.scalars(select(Tries.count).where(Tries.mark == mark)).one()


def forget_old_tries(session: Session) -> bool:
    """Delete what is out of time, and tell whether anything is left. What somebody is counting just now is left too."""
    now = _now()
    old = or_(Tries.until <= now, Tries.until > now + LONGEST_SECONDS + _APART)
    gone = select(Tries.mark).where(old).with_for_update(skip_locked=True)
    session.execute(delete(Tries).where(Tries.mark.in_(gone)))
    return bool(session.scalar(select(func.count()).select_from(Tries)))


def _now() -> int:
    return int(time.time())
