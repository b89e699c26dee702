"""Adds numbers up in memory and writes them down once a minute, so that nobody who visits ever waits for the database.

What is not written yet is written when a server ends, and lost when it is killed; somebody who sends the same form to
two processes at once may count twice: these are numbers to plan by, not an account. It knows neither visits nor pages.
"""

import hashlib
import logging
import secrets
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Mapping
from threading import Lock, Timer

from wizard.store.counters import Key
from wizard.store.errors import StoreUnavailableError

_SECONDS = 60
_MOST_KEYS = 20_000
_MOST_MARKS = 10_000
_log = logging.getLogger(__name__)


class Tally:
    """Numbers on their way to the database. ``write`` takes them, whole or not at all."""

    def __init__(self, write: Callable[[Mapping[Key, int]], None], seconds: float = _SECONDS) -> None:
        self._write = write
        self._seconds = seconds
        self._lock = Lock()
        self._writing = Lock()
        self._counts: Counter[Key] = Counter()
        self._marks: OrderedDict[bytes, None] = OrderedDict()
        self._secret = secrets.token_bytes(32)
        self._timer: Timer | None = None

    def add(self, mark: str, changes: Iterable[tuple[Key, int]]) -> None:
        """Add, unless it was done under this mark already. It takes no longer than adding does."""
        digest = hashlib.blake2b(mark.encode(), key=self._secret, digest_size=12).digest()
        with self._lock:
            if digest in self._marks:
                return
            self._marks[digest] = None
            if len(self._marks) > _MOST_MARKS:
                self._marks.popitem(last=False)
            self._merge(changes)
            if self._timer is None:
                self._timer = Timer(self._seconds, self.flush)
                self._timer.daemon = True
                self._timer.start()

    def flush(self) -> None:
        """Write down what there is. What cannot be written now is kept for the next time."""
        with self._writing:
            with self._lock:
                counts, self._counts, self._timer = self._counts, Counter(), None
            changed = {key: count for key, count in counts.items() if count}
            try:
                if changed:
                    self._write(changed)
            except StoreUnavailableError as error:
                _log.warning("The numbers of the overview cannot be written down now: %s", error)
                with self._lock:
                    self._merge(changed.items())

    def _merge(self, changes: Iterable[tuple[Key, int]]) -> None:
        for key, change in changes:
            if key in self._counts or len(self._counts) < _MOST_KEYS:
                self._counts[key] += change
