"""How long somebody who asks the database is willing to wait."""

from contextvars import ContextVar

must_end: ContextVar[float | None] = ContextVar("must_end", default=None)
"""When the work that is under way must be done, on the clock that nobody sets; None where it may take its time."""
