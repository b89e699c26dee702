"""What staff call the parts of an enquiry."""

from collections.abc import Mapping

from wizard.store.enquiry import FollowUp, Reason, Status
from wizard.web.language import lazy_gettext

STATUS: Mapping[Status, str] = {
    Status.OPEN: lazy_gettext("Åpen"),
    Status.WAITING: lazy_gettext("Venter på andre"),
    Status.CLOSED: lazy_gettext("Ferdig"),
}
FOLLOW_UP: Mapping[FollowUp, str] = {
    FollowUp.INFORMED: lazy_gettext("Har fått råd og veiledning"),
    FollowUp.HANDED: lazy_gettext("Gitt videre til en enhet"),
    FollowUp.CALL_BACK: lazy_gettext("Vi ringer tilbake"),
    FollowUp.NONE: lazy_gettext("Ingen tilbud passer nå"),
}
REASON: Mapping[Reason, str] = {
    Reason.KNOWN: lazy_gettext("Vi vet noe som veiviseren ikke spør om"),
    Reason.TRIED: lazy_gettext("Det lavere trinnet er prøvd"),
    Reason.NO_ROOM: lazy_gettext("Det er ikke plass på trinnet nå"),
    Reason.WISH: lazy_gettext("Innbyggeren ønsker noe annet"),
    Reason.OTHER: lazy_gettext("Noe annet"),
}
FIELD: Mapping[str, str] = {
    "follow_up": lazy_gettext("Oppfølging"),
    "unit": lazy_gettext("Enhet"),
    "due": lazy_gettext("Frist"),
    "status": lazy_gettext("Status"),
    "overrides": lazy_gettext("Annet trinn"),
    "note": lazy_gettext("Merknad"),
}
BIRTH_NUMBER = lazy_gettext(
    "Det ser ut til å stå et fødselsnummer her. Ta det bort, så kan du lagre. Her skal det ikke stå hvem det gjelder."
)
"""Said wherever a birth number is written; kind, since it is a slip."""
CHANGED_MEANWHILE = lazy_gettext("Noen andre endret dette mens du skrev. Ingenting av ditt er borte.")
EMPTY = "–"
