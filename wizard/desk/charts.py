"""Bars as drawings, measured here and drawn by a template. The table beside each says the same in numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wizard.desk.figures import Shown
from wizard.desk.reading import Row

WIDTH, LABELS, LINE = 760, 316, 30
"""Measures of a drawing: its width, the room for labels, and the height of a row."""
_NUMBERS = 90
_LONGEST_LABEL = 36
UNTOLD = "untold"
"""The colour of what is known only as a whole, since its parts are hidden."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar. ``kind`` is the number of its colour, or :data:`UNTOLD`."""

    x: float
    width: float
    kind: int | str


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a drawing; its number stands at its end."""

    label: str
    y: int
    segments: tuple[Segment, ...]
    number: Shown
    end: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with what its colours mean; no legend where there is one colour."""

    title: str
    bars: tuple[Bar, ...]
    legend: tuple[str, ...]

    @property
    def height(self) -> int:
        """Its height."""
        return LINE * len(self.bars)

    @property
    def untold(self) -> bool:
        """Whether the parts of some bar are hidden."""
        return any(segment.kind == UNTOLD for bar in self.bars for segment in bar.segments)


def draw_bars(
    title: str,
    rows: Iterable[Row],
    legend: Sequence[str] = (),
    *,
    kinds: Sequence[int] | None = None,
    centred: bool = False,
) -> Chart | None:
    """One bar per row, of as many segments as the legend names; None where there is nothing to draw.

    ``kinds`` colours whole bars instead; ``centred`` puts them around a middle line.
    """
    drawn = [row for row in rows if not row.total]
    pieces = len(legend) or 1
    numbers = [row.numbers[pieces] if pieces < len(row.numbers) else row.numbers[0] for row in drawn]
    most = max((_told(number) for number in numbers), default=0)
    if not most:
        return None
    scale = (WIDTH - LABELS - _NUMBERS) / most
    bars = []
    for place, (row, number) in enumerate(zip(drawn, numbers, strict=True)):
        start = LABELS + ((most - _told(number)) * scale / 2 if centred else 0)
        parts: list[tuple[int | str, int]] = [(kind, _told(part)) for kind, part in enumerate(row.numbers[:pieces])]
        if kinds:
            parts = [(kinds[place], _told(number))]
        parts.append((UNTOLD, _told(number) - sum(count for _, count in parts)))
        end = start + _told(number) * scale
        bars.append(Bar(_cut(row.label), place * LINE, tuple(_segments(parts, start, scale)), number, end))
    return Chart(title, tuple(bars), tuple(legend))


def _told(number: Shown) -> int:
    return 0 if number.hidden else number.count


def _segments(parts: Iterable[tuple[int | str, int]], start: float, scale: float) -> Iterator[Segment]:
    for kind, count in parts:
        if count > 0:
            yield Segment(round(start, 1), round(count * scale, 1), kind)
            start += count * scale


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"
