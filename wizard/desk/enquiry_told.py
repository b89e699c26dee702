"""An enquiry in words: its needs, how it stands, what has changed, and all of it as plain text for the journal system.

Words come from the guide as it is today. What is no longer there is told by its id.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from wizard.desk.enquiry_words import EMPTY, FIELD, FOLLOW_UP, REASON, STATUS
from wizard.desk.moments import say_moment
from wizard.guide.guide import Guide
from wizard.rules.visit import PERSON
from wizard.store.enquiries import Change, Kept
from wizard.store.enquiry import Begun, Course, NeedFound, Override
from wizard.web.language import gettext, say_date
from wizard.web.words import FOR_RELATIVE

OVERRIDES = "overrides"


@dataclass(frozen=True, slots=True)
class NeedTold:
    """A need with its words. ``whose`` is empty where it is the person's own; ``step_title`` where the step is gone."""

    id: str
    title: str
    whose: str
    step: int
    step_title: str
    services: tuple[str, ...]
    ask_about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldTold:
    """A field that differs: what it is called, and both texts."""

    name: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A line of the history; without ``fields`` the enquiry was made then, or cannot be read."""

    version: int
    who: str
    when: str
    fields: tuple[FieldTold, ...]


def tell_needs(guide: Guide, begun: Begun) -> tuple[NeedTold, ...]:
    """The needs of an enquiry."""
    return tuple(_tell_need(guide, found) for found in begun.needs)


def _tell_need(guide: Guide, found: NeedFound) -> NeedTold:
    return NeedTold(
        id=found.need,
        title=need_title(guide, found.need),
        whose="" if found.subject == PERSON else str(FOR_RELATIVE["staff"]),
        step=found.step,
        step_title=guide.steps[found.step].title if found.step in guide.steps else "",
        services=tuple(_service_name(guide, id_) for id_ in found.services),
        ask_about=tuple(_service_name(guide, id_) for id_ in found.ask_about),
    )


def need_title(guide: Guide, id_: str) -> str:
    """What a need is called."""
    return guide.needs[id_].title if id_ in guide.needs else id_


def unit_name(guide: Guide, id_: str) -> str:
    """What a unit is called; nothing where none is chosen."""
    return guide.contacts[id_].name if id_ in guide.contacts else id_


def _service_name(guide: Guide, id_: str) -> str:
    return guide.services[id_].service.name if id_ in guide.services else id_


def tell_course(guide: Guide, course: Course) -> dict[str, str]:
    """Every field of a course in words, in the order in which they are read."""
    return {
        "follow_up": str(FOLLOW_UP[course.follow_up]),
        "unit": unit_name(guide, course.unit) or EMPTY,
        "due": say_date(course.due) if course.due else EMPTY,
        "status": str(STATUS[course.status]),
        OVERRIDES: "\n".join(_tell_override(guide, o) for o in course.overrides) or EMPTY,
        "note": course.note or EMPTY,
    }


def _tell_override(guide: Guide, override: Override) -> str:
    said = {"need": need_title(guide, override.need), "step": override.step, "reason": str(REASON[override.reason])}
    line = gettext("%(need)s: trinn %(step)s. %(reason)s.", **said)
    return f"{line} {override.words}".strip()


def tell_difference(guide: Guide, before: Course, after: Course) -> tuple[FieldTold, ...]:
    """The fields that are not the same."""
    then, now = tell_course(guide, before), tell_course(guide, after)
    return tuple(FieldTold(name, str(FIELD[name]), then[name], now[name]) for name in then if then[name] != now[name])


def tell_history(guide: Guide, kept: Kept) -> tuple[ChangeTold, ...]:
    """What has become of an enquiry, the latest first."""
    return tuple(_tell_changes(guide, kept.history))[::-1]


def _tell_changes(guide: Guide, history: tuple[Change, ...]) -> Iterator[ChangeTold]:
    before: Course | None = None
    for change in history:
        fields = tell_difference(guide, before, change.course) if before and change.course else ()
        yield ChangeTold(change.version, change.who, say_moment(change.moment), fields)
        before = change.course


def merge(base: Course, stored: Course, own: Course) -> Course:
    """What is stored, with whatever somebody has changed of the base in its place."""
    mine = {name: getattr(own, name) for name in FIELD if getattr(own, name) != getattr(base, name)}
    return replace(stored, **mine)


def write_journal(guide: Guide, kept: Kept, today: date) -> str:
    """The enquiry as plain text; empty where it cannot be read."""
    if kept.begun is None or kept.latest.course is None:
        return ""
    lines = [
        gettext("Henvendelse %(reference)s", reference=kept.reference),
        gettext("Laget %(day)s i veiviseren %(title)s.", day=say_date(kept.created), title=guide.about.title),
        gettext("Innholdet er fra utgave %(revision)s.", revision=kept.begun.revision),
        "",
        *_journal_needs(guide, kept.begun),
    ]
    for name, text in tell_course(guide, kept.latest.course).items():
        if text != EMPTY:
            lines.append(f"{FIELD[name]}: {text}")
    lines += ["", gettext("Dette er veiledning, ikke et vedtak. Skrevet ut %(day)s.", day=say_date(today))]
    return "\n".join(lines)


def _journal_needs(guide: Guide, begun: Begun) -> Iterator[str]:
    for need in tell_needs(guide, begun):
        whose = f" ({need.whose})" if need.whose else ""
        step = gettext("trinn %(step)s, %(title)s", step=need.step, title=need.step_title or EMPTY)
        yield f"{need.title}{whose}: {step}"
        if need.services:
            yield gettext("  Tilbud: %(names)s", names=", ".join(need.services))
        if need.ask_about:
            yield gettext("  Spør om: %(names)s", names=", ".join(need.ask_about))
    yield ""
