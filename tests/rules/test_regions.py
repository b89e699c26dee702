"""The proof judges every set of answers, none twice, and says of each what a brute force says.

The brute force here lists every visit and shares no code with the engine but the frozen values it reads.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings

from tests.rules.small import QUESTIONS, STEPS, certain, climb_conditions, need, offer, ruleset, small_needs
from wizard.rules.audit import audit_need, floor_and_step, step_rows
from wizard.rules.model import ALWAYS, Asked, Condition, Mask, Need, Rule
from wizard.rules.regions import Budget, Leaf, TooLargeError, cut, make_space
from wizard.rules.ruleset import Ruleset

SIZES = {q.id: len(q.options) for q in QUESTIONS}
Visit = dict[str, Mask]


def every_visit() -> Iterator[Visit]:
    """Each question answered with one option, or with "vet ikke" (all of them)."""
    answers = [[1 << i for i in range(size)] + [(1 << size) - 1] for size in SIZES.values()]
    return (dict(zip(SIZES, chosen, strict=True)) for chosen in product(*answers))


def counts_as(one: Need, visit: Visit) -> Visit:
    """The visit behind its gates: shut, the lowest option; not known to be open, anything."""
    seen: Visit = {}
    for item in one.asked:
        (id_,) = item.question.variables
        if certain(item.gate, seen):
            seen[id_] = visit[id_]
        elif not any(all(seen[v] & allowed for v, allowed in row) for row in item.gate):
            seen[id_] = 1
        else:
            seen[id_] = (1 << SIZES[id_]) - 1
    return seen


def brute_force(one: Need, visit: Visit) -> tuple[int, int]:
    """Floor and step, found by asking every world."""
    seen = counts_as(one, visit)
    floor = max((rule.at_least for rule in one.rules if certain(rule.when, seen)), default=STEPS[0])
    steps = [o.step for o in one.offers if certain(o.who, seen)]
    above = [step for step in steps if step >= floor]
    return floor, min(above) if above else max(steps, default=floor)


def gated(one: Need, gate: Condition) -> Need:
    """The need with its last question behind a gate on the others."""
    *first, last = one.asked
    earlier = tuple(term for term in gate if term[0] != last.question.id)
    return replace(one, asked=(*first, Asked(last.question, (earlier,))))


def is_in(visit: Visit, leaf: Leaf) -> bool:
    """Whether a visit lies in a region, where "vet ikke" is the bit after the last option."""
    for id_, mask in leaf.region.items():
        if id_ in visit:
            full = (1 << SIZES[id_]) - 1
            answer = full + 1 if visit[id_] == full else visit[id_]
            if not mask & answer:
                return False
    return True


def leaves_of(rules: Ruleset, one: Need) -> list[Leaf]:
    space = make_space(rules, one)
    return list(cut(space, step_rows(rules, one, space), Budget()))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(small_needs(), climb_conditions())
def test_every_visit_lies_in_one_region_with_the_floor_and_step_of_the_brute_force(one: Need, gate: Condition) -> None:
    one = gated(one, gate)
    rules = ruleset(one)
    space = make_space(rules, one)
    leaves = leaves_of(rules, one)
    for visit in every_visit():
        (home,) = (leaf for leaf in leaves if is_in(visit, leaf))
        assert floor_and_step(rules, space, home) == brute_force(one, visit)


@given(small_needs(), climb_conditions())
def test_the_regions_hold_every_set_of_answers_exactly_once(one: Need, gate: Condition) -> None:
    one = gated(one, gate)
    rules = ruleset(one)
    space = make_space(rules, one)
    whole = 1
    for id_ in space.domains:
        whole *= SIZES[id_] + 1 if id_ in SIZES else 1
    assert sum(space.size(leaf.region) for leaf in leaves_of(rules, one)) == whole
    assert audit_need(rules, one, Budget()).covered == whole


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(small_needs(), climb_conditions())
def test_the_steps_and_gaps_told_are_those_of_the_brute_force(one: Need, gate: Condition) -> None:
    one = gated(one, gate)
    audit = audit_need(ruleset(one), one, Budget())
    found = {brute_force(one, visit) for visit in every_visit()}
    assert set(audit.steps) == {step for _, step in found}
    assert {(gap.floor, gap.step) for gap in audit.gaps} == {(floor, step) for floor, step in found if floor != step}


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(small_needs())
def test_a_rule_is_dead_exactly_when_removing_it_changes_no_floor(one: Need) -> None:
    told = {found.about for found in audit_need(ruleset(one), one, Budget()).findings if found.kind == "dead_rule"}
    for i, rule in enumerate(one.rules):
        if rule.at_least == STEPS[0]:
            continue
        without = replace(one, rules=one.rules[:i] + one.rules[i + 1 :])
        differs = any(brute_force(one, visit)[0] != brute_force(without, visit)[0] for visit in every_visit())
        assert (rule.id in told) is not differs


def test_an_empty_result_is_found_with_the_answers_that_show_it() -> None:
    one = need("n", QUESTIONS, [], [offer("only_some", 1, fits=((("a", 0b110),),))])
    rules = replace(ruleset(one), open_steps=frozenset({1}))
    (found,) = audit_need(rules, one, Budget()).findings
    assert (found.kind, found.step, dict(found.shown_by)) == ("empty", 1, {"a": 0b0001})


def test_a_proof_that_would_take_too_long_is_given_up_not_guessed() -> None:
    one = need("n", QUESTIONS, [Rule("r", 5, ((("a", 0b100),), (("b", 0b1000),)))], [offer("s", 1)])
    with pytest.raises(TooLargeError):
        audit_need(ruleset(one), one, Budget(regions=2))
    with pytest.raises(TooLargeError):
        audit_need(ruleset(one), one, Budget(regions=257, until=0.0))


def test_a_need_nobody_may_have_holds_no_answers() -> None:
    one = replace(need("n", QUESTIONS, [], [offer("s", 1)]), who=((("a", 0b100),),))
    audit = audit_need(ruleset(one), one, Budget())
    assert audit.covered == 2
    assert ALWAYS == ((),)
