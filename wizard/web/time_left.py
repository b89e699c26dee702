"""How long a visit may still last, for the notice that comes in good time before the answers are deleted."""

import time
from dataclasses import dataclass

from flask import Flask

from wizard.config import Settings
from wizard.web.language import say_span
from wizard.web.session import current_visit


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """Seconds until the visit ends: ``idle`` if nothing more is done, ``longest`` whatever is done.

    ``in_words`` is the longest time that any visit can last.
    """

    idle: int
    longest: int
    in_words: str


def register_time_left(app: Flask, settings: Settings) -> None:
    """Let templates ask for it."""

    def time_left() -> TimeLeft:
        visit, longest = current_visit(), settings.longest_minutes * 60
        gone = int(time.time()) - visit.started if visit else 0
        return TimeLeft(settings.idle_minutes * 60, max(longest - gone, 0), say_span(settings.longest_minutes))

    app.jinja_env.globals["time_left"] = time_left
