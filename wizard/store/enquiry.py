"""An enquiry as it is written down: what it began with, and the course it takes. Nothing tells who it is about."""

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How far an enquiry has come."""

    OPEN = "open"
    WAITING = "waiting"
    CLOSED = "closed"


class FollowUp(StrEnum):
    """What was agreed."""

    INFORMED = "informed"
    HANDED = "handed"
    CALL_BACK = "call_back"
    NONE = "none"


class Reason(StrEnum):
    """Why staff think of another step than the guide."""

    KNOWN = "known"
    TRIED = "tried"
    NO_ROOM = "no_room"
    WISH = "wish"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class NeedFound:
    """A need with the step, services and contact that the guide named, by their ids.

    ``subject``: ``person`` or ``relative``. ``contact`` is empty where it was written down before contacts were.
    """

    need: str
    subject: str
    step: int
    services: tuple[str, ...] = ()
    ask_about: tuple[str, ...] = ()
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """What an enquiry began with, and the revision of the guide that it came from."""

    guide: str
    revision: str
    needs: tuple[NeedFound, ...]


@dataclass(frozen=True, slots=True)
class Override:
    """Another step for a need than the guide's, and why. ``words`` may say more."""

    need: str
    step: int
    reason: Reason
    words: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """What staff have decided; all that can be changed of an enquiry."""

    follow_up: FollowUp
    status: Status
    unit: str = ""
    due: date | None = None
    note: str = ""
    overrides: tuple[Override, ...] = ()


def write_begun(begun: Begun) -> dict[str, Any]:
    """As it is sealed."""
    return asdict(begun)


def read_begun(data: Any) -> Begun | None:
    """As it was, or None where it could not be opened."""
    if data is None:
        return None
    lists: list[dict[str, Any]] = [{name: _frozen(v) for name, v in need.items()} for need in data["needs"]]
    return Begun(data["guide"], data["revision"], tuple(NeedFound(**need) for need in lists))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def write_course(course: Course) -> dict[str, Any]:
    """As it is sealed."""
    return asdict(course) | {"due": course.due.isoformat() if course.due else None}


def read_course(data: Any) -> Course | None:
    """As it was, or None where it could not be opened."""
    if data is None:
        return None
    return Course(
        follow_up=FollowUp(data["follow_up"]),
        status=Status(data["status"]),
        unit=data["unit"],
        due=date.fromisoformat(data["due"]) if data["due"] else None,
        note=data["note"],
        overrides=tuple(Override(o["need"], o["step"], Reason(o["reason"]), o["words"]) for o in data["overrides"]),
    )
