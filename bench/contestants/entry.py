"""What every contestant brings to the start."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bench.problem import Problem

Decision = tuple[int, int]
"""Floor and step of one need."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Ready to start: ``decide`` is timed on each of the visits; ``read`` turns what it gives into decisions."""

    decide: Callable[[Any], Any]
    visits: Sequence[Any]
    read: Callable[[Any], list[Decision]] = list


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way of deciding. ``whole`` ones cannot pick needs; they run only where all needs are decided."""

    name: str
    enter: Callable[[Problem], Entry]
    module: str | None = None
    whole: bool = False
