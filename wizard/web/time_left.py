"""How long a visit may still last, for the notice that comes in good time before the answers are deleted."""

from dataclasses import dataclass

from flask import Flask

from wizard.web.content import content
from wizard.web.language import say_span
from wizard.web.session import current_visit


@dataclass(frozen=True, slots=True)
class VisitTimes:
    """How long any visit lasts: the seconds until it ends if nothing more is done, and the longest time in words."""

    idle: int
    in_words: str


def register_time_left(app: Flask) -> None:
    """Let templates ask for it."""
    app.jinja_env.globals.update(visit_times=visit_times, seconds_left=seconds_left)


def visit_times() -> VisitTimes:
    """The times of this server."""
    settings = content().settings
    return VisitTimes(settings.idle_minutes * 60, say_span(settings.longest_minutes))


def seconds_left() -> str:
    """How many seconds this visit can still last, whatever is done, or one that begins now."""
    visit, longest = current_visit(), content().settings.longest_minutes * 60
    gone = visit.seen - visit.started if visit else 0
    return str(max(longest - gone, 0))
