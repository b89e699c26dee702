"""What this request knows of a visit; the only place where the cookie is read and written.

Everything lies in one encrypted cookie, also the token that protects the forms. No cookie is set before a visit
starts. A cookie that cannot be read, or is too old, is a clean start, and the visitor is told why.
"""

import time
from dataclasses import fields, replace
from enum import StrEnum
from typing import Any

from flask import Flask, Request, Response, current_app, session
from flask import request as current_request
from flask.sessions import SessionInterface, SessionMixin

from wizard.config import Settings
from wizard.web.cookies import cookie_name
from wizard.web.own_clock import START, clock_set_by, start_moment
from wizard.web.seal import Sealer, SealTooLongError
from wizard.web.visit import Trail, Visit, read_trail, read_visit

COOKIE = "visit"
_MOMENT = 5
"""Seconds in which a cookie is not sealed anew only to tell the time: an answer and the page after it are one click."""


class Lost(StrEnum):
    """Why there is no visit although a cookie came.

    Where no cookie comes nothing is said: somebody who left quickly must not be met by words about answers.
    """

    EXPIRED = "utlopt"
    UNREADABLE = "ulest"


_FIELDS = frozenset(one.name for one in fields(Visit))


class VisitSession(dict[str, Any], SessionMixin):
    """What the cookie carries: the token of the forms, the visit, its trail. Only this module looks at the last two."""

    lost: Lost | None = None
    visit: Visit | None = None
    trail: Trail | None = None
    ended: bool = False
    known: dict[str, Any] | None = None
    """What the browser holds, but for the time, where that was sealed a moment ago."""

    def carried(self) -> dict[str, Any]:
        """All of it."""
        return {**self, "visit": self.visit, "trail": self.trail}


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
        held: Any = data.pop("visit", None) if isinstance(data, dict) else None
        visit = read_visit(held)
        if visit is None:
            opened.lost = Lost.UNREADABLE
            return opened
        now = _now() - clock_set_by(visit.start, visit.clock)
        if self._expired(visit, now):
            opened.lost = Lost.EXPIRED
        else:
            noted = {"seen": now} | ({} if visit.start == START else _clock())
            opened.visit = visit if visit.seen == now else replace(visit, **noted)
            opened.trail = read_trail(data.pop("trail", None))
            opened.update(data)
            if 0 <= now - visit.seen < _MOMENT and held.keys() >= _FIELDS:
                opened.known = opened.carried()
        return opened

    def _expired(self, visit: Visit, now: int) -> bool:
        idle, age = now - visit.seen, now - visit.started
        return idle > self.settings.idle_minutes * 60 or age > self.settings.longest_minutes * 60 or idle < -60

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002
        """Send the cookie anew while the visit lives; take it back when it is over."""
        if not isinstance(session, VisitSession):
            return
        if session.visit:
            carried = session.carried()
            if carried != session.known:
                response.set_cookie(self.cookie, self._seal(carried), **self._options())
        elif session.lost or session.ended:
            response.delete_cookie(self.cookie, **self._options())

    def _seal(self, carried: dict[str, Any]) -> str:
        """All of it, or without the trail where that would be too long."""
        try:
            return self.sealer.seal(carried)
        except SealTooLongError:
            return self.sealer.seal(carried | {"trail": None})

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


def known_trail() -> Trail | None:
    """The trail that came with the live visit, if any: it may be that of other answers."""
    return _session().trail


def keep_trail(trail: Trail) -> None:
    """Remember where the answers of the live visit lead."""
    _session().trail = trail


def end_visit() -> None:
    """Forget everything; the cookie is taken back."""
    current = _session()
    current.clear()
    current.visit = current.trail = None
    current.ended = True


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
