"""The flow of questions drawn as SVG: one narrow column, so that it can be read on a telephone.

A line runs from stop to stop. Where a question has a gate, the gate stands above it and the line also passes it by.
Colours and type are attributes of the drawing, because a page may carry no style of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from textwrap import wrap

from wizard.guide.flow import Flow, Stop

WIDTH, BOX, EDGE, PAD, GAP = 420, 370, 8, 12, 34
"""The drawing, a box, the room beside it, the room inside it, and the line from one box to the next."""
LINE, LETTER, BOLD = 21, 8.1, 8.7
"""The height of a line of text, and the width of a letter, plain and bold."""
INK, PAPER, QUESTION, GATE, STROKE = "#1e2b3c", "#ffffff", "#e3e9ef", "#ffe4cb", "#38628c"


@dataclass(slots=True)
class Drawing:
    """What has been drawn so far, and how far down it reaches."""

    parts: list[str] = field(default_factory=list)
    y: int = EDGE

    def text(self, lines: list[str], *, bold: bool = False) -> None:
        """Lines of text, one below the other."""
        weight = ' font-weight="600"' if bold else ""
        for line in lines:
            self.parts.append(f'<text x="{EDGE + PAD}" y="{self.y + 16}"{weight}>{escape(line)}</text>')
            self.y += LINE

    def box(self, top: int, fill: str, *, dashed: bool = False) -> None:
        """A box around all that was drawn since ``top``, and behind it."""
        dashes = ' stroke-dasharray="6 4"' if dashed else ""
        self.parts.insert(
            0,
            f'<rect x="{EDGE}" y="{top}" width="{BOX}" height="{self.y - top}" rx="8" fill="{fill}" '
            f'stroke="{STROKE}" stroke-width="1.5"{dashes}/>',
        )

    def path(self, way: str, *, head: bool = False) -> None:
        """A line; with a head where it arrives."""
        arrives = ' marker-end="url(#arrow)"' if head else ""
        self.parts.append(f'<path d="{way}" fill="none" stroke="{STROKE}" stroke-width="2"{arrives}/>')


def draw_graph(flow: Flow, *, only_if: str = "Bare når:", name: str = "flow") -> str:
    """The flow as SVG, with its title and the same in words. ``name`` begins the ids, which a page may hold once."""
    drawing = Drawing()
    for place, stop in enumerate(flow.stops):
        last = place == len(flow.stops) - 1
        _draw_stop(drawing, stop, only_if, last=last)
    height = drawing.y + EDGE
    marker = f"{name}-arrow"
    body = "\n".join(drawing.parts).replace("url(#arrow)", f"url(#{marker})")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" aria-labelledby="{name}-title" aria-describedby="{name}-desc" '
        f'font-family="Inter, system-ui, sans-serif" font-size="15" fill="{INK}">\n'
        f'<title id="{name}-title">{escape(flow.title)}</title>\n<desc id="{name}-desc">{escape(flow.words)}</desc>\n'
        f'<defs><marker id="{marker}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0L10 5L0 10z" fill="{STROKE}"/></marker></defs>\n{body}\n</svg>\n'
    )


def _draw_stop(drawing: Drawing, stop: Stop, only_if: str, *, last: bool) -> None:
    above = drawing.y - GAP // 2
    if stop.gate:
        _draw_gate(drawing, [only_if, *stop.gate])
    top = drawing.y
    drawing.y += PAD
    drawing.text(_wrap(stop.title, BOLD), bold=True)
    for line in stop.lines:
        drawing.text(list(_bullet(line)))
    drawing.y += PAD
    drawing.box(top, QUESTION if stop.question else PAPER)
    if last:
        return
    middle, bottom = EDGE + BOX // 2, drawing.y
    drawing.y += GAP
    drawing.path(f"M{middle} {bottom}V{drawing.y - 1}", head=True)
    if stop.gate:
        side = WIDTH - EDGE - 12
        drawing.path(f"M{middle} {above}H{side}V{bottom + GAP // 2}H{middle + 3}", head=True)


def _draw_gate(drawing: Drawing, lines: list[str]) -> None:
    top = drawing.y
    drawing.y += PAD // 2
    for line in lines:
        drawing.text(_wrap(line, LETTER))
    drawing.y += PAD // 2
    drawing.box(top, GATE, dashed=True)


def _wrap(text: str, letter: float) -> list[str]:
    return wrap(text, int((BOX - 2 * PAD) / letter)) or [""]


def _bullet(text: str) -> Iterator[str]:
    first, *rest = wrap(text, int((BOX - 2 * PAD) / LETTER) - 2) or [""]
    yield f"– {first}"
    yield from (f"\u2003{line}" for line in rest)
