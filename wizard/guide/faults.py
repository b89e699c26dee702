"""What is wrong with a guide, where, and how to mend it. All faults are collected, then told at once."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault of a guide. ``mend`` is a plain instruction; a ``warning`` does not stop the guide from being used."""

    file: str
    line: int
    what: str
    mend: str
    warning: bool = False

    def __str__(self) -> str:
        word = "warning: " if self.warning else ""
        return f"{self.file}:{self.line}: {word}{self.what} {self.mend}".rstrip()


class GuideFaultsError(Exception):
    """The guide cannot be used; ``faults`` says why, in the order of files and lines."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))
