"""A connection to PostgreSQL that does not wait longer than whoever asks.

The server's own limits (``statement_timeout``) say nothing while the server hangs or the network is gone.
"""

import time
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Engine, event

from wizard.store.patience import must_end

_ANSWER_SECONDS = 1.5
_SHORTEST = 0.05
_Answer = TypeVar("_Answer")


class Impatient(psycopg.Connection[Any]):
    """Gives up on a server that does not answer, and hangs up, since nobody knows what is still on its way."""

    def wait(self, gen: PQGen[_Answer], interval: float = 0.1, timeout: float | None = None) -> _Answer:  # noqa: ARG002
        """Wait for one answer. Raises :class:`psycopg.OperationalError` where none comes in time."""
        end = must_end.get()
        left = _ANSWER_SECONDS if end is None else min(_ANSWER_SECONDS, end - time.monotonic())
        try:
            return super().wait(gen, interval, max(_SHORTEST, left))
        except psycopg.OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                self.pgconn.finish()
            raise


def be_impatient(engine: Engine) -> None:
    """Let an engine make such connections."""

    @event.listens_for(engine, "do_connect")
    def connect(_dialect: object, _record: object, cargs: list[Any], cparams: dict[str, Any]) -> Impatient:
        return Impatient.connect(*cargs, **cparams)
