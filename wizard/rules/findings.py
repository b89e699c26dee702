"""What is found where a guide is judged: broken guarantees, with answers that show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from wizard.rules.regions import Region

UNHELPED = ("empty", "nothing_open")
"""The kinds of finding about a step without help: nothing to show or say, nothing that can be used without applying."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken guarantee: its kind, what it is about, and answers (options left per variable) that show it."""

    kind: str
    need: str = ""
    about: str = ""
    floor: int = 0
    step: int = 0
    shown_by: Region = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NeedAudit:
    """One need, judged: how many regions, how many sets of answers they hold, which steps are reached.

    ``gaps`` are the places where the step is not the floor; whether they are accepted is the guide's to say. Nothing
    is counted where a solver judged the need.
    """

    need: str
    regions: int | None
    covered: int | None
    steps: tuple[int, ...]
    gaps: tuple[Finding, ...]
    findings: tuple[Finding, ...]


def smaller(one: Finding | None, other: Finding) -> Finding:
    """The finding that fewer answers show; the first of two that as many do."""
    return other if one is None or len(other.shown_by) < len(one.shown_by) else one


def smallest(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding per thing found, the one that the fewest answers show."""
    best: dict[tuple[str, str, str, int], Finding] = {}
    for found in findings:
        key = found.kind, found.need, found.about, found.step
        best[key] = smaller(best.get(key), found)
    return iter(best.values())
