"""Whether anybody is at the desk, known without asking: the result page must not wait for a database.

It is asked at the start, and again in the background when the last answer is a minute old. Until a new answer comes,
or where none does, the old one holds.
"""

import threading
import time

from flask import Flask, current_app

from wizard.store.errors import StoreUnavailableError
from wizard.store.staff import has_staff
from wizard.web.stored import Store, can_store, store

_KEY = "rett-trinn-desk-open"
_SECONDS = 60


class DeskOpen:
    """What was last heard, and when."""

    def __init__(self, asked: Store) -> None:
        self._store = asked
        self._asking = threading.Lock()
        self._heard = 0.0
        self._open = False

    def know(self) -> bool:
        """What was heard last. Where that is long ago, somebody else is sent to ask."""
        if time.monotonic() - self._heard > _SECONDS and self._asking.acquire(blocking=False):
            threading.Thread(target=self._ask_and_release, daemon=True).start()
        return self._open

    def ask(self) -> bool:
        """Ask now, and wait for the answer. Raises :class:`StoreUnavailableError` where none comes."""
        with self._store.database.writing() as session:
            self._open = has_staff(session)
        self._heard = time.monotonic()
        return self._open

    def _ask_and_release(self) -> None:
        try:
            self.ask()
        except StoreUnavailableError:
            self._heard = time.monotonic()
        finally:
            self._asking.release()


def register_desk_open(app: Flask) -> None:
    """Ask for the first time, where there is a database."""
    with app.app_context():
        if not can_store():
            return
        app.extensions[_KEY] = DeskOpen(store())
        try:
            desk_open().ask()
        except StoreUnavailableError as error:
            app.logger.error("Nobody can ask to be called yet, since the database cannot be used: %s", error)


def desk_open() -> DeskOpen:
    """What is known of the desk. Raises :class:`StoreUnavailableError` where no database is named."""
    if _KEY not in current_app.extensions:
        raise StoreUnavailableError("no database is named")
    found: DeskOpen = current_app.extensions[_KEY]
    return found


def knows_open_desk() -> bool:
    """Whether somebody is known to be at the desk. Never asks a database."""
    return can_store() and desk_open().know()
