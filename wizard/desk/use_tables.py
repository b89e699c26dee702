"""The tables about how the guide is used: what staff changed, how far visits came, whether it helped, and overlaps."""

from collections.abc import Iterator, Mapping

from wizard.desk.enquiry_words import REASON
from wizard.desk.figures import Shown
from wizard.desk.overview_words import HELPED, PARTS, VOICES, WAYS, WHO
from wizard.desk.reading import Reading, Row, Table
from wizard.desk.sums import ALL, UNSAID
from wizard.guide.guide import Guide
from wizard.guide.overlap import find_overlaps
from wizard.search.ages import age_groups
from wizard.web.language import gettext


def reasons(reading: Reading) -> Table:
    """Why the desk set another step."""
    names = {reason.value: str(words) for reason, words in REASON.items()}
    title = gettext("Når skranken valgte et annet trinn: hvorfor")
    return Table("grunner", title, gettext("Grunn"), _with_sum(WAYS), _changed(reading, "reason", names))


def overridden(reading: Reading) -> Table:
    """For which needs the desk set another step."""
    names = {id_: need.title for id_, need in reading.guide.needs.items()}
    title = gettext("Når skranken valgte et annet trinn: hvilke behov")
    return Table("annet-trinn", title, gettext("Behov"), _with_sum(WAYS), _changed(reading, "override", names))


def _changed(reading: Reading, table: str, names: Mapping[str, str]) -> tuple[Row, ...]:
    """The sums of both tables are the same numbers."""
    return reading.rows(
        table, names, lambda id_: _named(reading, table if id_ else "way", id_, names.get(id_, id_), WAYS)
    )


def voices(reading: Reading) -> Table:
    """How far visits came, by who answered."""

    def row(voice: str) -> Row:
        label = str(VOICES.get(voice, voice)) if voice else gettext("Alle")
        return Row(label, tuple(reading.at("stop", part, voice) for part in (*PARTS, ALL)), total=voice == ALL)

    found = [voice for voice in reading.columns("stop", [*VOICES]) if reading.at("stop", ALL, voice).count]
    rows = tuple(row(voice) for voice in [*found, ALL])
    return Table("besok", gettext("Hvor langt besøkene kom"), gettext("Hvem som svarte"), _with_sum(PARTS), rows)


def stops(reading: Reading) -> Table:
    """The questions where visits stopped, most first; those with none, or too few to tell, are left out."""
    found = [(cell[2], number) for cell, number in reading.told.cells.items() if cell[0] == "question"]
    told = sorted(((id_, number) for id_, number in found if not number.hidden and number.count), key=_most_first)
    rows = tuple(Row(_ask(reading.guide, id_), (number,), (_place(reading, id_),)) for id_, number in told)
    columns = (gettext("Besøk som stoppet her"), gettext("Del av veiviseren"))
    return Table("stopp", gettext("Spørsmål der besøk stoppet"), gettext("Spørsmål"), columns, rows)


def _most_first(told: tuple[str, Shown]) -> int:
    return -told[1].count


def _ask(guide: Guide, question: str) -> str:
    return guide.questions[question].ask.own if question in guide.questions else question


def _place(reading: Reading, question: str) -> str:
    """Where a question stands: with one need, or with everybody."""
    shape = reading.guide.questions.get(question)
    if shape and shape.place == "need":
        for need in reading.guide.ruleset.needs.values():
            if any(item.question.id == question for item in need.asked):
                return reading.need(need.id)
    return gettext("Felles spørsmål")


def helped(reading: Reading) -> Table:
    """The answers to "did it help?"."""
    names = {UNSAID: gettext("Veiviseren som helhet")}
    names |= {f"need.{id_}": need.title for id_, need in reading.guide.needs.items()}
    names |= {f"service.{id_}": placed.service.name for id_, placed in reading.guide.services.items()}
    rows = reading.rows("helped", names, lambda id_: _named(reading, "helped", id_, names.get(id_, id_), HELPED))
    title = gettext("Svar på «Fikk du hjelp av veiviseren?»")
    return Table("hjelp", title, gettext("Gjelder"), _with_sum(HELPED), rows)


def _named(reading: Reading, table: str, row: str, name: str, columns: Mapping[str, str]) -> Row:
    numbers = tuple(reading.at(table, row, column) for column in (*columns, ALL))
    return Row(name or gettext("Alle"), numbers, total=row == ALL)


def _with_sum(columns: Mapping[str, str]) -> tuple[str, ...]:
    return (*(str(words) for words in columns.values()), gettext("Til sammen"))


def overlaps(reading: Reading) -> Table:
    """Offers that stand side by side in the ladder. It hangs on the guide alone."""
    guide = reading.guide
    rows = tuple(
        Row(
            "; ".join(guide.services[id_].service.name for id_ in overlap.services),
            words=(
                str(overlap.step),
                "; ".join(guide.needs[id_].title for id_ in overlap.needs),
                ", ".join(_audience(guide, overlap.who)),
            ),
        )
        for overlap in find_overlaps(guide)
    )
    columns = (gettext("Trinn"), gettext("Behov"), gettext("For hvem"))
    return Table("overlapp", gettext("Tilbud som ligner på hverandre"), gettext("Tilbud"), columns, rows)


def _audience(guide: Guide, who: tuple[str, ...]) -> Iterator[str]:
    ages = age_groups(guide)
    return (ages.get(word) or str(WHO.get(word, word)) for word in who)
