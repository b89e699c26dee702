"""What a search gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Tier(IntEnum):
    """How well an entry fits what was written, from weakest to strongest. Explained in :mod:`wizard.search.find`."""

    SOME = 1
    HOLDS = 2
    FUZZY = 3
    PART = 4
    WORDS = 5
    PHRASE = 6
    NAME = 7


@dataclass(frozen=True, slots=True)
class Hit:
    """A need or service that was found.

    ``typed``: the everyday words that led to it. ``called``: what the municipality calls that. ``mended``: words with
    typing mistakes, and how they were read. ``clear``: everyday words that can hardly mean anything else.
    ``twins``: the same service on other steps.
    """

    place: int
    id: str
    tier: Tier
    score: float = 0
    typed: str = ""
    called: str = ""
    mended: tuple[tuple[str, str], ...] = ()
    clear: bool = False
    twins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first. ``more``: how many services were left out.

    ``nearest``: whether nothing was found, so that these are only the needs that look most like what was written.
    ``dangers``: what the words may speak of that calls for help at once.
    """

    needs: tuple[Hit, ...] = ()
    services: tuple[Hit, ...] = ()
    more: int = 0
    nearest: bool = False
    dangers: tuple[str, ...] = ()
    mended: Mapping[str, str] = field(default_factory=dict)
