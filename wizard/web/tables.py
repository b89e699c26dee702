"""What there is to show of how the guide works. It hangs on the guide alone, so each part is made once and kept."""

from dataclasses import dataclass

from markupsafe import Markup

from wizard.guide.flow import Flow, flow_of_guide, flow_of_need
from wizard.guide.graph import draw_graph
from wizard.guide.guide import Guide
from wizard.guide.table import DecisionTable, tell_table
from wizard.web.language import gettext, page_language


@dataclass(frozen=True, slots=True)
class Pictured:
    """A flow of questions, in words and as a drawing."""

    flow: Flow
    drawing: Markup


class Tables:
    """The tables and flows of a guide, each made when it is first asked for."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self._tables: dict[tuple[str, str], DecisionTable] = {}
        self._flows: dict[tuple[str, str], Pictured] = {}

    def table(self, need: str) -> DecisionTable:
        """The table of a need."""
        key = need, page_language()
        if key not in self._tables:
            self._tables[key] = tell_table(self.guide, need, gettext)
        return self._tables[key]

    def flow(self, need: str = "") -> Pictured:
        """The questions of a need; without one, those that everybody is asked."""
        key = need, page_language()
        if key not in self._flows:
            steps = {block.step for block in self.table(need).blocks} if need else set()
            flow = flow_of_need(self.guide, need, steps, gettext) if need else flow_of_guide(self.guide, gettext)
            drawing = draw_graph(flow, only_if=gettext("Bare når:"))
            self._flows[key] = Pictured(flow, Markup(drawing))  # noqa: S704  draw_graph escapes every text
        return self._flows[key]
