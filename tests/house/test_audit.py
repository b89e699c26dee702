"""What the audit makes of what its tools say. The tools themselves are asked by ``make audit``."""

from pathlib import Path

import pytest

from audit.__main__ import judge_holes
from audit.known import BANDIT, SECRETS
from audit.own_rules import judge, lay_out
from audit.tool import compare

FOUND = """Found 1 known vulnerability in 1 package
Name  Version ID             Fix Versions
flask 3.1.3   PYSEC-2026-404 3.1.4"""


@pytest.mark.parametrize("said", [FOUND, f"{FOUND}\nConnectionError: Max retries", FOUND.replace("404", "403")])
def test_a_hole_that_was_found_is_told_whatever_it_is_called(said: str) -> None:
    verdict = judge_holes(1, said)
    assert verdict.fine is False
    assert "PYSEC" in str(verdict)


@pytest.mark.parametrize(
    "said",
    [
        "ERROR:pip_audit: 404 Client Error: Not Found for url",
        "ERROR:pip_audit: 403 Forbidden",
        "requests.exceptions.ConnectionError: Max retries exceeded",
        "ERROR:pip_audit: flask (3.1.3) could not be audited",
    ],
)
def test_a_service_that_was_not_reached_is_never_counted_as_nothing_found(said: str) -> None:
    assert "NOT AUDITED" in str(judge_holes(1, said))


def test_nothing_found_is_clean_and_whatever_is_not_understood_is_not() -> None:
    assert judge_holes(0, "No known vulnerabilities found").fine is True
    assert judge_holes(1, "No known vulnerabilities found").fine is False
    assert judge_holes(1, "error: line 404 of requirements/app.txt has no hash").fine is False


def test_a_second_secret_in_a_known_file_is_new_and_so_is_one_that_went() -> None:
    known = {"a.py": (1, "the letters of codes"), "b.py": (2, "keys of the tests")}
    assert compare("x", ["a.py", "b.py", "b.py"], known, "2 files").fine is True
    assert "new: [('a.py', 1)]" in compare("x", ["a.py", "a.py", "b.py", "b.py"], known, "2 files").text
    assert "not found any more: [('b.py', 1)]" in compare("x", ["a.py", "b.py"], known, "2 files").text
    assert "new: [('c.py', 1)]" in compare("x", ["a.py", "b.py", "b.py", "c.py"], known, "3 files").text


def test_everything_that_may_stand_is_counted_and_has_a_reason() -> None:
    assert all(times > 0 and reason for times, reason in [*BANDIT.values(), *SECRETS.values()])


def test_every_own_rule_has_a_bad_sample_and_must_notice_each_of_its_lines_and_no_other(tmp_path: Path) -> None:
    marked = lay_out(tmp_path)
    assert judge(marked, marked, []).fine is True
    one = min(marked)
    gone = {place for place in marked if place[2] != one[2]}
    for found, of in ((marked - {one}, marked), (marked | {("wizard/web/good.py", 1, one[2])}, marked), (gone, gone)):
        assert one[2] in judge(found, of, []).text
        assert judge(found, of, []).fine is False
    assert not any("good" in file for file, _, _ in marked)
