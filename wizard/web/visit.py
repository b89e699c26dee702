"""What a visit is, as typed values: what was answered, what has been shown, and where the answers lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from wizard.store.codes import new_code

Given = str | list[str]
"""An answer as ids: one option, a list of ticks, ``none`` or ``unknown``."""


@dataclass(frozen=True, slots=True)
class Kept:
    """That the answers are kept under the visit's code: since and until which day, which ones, and the steps then.

    ``opened`` says that this visit began by opening the code.
    """

    since: str
    until: str
    answers: str
    steps: Mapping[str, int]
    opened: bool = False


@dataclass(frozen=True, slots=True)
class Visit:
    """The answers by question id, the guide they were given to, and what has been shown.

    ``warned`` are the dangers whose numbers have been shown in full; ``updated`` says that the guide was changed
    during the visit and the visitor has not been told yet; ``desk`` that somebody at the front desk answers;
    ``prepared`` that the page before the first sensitive question has been shown.
    ``code`` is what the answers are kept under if the visitor asks for it; ``kept`` tells that they are. ``helped``
    tells what became of the answer to "did it help?", once it is given; ``counted`` what of the visit has been counted.
    ``start`` and ``clock`` are the machine that noted the times, and what its clock said (:mod:`wizard.web.own_clock`).
    """

    revision: str
    started: int
    seen: int
    answers: Mapping[str, Given] = field(default_factory=dict)
    warned: tuple[str, ...] = ()
    updated: bool = False
    desk: bool = False
    prepared: bool = False
    code: str = field(default_factory=new_code)
    kept: Kept | None = None
    helped: str = ""
    counted: str = ""
    start: str = ""
    clock: int = 0


@dataclass(frozen=True, slots=True)
class Trail:
    """Where answers lead: carried along with them, so that the page after an answer need not follow them again.

    ``pages`` are the questions so far in order, with the ``next`` one among them, which is None where everything is
    answered; ``left`` is how many can still come. ``needs`` are those that were chosen and can be had, ``dangers`` what
    the answers tell of. ``of`` marks what it was made of: nothing else may believe it.
    """

    of: str
    pages: tuple[str, ...]
    next: str | None
    left: int
    needs: tuple[str, ...]
    dangers: tuple[str, ...]


Of = TypeVar("Of")
_VISIT, _TRAIL = TypeAdapter(Visit), TypeAdapter(Trail)


def read_visit(carried: object) -> Visit | None:
    """A visit from what a cookie carried; None where that is none. Of what another edition noted, the known is read."""
    return _read(_VISIT, carried)


def read_trail(carried: object) -> Trail | None:
    """A trail, likewise."""
    return _read(_TRAIL, carried)


def _read(kind: TypeAdapter[Of], carried: object) -> Of | None:
    try:
        return kind.validate_python(carried)
    except ValidationError:
        return None
