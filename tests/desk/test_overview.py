"""The overview tells what visits came to, and nothing that could tell of anybody."""

import re
from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask

from tests.conftest import Answer, Visitor, find
from tests.desk.conftest import store_of
from tests.web.test_counting import KARI
from wizard.desk import choice
from wizard.desk.figures import Shown, Told, show_quarter, show_year
from wizard.desk.sums import ALL, Counted, Group, group_counts
from wizard.guide.overlap import find_overlaps
from wizard.store.counters import Key, Override, What, add_counts, count_override, counted_in
from wizard.store.helped import Helped, count_answer, quarter_of
from wizard.store.saved import today
from wizard.web.content import content
from wizard.web.tally import Tally

GUIDE, QUARTER = "fjordvik", "2026-Q2"
DAY = date(2026, 5, 1)


def add(app: Flask, counts: Mapping[Key, int]) -> None:
    with store_of(app).database.writing() as session:
        add_counts(session, counts)


def need(step: int, *, age: str = "old", id_: str = "chores", quarter: str = QUARTER) -> Key:
    return Key(quarter, GUIDE, What.NEED, id_, step, age)


def look(visitor: Visitor, period: str = QUARTER) -> Visitor:
    assert visitor.get(f"/skranke/omfang?periode={period}").status_code == 200
    assert visitor.kind == "desk_overview"
    return visitor


def table(visitor: Visitor, name: str) -> dict[str, list[str]]:
    """The rows of a table by their first cell."""
    found = find(rf'<caption id="tabell-{name}">(.*?)</table>', visitor.text)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in found.split("<tr")[1:]]
    return {cells[0].strip(): [cell.strip() for cell in cells[1:]] for cells in rows}


def walk(app: Flask, answers: Mapping[str, Answer], times: int = 1) -> None:
    for _ in range(times):
        Visitor(app.test_client()).begin().answer_all(answers)


def write_down(app: Flask) -> None:
    tally: Tally = app.extensions["rett-trinn-tally"]
    tally.flush()


