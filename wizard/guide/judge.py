"""Every guarantee of a rule set, judged by cutting its space of answers, and by a solver where that is too large."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from time import monotonic

from wizard.rules.audit import audit_need
from wizard.rules.deadwood import (
    dead_options,
    dead_rights,
    dead_services,
    falling_gates,
    unasked_questions,
    unheard_dangers,
    unreached_steps,
)
from wizard.rules.findings import Finding, NeedAudit
from wizard.rules.model import Need, When
from wizard.rules.regions import Budget, TooLargeError
from wizard.rules.ruleset import Ruleset

LONGEST_SECONDS = 60.0
MOST_REGIONS = 5_000_000
"""Regions looked at before a guide is too large, where there is no solver."""
_BEFORE_SOLVING, _OF_ONE_NEED, _FEWEST_REGIONS = 4_000_000, 2_000_000, 50
"""Where there is one: the most work done by cutting, of all needs together and of one; and the least worth a start.

One region is as much work as a hundred conditions, and as each of the need's. Lillesand's guide takes two thirds of it.
"""
_MOST_OF_SERVICES = 50_000
"""Where there is one: regions looked at for services that nobody is shown at a glance."""


def has_solver() -> bool:
    """Whether the extra “proof” is installed."""
    return find_spec("pysat") is not None


@dataclass(slots=True)
class Judge:
    """A rule set under judgement. ``said`` are the conditions of texts that people see."""

    ruleset: Ruleset
    said: Iterable[When] = ()
    seconds: float = LONGEST_SECONDS
    audits: list[NeedAudit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    _until: float = 0.0
    _all: Budget = field(default_factory=Budget)
    _work: int = _BEFORE_SOLVING
    _shown: set[str] = field(default_factory=set)

    def judge(self, progress: Callable[[Iterable[str]], Iterable[str]] = iter) -> None:
        """Fill in the audits and findings. ``progress`` wraps the ids of the needs as they are judged.

        What is not decided in time is a finding too, never half accepted.
        """
        self._until = monotonic() + self.seconds
        self._all = Budget(MOST_REGIONS, self._until)
        self._work = _BEFORE_SOLVING
        self.findings += [*unheard_dangers(self.ruleset), *falling_gates(self.ruleset)]
        self.findings += [*unasked_questions(self.ruleset), *dead_options(self.ruleset, self.said)]
        for id_ in progress(self.ruleset.needs):
            try:
                audit = self._audit(self.ruleset.needs[id_])
                self.audits.append(audit)
                self.findings += (*audit.gaps, *audit.findings)
            except TooLargeError:
                self.findings.append(Finding("too_large", id_, floor=round(self.seconds)))
        if len(self.audits) == len(self.ruleset.needs):
            self._find_deadwood()

    def _audit(self, need: Need) -> NeedAudit:
        """A need, cut if that can be done and else solved."""
        if not has_solver():
            return audit_need(self.ruleset, need, self._all)
        work = 100 + len(self.ruleset.tables[need.id].conditions)
        regions = min(self._work, _OF_ONE_NEED) // work
        budget = Budget(regions, self._until)
        try:
            if regions >= _FEWEST_REGIONS:
                return audit_need(self.ruleset, need, budget)
        except TooLargeError:
            pass
        finally:
            self._work -= (regions - max(budget.regions, 0)) * work
        return self._solve(need)

    def _solve(self, need: Need) -> NeedAudit:
        from wizard.satisfy.need import solve_need  # noqa: PLC0415  an extra, and only large guides need it

        audit, shown = solve_need(self.ruleset, need, self._until, self._shown)
        self._shown |= shown
        return audit

    def _find_deadwood(self) -> None:
        """What hangs on all needs together."""
        reached = {step for audit in self.audits for step in audit.steps}
        self.findings += [*unreached_steps(self.ruleset, reached), *dead_rights(self.ruleset, reached)]
        try:
            self.findings += self._dead_services()
        except TooLargeError:
            self.findings.append(Finding("services_too_large", floor=round(self.seconds)))

    def _dead_services(self) -> Iterator[Finding]:
        if all(audit.covered is not None for audit in self.audits):
            try:
                budget = Budget(_MOST_OF_SERVICES, self._until) if has_solver() else self._all
                return iter([*dead_services(self.ruleset, budget)])
            except TooLargeError:
                if not has_solver():
                    raise
        from wizard.satisfy.need import solve_services  # noqa: PLC0415  an extra, and only large guides need it

        return solve_services(self.ruleset, self._until, self._shown)
