"""The references of enquiries: year, number and a letter that gives a slip of the pen away, as in 2026-0042-K.

The letter is the number modulo 23, like that of Spanish identity numbers: every wrong digit, and every two that have
changed places, give another letter.
"""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from wizard.store.database import insert_or_change
from wizard.store.enquiry_tables import EnquiryNumber

_LETTERS = "ABCDEFGHJKLMNPQRSTVWXYZ"
"""Without I, O and U, which are read as other signs."""
_WRITTEN = re.compile(r"(?:(\d{4})[\s/–-]+)?0*(\d{1,6})[\s/–-]*([A-Z])?")


def new_reference(session: Session, year: int) -> str:
    """The next reference of a year."""
    values = {"year": year, "last": 1}
    insert_or_change(session, EnquiryNumber, values, {"last": EnquiryNumber.last + 1})
    return make_reference(year, session.scalars(select(EnquiryNumber.last).where(EnquiryNumber.year == year)).one())


def make_reference(year: int, number: int) -> str:
    """The reference of a number."""
    digits = f"{number:04d}"
    return f"{year}-{digits}-{_LETTERS[int(f'{year}{digits}') % len(_LETTERS)]}"


def read_reference(text: str, year: int) -> str | None:
    """The reference that somebody wrote, also without the year or the letter; None where it cannot be one."""
    found = _WRITTEN.fullmatch(text.strip().upper())
    if found is None:
        return None
    reference = make_reference(int(found[1] or year), int(found[2]))
    return reference if found[3] in {None, reference[-1]} else None
