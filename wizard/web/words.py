"""The interface's own words that do not stand in a template, in one place for whoever edits or translates them."""

from collections.abc import Mapping

from wizard.guide.ladder_shapes import Access, Kind
from wizard.web.language import lazy_gettext
from wizard.web.session import Lost

ACCESS: Mapping[Access, str] = {
    Access.OPEN: lazy_gettext("Åpent for alle. Du trenger ikke søke."),
    Access.NATIONAL: lazy_gettext("Gjelder hele landet. Du tar kontakt selv, uten å søke til kommunen."),
    Access.CONTACT: lazy_gettext("Du tar kontakt. Du trenger ikke søke."),
    Access.SIGN_UP: lazy_gettext("Du melder deg på. Du trenger ikke søke."),
    Access.INCLUDED: lazy_gettext("Følger med annen hjelp. Du trenger ikke søke om dette for seg."),
    Access.APPLICATION: lazy_gettext("Du søker, og får et skriftlig vedtak."),
    Access.REFERRAL: lazy_gettext("Fastlegen eller andre fagfolk henviser deg."),
}

PROVIDER: Mapping[str, str] = {
    "municipality": lazy_gettext("Kommunen"),
    "state": lazy_gettext("Staten"),
    "county": lazy_gettext("Fylkeskommunen"),
    "voluntary": lazy_gettext("Frivillige"),
    "private": lazy_gettext("Private"),
}

KIND_NOTE: Mapping[Kind, str] = {
    Kind.SERVICE: "",
    Kind.ARENA: "",
    Kind.INSTRUMENT: lazy_gettext("Dette er noe kommunen selv arbeider med. Det er ikke et tilbud du kan søke om."),
    Kind.PLACEMENT: lazy_gettext(
        "Dette er ikke noe man søker om selv. Det brukes når fagfolk har vurdert at det trengs."
    ),
}

LOST: Mapping[Lost, str] = {
    Lost.EXPIRED: lazy_gettext(
        "Det er en stund siden du var her, så svarene dine er slettet. Det gjør vi for at ingen andre skal få se dem. "
        "Du kan starte på nytt."
    ),
    Lost.UNREADABLE: lazy_gettext(
        "Vi fikk ikke lest svarene fra nettleseren din, så de er slettet. Du kan starte på nytt."
    ),
}

ERASED = "slettet"
ERASED_TEXT = lazy_gettext("Svarene dine er slettet.")

FAULTS: Mapping[int, tuple[str, str]] = {
    400: (
        lazy_gettext("Vi forsto ikke det som ble sendt"),
        lazy_gettext("Gå tilbake og prøv en gang til. Svarene dine er ikke borte."),
    ),
    404: (
        lazy_gettext("Vi finner ikke siden"),
        lazy_gettext("Adressen kan være skrevet feil, eller siden er flyttet."),
    ),
    405: (
        lazy_gettext("Siden kan ikke åpnes på denne måten"),
        lazy_gettext("Gå til forsiden og begynn der."),
    ),
    413: (
        lazy_gettext("Det som ble sendt, var for stort"),
        lazy_gettext("Gå tilbake og prøv en gang til."),
    ),
    500: (
        lazy_gettext("Noe gikk galt hos oss"),
        lazy_gettext("Det er ikke din feil. Prøv igjen om litt. Haster det, kan du ringe."),
    ),
}
"""Heading and text of the error pages; any other error is told as 400 or 500."""

EMERGENCY: tuple[tuple[str, str], ...] = (
    ("113", lazy_gettext("Medisinsk nødhjelp")),
    ("112", lazy_gettext("Politi")),
    ("116 117", lazy_gettext("Legevakt")),
    ("110", lazy_gettext("Brann")),
)
"""The numbers that every error page carries, also when no guide can be read."""

FOR_PERSON: Mapping[str, str] = {
    "self": lazy_gettext("For deg"),
    "child": lazy_gettext("For barnet"),
    "relative": lazy_gettext("For den du er pårørende til"),
    "staff": lazy_gettext("For innbyggeren"),
}
FOR_RELATIVE: Mapping[str, str] = {
    "self": lazy_gettext("For deg som pårørende"),
    "child": lazy_gettext("For deg som forelder eller pårørende"),
    "relative": lazy_gettext("For deg som pårørende"),
    "staff": lazy_gettext("For den pårørende"),
}
