"""Keeps enquiries: made once, changed by one at a time, found while they live, and logged whenever they are opened."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from wizard.store import counters
from wizard.store.access_log import Act, note_access
from wizard.store.drafts import Fate
from wizard.store.enquiry import Begun, Course, Status, read_begun, read_course, write_begun, write_course
from wizard.store.enquiry_tables import Enquiry, EnquiryVersion
from wizard.store.field_key import FieldKey
from wizard.store.moments import in_norway
from wizard.store.places import enquiry_place
from wizard.store.references import new_reference
from wizard.store.saved import today as counted_on
from wizard.store.staff_tables import StaffUser


@dataclass(frozen=True, slots=True)
class Change:
    """What an enquiry became in a version. ``course`` is None where it cannot be opened with today's keys."""

    version: int
    who: str
    moment: int
    course: Course | None


@dataclass(frozen=True, slots=True)
class Kept:
    """An enquiry with its history, the first version first."""

    reference: str
    created: date
    begun: Begun | None
    history: tuple[Change, ...]

    @property
    def latest(self) -> Change:
        """How it stands."""
        return self.history[-1]


@dataclass(frozen=True, slots=True)
class Listed:
    """An enquiry as it stands in the list."""

    reference: str
    created: date
    begun: Begun | None
    status: Status
    follow_up: str
    unit: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Edit:
    """What comes with a change: who makes it, the form it was made with, and the version that the form knew."""

    staff_id: int
    once: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class EnquiryFilter:
    """Which enquiries are asked for. ``status`` empty: those that are not closed; ``late``: those past their day."""

    status: str = ""
    unit: str = ""
    need: str = ""
    late: bool = False


ANY_STATUS = "all"


def add_enquiry(session: Session, key: FieldKey, begun: Begun, course: Course, edit: Edit) -> str:
    """Make an enquiry, unless this form made one already. Tells its reference."""
    today = in_norway(int(time.time())).date()
    if made := _made_with(session, edit.once):
        return made
    reference = new_reference(session, today.year)
    if made := _made_with(session, edit.once):  # by somebody who was given a number just before us
        return made
    sealed = key.seal(write_begun(begun), enquiry_place(reference))
    row = Enquiry(reference=reference, once=edit.once, created=today, sealed=sealed, version=0, status="", follow_up="")
    session.add(row)
    _take(session, key, row, course, edit)
    _count_overrides(session, begun, course)
    note_access(session, edit.staff_id, Act.ENQUIRY_MADE, reference)
    return reference


def change_enquiry(session: Session, key: FieldKey, kept: Kept, course: Course, edit: Edit) -> Fate:
    """Change an enquiry that was found just now, unless somebody else has changed it since the form was made."""
    row = session.get_one(Enquiry, kept.reference, with_for_update=True, populate_existing=True)
    if kept.latest.course == course or session.scalar(select(exists().where(EnquiryVersion.once == edit.once))):
        return Fate.REPEATED
    if row.version != edit.version:
        return Fate.REFUSED
    _take(session, key, row, course, edit)
    _count_overrides(session, kept.begun, course, kept.latest.course)
    note_access(session, edit.staff_id, Act.ENQUIRY_CHANGED, kept.reference)
    return Fate.DONE


def _count_overrides(session: Session, begun: Begun | None, course: Course, before: Course | None = None) -> None:
    """Add the steps that staff have set anew to the overview, each with its reason and nothing of its words."""
    steps = {need.need: need.step for need in begun.needs} if begun else {}
    known = {(o.need, o.step, o.reason) for o in before.overrides} if before else set()
    for o in course.overrides:
        if begun and o.need in steps and (o.need, o.step, o.reason) not in known:
            override = counters.Override(o.need, steps[o.need], o.step, o.reason.value)
            counters.count_override(session, day=counted_on(), guide=begun.guide, override=override)


def _take(session: Session, key: FieldKey, row: Enquiry, course: Course, edit: Edit) -> None:
    """Write the next version."""
    moment = int(time.time())
    closed = course.status is Status.CLOSED
    row.version += 1
    row.status, row.follow_up, row.unit, row.due = course.status, course.follow_up, course.unit, course.due
    row.closed = (row.closed or in_norway(moment).date()) if closed else None
    session.flush()
    sealed = key.seal(write_course(course), enquiry_place(row.reference, row.version))
    session.add(
        EnquiryVersion(
            reference=row.reference,
            version=row.version,
            once=edit.once,
            staff_id=edit.staff_id,
            moment=moment,
            sealed=sealed,
        )
    )


def find_enquiry(session: Session, key: FieldKey, reference: str, *, keep_days: int) -> Kept | None:
    """An enquiry with its history, or None where there is none, or none any more."""
    row = session.scalar(select(Enquiry).where(Enquiry.reference == reference, _lives(keep_days)))
    if row is None:
        return None
    begun = read_begun(key.open(row.sealed, enquiry_place(reference)))
    return Kept(reference, row.created, begun, tuple(_history(session, key, reference)))


def open_enquiry(session: Session, key: FieldKey, reference: str, staff_id: int, *, keep_days: int) -> Kept | None:
    """The same, for somebody who is going to read it; that stands in the log afterwards."""
    found = find_enquiry(session, key, reference, keep_days=keep_days)
    if found:
        note_access(session, staff_id, Act.ENQUIRY_OPENED, reference)
    return found


def list_enquiries(
    session: Session, key: FieldKey, wanted: EnquiryFilter, *, keep_days: int, most: int
) -> list[Listed]:
    """The enquiries asked for: those that must be done first come first, those without a day after them."""
    query = select(Enquiry).where(_lives(keep_days))
    if wanted.status != ANY_STATUS:
        query = query.where(Enquiry.status == wanted.status if wanted.status else Enquiry.status != Status.CLOSED)
    if wanted.unit:
        query = query.where(Enquiry.unit == wanted.unit)
    if wanted.late:
        query = query.where(Enquiry.due < _today(), Enquiry.status != Status.CLOSED)
    order = (Enquiry.status == Status.CLOSED, Enquiry.due.is_(None), Enquiry.due, Enquiry.created, Enquiry.reference)
    found: list[Listed] = []
    for row in session.scalars(query.order_by(*order)):
        begun = read_begun(key.open(row.sealed, enquiry_place(row.reference)))
        if not wanted.need or (begun and any(need.need == wanted.need for need in begun.needs)):
            status = Status(row.status)
            found.append(Listed(row.reference, row.created, begun, status, row.follow_up, row.unit, row.due))
        if len(found) == most:
            break
    return found


def _history(session: Session, key: FieldKey, reference: str) -> Iterator[Change]:
    query = select(EnquiryVersion, StaffUser.name).join(StaffUser, StaffUser.id == EnquiryVersion.staff_id)
    ordered = query.where(EnquiryVersion.reference == reference).order_by(EnquiryVersion.version)
    for row, name in session.execute(ordered):
        course = read_course(key.open(row.sealed, enquiry_place(reference, row.version)))
        yield Change(row.version, name, row.moment, course)


def _made_with(session: Session, once: str) -> str | None:
    return session.scalar(select(Enquiry.reference).where(Enquiry.once == once))


def _lives(keep_days: int) -> Any:
    """Whether an enquiry is still to be seen: it is deleted as soon as cleaning up comes by, and forgotten before."""
    return or_(Enquiry.closed.is_(None), Enquiry.closed >= _today() - timedelta(keep_days))


def _today() -> date:
    return in_norway(int(time.time())).date()
