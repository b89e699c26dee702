"""The decision table says of every visit what the engine says, and holds nothing that could be left out."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.rules.small import certain, climb_conditions, need, ruleset, small_needs
from tests.rules.test_regions import Visit, brute_force, counts_as, every_visit, gated
from wizard.config import ROOT
from wizard.guide.load import load_guide
from wizard.rules.audit import floor_and_step, step_rows
from wizard.rules.decide import decide
from wizard.rules.minimal import Judge
from wizard.rules.model import Condition, Need, When
from wizard.rules.regions import Budget, TooLargeError, cut, make_space, point_in
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows, build_table
from wizard.rules.tabulate import Block, find_block, tabulate

LILLESAND = load_guide(ROOT / "data" / "lillesand").ruleset
patient = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def table_of(one: Need) -> tuple[Block, ...]:
    return tabulate(ruleset(one), one, Budget())


def visits_of(one: Need) -> Iterator[tuple[Visit, Visit]]:
    """Every visit of somebody who may have the need, as answered and as it counts."""
    for visit in every_visit():
        seen = counts_as(one, visit)
        if any(all(seen[v] & allowed for v, allowed in row) for row in one.who):
            yield visit, seen


def first_fit(blocks: tuple[Block, ...], seen: Visit) -> Block:
    return next(block for block in blocks if certain(block.when, seen))


@patient
@given(small_needs(), climb_conditions(), climb_conditions())
def test_every_visit_is_led_to_the_floor_and_step_of_the_brute_force(
    one: Need, gate: Condition, who: Condition
) -> None:
    one = replace(gated(one, gate), who=(who,))
    blocks = table_of(one)
    for visit, seen in visits_of(one):
        block = first_fit(blocks, seen)
        assert (block.floor, block.step) == brute_force(one, visit)
        assert find_block(blocks, seen) == block


@patient
@given(small_needs(), climb_conditions())
def test_no_row_can_be_left_out(one: Need, gate: Condition) -> None:
    one = gated(one, gate)
    blocks = table_of(one)
    decided: set[tuple[int, Condition]] = set()
    for _, seen in visits_of(one):
        place, block = next((i, b) for i, b in enumerate(blocks) if certain(b.when, seen))
        fitting = [condition for condition in block.when if certain((condition,), seen)]
        decided |= {(place, fitting[0])} if len(fitting) == 1 else set()
    assert decided == {(place, condition) for place, block in enumerate(blocks) for condition in block.when}


@patient
@given(small_needs(), climb_conditions())
def test_no_answer_can_be_left_out_of_a_row(one: Need, gate: Condition) -> None:
    one = gated(one, gate)
    seen = [seen for _, seen in visits_of(one)]
    for condition in (condition for block in table_of(one) for condition in block.when):
        for term in condition:
            without = tuple(other for other in condition if other != term)
            assert any(certain((without,), s) and not certain((condition,), s) for s in seen)


@patient
@given(small_needs(), climb_conditions())
def test_a_row_is_true_by_itself(one: Need, gate: Condition) -> None:
    one = gated(one, gate)
    for block in table_of(one):
        for visit, seen in visits_of(one):
            assert not certain(block.when, seen) or brute_force(one, visit)[0] >= block.floor


@pytest.mark.parametrize("one", LILLESAND.needs.values(), ids=LILLESAND.needs)
def test_the_real_tables_agree_with_the_engine_in_every_region(one: Need) -> None:
    """Not a sample: engine and table are cut against each other until both are decided everywhere."""
    blocks = tabulate(LILLESAND, one, Budget())
    rows = tuple(condition for block in blocks for condition in block.when)
    beside = replace(one, sentences=rows)
    space = make_space(_with(beside), beside)
    start = len(space.table.conditions) // 2 - len(rows)
    of_engine = step_rows(LILLESAND, beside, space)

    def wanted(possible: Rows, known: Rows) -> Rows:
        undecided = of_engine(possible, known)
        for row in range(start, start + len(rows)):
            if known >> row & 1 or not possible & space.table.entry << space.half:
                break
            undecided |= 1 << row & possible
        return undecided

    for leaf in cut(space, wanted, Budget(5_000_000)):
        if leaf.certain & space.table.entry << space.half:
            block = next(b for b, when in _rows_of(blocks, start) if leaf.certain & when)
            assert (block.floor, block.step) == floor_and_step(LILLESAND, space, leaf)


def _with(one: Need) -> Ruleset:
    return replace(LILLESAND, tables={one.id: build_table(one, LILLESAND.variables)})


def _rows_of(blocks: tuple[Block, ...], start: int) -> Iterator[tuple[Block, Rows]]:
    for block in blocks:
        yield block, ((1 << len(block.when)) - 1) << start
        start += len(block.when)


@pytest.mark.parametrize("one", LILLESAND.needs.values(), ids=LILLESAND.needs)
def test_the_real_tables_agree_with_whole_outcomes_and_hold_every_service_shown(one: Need) -> None:
    draw = random.Random(one.id)
    blocks, space = tabulate(LILLESAND, one, Budget()), make_space(LILLESAND, one)
    full = {id_: variable.everything for id_, variable in LILLESAND.variables.items()}
    for _ in range(300):
        point = point_in(space, {}, lambda _, mask: 1 << draw.choice([i for i in range(12) if mask >> i & 1]))
        masks = full | point
        if not space.table.judge(_answered(space.unknown, point))[0] & space.table.entry << space.half:
            continue
        outcome, block = decide(LILLESAND, one, masks), find_block(blocks, masks)
        assert (outcome.floor, outcome.step) == (block.floor, block.step)
        services = {shown.offer.service for shown in block.services}
        assert {*outcome.services, *outcome.included, *outcome.ask_about} <= services


def _answered(unknown: Mapping[str, int], point: Visit) -> Visit:
    """The point as the space has it: "vet ikke" is an option of its own."""
    return {id_: unknown[id_] if mask == unknown[id_] - 1 else mask for id_, mask in point.items()}


@pytest.mark.parametrize("one", LILLESAND.needs.values(), ids=LILLESAND.needs)
def test_the_real_tables_have_no_more_rows_than_there_are_rules(one: Need) -> None:
    rows = [row for block in tabulate(LILLESAND, one, Budget()) for row in block.rows]
    assert len(rows) <= len(one.rules) + 1
    assert len({row.rule for row in rows}) == len(rows)


def test_what_is_not_known_to_be_superfluous_stays() -> None:
    one = need("n", [])
    when: When = ((),)
    assert Judge(ruleset(one), one, Budget(regions=0)).exists(when, when)
    with pytest.raises(TooLargeError):
        tabulate(ruleset(one), one, Budget(regions=0))
