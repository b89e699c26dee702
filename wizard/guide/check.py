"""Everything that must hold before a guide is used: its files, its guarantees, its scenarios."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wizard.guide.faults import Fault
from wizard.guide.guide import Guide
from wizard.guide.judge import LONGEST_SECONDS
from wizard.guide.load import examine_sources
from wizard.guide.plain_check import check_plain
from wizard.guide.proof import answer_texts, is_accepted, prove, tell_answers
from wizard.guide.scenarios import count_held, play_scenarios
from wizard.guide.sources import read_sources
from wizard.guide.translation_check import check_translations
from wizard.rules.findings import NeedAudit


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found. ``guide`` is None where the files themselves cannot be used."""

    guide: Guide | None
    faults: tuple[Fault, ...]
    audits: tuple[NeedAudit, ...] = ()
    held: int = 0
    played: int = 0

    @property
    def refused(self) -> bool:
        """Whether the guide may not be used."""
        return self.guide is None or any(not fault.warning for fault in self.faults)


def check_guide(
    folder: Path,
    *,
    seconds: float = LONGEST_SECONDS,
    progress: Callable[[Iterable[str]], Iterable[str]] = iter,
    translations: bool = True,
) -> Checked:
    """Check a guide. ``progress`` wraps the ids of the needs as they are judged.

    Without ``translations`` it is checked in bokmål alone: what a server needs to know before it serves it.
    """
    sources = read_sources(folder)
    guide, faults = examine_sources(sources)
    faults = (*faults, *check_plain(sources), *(check_translations(sources) if translations else ()))
    if guide is None:
        return Checked(None, tuple(sorted(set(faults))))
    proof = prove(guide, sources, seconds=seconds, progress=progress)
    played = play_scenarios(sources, guide)
    told = (fault for one in played for fault in one.faults)
    return Checked(guide, (*faults, *proof.faults, *told), proof.audits, *count_held(played))


def tell_check(checked: Checked) -> dict[str, Any]:
    """A check as plain data. ``gaps`` are the places where the step is not the floor, each with the fewest answers.

    ``regions`` and ``covered`` are None for a need that a solver judged: it proves without counting.
    """
    return {
        "guide": checked.guide.id if checked.guide else None,
        "revision": checked.guide.revision if checked.guide else None,
        "refused": checked.refused,
        "faults": [
            {"file": f.file, "line": f.line, "what": f.what, "mend": f.mend, "warning": f.warning}
            for f in checked.faults
        ],
        "needs": [_tell_audit(checked.guide, audit) for audit in checked.audits if checked.guide],
        "scenarios": {"held": checked.held, "played": checked.played},
    }


def _tell_audit(guide: Guide, audit: NeedAudit) -> dict[str, Any]:
    return {
        "need": audit.need,
        "regions": audit.regions,
        "covered": audit.covered,
        "steps": list(audit.steps),
        "gaps": [
            {
                "floor": gap.floor,
                "step": gap.step,
                "accepted": is_accepted(guide, gap),
                "shown_by": [
                    {"question": question, "answers": answers}
                    for question, answers in answer_texts(guide.questions, gap.shown_by)
                ],
            }
            for gap in audit.gaps
        ],
    }


def describe_audit(guide: Guide, audit: NeedAudit) -> Iterator[str]:
    """What was judged of a need, in lines: first how much, then every place where the step is not the floor."""
    counted = f"{audit.covered} sets of answers in {audit.regions} regions"
    judged = counted if audit.covered is not None else "every set of answers, proved without counting"
    yield f"{audit.need}: {judged}; steps {', '.join(map(str, audit.steps))}"
    for gap in audit.gaps:
        accepted = "accepted" if is_accepted(guide, gap) else "not accepted"
        shown = tell_answers(guide.questions, gap.shown_by)
        yield f"  step {gap.step} where step {gap.floor} is due, {accepted}. Shown by: {shown}"
