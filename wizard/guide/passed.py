"""Only a guide that has passed every check is used. What has passed is remembered by digest, of guide and engine."""

import hashlib
import os
from pathlib import Path

from wizard.guide.check import check_guide
from wizard.guide.faults import GuideFaultsError
from wizard.guide.guide import Guide
from wizard.guide.load import load_guide

_PACKAGE = Path(__file__).parent.parent


def load_passed_guide(folder: Path, memory: Path | None = None) -> Guide:
    """A guide that has passed ``wizard check``: known from ``memory`` (a folder), or else checked here and now.

    Raises :class:`GuideFaultsError` with every fault of a guide that does not pass.
    """
    guide = load_guide(folder)
    seal = memory / f"{guide.id}-{guide.revision}-{_engine()}.passed" if memory else None
    if seal is None or not seal.is_file():
        checked = check_guide(folder, translations=False)
        if checked.refused:
            raise GuideFaultsError(fault for fault in checked.faults if not fault.warning)
        if seal is not None:
            _remember(seal)
    return guide


def _remember(seal: Path) -> None:
    """A place that cannot be written to is no reason not to serve: the next start checks again."""
    if os.access(seal.parent, os.W_OK):
        seal.touch()


def _engine() -> str:
    """A digest of the code that judges, so that a new engine judges anew."""
    digest = hashlib.sha256()
    for part in ("rules", "satisfy", "guide"):
        for file in sorted((_PACKAGE / part).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
