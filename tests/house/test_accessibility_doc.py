"""The account of accessibility leaves out no criterion, and every test that it names exists."""

import re

from wizard.config import ROOT

TEXT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
WCAG_21 = """
1.1.1 1.2.1 1.2.2 1.2.3 1.2.4 1.2.5 1.3.1 1.3.2 1.3.3 1.3.4 1.3.5
1.4.1 1.4.2 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13
2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.4.5 2.4.6 2.4.7 2.5.1 2.5.2 2.5.3 2.5.4
3.1.1 3.1.2 3.2.1 3.2.2 3.2.3 3.2.4 3.3.1 3.3.2 3.3.3 3.3.4 4.1.1 4.1.2 4.1.3
"""
"""Levels A and AA of WCAG 2.1, w3.org/TR/WCAG21."""
NEW_IN_22 = ["2.4.11", "2.5.7", "2.5.8", "3.2.6", "3.3.7", "3.3.8"]
"""What WCAG 2.2 adds at these levels, w3.org/TR/WCAG22."""


def test_every_criterion_stands_once() -> None:
    assert re.findall(r"^\| (\d\.\d\.\d+) \|", TEXT, re.MULTILINE) == WCAG_21.split() + NEW_IN_22


def test_every_test_that_is_named_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", TEXT))
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    assert named
    assert named - set(re.findall(r"def (test_\w+)", code)) == set()
