"""References between files that the rules never see, but people do: contacts, areas, numbers, dates."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from wizard.guide.conditions import suggest
from wizard.guide.faults import Fault
from wizard.guide.guide import Guide, has_channel
from wizard.guide.help_shapes import ContactShape, NumberShape
from wizard.guide.ladder import entries
from wizard.guide.ladder_shapes import Access, ServiceShape, StepShape
from wizard.guide.schema import NeedShape
from wizard.guide.source import DataPath, Document
from wizard.guide.sources import Sources

_FRESH = timedelta(days=183)
"""Telephone numbers are to be checked at least twice a year."""


def check_references(sources: Sources, guide: Guide) -> Iterator[Fault]:
    """Every reference that leads nowhere, and every telephone number that has not been checked for half a year."""
    for part in (_guide, _steps, _needs, _contacts, _urgent, _words):
        for fault in part(sources, guide):
            if not any(f"“{id_}”" in fault.what for id_ in sources.tolerated):
                yield fault


def _known(document: Document, path: DataPath, kind: str, id_: str | None, known: Iterable[str]) -> Iterator[Fault]:
    known = list(known)
    if id_ is not None and id_ not in known:
        yield document.fault(path, f"There is no {kind} “{id_}”.", suggest(id_, known))


def _guide(sources: Sources, guide: Guide) -> Iterator[Fault]:
    document = sources.documents["guide"]
    yield from _whom_to_ask(document, guide)
    needs = {shape.id: d for d, shape in sources.several("needs")}
    seen = set[str]()
    for a, area in enumerate(guide.about.areas):
        for n, id_ in enumerate(area.needs):
            yield from _known(document, ("areas", a, "needs", n), "need", id_, needs)
            if id_ in seen:
                what = f"The need “{id_}” stands in two areas."
                yield document.fault(("areas", a, "needs", n), what, "Keep one of them.")
            seen.add(id_)
    for id_, home in needs.items():
        if id_ not in seen:
            what = f"The need “{id_}” stands in no area, so nobody can choose it."
            yield home.fault(("id",), what, "Add it to “areas” in guide.yaml.")
    for i, side in enumerate(guide.about.at_risk):
        yield from _known(document, ("at_risk", i, "need"), "need", side.need, needs)
    yield from _words_for_some(document, guide)
    for i, id_ in enumerate(guide.about.sensitive.questions if guide.about.sensitive else ()):
        yield from _known(document, ("sensitive", "questions", i), "question", id_, guide.questions)
    for i, gap in enumerate(guide.about.accepted_gaps):
        yield from _known(document, ("accepted_gaps", i, "need"), "need", gap.need, needs)


def _whom_to_ask(document: Document, guide: Guide) -> Iterator[Fault]:
    yield from _known(document, ("contact",), "contact", guide.about.contact, guide.contacts)
    for matter, id_ in guide.about.ask_about.items():
        yield from _known(document, ("ask_about", matter), "contact", id_, guide.contacts)
    for told, settled in guide.about.privacy.items():
        yield from _known(document, ("privacy", told, "contact"), "contact", settled.contact, guide.contacts)


def _words_for_some(document: Document, guide: Guide) -> Iterator[Fault]:
    """What is said to those who apply, and to children."""
    for key in ("help", "time"):
        yield from _known(document, ("applying", key), "right", getattr(guide.about.applying, key), guide.rights)
    yield from _known(document, ("interpreter",), "right", guide.about.interpreter, guide.rights)
    for i, young in enumerate(guide.about.young):
        yield from _known(document, ("young", i, "call"), "number", young.call, guide.numbers)
        yield from _known(document, ("young", i, "contact"), "contact", young.contact, guide.contacts)


def _steps(sources: Sources, guide: Guide) -> Iterator[Fault]:
    for document, step in sources.several("steps"):
        yield from _known(document, ("band",), "band", step.band, guide.about.bands)
        yield from _services(document, step, guide)


def _services(document: Document, step: StepShape, guide: Guide) -> Iterator[Fault]:
    for path, service in entries(step):
        yield from _known(document, (*path, "contact"), "contact", service.contact, guide.contacts)
        yield from _complaints(document, path, service, guide)
        for i, need in enumerate(service.serves):
            yield from _known(document, (*path, "serves", i), "need", need, guide.needs)
        for key, named in (("fits", service.fits), ("priority", service.priority)):
            for need in named:
                if need not in service.serves:
                    what = f"“{key}” speaks of “{need}”, which “{service.id}” does not serve."
                    yield document.fault((*path, key, need), what, "Add it to “serves”, or remove it here.")


def _complaints(document: Document, path: DataPath, service: ServiceShape, guide: Guide) -> Iterator[Fault]:
    for id_ in service.complaint:
        yield from _known(document, (*path, "complaint"), "complaint", id_, guide.complaints)
    if service.access is Access.APPLICATION and not service.complaint:
        what = f"“{service.id}” is applied for, and does not say how to complain about the decision."
        yield document.fault(path, what, "Add “complaint” with an id from complaints.yaml.")


def _needs(sources: Sources, guide: Guide) -> Iterator[Fault]:
    for document, need in sources.several("needs"):
        yield from _known(document, ("contact",), "contact", need.contact, guide.contacts)
        for i, turn in enumerate(need.contact_when):
            yield from _known(document, ("contact_when", i, "contact"), "contact", turn.contact, guide.contacts)
        for key, sentences in (("notes", need.notes), ("outside", need.outside)):
            for i, sentence in enumerate(sentences):
                yield from _known(document, (key, i, "see"), "service", sentence.see, guide.services)
        yield from _related(document, need, guide)


def _related(document: Document, need: NeedShape, guide: Guide) -> Iterator[Fault]:
    for i, id_ in enumerate(need.related):
        yield from _known(document, ("related", i), "need", id_, guide.needs)


def _contacts(sources: Sources, guide: Guide) -> Iterator[Fault]:
    document = sources.documents["contacts"]
    for path, contact in sources.items("contacts"):
        if contact.next is not None and contact.next not in guide.contacts:
            yield from _known(document, (*path, "next"), "contact", contact.next, guide.contacts)
        elif not _ends_in_a_channel(contact, guide.contacts, guide.about.contact):
            what = f"The chain of contacts from “{contact.id}” never reaches a channel that works."
            yield document.fault(path, what, "Give it phone, web or visit, or a “next” that has one.")
        if contact.phone and not _is_fresh(contact.checked):
            yield _stale(document, (*path, "phone"), contact.name, contact.checked)


def _ends_in_a_channel(contact: ContactShape, contacts: Mapping[str, ContactShape], last: str) -> bool:
    seen = set[str]()
    while contact.id not in seen:
        if has_channel(contact):
            return True
        seen.add(contact.id)
        following = contacts.get(contact.next or last)
        if following is None:
            return False
        contact = following
    return False


def _urgent(sources: Sources, guide: Guide) -> Iterator[Fault]:
    document = sources.documents["urgent"]
    urgent = sources.whole["urgent"]
    for i, number in enumerate(urgent.numbers):
        if not _is_fresh(number.checked):
            yield _stale(document, ("numbers", i), _title(number), number.checked)
    for i, danger in enumerate(urgent.dangers):
        yield from _known(document, ("dangers", i, "instead_of"), "danger", danger.instead_of, guide.dangers)
        for key in ("first", "also"):
            for j, line in enumerate(getattr(danger, key)):
                path: DataPath = ("dangers", i, key, j)
                yield from _known(document, (*path, "call"), "number", line.call, guide.numbers)
                if (line.call is None) == (line.say is None):
                    yield document.fault(path, "A line is either a number or a text.", "Write “call” or “say”.")
        if not any(line.call for line in danger.first):
            what = f"The danger “{danger.id}” puts no number first."
            yield document.fault(("dangers", i, "first"), what, "Begin with “call”.")


def _words(sources: Sources, guide: Guide) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for path, shape in sources.items("words"):
        document = sources.documents["words"]
        for i, word in enumerate(shape.words):
            line = first.setdefault(word.casefold(), document.line((*path, "words", i)))
            if line != document.line((*path, "words", i)) or word.casefold() in map(str.casefold, shape.words[:i]):
                what = f"The word “{word}” stands twice; it stood first on line {line}."
                yield document.fault((*path, "words", i), what, "Keep one of them, with all that it means.")
        for key, known in (("needs", guide.needs), ("services", guide.services), ("dangers", guide.dangers)):
            for i, id_ in enumerate(getattr(shape, key)):
                yield from _known(document, (*path, key, i), key.removesuffix("s"), id_, known)
        if not (shape.needs or shape.services or shape.dangers):
            yield document.fault(path, "These words mean nothing.", "Name a need, a service or a danger.")
        if shape.called and not shape.services:
            what = "“called” is another name for the first service, and there is none."
            yield document.fault((*path, "called"), what, "Name the service, or remove the line.")


def _title(number: NumberShape) -> str:
    return f"{number.number} ({number.name})"


def _is_fresh(checked: date | None) -> bool:
    return checked is not None and date.today() - checked <= _FRESH


def _stale(document: Document, path: DataPath, name: str, checked: date | None) -> Fault:
    when = f"was last checked {checked}" if checked else "has no date of checking"
    return document.fault(path, f"{name} {when}.", "Call it, and write today's date in “checked”.", warning=True)
