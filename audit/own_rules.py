"""Our own rules for semgrep: whether the code keeps them, and whether each would notice if it did not.

The samples are texts, so that no other tool takes them for code. In the bad ones every line that must be noticed ends
with ``fires: RULE``; in the good ones nothing may be.
"""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.tool import ROOT, Verdict, run

RULES = ROOT / "audit" / "rules.yaml"
SAMPLES = ROOT / "audit" / "samples"
_PLACES = {"py": "wizard/web", "html": "templates"}
_SCAN = ("scan", "--config", str(RULES), "--metrics=off", "--disable-version-check", "--json", "--quiet")
Place = tuple[str, int, str]
"""A file, a line in it, and the rule that noticed it."""


def semgrep() -> Verdict:
    """Our own rules: what must never be done here."""
    done = run("semgrep", *_SCAN, "wizard", "templates")
    try:
        found, broken, number = _read(done.stdout)
    except ValueError:
        return Verdict("semgrep", None, done.stderr.strip()[-200:] or "it said nothing")
    faults = [*(f"{file}:{line} {rule}" for file, line, rule in sorted(found)), *broken]
    return Verdict("semgrep", not faults and number > 0, "; ".join(faults) or f"{number} files")


def own_rules() -> Verdict:
    """Every rule notices what it is for, in every way that the bad samples show, and nothing in the good ones."""
    with TemporaryDirectory() as folder:
        marked = lay_out(Path(folder))
        done = run("semgrep", *_SCAN, ".", folder=Path(folder))
    try:
        found, broken, _ = _read(done.stdout)
    except ValueError:
        return Verdict("own rules", None, done.stderr.strip()[-200:] or "it said nothing")
    return judge(found, marked, broken)


def lay_out(folder: Path) -> set[Place]:
    """Put the samples where the rules look for such; what must be noticed in them."""
    marked: set[Place] = set()
    for sample in SAMPLES.glob("*.txt"):
        name = sample.name.removesuffix(".txt")
        path = f"{_PLACES[name.rpartition('.')[2]]}/{name}"
        text = sample.read_text(encoding="utf-8")
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            marked |= {(path, number, rule) for rule in re.findall(r"fires: ([\w-]+)", line)}
    return marked


def judge(found: set[Place], marked: set[Place], broken: list[str]) -> Verdict:
    """Whether that was noticed which is marked, and every rule has a mark."""
    rules = set(re.findall(r"^  - id: (\S+)$", RULES.read_text(encoding="utf-8"), re.MULTILINE))
    faults = [f"missed: {place}" for place in sorted(marked - found)]
    faults += [f"noticed without a reason: {place}" for place in sorted(found - marked)]
    faults += [f"without a bad sample: {rule}" for rule in sorted(rules - {rule for _, _, rule in marked})]
    told = f"{len(rules)} notice {len(marked)} bad lines and no good one"
    return Verdict("own rules", not faults and not broken, "; ".join(faults + broken) or told)


def _read(said: str) -> tuple[set[Place], list[str], int]:
    """What was found, what could not be judged, and how many files were. Raises ValueError where it said nothing."""
    told = json.loads(said)
    found = {(one["path"], one["start"]["line"], one["check_id"].rpartition(".")[2]) for one in told["results"]}
    return found, [one.get("message", "")[:200] for one in told["errors"]], len(told["paths"]["scanned"])
