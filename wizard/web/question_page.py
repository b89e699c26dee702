"""The page of a question, as little as it hangs on: ids, out of which its words are made when it is rendered."""

from typing import NamedTuple

from flask import render_template, url_for

from wizard.web.content import current_guide
from wizard.web.related import RelatedNeed
from wizard.web.shared import render_shared
from wizard.web.sheets import Sheet
from wizard.web.urgent import Alarm, make_alarms

_TEMPLATE = "pages/question.html"


class Above(NamedTuple):
    """What stands above a question: ``dangers`` that are told of for the first time, those told before, the way back.

    ``done``: everything is answered, so that somebody is here to change or add an answer. ``updated``: the guide was
    changed during the visit.
    """

    number: int
    voice: str
    done: bool = False
    updated: bool = False
    dangers: tuple[str, ...] = ()
    earlier_dangers: tuple[str, ...] = ()

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


class Place(NamedTuple):
    """Where the visitor is. ``left`` is None while it cannot be told how many questions may still come."""

    number: int
    extra: bool = False
    done: bool = False
    left: int | None = None


class Picked(NamedTuple):
    """The needs that were chosen, told on the page that follows, and the number of the page where they were."""

    number: int
    needs: tuple[str, ...]


class QuestionPage(NamedTuple):
    """What the page of a question prints; without what lies ``above`` and all after it, the frame that is kept."""

    number: int
    extra: bool
    sheet: Sheet
    above: Above | None = None
    place: Place | None = None
    picked: Picked | None = None
    related: tuple[RelatedNeed, ...] = ()
    chosen: frozenset[str] = frozenset()
    fault: str = ""

    @property
    def described_by(self) -> str:
        """The ids of what belongs to the question beside its own words."""
        return " ".join(id_ for id_, text in (("hjelp", self.sheet.help), ("feil", self.fault)) if text)

    def render(self) -> str:
        """The page. One on which an answer stands is made anew; any other has a frame that is kept."""
        if self.chosen or self.fault:
            return render_template(_TEMPLATE, page=self)
        return render_shared(_TEMPLATE, QuestionPage(self.number, self.extra, self.sheet), self)
