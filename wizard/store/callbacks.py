"""Keeps who has asked to be called: once per form, sealed, found again by the receipt number alone, and in a queue."""

import time
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from wizard.store.access_log import Act, note_access
from wizard.store.callback_tables import CallBack
from wizard.store.codes import ALPHABET
from wizard.store.database import insert_once
from wizard.store.drafts import Fate
from wizard.store.enquiries import Edit
from wizard.store.field_key import FieldKey
from wizard.store.moments import in_norway
from wizard.store.places import call_place
from wizard.store.vault import Vault

RECEIPT_LENGTH = 12


class State(StrEnum):
    """What has become of a request."""

    WAITING = "waiting"
    AGAIN = "again"
    """Nobody answered; somebody tries again."""
    CALLED = "called"
    DONE = "done"
    """Nothing more is done, although nobody was spoken to."""


HANDLED = (State.CALLED, State.DONE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks for. ``answers`` and their ``revision`` are there where the person wanted it."""

    name: str
    phone: str
    when: str
    only_then: bool
    message: bool
    revision: str = ""
    answers: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request in the queue, without anything about the person."""

    id: int
    created: int
    opened: int | None
    state: State
    tries: int
    version: int
    handled: date | None


def make_receipt(vault: Vault, seed: str) -> str:
    """A receipt number that nobody guesses (60 bits). The same seed gives the same one, so a form counts once."""
    digest = vault.lookup(f"receipt of {seed}")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:RECEIPT_LENGTH])


def ask_for_call(session: Session, key: FieldKey, vault: Vault, receipt: str, wish: Wish) -> None:
    """Put a request into the queue. The same once more changes nothing; another takes its place, as not yet seen."""
    mark = _mark(vault, receipt)
    sealed = key.seal(asdict(wish), call_place(mark))
    asked = {"created": int(time.time()), "state": State.WAITING.value, "tries": 0, "version": 0, "once": ""}
    if insert_once(session, CallBack, {"receipt": mark, "sealed": sealed} | asked):
        return
    row = session.scalars(select(CallBack).where(CallBack.receipt == mark).with_for_update()).one()
    if key.open(row.sealed, call_place(mark)) != asdict(wish):
        row.version, row.sealed = row.version + 1, sealed
        row.state, row.opened, row.handled, row.tries = State.WAITING, None, None, 0


def is_asked(session: Session, vault: Vault, receipt: str) -> bool:
    """Whether a request lives under a receipt number."""
    found = session.scalar(select(CallBack.id).where(CallBack.receipt == _mark(vault, receipt)))
    return found is not None


def withdraw_call(session: Session, vault: Vault, receipt: str) -> None:
    """Delete the request of a receipt number, if there is one."""
    session.execute(delete(CallBack).where(CallBack.receipt == _mark(vault, receipt)))


def list_waiting(session: Session) -> list[Waiting]:
    """All requests, the oldest first; those that are handled come last."""
    rows = session.scalars(select(CallBack).order_by(CallBack.handled.is_not(None), CallBack.created, CallBack.id))
    return [_as_waiting(row) for row in rows]


def count_waiting(session: Session) -> int:
    """How many requests nobody has handled yet."""
    return session.scalar(select(func.count()).select_from(CallBack).where(CallBack.handled.is_(None))) or 0


def open_call(session: Session, key: FieldKey, id_: int, staff_id: int) -> tuple[Waiting, Wish | None] | None:
    """A request with what the person wrote, which is None where it cannot be opened. That stands in the log."""
    row = session.get(CallBack, id_, with_for_update=True)
    if row is None:
        return None
    row.opened = row.opened or int(time.time())
    note_access(session, staff_id, Act.CALL_BACK_OPENED, str(id_))
    data = key.open(row.sealed, call_place(row.receipt))
    return _as_waiting(row), Wish(**data) if data else None


def change_call(session: Session, id_: int, state: State, edit: Edit) -> Fate:
    """Note what became of a request, unless somebody else has done so since the form was made."""
    row = session.get(CallBack, id_, with_for_update=True)
    if row is None:
        return Fate.GONE
    if row.once == edit.once:
        return Fate.REPEATED
    if row.version != edit.version:
        return Fate.REFUSED
    row.version, row.once = row.version + 1, edit.once
    row.tries += state in {State.AGAIN, State.CALLED}
    row.handled = in_norway(int(time.time())).date() if state in HANDLED else None
    row.state = state
    note_access(session, edit.staff_id, Act.CALL_BACK_CHANGED, str(id_))
    return Fate.DONE


def _as_waiting(row: CallBack) -> Waiting:
    return Waiting(row.id, row.created, row.opened, State(row.state), row.tries, row.version, row.handled)


def _mark(vault: Vault, receipt: str) -> bytes:
    return vault.lookup(f"call-back {receipt}")
