"""A password that somebody chooses: what is asked of it, and how it is said where it will not do."""

from wizard.desk.passwords import LONGEST, SHORTEST, is_guessed, is_known, is_too_easy
from wizard.web.content import current_guide
from wizard.web.language import gettext

_WORDS = (
    "passord", "velkommen", "hemmelig", "skranke", "skranken", "kommune", "kommunen", "rettrinn", "hjelpetrappen",
    "trappen", "sommer", "sommeren", "høst", "høsten", "vinter", "vinteren", "vår", "våren", "januar", "februar",
    "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember", "mandag",
    "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag",
)  # fmt: skip
"""What is near at hand where people work here; the names of the place and of the account come along."""


def fault_of(password: str, again: str, name: str) -> tuple[str, str] | None:
    """The field that is wrong, and why."""
    if is_too_easy(password, name) or len(password) > LONGEST:
        return "passord", gettext(
            "Passordet må ha minst %(least)s tegn, flere ulike tegn, og ikke inneholde brukernavnet.", least=SHORTEST
        )
    if is_known(password) or is_guessed(password, _near_at_hand(name)):
        return "passord", gettext("Passordet er for lett å gjette. Velg heller fire ord som ikke hører sammen.")
    return None if password == again else ("passord2", gettext("De to passordene er ikke like."))


def _near_at_hand(name: str) -> list[str]:
    about = current_guide().about
    own = f"{name} {about.id} {about.title} {about.municipality}".casefold()
    return [*_WORDS, *own.replace(".", " ").replace("-", " ").replace("_", " ").split()]
