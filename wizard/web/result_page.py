"""The page of a result: a shell that says the same to many and is kept, and what fills it for one visitor."""

from datetime import date
from typing import NamedTuple

from wizard.web.cards import ContactCard, contact_cards
from wizard.web.content import content, current_guide
from wizard.web.desk_open import knows_open_desk
from wizard.web.helped import Asked, what_to_ask_about
from wizard.web.keep import Keeping, keeping
from wizard.web.kept import Since, since_kept
from wizard.web.present import Result
from wizard.web.shared import render_shared
from wizard.web.stairs import Stairs, draw_stairs
from wizard.web.stored import can_store
from wizard.web.visit import Visit

_TEMPLATE = "pages/result.html"


class Shell(NamedTuple):
    """What the shell hangs on. ``keeps``: answers can be kept here, ``kept``: they are.

    ``helped``: what became of the answer to "did it help?", ``updated``: the guide was changed during the visit.
    """

    today: date
    has_needs: bool
    young: bool
    updated: bool
    open_desk: bool
    keeps: bool
    kept: bool
    helped: str

    @property
    def contacts(self) -> tuple[ContactCard, ...]:
        """Whom to turn to where no need was chosen."""
        guide = current_guide()
        return contact_cards(guide, guide.about.contact)

    @property
    def stairs(self) -> Stairs:
        """The ladder, with nothing marked."""
        return draw_stairs(current_guide())


class ResultPage(NamedTuple):
    """What the page of a result prints."""

    shell: Shell
    result: Result | None = None
    kept: Keeping | None = None
    since: Since | None = None
    asked: Asked | None = None

    def render(self) -> str:
        """The page, in the shell that is kept."""
        return render_shared(_TEMPLATE, ResultPage(self.shell), self)


def make_result_page(visit: Visit, result: Result) -> ResultPage:
    """Everything that the page says to this visitor."""
    guide, kept = content().guide, keeping(visit, visit.answers)
    shell = Shell(
        today=date.today(),
        has_needs=result.has_needs,
        young=result.young is not None,
        updated=visit.updated,
        open_desk=knows_open_desk(),
        keeps=can_store(),
        kept=kept is not None,
        helped=visit.helped,
    )
    return ResultPage(
        shell=shell,
        result=result,
        kept=kept,
        since=since_kept(guide, visit),
        asked=what_to_ask_about(guide, result.outcome),
    )
