"""What the tools find, somebody has looked at, and may stand; each with the reason. What is no longer found must go."""

from collections.abc import Mapping

BANDIT: Mapping[tuple[str, str], str] = {
    ("bench/problem.py", "B311"): "draws problems to race with, nothing secret",
    ("bench/sound.py", "B311"): "draws problems to race with, nothing secret",
    ("wizard/assets.py", "B404"): "runs npm, by a fixed list of words",
    ("wizard/assets.py", "B603"): "runs npm, by a fixed list of words",
    ("wizard/desk/staff.py", "B105"): "the name of a field, not a password",
    ("wizard/guide/asking.py", "B311"): "draws visits to count their questions",
    ("wizard/rules/deadwood.py", "B311"): "draws visits to judge rules on, the same each time",
    ("wizard/store/migrations/versions/v0004_enquiries.py", "B608"): "made of constants alone",
    ("wizard/web/how.py", "B704"): "write_fragment escapes every text",
    ("wizard/web/keep.py", "B704"): "segno draws squares, and writes no text",
    ("wizard/web/tables.py", "B704"): "draw_graph escapes every text",
}
SECRETS: Mapping[str, str] = {
    "docs/operations.md": "the names of settings, one after the other",
    "wizard/store/codes.py": "the letters that codes are made of",
    "wizard/store/references.py": "the letters that references end with",
    "tests/hostile/storm.py": "the letters of base64",
    "tests/conftest.py": "keys of the tests",
    "tests/desk/provider/__init__.py": "the provider that the tests start",
    "tests/desk/provider/provider.mjs": "the provider that the tests start",
    "tests/desk/test_desk_browser.py": "the password of somebody who is not there",
    "tests/desk/test_login.py": "the password of somebody who is not there",
}
