"""Deletes the marks of tries within a minute of their end, also when nobody else comes by."""

from threading import Lock, Timer

from wizard.store.database import Database
from wizard.store.errors import StoreUnavailableError
from wizard.store.tries import forget_old_tries

_SECONDS = 60


class Sweeper:
    """Sweeps once a minute as long as there is something to sweep; nobody waits for it."""

    def __init__(self, database: Database, seconds: float = _SECONDS) -> None:
        self._database = database
        self._seconds = seconds
        self._lock = Lock()
        self._timer: Timer | None = None

    def soon(self) -> None:
        """Something was tried, so there will be something to sweep."""
        with self._lock:
            if self._timer is None:
                self._timer = Timer(self._seconds, self.sweep)
                self._timer.daemon = True
                self._timer.start()

    def sweep(self) -> None:
        """Delete what is out of time, and come back where anything is left."""
        self._timer = None
        try:
            with self._database.writing() as session:
                left = forget_old_tries(session)
        except StoreUnavailableError:
            left = True
        if left:
            self.soon()
