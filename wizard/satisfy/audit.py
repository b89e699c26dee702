"""What is guaranteed of a need, judged by a solver: the findings of :mod:`wizard.rules.audit`, without counting."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wizard.rules.findings import Finding, NeedAudit
from wizard.rules.seen import rules_seen
from wizard.rules.witness import fewest_answers
from wizard.satisfy.circuit import FALSE, Literal
from wizard.satisfy.formula import Formula
from wizard.satisfy.solving import Solving


def audit_by_solving(formula: Formula, solving: Solving) -> NeedAudit:
    """Judge every set of answers to a need. Raises ``TooLargeError`` when the time is over."""
    steps = tuple(step for step in formula.steps if solving.can(formula.entry, formula.step[step]))
    judge = _Judge(formula, solving)
    gaps = tuple(judge.gaps())
    findings = (
        *judge.unhelped("empty", judge.own_help()),
        *judge.unhelped("nothing_open", judge.open_help()),
        *judge.dead_rules(),
    )
    return NeedAudit(formula.need.id, None, None, steps, gaps, findings)


@dataclass(frozen=True, slots=True)
class _Judge:
    formula: Formula
    solving: Solving

    def gaps(self) -> Iterator[Finding]:
        """Every pair of a floor and another step that it leads to."""
        formula, both = self.formula, self.formula.circuit.both
        apart = {floor: both([literal, -formula.step[floor]]) for floor, literal in formula.floor.items()}
        if self.solving.can(formula.entry, formula.circuit.either(apart.values())):
            for floor, gap in apart.items():
                for step in formula.steps if self.solving.can(formula.entry, gap) else ():
                    yield from self._shown("gap", floor, step, both([gap, formula.step[step]]))

    def unhelped(self, kind: str, help_on: Mapping[int, Literal]) -> Iterator[Finding]:
        """Every step that somebody ends on without the help that there has to be on some steps."""
        formula, both = self.formula, self.formula.circuit.both
        said = formula.certain(formula.need.sentences)
        without = {step: both([formula.step[step], -said, -help_]) for step, help_ in help_on.items()}
        if self.solving.can(formula.entry, formula.circuit.either(without.values())):
            for step, fault in without.items():
                yield from self._shown(kind, 0, step, fault)

    def own_help(self) -> dict[int, Literal]:
        """For each step, that something of its own can be shown or asked about."""
        formula = self.formula
        return {
            step: formula.circuit.either(formula.may_fit[i] for i, o in offers if not (o.placement or o.included))
            for step, offers in formula.offers.items()
        }

    def open_help(self) -> dict[int, Literal]:
        """For each step that is not open, that something on it or below can be used without applying."""
        formula, so_far = self.formula, FALSE
        found = {}
        for step, offers in formula.offers.items():
            easy = (formula.fitting[i] for i, o in offers if o.without_application and not o.placement)
            found[step] = so_far = formula.circuit.either([so_far, *easy])
        return {step: literal for step, literal in found.items() if step not in formula.ruleset.open_steps}

    def _shown(self, kind: str, floor: int, step: int, fault: Literal) -> Iterator[Finding]:
        """The finding with the fewest answers that show it, where there are any."""
        formula, solving = self.formula, self.solving
        fault = formula.circuit.both([formula.entry, fault])
        if solving.can(fault):
            one = solving.chosen(formula.answered)
            fewest = fewest_answers(
                one, formula.scope.domains, lambda region: not solving.can(-fault, *formula.within(region))
            )
            yield Finding(kind, formula.need.id, "", floor, step, fewest)

    def dead_rules(self) -> Iterator[Finding]:
        """Rules that are never the only ones to set the floor: nobody would miss them."""
        formula = self.formula
        seen = rules_seen(formula.ruleset, formula.need, formula.scope, self.solving.keep_time)
        for holds, rule in zip(formula.holds, formula.need.rules, strict=True):
            if rule.id not in seen:
                beside = formula.holding[rule.at_least].copy()
                beside.remove(holds)
                nothing_else = [-other for other in (*beside, formula.above[rule.at_least])]
                if not self.solving.can(formula.entry, holds, *nothing_else):
                    yield Finding("dead_rule", formula.need.id, rule.id)
