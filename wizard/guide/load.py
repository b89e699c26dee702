"""The one door to a guide: a folder in, an immutable :class:`Guide` out, or every fault at once."""

import hashlib
from pathlib import Path

from wizard.guide.compile import compile_guide
from wizard.guide.faults import Fault, GuideFaultsError
from wizard.guide.guide import Guide
from wizard.guide.sources import Sources, read_sources

_NOT_PUBLISHED = ("scenarios", "glossary.yaml")


def load_guide(folder: Path) -> Guide:
    """Read, check and compile a guide.

    Raises :class:`GuideFaultsError` with every fault found, in the order of files and lines.
    """
    guide, faults = examine_guide(folder)
    if guide is None:
        raise GuideFaultsError(fault for fault in faults if not fault.warning)
    return guide


def examine_guide(folder: Path) -> tuple[Guide | None, tuple[Fault, ...]]:
    """The guide, or None where a fault stands in the way, and every fault and warning."""
    return examine_sources(read_sources(folder))


def examine_sources(sources: Sources) -> tuple[Guide | None, tuple[Fault, ...]]:
    """The same of files that have been read already."""
    if not sources.complete:
        return None, tuple(sorted(set(sources.faults)))
    guide, faults = compile_guide(sources, _revision(sources.folder))
    everything = tuple(sorted({*sources.faults, *faults}))
    return (None if any(not fault.warning for fault in everything) else guide), everything


def _revision(folder: Path) -> str:
    """A digest of the names and contents of everything that is published, twelve characters long."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.yaml")):
        name = file.relative_to(folder)
        if name.parts[0] not in _NOT_PUBLISHED:
            digest.update(str(name).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:12]
