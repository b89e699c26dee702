"""What the overview calls the things that are counted."""

from collections.abc import Mapping

from wizard.desk.sums import AFTER, BEFORE, DOWN, RESULT, UP
from wizard.store.counters import What
from wizard.store.helped import Helped
from wizard.web.language import lazy_gettext

VOICES: Mapping[str, str] = {
    "self": lazy_gettext("Den det gjelder"),
    "child": lazy_gettext("Forelder"),
    "relative": lazy_gettext("Pårørende"),
    "staff": lazy_gettext("Skranken"),
}
PARTS: Mapping[str, str] = {
    BEFORE: lazy_gettext("Stoppet før valg av behov"),
    AFTER: lazy_gettext("Stoppet etter valg av behov"),
    RESULT: lazy_gettext("Kom til resultatet"),
}
GAPS: Mapping[str, str] = {
    What.SHORT.value: lazy_gettext("Ingen tilbud så høyt i trappa"),
    What.NOTHING.value: lazy_gettext("Ingen tilbud på trinnet passer"),
}
WAYS: Mapping[str, str] = {UP: lazy_gettext("Til et høyere trinn"), DOWN: lazy_gettext("Til et lavere trinn")}
HELPED: Mapping[str, str] = {
    Helped.YES.value: lazy_gettext("Ja"),
    Helped.PARTLY.value: lazy_gettext("Delvis"),
    Helped.NO.value: lazy_gettext("Nei"),
}
WHO: Mapping[str, str] = {
    "everyone": lazy_gettext("Alle"),
    "relative": lazy_gettext("Pårørende"),
    "parent": lazy_gettext("Foreldre"),
    "refugee": lazy_gettext("Nye i Norge"),
    "expecting": lazy_gettext("Gravide"),
    "grown": lazy_gettext("Voksne barn"),
}
