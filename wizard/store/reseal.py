"""Seals anew, with the first field key, what an older one sealed, so that the older one can go out of use.

In small steps, and only where a field is still as it was read, so that servers go on meanwhile. Twice does no harm.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import select, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from wizard.store.callback_tables import CallBack
from wizard.store.database import Database
from wizard.store.draft_tables import Draft
from wizard.store.enquiry_tables import Enquiry, EnquiryVersion
from wizard.store.field_key import FieldKey
from wizard.store.places import call_place, draft_place, enquiry_place, totp_place
from wizard.store.schema import prepare
from wizard.store.staff_tables import StaffUser

_AT_ONCE = 100


class Found(Enum):
    """What became of a sealed field."""

    ANEW = "sealed anew"
    ALREADY = "sealed with the first key already"
    MEANWHILE = "changed meanwhile"
    LOST = "opened by none of the keys"


@dataclass(frozen=True, slots=True)
class _Field:
    """A sealed field, by what its row is found, and the place of a row."""

    sealed: InstrumentedAttribute[Any]
    key: tuple[InstrumentedAttribute[Any], ...]
    place: Callable[..., str]


FIELDS = (
    _Field(StaffUser.totp, (StaffUser.id,), totp_place),
    _Field(CallBack.sealed, (CallBack.receipt,), call_place),
    _Field(Draft.sealed, (Draft.id,), draft_place),
    _Field(Enquiry.sealed, (Enquiry.reference,), enquiry_place),
    _Field(EnquiryVersion.sealed, (EnquiryVersion.reference, EnquiryVersion.version), enquiry_place),
)


def reseal(address: str, secrets: Iterable[str]) -> Counter[Found]:
    """Go through every sealed field. Tells how many were found in which state."""
    key, found = FieldKey(secrets), Counter[Found]()
    with closing(Database(address, patient=True)) as database:
        prepare(database)
        for field in FIELDS:
            last: tuple[Any, ...] | None = None
            while rows := _step(database, key, field, last, found):
                last = tuple(rows[-1][1:])
    return found


def _step(
    database: Database, key: FieldKey, field: _Field, last: tuple[Any, ...] | None, found: Counter[Found]
) -> list[Any]:
    """The next rows, each with its field and what it is found by."""
    query = select(field.sealed, *field.key).where(field.sealed.is_not(None)).order_by(*field.key).limit(_AT_ONCE)
    if last is not None:
        query = query.where(tuple_(*field.key) > last)
    with database.writing() as session:
        rows = list(session.execute(query))
        found.update(_renew(session, key, field, sealed, tuple(by)) for sealed, *by in rows)
    return rows


def _renew(session: Session, key: FieldKey, field: _Field, sealed: bytes, by: tuple[Any, ...]) -> Found:
    anew = key.renew(sealed, field.place(*by))
    if anew is None:
        return Found.LOST
    if anew == sealed:
        return Found.ALREADY
    as_read = [column == value for column, value in zip(field.key, by, strict=True)]
    change = update(field.sealed.class_).where(*as_read, field.sealed == sealed).values({field.sealed: anew})
    return Found.ANEW if session.execute(change.returning(*field.key)).all() else Found.MEANWHILE
