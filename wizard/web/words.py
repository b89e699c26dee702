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

JUDGED = lazy_gettext("Du kan be kommunen vurdere dette. Svaret er et skriftlig vedtak.")
"""Said instead of "you apply" where the municipality judges a need, and nobody applies for a place."""

HOW: Mapping[Access, str] = {
    Access.OPEN: lazy_gettext("Du kan bruke det uten å søke."),
    Access.NATIONAL: lazy_gettext("Ta kontakt selv. Du trenger ikke søke til kommunen."),
    Access.CONTACT: lazy_gettext("Ta kontakt. Du trenger ikke søke."),
    Access.SIGN_UP: lazy_gettext("Meld deg på. Du trenger ikke søke."),
    Access.INCLUDED: lazy_gettext("Det følger med annen hjelp. Du trenger ikke søke om det for seg."),
    Access.APPLICATION: lazy_gettext("Send en søknad."),
    Access.REFERRAL: lazy_gettext("Snakk med fastlegen eller andre fagfolk. De kan henvise deg."),
}
JUDGED_HOW = lazy_gettext(
    "Be kommunen vurdere dette. Fortell hva som er vanskelig. "
    "Kommunen ser på hva du trenger, og kan komme hjem til deg."
)

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
    Kind.INSTRUMENT: lazy_gettext("Dette er noe kommunen selv arbeider med. Det er ikke et tilbud til enkeltpersoner."),
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
ERASED_TEXT = lazy_gettext(
    "Svarene dine er slettet. Har du lagret dem med en kode, ligger de der til tiden går ut. "
    "De kan du slette under «Hent fram svar»."
)
CODE_UNKNOWN = lazy_gettext(
    "Vi finner ingen svar med denne koden. Se om hvert tegn er riktig. "
    "Det kan også være at tiden har gått ut, eller at svarene er slettet."
)
"""The same words for a code that nobody has, that is deleted, and that is out of time."""

FAULTS: Mapping[int, tuple[str, str]] = {
    400: (
        lazy_gettext("Vi forsto ikke det som ble sendt"),
        lazy_gettext("Det kan skje når en side har stått åpen lenge. Gå tilbake og prøv en gang til."),
    ),
    401: (
        lazy_gettext("Du må logge inn på nytt"),
        lazy_gettext("Det er en stund siden sist, så du er logget ut. Logg inn, og gjør det en gang til."),
    ),
    403: (
        lazy_gettext("Du kan ikke åpne denne siden"),
        lazy_gettext("Siden er bare for noen. Gå til forsiden og begynn der."),
    ),
    404: (
        lazy_gettext("Vi finner ikke siden"),
        lazy_gettext("Adressen kan være skrevet feil, eller siden er flyttet. Gå til forsiden og finn fram derfra."),
    ),
    405: (
        lazy_gettext("Siden kan ikke åpnes på denne måten"),
        lazy_gettext("Gå til forsiden og begynn der."),
    ),
    413: (
        lazy_gettext("Det som ble sendt, var for stort"),
        lazy_gettext("Du kan ha skrevet mer enn det er plass til. Gå tilbake, skriv kortere, og prøv igjen."),
    ),
    429: (
        lazy_gettext("Det ble for mange forsøk på kort tid"),
        lazy_gettext("Vent litt, og prøv igjen. Haster det, kan du ringe."),
    ),
    500: (
        lazy_gettext("Noe gikk galt hos oss"),
        lazy_gettext("Det er ikke din feil. Prøv igjen om litt. Haster det, kan du ringe."),
    ),
    503: (
        lazy_gettext("Vi får ikke lagret eller hentet svar nå"),
        lazy_gettext(
            "Prøv igjen om litt. Svarene du har i nettleseren, er ikke borte, og resten av veiviseren virker."
        ),
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

BARE: Mapping[int, tuple[str, str]] = {
    400: (
        lazy_gettext("Vi forsto ikke det som ble sendt"),
        lazy_gettext("Gå tilbake og prøv en gang til."),
    ),
    414: (
        lazy_gettext("Adressen er for lang"),
        lazy_gettext("Gå til forsiden og begynn der."),
    ),
    431: (
        lazy_gettext("Nettleseren sendte for mye på en gang"),
        lazy_gettext("Slett informasjonskapslene for denne siden, og prøv igjen."),
    ),
    500: FAULTS[500],
}
"""Heading and text where no page of the application can be made; any other error is told as 400 or 500."""
HELP_NOW = lazy_gettext("Trenger du hjelp nå?")
TO_START = lazy_gettext("Til forsiden")
WAY_OUT = lazy_gettext("Forlat siden raskt")
WAIT, AWAY = lazy_gettext("Vent litt"), lazy_gettext("Gå videre")

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
