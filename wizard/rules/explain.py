"""Why this step, what would make it a higher one, and what a "vet ikke" leaves open."""

from collections.abc import Iterator, Mapping

from wizard.rules.model import Mask, Need
from wizard.rules.outcome import Reason
from wizard.rules.table import Rows, Table


def explain(
    need: Need, table: Table, rows: tuple[Rows, Rows], floor: int, masks: Mapping[str, Mask]
) -> tuple[tuple[Reason, ...], Reason | None, tuple[Reason, ...]]:
    """The certain rules that set the floor, the nearest excluded rule above it, and the open rules above it.

    *Nearest* is the rule with the fewest terms that the answers exclude; among equals the lowest step. A step that
    has nothing but placements for the person is never held out as the next one.
    """
    possible, certain = rows
    hidden = _placements_only(need, table, certain)
    because: dict[str, Reason] = {}
    could_change: dict[str, Reason] = {}
    excluded: list[tuple[int, int, Reason]] = []
    for row, index in enumerate(table.rule_of):
        rule, condition, bit = need.rules[index], table.conditions[row], 1 << row
        if certain & bit:
            if rule.at_least == floor:
                because.setdefault(rule.id, Reason(rule.id, rule.at_least, condition))
        elif rule.at_least > floor:
            terms = tuple(_terms(table, row, masks, excluded=not possible & bit))
            reason = Reason(rule.id, rule.at_least, terms)
            if possible & bit:
                could_change.setdefault(rule.id, reason)
            elif rule.at_least not in hidden:
                excluded.append((len(terms), rule.at_least, reason))
    next_up = min(excluded, key=lambda item: item[:2])[2] if excluded else None
    return tuple(because.values()), next_up, tuple(could_change.values())


def _terms(table: Table, row: int, masks: Mapping[str, Mask], *, excluded: bool) -> Iterator[tuple[str, Mask]]:
    """The terms of a row that the answers exclude, or else those they leave open."""
    for variable, allowed in table.conditions[row]:
        possible = masks[variable]
        if not possible & allowed if excluded else possible & ~allowed:
            yield variable, allowed


def _placements_only(need: Need, table: Table, certain: Rows) -> set[int]:
    """The steps on which all that exists for the person is what nobody can apply for."""
    here = [offer for offer, who in zip(need.offers, table.who, strict=True) if certain & who]
    return {offer.step for offer in here if offer.placement} - {offer.step for offer in here if not offer.placement}
