"""The accounts of security and privacy leave nothing out, and every test, file and time that they name is there."""

import re
from dataclasses import fields

import pytest

from wizard.config import ROOT, Settings
from wizard.store import schema  # noqa: F401  it knows all tables
from wizard.store.access_log_tables import KEPT_AT_LEAST_DAYS
from wizard.store.models import Base
from wizard.store.retention import CALL_BACK_DAYS
from wizard.store.staff_sessions import IDLE_SECONDS, LONGEST_SECONDS
from wizard.web.keep import DAYS

DOCS = ROOT / "docs"
TEXT = (DOCS / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([\d.]+) \| ([12]) \| ([a-z ]+) \| (.+?) \| (.*?) ?\|$", TEXT, re.MULTILINE)
HOLDS = ("yes", "part", "no", "operator", "not here")
ASVS_5 = """
1.1: 1 2
1.2: 1 2 3 4 5 6 7 8 9
1.3: 1 2 3 4 5 6 7 8 9 10 11
1.4: 1 2 3
1.5: 1 2
2.1: 1 2 3
2.2: 1 2 3
2.3: 1 2 3 4
2.4: 1
3.2: 1 2
3.3: 1 2 3 4
3.4: 1 2 3 4 5 6
3.5: 1 2 3 4 5
3.7: 1 2
4.1: 1 2 3
4.2: 1
4.3: 1 2
4.4: 1 2 3 4
5.1: 1
5.2: 1 2 3
5.3: 1 2
5.4: 1 2 3
6.1: 1 2 3
6.2: 1 2 3 4 5 6 7 8 9 10 11 12
6.3: 1 2 3 4
6.4: 1 2 3 4
6.5: 1 2 3 4 5
6.6: 1 2 3
6.8: 1 2 3 4
7.1: 1 2 3
7.2: 1 2 3 4
7.3: 1 2
7.4: 1 2 3 4 5
7.5: 1 2
7.6: 1 2
8.1: 1 2
8.2: 1 2 3
8.3: 1
8.4: 1
9.1: 1 2 3
9.2: 1 2 3 4
10.1: 1 2
10.2: 1 2
10.3: 1 2 3 4
10.4: 1 2 3 4 5 6 7 8 9 10 11
10.5: 1 2 3 4 5
10.6: 1 2
10.7: 1 2 3
11.1: 1 2
11.2: 1 2 3
11.3: 1 2 3
11.4: 1 2 3 4
11.5: 1
11.6: 1
12.1: 1 2 3
12.2: 1 2
12.3: 1 2 3 4
13.1: 1
13.2: 1 2 3 4 5
13.3: 1 2
13.4: 1 2 3 4 5
14.1: 1 2
14.2: 1 2 3 4
14.3: 1 2 3
15.1: 1 2 3
15.2: 1 2 3
15.3: 1 2 3 4 5 6 7
16.1: 1
16.2: 1 2 3 4 5
16.3: 1 2 3 4
16.4: 1 2 3
16.5: 1 2 3
17.1: 1
17.2: 1 2 3 4
17.3: 1 2
"""
"""The numbers of levels 1 and 2 in each section of ASVS 5.0.0: github.com/OWASP/ASVS, 5.0/en."""


def numbers() -> list[str]:
    """All of them in order."""
    sections = (line.split(": ") for line in ASVS_5.strip().splitlines())
    return [f"{section}.{number}" for section, listed in sections for number in listed.split()]


def test_every_requirement_stands_once_in_order() -> None:
    assert [row[0] for row in ROWS] == numbers()
    assert len(ROWS) == 253


def test_every_answer_is_one_of_five_and_the_sum_is_right() -> None:
    assert {row[2] for row in ROWS} <= set(HOLDS)
    counted = ", ".join(f"{kind} {sum(row[2] == kind for row in ROWS)}" for kind in HOLDS)
    assert f"Of {len(ROWS)}: {counted}." in TEXT


def test_whatever_is_said_to_hold_is_shown() -> None:
    assert [row[0] for row in ROWS if row[2] == "yes" and not row[4].strip()] == []
    assert [row[0] for row in ROWS if row[2] == "not here" and row[4].strip()] == []


def test_every_test_and_file_that_is_named_exists() -> None:
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    shown = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[4])}
    tests = {name for name in shown if name.startswith("test_")}
    assert tests - set(re.findall(r"def (test_\w+)", code)) == set()
    assert [name for name in shown - tests if not (ROOT / name).is_file()] == []
    assert len(tests) > 100


@pytest.mark.parametrize("name", ["security.md", "privacy.md"])
def test_nothing_is_claimed_that_cannot_be(name: str) -> None:
    text = (DOCS / name).read_text(encoding="utf-8").casefold()
    for claim in ("is anonymous", "are anonymous", "anonymously", "zero knowledge", "zero-knowledge", "is certified"):
        assert claim not in text


def test_every_table_and_every_cookie_stands_in_the_account_of_privacy() -> None:
    text = (DOCS / "privacy.md").read_text(encoding="utf-8")
    nothing_of_people = {"enquiry_number", "last_purge", "help_count"}
    assert [name for name in set(Base.metadata.tables) - nothing_of_people if f"`{name}`" not in text] == []
    code = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "wizard").rglob("*.py"))
    cookies = re.findall(r'COOKIE = "([\w-]+)"', code)
    assert len(cookies) >= 4
    assert [name for name in cookies if f"`{name}`" not in text] == []


def test_the_times_of_the_account_of_privacy_are_those_of_the_code() -> None:
    text = (DOCS / "privacy.md").read_text(encoding="utf-8")
    defaults = {field.name: field.default for field in fields(Settings)}
    assert f"{defaults['idle_minutes']} minutes without use, {defaults['longest_minutes']} in all" in text
    assert f"{defaults['keep_enquiries_days']} days after it is closed" in text
    assert f"{CALL_BACK_DAYS} days after it is handled" in text
    assert f"{defaults['keep_log_days']} days (`WIZARD_KEEP_LOG_DAYS`), at least {KEPT_AT_LEAST_DAYS}" in text
    assert f"{', '.join(map(str, DAYS[:-1]))} or {DAYS[-1]} days as chosen" in text
    assert (defaults["draft_minutes"], IDLE_SECONDS, LONGEST_SECONDS) == (60, 30 * 60, 10 * 60 * 60)
    for said in ("An hour without a change", "30 minutes without use, 10 hours in all"):
        assert said in text


def test_every_link_of_these_documents_leads_somewhere() -> None:
    for name in ("docs/security.md", "docs/privacy.md", "docs/operations.md", "SECURITY.md", "deploy/README.md"):
        file = ROOT / name
        for link in re.findall(r"\]\((?!https?:)([^)#]+)", file.read_text(encoding="utf-8")):
            assert (file.parent / link).exists(), f"{name}: {link}"
