"""What to expect of a service, line by line. What is not known is never left out: the line says whom to ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from wizard.guide.guide import Guide, Placed
from wizard.guide.help_shapes import ComplaintFact, ComplaintShape, RightShape
from wizard.guide.ladder_shapes import Access, Kind, LinkShape
from wizard.web.language import gettext as _
from wizard.web.words import HOW, JUDGED_HOW, KIND_NOTE

WITHOUT_SHEET = (Kind.INSTRUMENT, Kind.PLACEMENT)
"""Nobody uses or applies for these, unless the entry itself says that one applies."""


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
    """How to complain about one kind of decision, fact by fact."""

    about: str
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
    complaints = tuple(make_complaint(guide.complaints[id_]) for id_ in service.complaint)
    return Sheet(tuple(_facts(guide, placed, ask)), complaints, "" if complaints else _unhappy(service.access, ask))


def _facts(guide: Guide, placed: Placed, ask: str) -> Iterator[Fact]:
    service = placed.service
    yield _known_or_ask(_("Dette kan du vente deg"), service.expect, _("Det vet vi ikke ennå."), ask)
    yield _known_or_ask(_("Dette er ikke med"), service.not_included, _("Det vet vi ikke ennå."), ask)
    yield _known_or_ask(_("Dette kan du bidra med"), service.from_you, _("Det vet vi ikke ennå."), ask)
    yield _how(guide, placed, ask)
    yield _decision(placed, ask)
    yield _time(guide, placed, ask)
    yield _known_or_ask(_("Pris"), service.cost, _("Prisen kjenner vi ikke."), ask)


def _known_or_ask(title: str, text: str | None, unknown: str, ask: str) -> Fact:
    return Fact(title, text) if text else Fact(title, f"{unknown} {ask_whom(ask)}", known=False)


def ask_whom(name: str) -> str:
    """Whom to ask, in words that any name fits into."""
    return _("Spør: %(name)s.", name=name)


def _how(guide: Guide, placed: Placed, ask: str) -> Fact:
    service, title = placed.service, _("Slik ber du om det")
    if service.access is not Access.APPLICATION:
        return Fact(title, str(HOW[service.access]), link=service.form)
    help_ = _right(guide, guide.about.applying.help)
    form = "" if service.form else _("Spør om søknadsskjemaet: %(name)s.", name=ask)
    words = (str(JUDGED_HOW if placed.step.judged else HOW[service.access]), help_.text if help_ else "", form)
    return Fact(title, " ".join(word for word in words if word), law=help_.law if help_ else "", link=service.form)


def _decision(placed: Placed, ask: str) -> Fact:
    service, title = placed.service, _("Vedtak")
    if service.access is Access.APPLICATION:
        return Fact(title, _("Ja. Svaret er et skriftlig vedtak."))
    if service.complaint:
        return Fact(title, _("Du kan ta kontakt uten å søke. Blir det gjort et vedtak, kan du klage på det."))
    if service.access is Access.REFERRAL:
        return Fact(title, f"{_('Det vet vi ikke.')} {ask_whom(ask)}", known=False)
    return Fact(title, _("Nei. Du trenger ikke vente på et vedtak."))


def _time(guide: Guide, placed: Placed, ask: str) -> Fact:
    """The time of the service itself; else, for an application, what the law says of answers."""
    service, title = placed.service, _("Tid")
    answer = _right(guide, guide.about.applying.time)
    if not service.time and service.access is Access.APPLICATION and answer:
        return Fact(title, answer.text, law=answer.law)
    return _known_or_ask(title, service.time, _("Tidene kjenner vi ikke."), ask)


def _right(guide: Guide, id_: str | None) -> RightShape | None:
    return guide.rights[id_] if id_ else None


def make_complaint(shape: ComplaintShape) -> Complaint:
    """How to complain; what has not been verified is said to stand in the decision."""
    titles: dict[ComplaintFact, str] = {
        "deadline": _("Frist"),
        "sent_to": _("Send klagen til"),
        "decided_by": _("Hvem som avgjør"),
    }
    facts = (
        Fact(title, shape.known(key) or _("Det står i vedtaket."), known=bool(shape.known(key)))
        for key, title in titles.items()
    )
    return Complaint(shape.about, tuple(facts), shape.help or "", shape.known("law"))


def _unhappy(access: Access, ask: str) -> str:
    if access is Access.REFERRAL:
        return _("Får du et vedtak, står det der hvordan du klager. Ellers kan du si fra til: %(name)s.", name=ask)
    return _("Her er det ikke noe vedtak å klage på. Er du ikke fornøyd, kan du si fra til: %(name)s.", name=ask)


def kind_note(placed: Placed) -> str:
    """What one should know of an entry that nobody can apply for."""
    applied_for = placed.service.access is Access.APPLICATION
    return "" if applied_for else str(KIND_NOTE[placed.service.kind])