def test_visits_that_were_walked_stand_in_the_overview(
    desk: Visitor, desk_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    walk(desk_app, KARI, 6)
    walk(desk_app, {**KARI, "needs": ["friends"]}, 7)
    write_down(desk_app)
    now = quarter_of(today())
    rows = table(look(desk, now), "innsats")
    assert rows["Alle"] == ["minst 10"]
    assert "Kvartalet er ikke over." in desk.text
    monkeypatch.setattr(choice, "today", lambda: date(today().year + 1, 12, 31))
    rows = table(look(desk, now), "innsats")
    assert rows["Alle"] == ["13"]
    assert sorted(cells[0] for label, cells in rows.items() if label not in {"Alle", "Trinn"})[-2:] == ["6", "7"]
    assert table(desk, "besok")["Den det gjelder"] == ["0", "0", "13", "13"]
    needs = table(desk, "behov")
    assert needs["Alle"][-2] == "13"


def test_a_conversation_at_the_desk_counts_once_when_it_ends(desk: Visitor, desk_app: Flask) -> None:
    desk.get("/skranke/samtale")
    draft = find(r'name="ark" value="(\w+)"', desk.text)
    asked = {"for_whom": "other", "age": "old", "needs": "chores", "chores_amount": "all"}
    fields: dict[str, Answer] = {"ark": draft, "side": "a" * 32, "utgave": "0", "tur": "1", "sporsmal": list(asked)}
    desk.post("/skranke/samtale", fields | {f"svar-{id_}": answer for id_, answer in asked.items()})
    page = desk.page
    for _ in range(2):
        desk.page = page
        desk.post("/skranke/samtale/avslutt", {"ark": draft})
    with store_of(desk_app).database.writing() as session:
        found = counted_in(session, quarter_of(today()), GUIDE)
    assert {(key.what.value, key.about, key.who): n for key, n in found.items()} == {
        ("need", "chores", "old"): 1, ("top", "", "staff"): 1,
    }  # fmt: skip


def test_small_numbers_are_hidden_and_cannot_be_subtracted(desk: Visitor, desk_app: Flask) -> None:
    add(desk_app, {need(1): 40, need(2): 3, need(1, id_="friends"): 30, need(2, id_="friends"): 20})
    rows = table(look(desk), "trinn")
    assert [row[:2] for row in rows.values()][1:3] == [["skjult", "skjult"]] * 2
    assert rows["Alle"][-1] == "93"
    assert not re.search(r"<td[^>]*>3</td>", desk.text)
    assert "færre enn 5" in desk.text


def test_how_often_the_open_offers_were_enough(desk: Visitor, desk_app: Flask) -> None:
    add(desk_app, {need(1): 30, need(5): 10, need(1, id_="friends"): 8})
    rows = table(look(desk), "behov")
    assert {row[-1] for row in rows.values()} >= {"75 %", "–", "79 %"}


def test_holes_overrides_and_answers_have_their_tables(desk: Visitor, desk_app: Flask) -> None:
    add(desk_app, {Key(QUARTER, GUIDE, What.SHORT, "chores", 7): 8, Key(QUARTER, GUIDE, What.NOTHING, "friends", 2): 6})
    with store_of(desk_app).database.writing() as session:
        for number in range(12):
            count_answer(session, day=DAY, guide=GUIDE, answer=Helped.YES, about="" if number < 6 else "need.chores")
            count_override(
                session, day=DAY, guide=GUIDE, override=Override("chores", 1, 2 if number < 6 else 0, "wish")
            )
    look(desk)
    assert sorted(table(desk, "hull")["Alle"]) == ["14", "6", "8"]
    assert table(desk, "grunner")["Innbyggeren ønsker noe annet"] == ["6", "6", "12"]
    assert table(desk, "hjelp")["Alle"] == ["12", "0", "0", "12"]


def test_where_visits_stop_is_told_by_question(desk: Visitor, desk_app: Flask) -> None:
    stopped = {("age", "self"): 9, ("chores_amount", "relative"): 6, ("danger", "self"): 2}
    add(desk_app, {Key(QUARTER, GUIDE, What.WAITING, q, 0, voice): n for (q, voice), n in stopped.items()})
    add(desk_app, {Key(QUARTER, GUIDE, What.TOP, "", 1, "self"): 20})
    rows = table(look(desk), "stopp")
    assert "danger" not in desk.text.replace('data-color="danger"', "")
    assert [row[0] for row in list(rows.values())[1:]] == ["6"]


def test_a_year_adds_up_what_its_quarters_show(desk: Visitor, desk_app: Flask) -> None:
    for quarter, many in (("2025-Q1", 30), ("2025-Q2", 3), ("2025-Q3", 12)):
        add(desk_app, {need(1, quarter=quarter): many})
    assert table(look(desk, "2025"), "trinn")["Alle"][-1] == "minst 43"
    assert table(look(desk, "2025-Q2"), "trinn")["Alle"][-1] == "skjult"
    assert table(look(desk, "2025-Q3"), "trinn")["Alle"][-1] == "12"


def test_a_year_hangs_on_nothing_that_its_quarters_hide() -> None:
    """Two quarters that look alike give years that look alike, whatever is hidden in them."""

    def year(hidden: int) -> Told:
        groups = [
            Group({("t", "a", ""): n, ("t", "b", ""): m, ("t", "", ""): n + m}, [
                (("t", "", ""), [("t", "a", ""), ("t", "b", "")])
            ])
            for n, m in ((hidden, 50 - hidden), (10, 20))
        ]  # fmt: skip
        quarters = [show_quarter([group], over=True) for group in groups]
        return show_year(quarters, groups[0].sums)

    assert year(1) == year(4)


def test_a_running_quarter_moves_in_fives_only(desk_app: Flask) -> None:
    with desk_app.app_context():
        guide = content().guide

    def shown(count: int) -> Told:
        counted = Counted({need(1): count, need(2, age="young"): 7}, {}, {})
        return show_quarter(group_counts(guide, counted), over=False)

    assert shown(5) == shown(9) != shown(10)
    assert shown(1) == shown(4)
    assert all(number.count % 5 == 0 and not number.exact for number in shown(13).cells.values())
    assert shown(5).at(("need", ALL, ALL)) == Shown(10, exact=False)
    assert shown(1).at(("step", "chores", "1")).hidden
    assert shown(0).at(("need", "friends", ALL)).hidden


def test_nobody_sees_the_first_visit_of_a_running_quarter(desk: Visitor, desk_app: Flask) -> None:
    now = quarter_of(today())
    add(desk_app, {need(1, quarter=now): 20})
    before = re.sub(r'name="csrf_token" value="[^"]+"', "", look(desk, now).text)
    rare = {What.NEED: ("chores", 7, "unknown"), What.TOP: ("", 0, "staff"), What.SHORT: ("chores", 7, "")}
    add(desk_app, {Key(now, GUIDE, what, *rest): 1 for what, rest in rare.items()})
    add(desk_app, {need(3, quarter=now, id_="friends"): 1})
    assert re.sub(r'name="csrf_token" value="[^"]+"', "", look(desk, now).text) == before


def test_a_period_or_guide_that_is_not_there_gives_the_newest(desk: Visitor, desk_app: Flask) -> None:
    add(desk_app, {need(1): 9})
    for asked in ("periode=2031-Q1", "periode=%00", "veiviser=../../etc", "periode=2026-Q2&veiviser=nowhere"):
        desk.get(f"/skranke/omfang?{asked}")
        assert find(r'<option value="([^"]+)"\s+selected', desk.text) == QUARTER


def test_without_any_numbers_it_says_so(desk: Visitor) -> None:
    desk.get("/skranke/omfang")
    assert "ingen tall å vise" in desk.text
    assert "<svg viewBox" not in desk.text


def test_drawings_carry_the_numbers_of_their_tables(desk: Visitor, desk_app: Flask) -> None:
    add(desk_app, {need(1): 30, need(5): 10})
    look(desk)
    drawing = find(r"(<svg viewBox.*?</svg>)", desk.text)
    assert 'role="img"' in drawing
    assert re.findall(r'class="bar-number"[^>]*>([^<]+)<', drawing) == ["40"]
    widths = [float(width) for width in re.findall(r'class="bar bar-\d".*?width="([\d.]+)"', drawing)]
    assert widths[0] == pytest.approx(3 * widths[1], abs=0.5)


def test_offers_that_stand_side_by_side_are_listed(desk: Visitor, desk_app: Flask) -> None:
    with desk_app.app_context():
        guide = content().guide
    found = find_overlaps(guide)
    for overlap in found:
        assert len(overlap.services) > 1
        assert len(overlap.pairs) == len(overlap.services) * (len(overlap.services) - 1) // 2
        for id_ in overlap.services:
            assert guide.services[id_].step.number == overlap.step
            assert set(overlap.needs) <= set(guide.services[id_].service.serves)
            assert {str(word) for word in guide.services[id_].service.who} == {*overlap.who}
    desk.get("/skranke/omfang")
    assert ("Vis lista" in desk.text) is bool(found)
