"""Only a guide that has passed every check is used. What has passed is remembered by digest, of guide and engine."""

import os
from pathlib import Path

from wizard.engine import digest_of_code
from wizard.guide.check import check_guide
from wizard.guide.faults import GuideFaultsError
from wizard.guide.guide import Guide
from wizard.guide.load import load_guide


def load_passed_guide(folder: Path, memory: Path | None = None) -> Guide:
    """A guide that has passed ``wizard check``: known from ``memory`` (a folder), or else checked here and now.

    Raises :class:`GuideFaultsError` with every fault of a guide that does not pass.
    """
    guide = load_guide(folder)
    engine = digest_of_code("rules", "satisfy", "guide")
    seal = memory / f"{guide.id}-{guide.revision}-{engine}.passed" if memory else None
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
