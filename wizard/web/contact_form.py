"""What somebody writes who asks to be called: read as it is, judged field by field, and turned into a request."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wizard.store.birth_number import find_birth_number
from wizard.store.callbacks import Wish
from wizard.web.language import gettext
from wizard.web.visit import Visit

LONGEST_NAME, LONGEST_WHEN = 80, 200
_PHONE = re.compile(r"(?:\+?47)?\d{8}|(?:\+|00)\d{7,15}")
YES, NO, ONLY_THEN = "ja", "nei", "bestemt"


@dataclass(frozen=True, slots=True)
class Leaving:
    """A form as somebody has written it. ``safe`` and ``message`` are empty until they are answered."""

    safe: str = ""
    name: str = ""
    phone: str = ""
    when: str = ""
    message: str = ""
    with_answers: bool = False


def read_leaving(form: Mapping[str, str]) -> Leaving:
    """The form as it was sent."""
    return Leaving(
        safe=form.get("trygt", ""),
        name=_line(form, "navn", LONGEST_NAME),
        phone=_line(form, "telefon", LONGEST_NAME),
        when=_line(form, "nar", LONGEST_WHEN),
        message=form.get("beskjed", ""),
        with_answers="svar" in form,
    )


def faults_of(leaving: Leaving) -> dict[str, str]:
    """What is wrong, by field; nothing where the request can be taken."""
    return dict(_faults(leaving)) | dict(_birth_numbers(leaving))


def _faults(leaving: Leaving) -> Iterator[tuple[str, str]]:
    if leaving.safe not in {YES, ONLY_THEN}:
        yield "trygt", gettext("Velg om det er trygt at vi ringer deg.")
    if not leaving.name:
        yield "navn", gettext("Skriv hvem vi skal spørre etter. Fornavn er nok.")
    if not _PHONE.fullmatch(re.sub(r"[\s().-]", "", leaving.phone)):
        yield "telefon", gettext("Skriv telefonnummeret med 8 tall. Er det utenlandsk, så begynn med + og landkoden.")
    if leaving.safe == ONLY_THEN and not leaving.when:
        yield "nar", gettext("Skriv når det er trygt at vi ringer.")
    if leaving.message not in {YES, NO}:
        yield "beskjed", gettext("Velg om vi kan legge igjen beskjed.")


def _birth_numbers(leaving: Leaving) -> Iterator[tuple[str, str]]:
    for field, text in (("navn", leaving.name), ("telefon", leaving.phone), ("nar", leaving.when)):
        if find_birth_number(text):
            yield field, gettext("Det ser ut til å stå et fødselsnummer her. Ta det bort. Vi trenger det ikke.")


def make_wish(leaving: Leaving, visit: Visit) -> Wish:
    """The request, with the answers only where that was ticked."""
    return Wish(
        name=leaving.name,
        phone=leaving.phone,
        when=leaving.when,
        only_then=leaving.safe == ONLY_THEN,
        message=leaving.message == YES,
        revision=visit.revision if leaving.with_answers else "",
        answers=dict(visit.answers) if leaving.with_answers else None,
    )


def _line(form: Mapping[str, str], name: str, longest: int) -> str:
    """One line, cut at what the field takes."""
    return " ".join(form.get(name, "").split())[:longest]
