"""Bars as drawings, measured here and drawn by a template. The table beside each says the same in numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wizard.desk.figures import Shown
from wizard.desk.reading import Row

WIDTH, LABELS, LINE, BAR = 720, 270, 30, 20
"""Measures of a drawing: its width, the room for labels and for numbers, the height of a row, and of a bar in it."""
_NUMBERS = 90
_LONGEST_LABEL = 38


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a bar. ``kind`` is the number of its colour."""

    x: float
    width: float
    kind: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a drawing. ``hidden`` tells that a part of it is not drawn."""

    label: str
    y: int
    segments: tuple[Segment, ...]
    number: Shown
    end: float
    hidden: bool


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
    def hides(self) -> bool:
        """Whether some bar lacks a part."""
        return any(bar.hidden and not bar.number.hidden for bar in self.bars)


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
    whole = [sum(number.count for number in row.numbers[:pieces] if not number.hidden) for row in drawn]
    if not any(whole):
        return None
    scale = (WIDTH - LABELS - _NUMBERS) / max(whole)
    bars = []
    for place, (row, count) in enumerate(zip(drawn, whole, strict=True)):
        start = LABELS + ((max(whole) - count) * scale / 2 if centred else 0)
        segments = _segments(row.numbers[:pieces], start, scale, kinds[place] if kinds else None)
        hidden = any(number.hidden for number in row.numbers[:pieces])
        number = row.numbers[pieces] if pieces < len(row.numbers) else row.numbers[0]
        bars.append(Bar(_cut(row.label), place * LINE, tuple(segments), number, start + count * scale, hidden))
    return Chart(title, tuple(bars), tuple(legend))


def _segments(numbers: Sequence[Shown], start: float, scale: float, kind: int | None) -> Iterable[Segment]:
    for place, number in enumerate(numbers):
        if number.count and not number.hidden:
            yield Segment(round(start, 1), round(number.count * scale, 1), place if kind is None else kind)
            start += number.count * scale


def _cut(label: str) -> str:
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1].rstrip()}…"
