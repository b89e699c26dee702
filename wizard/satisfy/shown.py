"""Which services somebody is shown, found by asking the solver for visits and the engine what they are shown."""

from collections.abc import Iterable, Iterator, Set

from wizard.rules.seen import services_seen, shown_to
from wizard.satisfy.circuit import Literal
from wizard.satisfy.formula import Formula
from wizard.satisfy.solving import Solving

_RIVALS_AWAY = 12
"""How often the services that were shown instead are asked away before a service is left for a closer look."""
MOST_VISITS = 2048
"""Visits looked at closely for one service and need before it is said that nobody is shown it."""


def services_shown(formula: Formula, solving: Solving, known: Set[str]) -> set[str]:
    """Services that somebody is shown for a need, beside those that are known. Quick: it may miss some."""
    shown = services_seen(formula.ruleset, formula.need, formula.scope, known, solving.keep_time)
    for order, offer in enumerate(formula.need.offers):
        missing = not offer.placement and offer.service not in known and offer.service not in shown
        for wanted in _places(formula, order) if missing else ():
            if offer.service not in shown:
                shown |= _without_rivals(formula, solving, wanted, offer.service)
    return shown - known


def _places(formula: Formula, order: int) -> Iterator[list[Literal]]:
    """As a service of the step itself, or meanwhile."""
    step, fits = formula.need.offers[order].step, formula.fitting[order]
    yield [formula.entry, fits, formula.step[step]]
    yield [formula.entry, fits, formula.circuit.either(formula.step[s] for s in formula.steps if s > step)]


def _without_rivals(formula: Formula, solving: Solving, wanted: list[Literal], service: str) -> set[str]:
    """What is shown in visits in which a service fits, while those shown instead are asked away, if they can be."""
    shown: set[str] = set()
    for _ in range(_RIVALS_AWAY):
        if not solving.can(*wanted):
            break
        rivals = {*_show(formula, solving)}
        shown |= rivals
        away = [-literal for literal in _fitting(formula, rivals) if -literal not in wanted]
        if service in shown or not away:
            break
        for literal in away:
            if solving.can(*wanted, literal):
                wanted.append(literal)
    return shown


def is_shown(formula: Formula, solving: Solving, order: int) -> bool:
    """Whether one of many visits is shown an offer: such as differ in what is shown, and then any, to the last."""
    service, step = formula.need.offers[order].service, formula.need.offers[order].step
    not_above = formula.circuit.either(formula.step[s] for s in formula.steps if s >= step)
    for by_shown in (True, False):
        looking = formula.circuit.new()
        for _ in range(MOST_VISITS):
            if not solving.can(formula.entry, formula.may_fit[order], not_above, looking):
                break
            shown = {*_show(formula, solving)}
            if service in shown:
                return True
            alike = _fitting(formula, shown) if by_shown else _visit(formula, solving)
            formula.circuit.demand(-looking, *(-literal for literal in alike))
    return False


def _fitting(formula: Formula, services: Set[str]) -> list[Literal]:
    return [formula.fitting[i] for i, offer in enumerate(formula.need.offers) if offer.service in services]


def _visit(formula: Formula, solving: Solving) -> list[Literal]:
    """The visit that was found last."""
    chosen = solving.chosen(formula.counted)
    return [formula.counted[id_][mask.bit_length() - 1] for id_, mask in chosen.items()]


def _show(formula: Formula, solving: Solving) -> Iterable[str]:
    """What the visit that was found last is shown. "Vet ikke" is every option."""
    unknown = formula.scope.unknown
    chosen = solving.chosen(formula.counted)
    masks = {id_: unknown[id_] - 1 if mask == unknown[id_] else mask for id_, mask in chosen.items()}
    return shown_to(formula.ruleset, formula.need, masks)
