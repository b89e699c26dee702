"""What to expect of a service, line by line. What is not known is told in one line, with whom to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.guide.guide import Guide, Placed
from wizard.guide.help_shapes import ComplaintFact, ComplaintShape, RightShape
from wizard.guide.ladder_shapes import Access, Kind, LinkShape, ServiceShape
from wizard.web.language import gettext as _
from wizard.web.language import say_list
from wizard.web.words import HOW, JUDGED_HOW, KIND_NOTE

WITHOUT_SHEET = (Kind.INSTRUMENT, Kind.PLACEMENT)
"""Nobody uses or applies for these, unless the entry itself says that one applies."""
SELF_SERVICE = (Access.OPEN, Access.NATIONAL, Access.INCLUDED)
"""One just comes, reads, or has it already: nobody there decides, or keeps one waiting."""
DECIDED = (Access.APPLICATION, Access.NATIONAL)
"""What one applies for, to the municipality or to the state, is answered by a decision."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the sheet. ``known`` is false where it says whom to ask instead."""

    title: str
    text: str
    known: bool = True
    law: str = ""
    link: LinkShape | None = None


@dataclass(frozen=True, slots=True)
class Complaint:
    """How to complain about one kind of decision, fact by fact. ``first``: what to know where there is none yet."""

    about: str
    first: str
    facts: tuple[Fact, ...]
    help: str
    law: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is known of a service, and whom to ask for the rest. ``unhappy``: where there is no decision."""

    facts: tuple[Fact, ...]
    complaints: tuple[Complaint, ...]
    unhappy: str


def make_sheet(guide: Guide, placed: Placed, ask: str) -> Sheet | None:
    """The sheet of a service, with the name of whom to ask; None where there is nothing one could get."""
    service = placed.service
    if service.kind in WITHOUT_SHEET and service.access is not Access.APPLICATION:
        return None
    decided = service.access in DECIDED
    complaints = tuple(make_complaint(guide.complaints[id_], decided=decided) for id_ in service.complaint)
    return Sheet(tuple(_facts(guide, placed, ask)), complaints, "" if complaints else _unhappy(service, ask))


def _facts(guide: Guide, placed: Placed, ask: str) -> Iterator[Fact]:
    service = placed.service
    if service.expect:
        yield Fact(_("Dette kan du vente deg"), service.expect)
    if service.not_included:
        yield Fact(_("Dette er ikke med"), service.not_included)
    if service.from_you:
        yield Fact(_("Dette kan du bidra med"), service.from_you)
    yield _how(guide, placed, ask)
    if decision := _decision(service):
        yield Fact(_("Vedtak"), decision)
    if time := _time(guide, service):
        yield time
    if service.cost:
        yield Fact(_("Pris"), service.cost)
    if unknown := tuple(_unknown(guide, service)):
        yield Fact(_("Dette vet vi ikke ennå"), f"{_start(say_list(unknown))}. {ask_whom(ask)}", known=False)


def ask_whom(name: str) -> str:
    """Whom to ask, in words that any name fits into."""
    return _("Spør: %(name)s.", name=name)


def _start(text: str) -> str:
    return text[:1].upper() + text[1:]


def _how(guide: Guide, placed: Placed, ask: str) -> Fact:
    service, title = placed.service, _("Slik ber du om det")
    if service.access is not Access.APPLICATION:
        return Fact(title, service.how or str(HOW[service.access]), link=service.form)
    help_ = _right(guide, guide.about.applying.help)
    form = "" if service.form else _("Spør om søknadsskjemaet: %(name)s.", name=ask)
    way = service.how or str(JUDGED_HOW if placed.step.judged else HOW[service.access])
    words = (way, help_.text if help_ else "", form)
    return Fact(title, " ".join(word for word in words if word), law=help_.law if help_ else "", link=service.form)


def _decision(service: ServiceShape) -> str:
    """Whether there is a decision; nothing where the question has no meaning, or no answer."""
    if service.access in DECIDED and service.complaint:
        return _("Ja. Svaret er et skriftlig vedtak.")
    if service.access in SELF_SERVICE:
        return ""
    if service.complaint:
        return _("Du kan ta kontakt uten å søke. Spør om det trengs et vedtak etterpå.")
    asked_for = service.access in (Access.CONTACT, Access.SIGN_UP) and service.provider == "municipality"
    if asked_for and service.kind is not Kind.ARENA and not service.how:
        return _("Nei. Du trenger ikke vente på et vedtak.")
    return ""


def _time(guide: Guide, service: ServiceShape) -> Fact | None:
    """The time of the service itself; else, for an application, what the law says of answers."""
    title = _("Tid")
    if service.time:
        return Fact(title, service.time)
    answer = _right(guide, guide.about.applying.time)
    return Fact(title, answer.text, law=answer.law) if answer and service.access is Access.APPLICATION else None


def _unknown(guide: Guide, service: ServiceShape) -> Iterator[str]:
    """What should be known and is not; what has no meaning for the service is never missed."""
    if service.access in SELF_SERVICE or service.kind is not Kind.SERVICE:
        return
    missed = service.access is Access.APPLICATION and "not_included" not in service.leave_out
    if missed and not service.not_included:
        yield _("hva som ikke er med")
    if service.access is Access.REFERRAL:
        yield _("om det blir gjort et vedtak")
    if not _time(guide, service) and "time" not in service.leave_out:
        yield _("hvor lenge du må vente")
    if not service.cost and "cost" not in service.leave_out:
        yield _("hva det koster")


def _right(guide: Guide, id_: str | None) -> RightShape | None:
    return guide.rights[id_] if id_ else None


def make_complaint(shape: ComplaintShape, *, decided: bool = True) -> Complaint:
    """How to complain; what has not been verified is said to stand in the decision.

    Where help begins without a decision (``decided`` is false), that is told first.
    """
    titles: dict[ComplaintFact, str] = {
        "deadline": _("Frist"),
        "sent_to": _("Send klagen til"),
        "decided_by": _("Hvem som avgjør"),
    }
    facts = [Fact(title, shape.known(key)) for key, title in titles.items() if shape.known(key)]
    if rest := list(_in_the_decision(shape)):
        facts.append(Fact(_("Dette står i vedtaket"), f"{_start(say_list(rest))}.", known=False))
    first = "" if decided else shape.without_decision or _("Blir det gjort et vedtak, kan du klage på det.")
    return Complaint(shape.about, first, tuple(facts), shape.help or "", shape.known("law"))


def _in_the_decision(shape: ComplaintShape) -> Iterator[str]:
    if not shape.known("deadline"):
        yield _("fristen")
    if not shape.known("sent_to"):
        yield _("hvor du sender klagen")
    if not shape.known("decided_by"):
        yield _("hvem som avgjør")


def _unhappy(service: ServiceShape, ask: str) -> str:
    """What to do where there is no decision; nothing where one owes the other nothing, as with volunteers."""
    if service.access is Access.REFERRAL:
        return _("Får du et vedtak, står det der hvordan du klager. Ellers kan du si fra til: %(name)s.", name=ask)
    free = service.provider in ("voluntary", "private") or service.kind is Kind.ARENA
    return "" if free or service.access in SELF_SERVICE else _("Du kan si fra til: %(name)s.", name=ask)


def kind_note(placed: Placed) -> str:
    """What one should know of an entry that nobody can apply for."""
    applied_for = placed.service.access is Access.APPLICATION
    return "" if applied_for else str(KIND_NOTE[placed.service.kind])
