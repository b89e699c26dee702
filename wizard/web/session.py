"""What a visit remembers, as a typed value; the only place where the cookie is read and written.

Everything lies in one encrypted cookie, also the token that protects the forms. No cookie is set before a visit
starts. A cookie that cannot be read, or is too old, is a clean start, and the visitor is told why.
"""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any

from flask import Flask, Request, Response, current_app, session
from flask import request as current_request
from flask.sessions import SessionInterface, SessionMixin

from wizard.config import Settings
from wizard.store.codes import new_code
from wizard.web.cookies import cookie_name
from wizard.web.own_clock import START, clock_set_by, start_moment
from wizard.web.seal import Sealer

COOKIE = "visit"
_MOMENT = 5
"""Seconds in which a cookie is not sealed anew only to tell the time: an answer and the page after it are one click."""
Given = str | list[str]
"""An answer as ids: one option, a list of ticks, ``none`` or ``unknown``."""


class Lost(StrEnum):
    """Why there is no visit although a cookie came.

    Where no cookie comes nothing is said: somebody who left quickly must not be met by words about answers.
    """

    EXPIRED = "utlopt"
    UNREADABLE = "ulest"


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


_FIELDS = tuple(one.name for one in fields(Visit))
_KNOWN = frozenset(_FIELDS)


class VisitSession(dict[str, Any], SessionMixin):
    """What the cookie holds: the token of the forms, and the visit. Only this module looks at the visit."""

    lost: Lost | None = None
    visit: Visit | None = None
    ended: bool = False
    known: tuple[Visit, dict[str, Any]] | None = None
    """The visit and the rest that the browser holds, but for the time, where that was sealed a moment ago."""


class VisitSessionInterface(SessionInterface):
    """Reads and writes the one cookie."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.sealer = Sealer(settings.secrets)
        self.cookie = cookie_name(COOKIE, settings)

    def open_session(self, app: Flask, request: Request) -> VisitSession:  # noqa: ARG002
        """The session of a request. Never fails: what cannot be used is left behind, with the reason noted."""
        opened = VisitSession()
        text = request.cookies.get(self.cookie)
        if text is None:
            return opened
        data = self.sealer.open(text)
        visit = _read_visit(data)
        if visit is None:
            opened.lost = Lost.UNREADABLE
            return opened
        now = _now() - clock_set_by(visit.start, visit.clock)
        if self._expired(visit, now):
            opened.lost = Lost.EXPIRED
        else:
            noted = {"seen": now} | ({} if visit.start == START else _clock())
            opened.visit = visit if visit.seen == now else replace(visit, **noted)
            held = data.pop("visit")
            opened.update(data)
            if 0 <= now - visit.seen < _MOMENT and held.keys() >= _KNOWN:
                opened.known = opened.visit, data
        return opened

    def _expired(self, visit: Visit, now: int) -> bool:
        idle, age = now - visit.seen, now - visit.started
        return idle > self.settings.idle_minutes * 60 or age > self.settings.longest_minutes * 60 or idle < -60

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """Send the cookie anew while the visit lives; take it back when it is over."""
        if not isinstance(session, VisitSession):
            return
        if session.visit:
            held = dict(session)
            if (session.visit, held) != session.known:
                sealed = self.sealer.seal(held | {"visit": _write_visit(session.visit)})
                response.set_cookie(self.cookie, sealed, **self._options())
        elif session.lost or session.ended:
            response.delete_cookie(self.cookie, **self._options())

    def _options(self) -> dict[str, Any]:
        secure = self.settings.https_only or current_request.is_secure
        return {"path": "/", "httponly": True, "samesite": "Lax", "secure": secure}


def register_session(app: Flask, settings: Settings) -> None:
    """Keep visits in the encrypted cookie."""
    app.session_interface = VisitSessionInterface(settings)


def current_visit() -> Visit | None:
    """The live visit of this request, if there is one."""
    return _session().visit


def live_visit() -> Visit:
    """The live visit, where the guard above the view has made sure that there is one."""
    visit = _session().visit
    if visit is None:
        raise RuntimeError(f"{current_app.name}: a page of the visit was reached without one")
    return visit


def start_visit(revision: str, *, desk: bool) -> None:
    """Begin with no answers and a new token."""
    begin_with(Visit(revision, started=0, seen=0, desk=desk))


def begin_with(visit: Visit) -> None:
    """Begin with what a visit holds, from now on and with a new token."""
    end_visit()
    now = _now()
    _session().visit = replace(visit, started=now, seen=now, **_clock())


def keep_visit(visit: Visit) -> None:
    """Remember a changed visit."""
    _session().visit = visit


def end_visit() -> None:
    """Forget everything; the cookie is taken back."""
    _session().clear()
    _session().visit = None
    _session().ended = True


def lost_visit() -> Lost | None:
    """Why a cookie that came with this request could not be used."""
    return _session().lost


def _session() -> VisitSession:
    current = session._get_current_object()  # type: ignore[attr-defined]
    if not isinstance(current, VisitSession):
        raise TypeError("the session interface is not registered")
    return current


def _now() -> int:
    return int(time.time())


def _clock() -> dict[str, Any]:
    return {"start": START, "clock": start_moment()}


def _write_visit(visit: Visit) -> dict[str, Any]:
    """A visit as it travels; it is packed at once, so nothing is copied."""
    as_json = {"warned": list(visit.warned), "kept": visit.kept and asdict(visit.kept)}
    return {name: getattr(visit, name) for name in _FIELDS} | as_json


def _read_visit(data: Any) -> Visit | None:
    """A visit from what a cookie held; what is sealed is ours, but may be from another edition of this code."""
    try:
        held = dict(data["visit"])
        for unknown in held.keys() - _KNOWN:
            del held[unknown]
        kept = Kept(**held["kept"]) if held.get("kept") else None
        return Visit(**(held | {"warned": tuple(held["warned"]), "kept": kept}))
    except (TypeError, KeyError, ValueError):
        return None
