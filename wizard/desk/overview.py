"""The overview: what people need, how high it led, where the ladder has holes, and whether the guide is of use.

It tells numbers and never of anybody: what is shown is decided in :mod:`wizard.desk.figures`. Everybody at the desk may
read it; files leave the house, so only administrators may take them.
"""

from collections.abc import Callable, Iterator, Mapping

from flask import Blueprint, Response, abort, render_template, request

from wizard.desk.charts import Chart, draw_bars
from wizard.desk.choice import Choice, read_choice, say_period
from wizard.desk.export import write_csv
from wizard.desk.figures import NONE, Shown
from wizard.desk.need_tables import ages, bands, gaps, pyramid, share, steps
from wizard.desk.reading import Reading, Table
from wizard.desk.sums import ALL, RESULT
from wizard.desk.use_tables import helped, overlaps, overridden, reasons, stops, voices
from wizard.store.saved import today
from wizard.web.language import gettext, say_date

overview = Blueprint("overview", __name__, url_prefix="/skranke/omfang")
_TABLES: tuple[Callable[[Reading], Table], ...] = (
    pyramid, bands, steps, ages, gaps, reasons, overridden, voices, stops, helped, overlaps,
)  # fmt: skip


@overview.app_template_global()
def say_number(number: Shown) -> str:
    """A number as it may be told."""
    if number.hidden:
        return gettext("skjult")
    return str(number.count) if number.exact else gettext("minst %(count)s", count=number.count)


@overview.get("")
def show() -> str:
    """The numbers of a period, as drawings and tables."""
    choice, reading = _read()
    tables = {table.name: table for table in _tables(reading)}
    charts = dict(_charts(reading, tables))
    return render_template("desk/overview.html", choice=choice, tables=tables, charts=charts, heads=_heads(reading))


@overview.get("/<name>.csv")
def export(name: str) -> Response:
    """One table as a file."""
    choice, reading = _read()
    table = next((table for table in _tables(reading) if table.name == name), None)
    if table is None:
        abort(404)
    above = (
        (gettext("Veiviser"), f"{choice.guide.about.title}, {choice.guide.about.municipality}"),
        (gettext("Periode"), say_period(choice.period)),
        (gettext("Hentet"), say_date(today())),
        (gettext("skjult"), gettext("Færre enn 5, eller et tall som ville røpet et tall under 5.")),
    )
    response = Response(write_csv(table, above, say_number), content_type="text/csv; charset=utf-8")
    file = f"{choice.guide.id}-{name}-{choice.period}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=file)
    return response


def _read() -> tuple[Choice, Reading]:
    return read_choice(request.args.get("veiviser", ""), request.args.get("periode", ""))


def _tables(reading: Reading) -> Iterator[Table]:
    return (make(reading) for make in _TABLES)


def _heads(reading: Reading) -> tuple[tuple[str, str], ...]:
    """The few numbers on top."""
    shapes = reading.guide.about.bands
    enough = sum((reading.at("band", ALL, id_) for id_, band in shapes.items() if band.open), NONE)
    needs = reading.at("need", ALL, ALL)
    return (
        (gettext("Besøk som kom til resultatet"), say_number(reading.at("stop", RESULT, ALL))),
        (gettext("Behov som ble vurdert"), say_number(needs)),
        (gettext("Åpne tilbud var nok"), share(enough, needs)),
        (gettext("Behov uten et tilbud som passer"), say_number(reading.at("gap", ALL, ALL))),
    )


def _charts(reading: Reading, tables: Mapping[str, Table]) -> Iterator[tuple[str, Chart | None]]:
    """The drawings, by the name of the table that says the same."""
    top, places = tables["innsats"], [*reading.guide.about.bands]
    kinds = [places.index(step.band) for step in reversed(list(reading.guide.steps.values()))]
    yield top.name, draw_bars(top.title, top.rows, kinds=[*kinds, *[0] * len(top.rows)], centred=True)
    needs = tables["behov"]
    yield needs.name, draw_bars(needs.title, needs.rows, needs.columns[: len(places)])
    for name in ("hull", "grunner", "besok", "hjelp"):
        table = tables[name]
        yield name, draw_bars(table.title, table.rows, table.columns[:-1])
