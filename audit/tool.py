"""How the tools are run, and what comes of it."""

import subprocess
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audit.known import Known

ROOT = Path(__file__).resolve().parent.parent
_TOOLS = ROOT / ".venv" / "audit" / "bin"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a tool says. ``fine`` is None where it could not be asked."""

    tool: str
    fine: bool | None
    text: str

    def __str__(self) -> str:
        said = {True: "clean", False: "NOT CLEAN", None: "NOT AUDITED"}[self.fine]
        return f"{self.tool:<16} {said:<12} {self.text}"


def run(tool: str, *arguments: str, folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    """Run one of the tools in a folder, which is the project's unless another is named."""
    return subprocess.run([_TOOLS / tool, *arguments], cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


def compare(tool: str, found: Iterable[Hashable], known: Mapping[Any, Known], number: str) -> Verdict:
    """Nothing may be found more often than it is known, nor be known more often than it is found."""
    seen: Counter[Hashable] = Counter(found)
    listed: Counter[Hashable] = Counter({one: times for one, (times, _) in known.items()})
    new, gone = sorted((seen - listed).items(), key=str), sorted((listed - seen).items(), key=str)
    parts = [f"new: {new}"] if new else []
    parts += [f"known and not found any more: {gone}"] if gone else []
    told = "; ".join(parts) or f"{number}, {listed.total()} known and explained in audit/known.py"
    return Verdict(tool, not parts, told)
