"""The door to the solver: one need at a time, and then the services that no need was seen to show."""

from collections.abc import Iterator, Set

from wizard.rules.findings import Finding, NeedAudit
from wizard.rules.model import Need
from wizard.rules.ruleset import Ruleset
from wizard.satisfy.audit import audit_by_solving
from wizard.satisfy.formula import Formula
from wizard.satisfy.shown import is_shown, services_shown
from wizard.satisfy.solving import solving


def solve_need(ruleset: Ruleset, need: Need, until: float, known: Set[str]) -> tuple[NeedAudit, set[str]]:
    """Judge every set of answers to a need, and tell the services it was seen to show beside those known.

    Raises ``TooLargeError`` when the time (of the monotonic clock) is over.
    """
    formula = Formula(ruleset, need)
    with solving(formula.circuit, until) as solver:
        return audit_by_solving(formula, solver), services_shown(formula, solver, known)


def solve_services(ruleset: Ruleset, until: float, known: Set[str]) -> Iterator[Finding]:
    """The services that serve a need, but are shown to nobody. Raises ``TooLargeError`` when the time is over.

    That it is nobody is judged on so many visits for each, so it errs on the side of refusing.
    """
    missing = {offer.service: offer for need in ruleset.needs.values() for offer in need.offers if not offer.placement}
    for service in known:
        missing.pop(service, None)
    for need in ruleset.needs.values():
        if any(offer.service in missing for offer in need.offers):
            formula = Formula(ruleset, need)
            with solving(formula.circuit, until) as solver:
                for service in services_shown(formula, solver, known):
                    missing.pop(service, None)
                for order, offer in enumerate(need.offers):
                    if offer.service in missing and not offer.placement and is_shown(formula, solver, order):
                        missing.pop(offer.service)
    return (Finding("dead_service", about=service) for service in missing)
