"""What the tools find, somebody has looked at, and may stand: how often in each file, and the reason.

One more in the same file is looked at anew, and what is no longer found must go.
"""

from collections.abc import Mapping

Known = tuple[int, str]
BANDIT: Mapping[tuple[str, str], Known] = {
    ("bench/crowd.py", "B311"): (2, "draws who comes when, nothing secret"),
    ("bench/django_form.py", "B106"): (1, "the key of a page that is only measured"),
    ("bench/journeys.py", "B311"): (1, "draws visits to measure, nothing secret"),
    ("bench/load.py", "B311"): (1, "draws one visit to ask for again, nothing secret"),
    ("bench/pages.py", "B105"): (1, "the key of cookies that are only measured"),
    ("bench/problem.py", "B311"): (11, "draws problems to race with, nothing secret"),
    ("bench/sound.py", "B311"): (5, "draws problems to race with, nothing secret"),
    ("bench/serving.py", "B404"): (1, "starts gunicorn and nginx, by fixed lists of words"),
    ("bench/serving.py", "B603"): (2, "starts gunicorn and nginx, by fixed lists of words"),
    ("wizard/assets.py", "B404"): (1, "runs npm, by a fixed list of words"),
    ("wizard/assets.py", "B603"): (1, "runs npm, by a fixed list of words"),
    ("wizard/desk/login_log.py", "B105"): (1, "a word of the log, not a password"),
    ("wizard/desk/staff.py", "B105"): (1, "the name of a field, not a password"),
    ("wizard/guide/asking.py", "B311"): (5, "draws visits to count their questions"),
    ("wizard/rules/deadwood.py", "B311"): (2, "draws visits to judge rules on, the same each time"),
    ("wizard/store/access_log.py", "B105"): (1, "a word of the log, not a password"),
    ("wizard/store/migrations/versions/v0004_enquiries.py", "B608"): (1, "made of constants alone"),
    ("wizard/web/how.py", "B704"): (1, "write_fragment escapes every text"),
    ("wizard/web/keep.py", "B704"): (1, "segno draws squares, and writes no text"),
    ("wizard/web/result_page.py", "B604"): (1, "the frame of a page; no program is started"),
    ("wizard/web/shared.py", "B704"): (2, "a macro escapes what is put into it"),
    ("wizard/web/tables.py", "B704"): (1, "draw_graph escapes every text"),
    ("wizard/web/template_words.py", "B704"): (1, "a text of ours; the values are escaped as they are filled in"),
}
SECRETS: Mapping[str, Known] = {
    "bench/django_form.py": (1, "the key of a page that is only measured"),
    "bench/pages.py": (1, "the key of cookies that are only measured"),
    "docs/operations.md": (1, "the names of settings, one after the other"),
    "wizard/desk/login_log.py": (1, "a word of the log"),
    "wizard/store/access_log.py": (1, "a word of the log"),
    "wizard/store/codes.py": (1, "the letters that codes are made of"),
    "wizard/store/references.py": (1, "the letters that references end with"),
    "tests/hostile/drawn.py": (1, "the letters of base64"),
    "tests/conftest.py": (1, "keys of the tests"),
    "tests/desk/provider/__init__.py": (1, "the provider that the tests start"),
    "tests/desk/provider/provider.mjs": (1, "the provider that the tests start"),
    "tests/desk/test_desk_browser.py": (1, "the password of somebody who is not there"),
    "tests/desk/test_desk_html.py": (1, "the password of somebody who is not there"),
    "tests/desk/test_login.py": (1, "the password of somebody who is not there"),
    "tests/desk/test_login_log.py": (2, "the password of somebody who is not there"),
}
