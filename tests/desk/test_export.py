"""Files for a spreadsheet: as Norwegian Excel reads them, for administrators, and with nothing that could be run."""

import csv
import io
from datetime import date

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Visitor
from tests.desk.conftest import store_of
from wizard.desk.export import tame, write_csv
from wizard.desk.figures import HIDDEN, Shown
from wizard.desk.overview import say_number
from wizard.desk.reading import Row, Table
from wizard.store.counters import Key, Override, What, add_counts, count_override

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")


def rows_of(file: bytes) -> list[list[str]]:
    text = file.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@given(st.text(st.sampled_from("=+-@\t\r\n ;\"'aå１＝"), max_size=6))
def test_no_cell_begins_like_a_formula(text: str) -> None:
    table = Table("t", text, text, (text,), (Row(text, (Shown(3),), (text,)),))
    file = write_csv(table, [(text, text)], lambda number: str(number.count))
    cells = [cell for row in rows_of(file) for cell in row]
    assert cells.count(tame(text)) == 7
    assert not [cell for cell in cells if cell.lstrip(" \u00a0").startswith((*RUNS, "＝"))]


@pytest.mark.parametrize("text", ["", "Hjelp hjemme", "1", "67 år eller eldre", "skjult", "–"])
def test_what_is_no_formula_is_left_as_it_is(text: str) -> None:
    assert tame(text) == text


def test_excel_finds_its_marks(admin: Visitor, desk_app: Flask) -> None:
    with store_of(desk_app).database.writing() as session:
        add_counts(session, {Key("2026-Q2", "fjordvik", What.NEED, "chores", 1, "old"): 12})
    response = admin.client.get("/skranke/omfang/behov.csv?periode=2026-Q2")
    assert response.data.startswith(b"\xef\xbb\xbf")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == "attachment; filename=fjordvik-behov-2026-Q2.csv"
    assert response.headers["Cache-Control"] == "no-store"
    rows = rows_of(response.data)
    assert ["Periode", "2. kvartal 2026"] in rows
    assert rows[-1][0] == "Alle"
    assert rows[-1][-2] == "12"


def test_what_is_hidden_on_the_page_is_hidden_in_the_file(admin: Visitor, desk_app: Flask) -> None:
    with store_of(desk_app).database.writing() as session:
        for reason, times in (("tried", 3), ("known", 20)):
            for _ in range(times):
                count_override(
                    session, day=date(2026, 5, 1), guide="fjordvik", override=Override("chores", 1, 2, reason)
                )
    rows = rows_of(admin.client.get("/skranke/omfang/grunner.csv?periode=2026-Q2").data)
    assert ["Det lavere trinnet er prøvd", "skjult", "0", "skjult"] in rows
    assert "3" not in {cell for row in rows for cell in row}


def test_only_administrators_take_files(desk: Visitor, admin: Visitor, citizen: Visitor) -> None:
    assert desk.client.get("/skranke/omfang/behov.csv").status_code == 403
    assert citizen.client.get("/skranke/omfang/behov.csv").status_code == 303
    assert admin.client.get("/skranke/omfang/behov.csv").status_code == 200
    assert admin.client.get("/skranke/omfang/nothing.csv").status_code == 404


def test_numbers_are_told_in_three_ways() -> None:
    assert [say_number(Shown(12)), say_number(Shown(0))] == ["12", "0"]
    assert HIDDEN.hidden
    assert not Shown(10, exact=False).hidden
