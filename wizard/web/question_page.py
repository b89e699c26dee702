"""The page of a question, as little as it hangs on: ids, out of which its words are made when it is rendered."""

from dataclasses import dataclass

from flask import render_template, url_for

from wizard.web.content import current_guide
from wizard.web.related import RelatedNeed
from wizard.web.shared import render_shared
from wizard.web.sheets import Sheet
from wizard.web.urgent import Alarm, make_alarms

_TEMPLATE = "pages/question.html"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """What the page of a question prints. ``left`` is None while it cannot be told how many may still come.

    ``done``: everything is answered, so that somebody is here to change or add an answer. ``picked``: the needs that
    were chosen, told on the page that follows. ``dangers`` are told of for the first time, ``earlier_dangers`` were.
    """

    number: int
    extra: bool
    sheet: Sheet
    voice: str
    chosen: frozenset[str] = frozenset()
    fault: str = ""
    left: int | None = None
    done: bool = False
    dangers: tuple[str, ...] = ()
    earlier_dangers: tuple[str, ...] = ()
    picked: tuple[str, ...] = ()
    related: tuple[RelatedNeed, ...] = ()
    updated: bool = False

    @property
    def described_by(self) -> str:
        """The ids of what belongs to the question beside its own words."""
        return " ".join(id_ for id_, text in (("hjelp", self.sheet.help), ("feil", self.fault)) if text)

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        """The dangers that are told of now."""
        return make_alarms(current_guide(), self.dangers, self.voice)

    @property
    def earlier_alarms(self) -> tuple[Alarm, ...]:
        """The dangers whose numbers have been shown in full."""
        return make_alarms(current_guide(), self.earlier_dangers, self.voice)

    @property
    def back(self) -> str:
        """Where the visitor came from."""
        if self.done:
            return url_for("result.show")
        return url_for("questions.show", number=self.number - 1) if self.number > 1 else url_for("start.show")

    def render(self) -> str:
        """The page. One on which an answer stands is made anew; any other has a frame that is kept."""
        if self.chosen or self.fault:
            return render_template(_TEMPLATE, page=self)
        return render_shared(_TEMPLATE, QuestionPage(self.number, self.extra, self.sheet, self.voice), self)
