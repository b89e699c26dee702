"""Which numbers somebody asked for, of which guide and period, and those numbers as far as they may be shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sqlalchemy.orm import Session

from wizard.desk.figures import show_quarter, show_year
from wizard.desk.reading import Reading
from wizard.desk.sums import Counted, group_counts
from wizard.guide.faults import GuideFaultsError
from wizard.guide.guide import Guide
from wizard.guide.load import load_guide
from wizard.store.counters import counted_in, helped_in, overrides_in, periods
from wizard.store.helped import quarter_of
from wizard.store.saved import today
from wizard.web.content import content
from wizard.web.language import gettext
from wizard.web.stored import store

_YEAR = 4
"""The length of a year in digits; a quarter begins with its year."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A guide and a period, and what else there is to choose from, the newest first."""

    guide: Guide
    period: str
    guides: Mapping[str, str]
    quarters: Sequence[str]

    @property
    def is_year(self) -> bool:
        """Whether the period is a year, and no quarter."""
        return len(self.period) == _YEAR

    @property
    def within(self) -> list[str]:
        """The quarters of the period."""
        return [quarter for quarter in self.quarters if quarter.startswith(self.period)]

    @property
    def periods(self) -> dict[str, str]:
        """Every period with its name, each year before its quarters."""
        years = dict.fromkeys(quarter[:_YEAR] for quarter in self.quarters)
        found = [p for year in years for p in (year, *(q for q in self.quarters if q.startswith(year)))]
        return {period: say_period(period) for period in found}

    @property
    def runs(self) -> bool:
        """Whether the period is not over."""
        return quarter_of(today()).startswith(self.period)


def say_period(period: str) -> str:
    """A period in words; one that is not over says so."""
    year, _, number = period.partition("-Q")
    quarter = gettext("%(quarter)s. kvartal %(year)s", quarter=number, year=year)
    said = quarter if number else gettext("Hele %(year)s", year=year)
    return gettext("%(period)s, til nå", period=said) if quarter_of(today()).startswith(period) else said


def read_choice(guide_id: str, period: str) -> tuple[Choice, Reading]:
    """What was asked for, as far as it is there; else the newest of the guide that is served."""
    with store().database.writing() as session:
        choice = _choose(periods(session), guide_id, period)
        counted = {quarter: _count(session, quarter, choice.guide.id) for quarter in choice.within}
    now = quarter_of(today())
    groups = {quarter: group_counts(choice.guide, counted[quarter]) for quarter in counted}
    shown = [show_quarter(groups[quarter], over=quarter < now) for quarter in groups]
    sums = [one for quarter in groups.values() for group in quarter for one in group.sums]
    return choice, Reading(choice.guide, show_year(shown, sums) if choice.is_year else shown[0])


def _count(session: Session, quarter: str, guide: str) -> Counted:
    return Counted(
        counted_in(session, quarter, guide), overrides_in(session, quarter, guide), helped_in(session, quarter, guide)
    )


def _choose(found: Sequence[tuple[str, str]], guide_id: str, period: str) -> Choice:
    guides = _guides(dict.fromkeys(id_ for id_, _ in found))
    guide = guides.get(guide_id, content().guide)
    quarters = [quarter for id_, quarter in found if id_ == guide.id] or [quarter_of(today())]
    known = {*quarters, *(quarter[:_YEAR] for quarter in quarters)}
    names = {id_: one.about.municipality for id_, one in guides.items()}
    return Choice(guide, period if period in known else quarters[0], names, quarters)


def _guides(ids: Mapping[str, None]) -> dict[str, Guide]:
    """The guide that is served, and the others that numbers were counted with, where they are still here."""
    here, folder = content().guide, content().settings.guides
    others = {id_: _find_guide(folder / id_) for id_ in ids if id_ != here.id}
    return {here.id: here} | {id_: guide for id_, guide in others.items() if guide}


@lru_cache(maxsize=8)
def _find_guide(folder: Path) -> Guide | None:
    """Another guide, for its words; None where it is not here, or not sound."""
    try:
        return load_guide(folder)
    except (GuideFaultsError, OSError):
        return None
