"""Why this step, what would make it a higher one, and what a "vet ikke" leaves open."""

from collections.abc import Mapping, Set

from wizard.rules.model import Condition, Mask, Need, Term
from wizard.rules.outcome import Reason
from wizard.rules.table import Rows, Table, bits


def explain(
    need: Need, table: Table, rows: tuple[Rows, Rows], floor: int, masks: Mapping[str, Mask]
) -> tuple[tuple[Reason, ...], Reason | None, tuple[Reason, ...]]:
    """The certain rules that set the floor, the nearest excluded rule above it, and the open rules above it.

    *Nearest* is the rule with the fewest terms that the answers exclude; among equals the lowest step. A step that
    has nothing but placements for the person is never held out as the next one, nor is a rule for another age or
    another situation: things get harder on the scales of the need, and nowhere else.
    """
    possible, certain = rows
    above = table.rules_above(floor)
    at_floor = [row for row in bits(certain & table.rules) if table.steps[row] == floor]
    because = {row: table.conditions[row] for row in at_floor}
    left_open = {row: _open(table.conditions[row], masks) for row in bits(possible & above)}
    hidden = _placements_only(need, table, certain)
    next_up = _reasons(need, table, _nearest(table, above & ~possible & table.next_up, masks, hidden))
    return _reasons(need, table, because), next_up[0] if next_up else None, _reasons(need, table, left_open)


def _placements_only(need: Need, table: Table, certain: Rows) -> Set[int]:
    """The steps on which all that exists for the person is what nobody can apply for."""
    if not certain & table.placements:
        return frozenset()
    here = [offer for offer, who in zip(need.offers, table.who, strict=True) if certain & who]
    return {offer.step for offer in here if offer.placement} - {offer.step for offer in here if not offer.placement}


def _nearest(table: Table, excluded: Rows, masks: Mapping[str, Mask], hidden: Set[int]) -> dict[int, Condition]:
    """The row with the fewest terms that the answers exclude, and those terms; the lowest among equals."""
    nearest: dict[int, Condition] = {}
    fewest = 0
    for row in bits(excluded):
        if table.steps[row] in hidden:
            continue
        terms = tuple([term for term in table.conditions[row] if not masks[term[0]] & term[1]])
        if nearest and len(terms) >= fewest:
            continue
        if table.scales.issuperset([variable for variable, _ in terms]):
            nearest, fewest = {row: terms}, len(terms)
            if fewest == 1:
                break
    return nearest


def _reasons(need: Need, table: Table, rows: Mapping[int, Condition]) -> tuple[Reason, ...]:
    """One reason per rule, the first; the rows of a rule stand side by side."""
    reasons, last = [], -1
    for row, terms in rows.items():
        index = table.rule_of[row]
        if index != last:
            reasons.append(Reason(need.rules[index].id, table.steps[row], terms))
            last = index
    return tuple(reasons)


def _open(condition: Condition, masks: Mapping[str, Mask]) -> tuple[Term, ...]:
    """The terms that the answers leave open."""
    return tuple([term for term in condition if masks[term[0]] & ~term[1]])
