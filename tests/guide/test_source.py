"""YAML is read as plain data that remembers its lines."""

import time
from pathlib import Path

import pytest

from wizard.guide.source import Document, read_document


def read(tmp_path: Path, text: str) -> Document:
    file = tmp_path / "file.yaml"
    file.write_text(text, encoding="utf-8")
    return read_document(file)


def test_scalars_are_what_they_look_like(tmp_path: Path) -> None:
    document = read(tmp_path, "a: 7\nb: '7'\nc: true\nd:\ne: no\nf: 2026-11-22\ng: 1.5\nh: >-\n  to\n  linjer\n")
    assert document.data == {
        "a": 7,
        "b": "7",
        "c": True,
        "d": None,
        "e": "no",
        "f": "2026-11-22",
        "g": "1.5",
        "h": "to linjer",
    }


def test_addresses_need_no_quotes(tmp_path: Path) -> None:
    assert read(tmp_path, "links: [{url: https://www.nav.no}]\n").data == {"links": [{"url": "https://www.nav.no"}]}


def test_every_value_knows_its_line(tmp_path: Path) -> None:
    document = read(tmp_path, "a:\n  - b: 1\n    c:\n      - x\n      - y\n")
    assert document.line(("a", 0, "c", 1)) == 5
    assert document.line(("a", 0, "c", "not there")) == 3
    assert document.line(()) == 1


@pytest.mark.parametrize("text", ["\xff\xfe", "a: \x00"])
def test_what_is_not_text_is_refused_and_told(tmp_path: Path, text: str) -> None:
    file = tmp_path / "file.yaml"
    file.write_bytes(text.encode("latin-1"))
    document = read_document(file)
    assert document.data is None
    assert document.faults


def test_a_bomb_of_aliases_is_refused_quickly(tmp_path: Path) -> None:
    levels = [f"- &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 10)]
    start = time.perf_counter()
    document = read(tmp_path, "- &l0 [x]\n" + "\n".join(levels))
    assert time.perf_counter() - start < 1
    assert document.data is None
    assert "anchors" in document.faults[0].what


@pytest.mark.parametrize("text", ["[" * 500_000, "- " * 500_000, "{a: " * 200_000])
def test_deep_nesting_is_refused_quickly_and_told(tmp_path: Path, text: str) -> None:
    start = time.perf_counter()
    document = read(tmp_path, text)
    assert time.perf_counter() - start < 1
    assert document.data is None
    assert "more than 30 levels" in document.faults[0].what
