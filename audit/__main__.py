"""Runs the tools one after the other. What could not be audited is told as that, and never as "nothing found"."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.known import BANDIT, SECRETS

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".venv" / "audit" / "bin"
BUILT = ROOT / "build"
_UNREACHED = (
    "could not be audited",
    "ConnectionError",
    "Max retries",
    "Name or service",
    "Temporary failure",
    "ServiceError",
    "404",
    "403",
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a tool says. ``fine`` is None where it could not be asked."""

    tool: str
    fine: bool | None
    text: str

    def __str__(self) -> str:
        said = {True: "clean", False: "NOT CLEAN", None: "NOT AUDITED"}[self.fine]
        return f"{self.tool:<16} {said:<12} {self.text}"


def run(tool: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run one of the tools in the folder of the project."""
    return subprocess.run([TOOLS / tool, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


def own_files() -> list[str]:
    """Every file that is ours, but for locks, which are nothing but digests."""
    git = shutil.which("git") or "git"
    command = [git, "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    locks = ("requirements/", "package-lock.json", "docs/benchmarks.md")
    return [name for name in listed.stdout.splitlines() if not name.startswith(locks) and (ROOT / name).is_file()]


def compare(tool: str, found: Iterable[object], known: Collection[object], number: str) -> Verdict:
    """Nothing may be found that is not known, nor be known that is not found."""
    new, gone = sorted(set(found) - set(known), key=str), sorted(set(known) - set(found), key=str)
    parts = [f"new: {new}"] if new else []
    parts += [f"known and not found any more: {gone}"] if gone else []
    return Verdict(tool, not parts, "; ".join(parts) or f"{number}, {len(known)} known and explained in audit/known.py")


def bandit() -> Verdict:
    """The usual mistakes in Python."""
    told = json.loads(run("bandit", "-q", "-r", "wizard", "bench", "-f", "json").stdout)
    found = {(one["filename"].removeprefix("./"), one["test_id"]) for one in told["results"]}
    return compare("bandit", found, BANDIT.keys(), f"{told['metrics']['_totals']['loc']} lines")


def semgrep() -> Verdict:
    """Our own rules: what must never be done here."""
    rules = ["--config", "audit/rules.yaml", "--metrics=off", "--disable-version-check", "--json", "--quiet"]
    done = run("semgrep", "scan", *rules, "wizard", "templates")
    try:
        told = json.loads(done.stdout)
    except ValueError:
        return Verdict("semgrep", None, done.stderr.strip()[-200:] or "it said nothing")
    found = [f"{one['path']}:{one['start']['line']} {one['check_id'].rpartition('.')[2]}" for one in told["results"]]
    broken = [one.get("message", "")[:200] for one in told["errors"]]
    number = len(told["paths"]["scanned"])
    return Verdict("semgrep", not found and not broken and number > 0, "; ".join(found + broken) or f"{number} files")


def secrets() -> Verdict:
    """Keys and passwords that were left lying."""
    files = own_files()
    told = json.loads(run("detect-secrets", "scan", *files).stdout)
    return compare("detect-secrets", told["results"], SECRETS.keys(), f"{len(files)} files")


def known_holes() -> Verdict:
    """Holes that the world knows of, in the versions that are locked."""
    strict = ["--strict", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
    done = run("pip-audit", *strict, "-r", "requirements/app.txt")
    said = (done.stderr + done.stdout).strip()
    if done.returncode == 0 and "No known vulnerabilities found" in said:
        return Verdict("pip-audit", True, "requirements/app.txt, no known holes")
    if any(sign in said for sign in _UNREACHED):
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
    tools: tuple[Callable[[], Verdict], ...] = (bandit, semgrep, secrets, known_holes, parts_list, dress_parts_list)
    verdicts = []
    for ask in tools:
        verdicts.append(ask())
        print(verdicts[-1], flush=True)  # noqa: T201
    sys.exit(any(verdict.fine is False for verdict in verdicts))


if __name__ == "__main__":
    main()
