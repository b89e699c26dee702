"""The tables about needs: how high they led, on which steps, at which ages, and where the ladder had nothing."""

from collections.abc import Iterable

from wizard.desk.figures import NONE, Shown
from wizard.desk.overview_words import GAPS
from wizard.desk.reading import Reading, Row, Table
from wizard.desk.sums import ALL, RESULT, UNSAID, band_of
from wizard.rules.answers import UNKNOWN
from wizard.search.ages import age_groups
from wizard.web.language import gettext

_ENOUGH = 20
"""A share of fewer than so many says nothing."""


def pyramid(reading: Reading) -> Table:
    """The highest step of each visit, the highest on top."""
    guide = reading.guide
    counted = {int(step) for step in reading.seen("top", 2)}
    numbers = sorted({*guide.steps, *counted}, reverse=True)
    rows = [Row(reading.step(n), (reading.at("top", band_of(guide, n), str(n)),)) for n in numbers]
    rows.append(Row(gettext("Alle"), (reading.at("stop", RESULT, ALL),), total=True))
    return Table("innsats", gettext("Besøk etter høyeste trinn"), gettext("Trinn"), (gettext("Besøk"),), tuple(rows))


def bands(reading: Reading) -> Table:
    """Needs by band, and how often the open offers were enough."""
    shapes = reading.guide.about.bands

    def row(need: str) -> Row:
        numbers = tuple(reading.at("band", need, band) for band in shapes)
        whole = reading.at("need", need, ALL)
        enough = sum((reading.at("band", need, id_) for id_, band in shapes.items() if band.open), NONE)
        return Row(reading.need(need), (*numbers, whole), (share(enough, whole),), total=need == ALL)

    titles = [band.title for band in shapes.values()]
    columns = (*titles, gettext("Til sammen"), gettext("Åpne tilbud var nok"))
    rows = reading.rows("need", reading.guide.needs, row)
    return Table("behov", gettext("Behov, og hvor høyt i trappa de førte"), gettext("Behov"), columns, rows)


def steps(reading: Reading) -> Table:
    """Needs by step."""
    found = reading.columns("step", [str(number) for number in reading.guide.steps])
    rows = reading.rows("need", reading.guide.needs, lambda need: _row(reading, "step", need, found))
    return Table("trinn", gettext("Behov etter trinn"), gettext("Behov"), (*found, gettext("Til sammen")), rows)


def ages(reading: Reading) -> Table:
    """Needs by age group."""
    words = {**age_groups(reading.guide), UNKNOWN: gettext("Vet ikke"), UNSAID: gettext("Ikke spurt")}
    found = reading.columns("age", list(words))
    columns = (*(words.get(age, age) for age in found), gettext("Til sammen"))
    rows = reading.rows("need", reading.guide.needs, lambda need: _row(reading, "age", need, found))
    return Table("alder", gettext("Behov etter alder"), gettext("Behov"), columns, rows)


def gaps(reading: Reading) -> Table:
    """Needs that the ladder had nothing suitable for."""
    columns = (*(str(words) for words in GAPS.values()), gettext("Til sammen"))
    rows = reading.rows("gap", reading.guide.needs, lambda need: _row(reading, "gap", need, GAPS, whole="gap"))
    title = gettext("Hull i trappen: behov uten et tilbud som passer")
    return Table("hull", title, gettext("Behov"), columns, rows)


def _row(reading: Reading, table: str, need: str, columns: Iterable[str], whole: str = "need") -> Row:
    numbers = (reading.at(table, need, column) for column in columns)
    return Row(reading.need(need), (*numbers, reading.at(whole, need, ALL)), total=need == ALL)


def share(part: Shown, whole: Shown) -> str:
    """How many of a hundred, roughly where the numbers are; nothing where they are hidden or too few."""
    if part.hidden or whole.hidden or whole.count < _ENOUGH:
        return "–"
    percent = round(100 * part.count / whole.count)
    exact = part.exact and whole.exact
    return gettext("%(percent)s %%", percent=percent) if exact else gettext("ca. %(percent)s %%", percent=percent)
