"""What the server writes about itself: one line per event, as JSON for machines and as plain words on a terminal.

A fault is told by its kind and by where it happened, never by its message: the message of an exception often repeats
what somebody wrote, and answers stand in no log.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any

import structlog
from gunicorn.config import Config
from gunicorn.glogging import Logger

ACCESS_FORMAT = "%(m)s %(s)s"
"""A visit in the access log: its method and status, beside the time. Neither who, nor which page."""
_ACCESS = "gunicorn.access"
_LOGINS = "wizard.logins"
"""Also tells who came in as they should, by the number of the account (:mod:`wizard.desk.login_log`)."""
Event = dict[str, Any]


def set_up_logs() -> None:
    """Write every line to standard error in the common form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(make_formatter(for_machines=not sys.stderr.isatty()))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(_LOGINS).setLevel(logging.INFO)


def make_formatter(*, for_machines: bool) -> logging.Formatter:
    """How a line is written."""
    shared: list[Any] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        tell_where,
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if for_machines
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
    )


def tell_where(_logger: object, _name: str, event: Event) -> Event:
    """Put the kind of a fault and the places it came through where its message would have stood."""
    fault = event.pop("exc_info", None)
    if isinstance(fault, BaseException):
        fault = type(fault), fault, fault.__traceback__
    if isinstance(fault, tuple) and fault[0] is not None:
        event["fault"] = _kinds(fault[1])
        event["at"] = _places(fault[2])
    return event


def _kinds(fault: BaseException | None) -> list[str]:
    """The kind of a fault, and of those behind it."""
    kinds: list[str] = []
    while fault is not None and len(kinds) < 5:
        kinds.append(type(fault).__name__)
        fault = fault.__cause__ or fault.__context__
    return kinds


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-8:]
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]


class PlainLogger(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn's lines in the common form; those about visits with time, method and status alone."""

    def setup(self, cfg: Config) -> None:
        """Called by gunicorn at the start and when its settings are read anew."""
        super().setup(cfg)
        formatter = make_formatter(for_machines=not sys.stderr.isatty())
        for handler in (*self.error_log.handlers, *self.access_log.handlers):
            handler.setFormatter(formatter)
