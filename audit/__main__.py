"""Runs the tools one after the other. What could not be audited is told as that, and never as "nothing found"."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.known import BANDIT, SECRETS
from audit.own_rules import own_rules, semgrep
from audit.tool import ROOT, Verdict, compare, run

BUILT = ROOT / "build"
_FOUND = re.compile(r"Found \d+ known vulnerabilit")
_UNREACHED = re.compile(
    "could not be audited|ConnectionError|Max retries|Name or service|Temporary failure|ServiceError"
    r"|\b40[34] (Client Error|Not Found|Forbidden)"
)


def own_files() -> list[str]:
    """Every file that is ours, but for locks, which are nothing but digests."""
    git = shutil.which("git") or "git"
    command = [git, "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    locks = ("requirements/", "package-lock.json", "docs/benchmarks.md")
    return [name for name in listed.stdout.splitlines() if not name.startswith(locks) and (ROOT / name).is_file()]


def bandit() -> Verdict:
    """The usual mistakes in Python."""
    told = json.loads(run("bandit", "-q", "-r", "wizard", "bench", "-f", "json").stdout)
    found = [(one["filename"].removeprefix("./"), one["test_id"]) for one in told["results"]]
    return compare("bandit", found, BANDIT, f"{told['metrics']['_totals']['loc']} lines")


def secrets() -> Verdict:
    """Keys and passwords that were left lying."""
    files = own_files()
    told = json.loads(run("detect-secrets", "scan", *files).stdout)
    found = [file for file, places in told["results"].items() for _ in places]
    return compare("detect-secrets", found, SECRETS, f"{len(files)} files")


def known_holes() -> Verdict:
    """Holes that the world knows of, in the versions that are locked."""
    strict = ["--strict", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    done = run("pip-audit", *strict, "-r", "requirements/app.txt")
    return judge_holes(done.returncode, (done.stderr + done.stdout).strip())


def judge_holes(status: int, said: str) -> Verdict:
    """What pip-audit means. A hole that was found counts, whatever else could not be asked."""
    if _FOUND.search(said):
        return Verdict("pip-audit", False, said[-1_500:])
    if status == 0 and "No known vulnerabilities found" in said:
        return Verdict("pip-audit", True, "requirements/app.txt, no known holes")
    if _UNREACHED.search(said):
        return Verdict("pip-audit", None, f"the advisory service was not reached ({said.splitlines()[-1][:120]})")
    return Verdict("pip-audit", False, said[-1_500:])


def parts_list() -> Verdict:
    """What it is made of in Python, as CycloneDX, in build/."""
    BUILT.mkdir(exist_ok=True)
    file = BUILT / "sbom.cdx.json"
    options = ["--pyproject", "pyproject.toml", "--output-format", "JSON", "--output-file", str(file)]
    done = run("cyclonedx-py", "requirements", "requirements/app.txt", *options)
    if done.returncode:
        return Verdict("cyclonedx", False, done.stderr.strip()[-300:])
    return Verdict("cyclonedx", True, f"{len(json.loads(file.read_text())['components'])} parts in build/{file.name}")


def dress_parts_list() -> Verdict:
    """The packages that the pages are dressed in, likewise; npm wants a version of the whole, so it gets a copy."""
    file = BUILT / "sbom-npm.cdx.json"
    with TemporaryDirectory() as folder:
        about = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
        (Path(folder) / "package.json").write_text(json.dumps(about | {"version": "0.0.0"}), encoding="utf-8")
        shutil.copy(ROOT / "package-lock.json", folder)
        npm = shutil.which("npm") or str(Path(sys.executable).with_name("npm"))
        command = [npm, "sbom", "--sbom-format", "cyclonedx", "--package-lock-only", "--omit", "dev"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        return Verdict("npm sbom", False, done.stderr.strip()[-300:])
    file.write_text(done.stdout, encoding="utf-8")
    return Verdict("npm sbom", True, f"{len(json.loads(done.stdout)['components'])} parts in build/{file.name}")


def main() -> None:
    """Ask all of them; the exit status is 1 where something is not clean."""
    tools: tuple[Callable[[], Verdict], ...] = (
        bandit,
        semgrep,
        own_rules,
        secrets,
        known_holes,
        parts_list,
        dress_parts_list,
    )
    verdicts = []
    for ask in tools:
        verdicts.append(ask())
        print(verdicts[-1], flush=True)  # noqa: T201
    sys.exit(any(verdict.fine is False for verdict in verdicts))


if __name__ == "__main__":
    main()
