"""The page docs/page-costs.md: each command of the bench that measures pages writes its own section, and no other."""

import os
import platform
import re
from pathlib import Path

from bench.page import as_markdown
from bench.report import Grid

CORES = os.cpu_count() or 1
_STEAL = 8
"""The place in the first line of ``/proc/stat`` where the time stands that a host kept from this machine (proc(5))."""


def put_section(file: Path, grid: Grid, said: str) -> None:
    """Put a table, with the words below it, in the place of the section of the same title."""
    page = file.read_text(encoding="utf-8")
    section = f"{as_markdown(grid)}\n\n{said}\n\n"
    found = re.compile(rf"^## {re.escape(grid.title)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    if not found.search(page):
        raise ValueError(f"{file} has no section {grid.title!r}")
    file.write_text(found.sub(lambda _: section, page).rstrip() + "\n", encoding="utf-8")


def machine() -> str:
    """What was measured on, as a line."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python}, {CORES} cores, {platform.system()}"


def waited_for_others() -> float:
    """Seconds of processor time that the host of this machine has lent to others, on all cores together."""
    stat = Path("/proc/stat")
    ticks = int(stat.read_text(encoding="ascii").split(maxsplit=_STEAL + 1)[_STEAL]) if stat.exists() else 0
    return ticks / os.sysconf("SC_CLK_TCK")
