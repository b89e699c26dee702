"""Tells by how much the clock of this machine was set, so that a visit lasts as long as was promised whatever it says.

The time since the machine started is set by nobody. Taken from what the clock says, it gives the moment of the start,
which changes only when somebody sets the clock. Another machine, or this one started anew, cannot tell: there the
clock is believed. Nor can one that was stopped and went on later (a snapshot): to it, that time has not been.
"""

import time
from contextlib import suppress
from pathlib import Path

_SMALL = 60
"""So many seconds are no change: clocks are kept right in small steps."""
_RUNNING = getattr(time, "CLOCK_BOOTTIME", None)


def _name_start() -> str:
    """What the system calls this start of the machine; empty where it does not tell."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()[:13] if _RUNNING else ""
    return ""


START = _name_start()


def start_moment() -> int:
    """When this machine started, as its clock tells now."""
    return int(time.time() - _since_start())


def clock_set_by(start: str, moment: int) -> int:
    """By how many seconds the clock was set since it told that the start was at this moment; 0 where nobody can say."""
    by = start_moment() - moment if start and start == START else 0
    return by if abs(by) > _SMALL else 0


def _since_start() -> float:
    return time.clock_gettime(_RUNNING) if _RUNNING is not None else 0.0
