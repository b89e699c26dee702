"""The page of a conversation, put together: what has happened to it, the sheet, the side, and what was looked for."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import render_template

from wizard.desk.changes import Changes, find_changes
from wizard.desk.cookies import read_cookie
from wizard.desk.drafts import Talk
from wizard.desk.filled import Filled, find_sheet
from wizard.desk.panel import Panel, make_panel
from wizard.desk.sheet import AreaBoxes, NeedBox, Section, answer_texts, make_areas, make_sections, see
from wizard.desk.staff import browser_mark
from wizard.rules.model import NEEDS
from wizard.search.find import find
from wizard.search.letters import LONGEST_TEXT
from wizard.store.birth_number import find_birth_number
from wizard.store.drafts import new_draft_id
from wizard.web.content import content, current_guide
from wizard.web.language import say_span
from wizard.web.urgent import Alarm, make_alarms
from wizard.web.visit import Given

KEYS_COOKIE = "skranke-taster"
"""Says that shortcuts are switched off, for as long as this login lasts."""


class Notice(StrEnum):
    """What whoever fills in a sheet has to be told before anything else."""

    NONE = ""
    REFUSED = "refused"
    """Another page has changed the conversation."""
    GONE = "gone"
    """It had been deleted."""
    ENDED = "slettet"
    """It was deleted just now, by the person who asks."""


@dataclass(frozen=True, slots=True)
class Rival:
    """A question that two pages answer differently."""

    question: str
    ask: str
    stored: tuple[str, ...]
    own: tuple[str, ...]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hits:
    """The needs that a few words may be about, and the dangers they may speak of."""

    text: str
    needs: tuple[NeedBox, ...]
    alarms: tuple[Alarm, ...]
    nearest: bool


@dataclass(frozen=True, slots=True)
class Other:
    """Another conversation that is open. It tells nothing of what it is about: others may see the screen."""

    id: str
    needs: int
    ago: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Everything that the page prints. ``writer`` names this page, so that it is told from other pages."""

    talk: Talk
    writer: str
    notice: Notice
    rivals: tuple[Rival, ...]
    areas: tuple[AreaBoxes, ...]
    needs_fault: str
    hits: Hits | None
    sections: tuple[Section, ...]
    panel: Panel
    changes: Changes | None
    others: tuple[Other, ...]

    @property
    def faults(self) -> tuple[tuple[str, str, str], ...]:
        """Question, its words, and what is wrong with the answer."""
        items = [item for section in self.sections for item in section.items if item.fault]
        own = ((NEEDS, find_sheet(NEEDS).ask, self.needs_fault),) if self.needs_fault else ()
        return (*own, *((item.sheet.question, item.sheet.ask, item.fault) for item in items))


def show_sheet(
    talk: Talk,
    filled: Filled | None = None,
    *,
    notice: Notice = Notice.NONE,
    rivals: Mapping[str, Given] | None = None,
    text: str = "",
    others: tuple[Talk, ...] = (),
) -> str:
    """The page, with what is answered so far."""
    guide, seen = current_guide(), see(current_guide(), talk)
    areas = make_areas(guide, talk, seen, filled)
    page = SheetPage(
        talk=talk,
        writer=new_draft_id(),
        notice=notice,
        rivals=tuple(_rival(talk, id_, own) for id_, own in (rivals or {}).items()),
        areas=areas,
        needs_fault=filled.faults.get(NEEDS, "") if filled else "",
        hits=find_needs(text, areas),
        sections=make_sections(guide, talk, seen, filled),
        panel=make_panel(guide, talk, seen),
        changes=find_changes(guide, talk),
        others=tuple(_other(other) for other in others),
    )
    return render_template("desk/sheet.html", page=page, keys=keys_are_on(), settings=content().settings)


def find_needs(text: str, areas: tuple[AreaBoxes, ...]) -> Hits | None:
    """The needs among these that a text may be about; None where there is no text, or a birth number in it."""
    text = text[:LONGEST_TEXT].strip()
    if not text or find_birth_number(text):
        return None
    boxes = {box.id: box for area in areas for box in area.needs if box.fits}
    found = find(content().index, text)
    needs = tuple(boxes[hit.id] for hit in found.needs if hit.id in boxes)
    return Hits(text, needs, make_alarms(current_guide(), found.dangers, "staff"), found.nearest)


def keys_are_on() -> bool:
    """Whether shortcuts work; they do until somebody switches them off, and again after the next login."""
    return read_cookie(KEYS_COOKIE) != browser_mark()[:32]


def _rival(talk: Talk, question: str, own: Given) -> Rival:
    sheet = find_sheet(question)
    values = (own,) if isinstance(own, str) else tuple(own)
    return Rival(question, sheet.ask, answer_texts(sheet, talk.answers[question]), answer_texts(sheet, own), values)


def _other(talk: Talk) -> Other:
    minutes = max(1, (int(time.time()) - talk.changed) // 60)
    return Other(talk.id, len(talk.needs), say_span(minutes))
