"""The ladder drawn as stairs: where each step stands in the picture, and which steps are marked."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from wizard.guide.guide import Guide

TREAD, RISE, LOWEST, ROOM = 48, 13, 40, 34
"""Measures of the picture: width and height of a step, height of the first, and room above for a mark."""
_MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Stair:
    """One step of the picture."""

    number: int
    title: str
    x: int
    y: int
    height: int
    band: int
    marked: bool


@dataclass(frozen=True, slots=True)
class Flight:
    """A stretch of steps that work in one way."""

    title: str
    about: str
    band: int
    stairs: tuple[Stair, ...]

    @property
    def first(self) -> int:
        """Its lowest step."""
        return self.stairs[0].number

    @property
    def last(self) -> int:
        """Its highest step."""
        return self.stairs[-1].number


@dataclass(frozen=True, slots=True)
class Stairs:
    """The whole picture, and the same facts in words."""

    width: int
    height: int
    flights: tuple[Flight, ...]

    @property
    def stairs(self) -> Iterator[Stair]:
        """Every step, lowest first."""
        return (stair for flight in self.flights for stair in flight.stairs)

    @property
    def marked(self) -> tuple[Stair, ...]:
        """The steps that are marked."""
        return tuple(stair for stair in self.stairs if stair.marked)


@lru_cache(_MOST_KEPT)
def draw_stairs(guide: Guide, marked: frozenset[int] = frozenset()) -> Stairs:
    """Draw the ladder of a guide, with some steps marked."""
    height = ROOM + LOWEST + RISE * (len(guide.steps) - 1)
    return Stairs(TREAD * len(guide.steps), height, tuple(_flights(guide, marked, height)))


def _flights(guide: Guide, marked: Collection[int], height: int) -> Iterator[Flight]:
    bands = [band for band in guide.about.bands if any(step.band == band for step in guide.steps.values())]
    stairs = list(_stairs(guide, marked, height, bands))
    for place, band in enumerate(bands):
        shape = guide.about.bands[band]
        yield Flight(shape.title, shape.about, place, tuple(stair for stair in stairs if stair.band == place))


def _stairs(guide: Guide, marked: Collection[int], height: int, bands: list[str]) -> Iterator[Stair]:
    for place, step in enumerate(guide.steps.values()):
        tall = LOWEST + RISE * place
        yield Stair(
            number=step.number,
            title=step.title,
            x=TREAD * place,
            y=height - tall,
            height=tall,
            band=bands.index(step.band),
            marked=step.number in marked,
        )
