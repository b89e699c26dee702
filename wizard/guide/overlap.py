"""Offers that stand side by side: on one step, for the same need and the same people. Read from the guide alone.

It says nothing of quality or room; it is where somebody may ask whether one of them would do.
"""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from wizard.guide.guide import Guide
from wizard.guide.ladder_shapes import Kind
from wizard.rules.model import When

_OFFERED = (Kind.SERVICE, Kind.ARENA)
"""What a person can be given; the rest of the ladder stands beside nothing."""


@dataclass(frozen=True, slots=True)
class Overlap:
    """Services on a step that are for the same needs and the same people, in the ladder's order.

    ``who`` is the words of the guide for whom they are.
    """

    step: int
    services: tuple[str, ...]
    needs: tuple[str, ...]
    who: tuple[str, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The services two by two."""
        return tuple(combinations(self.services, 2))


def find_overlaps(guide: Guide) -> tuple[Overlap, ...]:
    """Every overlap of a guide, lowest step first. Services that meet for several needs are told once."""
    needs: defaultdict[tuple[int, tuple[str, ...], When], list[str]] = defaultdict(list)
    for need in guide.needs:
        for (step, who), services in _side_by_side(guide, need).items():
            needs[step, tuple(services), who].append(need)
    found = [
        Overlap(step, services, tuple(ids), _words(guide, services[0]))
        for (step, services, _), ids in needs.items()
        if len(services) > 1
    ]
    return tuple(sorted(found, key=lambda overlap: overlap.step))


def _side_by_side(guide: Guide, need: str) -> dict[tuple[int, When], list[str]]:
    """The services of a need by step and by whom they are for, whatever order that was written in."""
    groups: defaultdict[tuple[int, When], list[str]] = defaultdict(list)
    for offer in guide.ruleset.needs[need].offers:
        if guide.services[offer.service].service.kind in _OFFERED:
            groups[offer.step, tuple(sorted(offer.who))].append(offer.service)
    return groups


def _words(guide: Guide, service: str) -> tuple[str, ...]:
    """The words of ``who``; a combination is named by its parts."""
    words: list[str] = []
    for raw in guide.services[service].service.who:
        words += [raw] if isinstance(raw, str) else [str(word) for part in raw.values() for word in part]
    return tuple(dict.fromkeys(words))
