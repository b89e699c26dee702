"""The decision table and the flow of questions in words, as the command line writes them."""

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import pytest
from click.testing import CliRunner, Result

from wizard.cli import main
from wizard.config import ROOT
from wizard.guide.flow import flow_of_guide, flow_of_need
from wizard.guide.graph import WIDTH, draw_graph
from wizard.guide.guide import Guide
from wizard.guide.load import load_guide
from wizard.guide.phrases import Clause, Phrases, Told
from wizard.guide.table import tell_table, write_markdown
from wizard.guide.table_html import write_fragment, write_page

FJORDVIK = Path(__file__).parent.parent / "guides" / "fjordvik"
REAL = load_guide(ROOT / "data" / "lillesand")
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert(1)</script> & \"quoted\" | 'here' *now*"


@pytest.fixture(scope="module")
def guide() -> Guide:
    return load_guide(FJORDVIK)


@pytest.fixture(scope="module")
def hostile(guide: Guide) -> Guide:
    """The guide with a text that would be markup wherever it is not escaped."""
    text = guide.questions["chores_amount"].ask.model_copy(update={"own": HOSTILE})
    question = guide.questions["chores_amount"].model_copy(update={"ask": text})
    need = guide.needs["chores"].model_copy(update={"title": HOSTILE})
    rules = {id_: rule.model_copy(update={"because": HOSTILE, "source": HOSTILE}) for id_, rule in guide.rules.items()}
    return replace(
        guide,
        rules=rules,
        needs={**guide.needs, "chores": need},
        questions={**guide.questions, "chores_amount": question},
    )


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_table_reads_from_the_highest_step_down_to_everything_else(guide: Guide) -> None:
    table = tell_table(guide, "chores")
    assert [block.step for block in table.blocks] == [5, 2, 1]
    assert [line.because for block in table.blocks[:2] for line in block.lines] == [
        "Du trenger hjelp til alt, og råd er prøvd.",
        "Du trenger noe hjelp.",
    ]
    assert table.blocks[-1].lines[0].when.always
    assert table.revision == guide.revision


def test_answers_stand_in_the_words_of_the_questions(guide: Guide) -> None:
    (line,) = tell_table(guide, "chores").blocks[1].lines
    assert [str(clause) for clause in line.when.every] == ["Hvor mye hjelp trenger du? «Noe», eller mer"]


def test_services_stand_with_whom_they_are_for_and_when_they_fit(guide: Guide) -> None:
    shown = {s.id: s for need in guide.needs for b in tell_table(guide, need).blocks for s in b.services}
    for id_, service in shown.items():
        assert service.name == guide.services[id_].service.name
    assert any(not service.who.always for service in shown.values())
    assert any(not service.fits.always for service in shown.values())


def test_where_the_ladder_has_nothing_for_somebody_the_table_says_so(guide: Guide) -> None:
    blocks = tell_table(guide, "home").blocks
    assert (3, 4) in {(block.floor, block.step) for block in blocks}
    text = write_markdown(tell_table(guide, "home"))
    assert "Svarene peker mot trinn 3. Dette er det nærmeste der det finnes et tilbud." in text
    assert "Svarene peker mot trinn 3." in write_page(tell_table(guide, "home"))


def test_what_conditions_have_in_common_is_told_once(guide: Guide) -> None:
    phrases = Phrases(guide)
    common = ("chores_amount", 0b100)
    told = phrases.tell(((common, ("age", 1)), (common, ("tried", 0b110))))
    assert [str(clause) for clause in told.every] == ["Hvor mye hjelp trenger du? «Alt»"]
    assert len(told.either) == 2
    assert phrases.tell(()) == phrases.tell(((),)) == Told()
    assert phrases.tell(((common,), (common, ("age", 1)))) == Told(phrases.tell(((common,),)).every)


def test_the_page_is_sound_and_holds_the_words_of_the_markdown(guide: Guide) -> None:
    table = tell_table(guide, "home")
    parser = html5lib.HTMLParser(strict=False)
    parser.parse(write_page(table))
    assert not parser.errors, parser.errors
    for block in table.blocks:
        for line in block.lines:
            assert line.because in unescape(write_page(table))
            assert line.because in write_markdown(table)


def test_nothing_that_is_written_is_read_as_markup(hostile: Guide) -> None:
    table = tell_table(hostile, "chores")
    flow = flow_of_need(hostile, "chores", [1])
    for text in (write_page(table), write_fragment(table), draw_graph(flow), draw_graph(flow_of_guide(hostile))):
        assert "<script" not in text
        assert "alert(1)" in text
    markdown = write_markdown(table)
    assert "<script" not in markdown.replace("\\<", "")
    rows = [line for line in markdown.splitlines() if "Alt" in line and line.startswith("| ")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 4 for row in rows)


def test_a_drawing_has_a_title_and_says_the_same_in_words(guide: Guide) -> None:
    svg = ElementTree.fromstring(draw_graph(flow_of_need(guide, "chores", [1, 5, 2])))
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "Spørsmålene om «Husarbeid»"
    assert desc is not None
    assert "(Hvor mye hjelp trenger du? «Noe», eller mer) " in (desc.text or "")
    assert "Resultat: trinn 1, 2 eller 5." in (desc.text or "")
    assert not [element for element in svg.iter() if element.get("style")]


@pytest.mark.parametrize("need", [None, *REAL.needs])
def test_nothing_in_a_drawing_overlaps_or_sticks_out(need: str | None) -> None:
    svg = ElementTree.fromstring(draw_graph(flow_of_need(REAL, need, [1]) if need else flow_of_guide(REAL)))
    boxes = sorted((int(r.get("y", "")), int(r.get("height", ""))) for r in svg.iter(f"{SVG}rect"))
    assert all(top + height <= below for (top, height), (below, _) in pairwise(boxes))
    assert boxes[-1][0] + boxes[-1][1] <= int(svg.get("height", ""))
    assert all(len(text.text or "") * 7 < WIDTH for text in svg.iter(f"{SVG}text"))


def test_the_commands_write_to_the_terminal_or_a_file(tmp_path: Path) -> None:
    named = ("--guide", str(FJORDVIK))
    assert run("table", "chores", *named).stdout.startswith("# Husarbeid: fra svar til trinn")
    assert run("table", "chores", "--html", *named).stdout.startswith("<!DOCTYPE html>")
    assert run("graph", *named).stdout.startswith("<svg ")
    file = tmp_path / "chores.svg"
    assert run("graph", "chores", "-o", str(file), *named).exit_code == 0
    assert file.read_text(encoding="utf-8").startswith("<svg ")


@pytest.mark.parametrize("command", ["table", "graph"])
def test_a_need_that_is_not_there_gives_one_clear_line(command: str) -> None:
    result = run(command, "gardening", "--guide", str(FJORDVIK))
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "There is no need “gardening”. The needs are chores, home, friends, helper." in result.stderr


def test_a_clause_is_its_question_and_what_is_said() -> None:
    assert str(Clause("Hva?", "«Det»")) == "Hva? «Det»"
