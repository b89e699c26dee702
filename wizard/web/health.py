"""Tells whoever watches the server how it is: alive, and ready.

A visit needs no database, so a server whose database is away stays ready: taking it out of service would take the guide
from everybody in order to keep a few from being told "not now". ``/healthz`` says it in its second line.
"""

import threading
import time

from flask import Blueprint, Response, current_app
from sqlalchemy import text

from wizard.store.errors import StoreUnavailableError
from wizard.web.stored import can_store, store

health = Blueprint("health", __name__)
_KEY = "rett-trinn-pulse"
_SECONDS = 5


class Pulse:
    """What the database said last: whoever asks in a loop must not be able to keep it busy."""

    def __init__(self) -> None:
        self._asking = threading.Lock()
        self._heard = -float(_SECONDS)
        self._there = False

    def is_there(self) -> bool:
        """Whether the database answered within the last few seconds."""
        with self._asking:
            if time.monotonic() - self._heard >= _SECONDS:
                self._there, self._heard = _ask(), time.monotonic()
            return self._there


@health.get("/livez")
def show_alive() -> Response:
    """One word, for machines: the process answers."""
    return Response("ok", mimetype="text/plain")


@health.get("/healthz")
def show() -> Response:
    """Ready to serve visits; and whether anything can be kept, for whoever wants to know."""
    said = "ok" if not can_store() or is_store_there() else "ok\nthe database is away"
    return Response(said, mimetype="text/plain")


def is_store_there() -> bool:
    """Whether the database has answered lately."""
    pulse: Pulse = current_app.extensions.setdefault(_KEY, Pulse())
    return pulse.is_there()


def _ask() -> bool:
    try:
        with store().database.writing() as session:
            session.execute(text("SELECT 1"))
    except StoreUnavailableError:
        return False
    return True
