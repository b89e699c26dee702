"""The solver judges a need as cutting does, and as a brute force does that lists every visit."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.small import QUESTIONS, STEPS, certain, climb_conditions, need, offer, ruleset, small_needs, ticks
from tests.rules.test_regions import Visit, brute_force, counts_as, every_visit, gated
from wizard.rules.audit import audit_need
from wizard.rules.deadwood import dead_services
from wizard.rules.decide import decide
from wizard.rules.findings import Finding, NeedAudit
from wizard.rules.model import Asked, Condition, Need, Rule
from wizard.rules.regions import Budget
from wizard.rules.ruleset import Ruleset
from wizard.rules.seen import shown_to
from wizard.satisfy.need import solve_need, solve_services

FOREVER = float("inf")
UNHURRIED = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def large_needs(draw: st.DrawFn) -> Need:
    """A small need with everything that an offer can be, a question behind a gate, and a plain sentence."""
    one = gated(draw(small_needs()), draw(climb_conditions()))
    yes = st.booleans()
    offers = tuple(
        replace(o, without_application=draw(yes), placement=draw(yes), included=draw(yes)) for o in one.offers
    )
    whens = st.lists(climb_conditions(), max_size=1).map(tuple)
    return replace(one, offers=offers, sentences=draw(whens), who=draw(whens) or ((),))


def world(one: Need) -> Ruleset:
    return replace(ruleset(one), open_steps=frozenset({1, 2}))


def solved(one: Need) -> NeedAudit:
    return solve_need(world(one), one, FOREVER, frozenset())[0]


def kinds(findings: Iterable[Finding]) -> set[tuple[str, str, int, int]]:
    return {(found.kind, found.about, found.floor, found.step) for found in findings}


def possible(when: Iterable[Condition], seen: Visit) -> bool:
    return any(all(seen[variable] & allowed for variable, allowed in row) for row in when)


def shows(one: Need, visit: Visit, found: Finding) -> bool:
    """Whether a visit has the fault that was found, by brute force."""
    seen = counts_as(one, visit)
    floor, step = brute_force(one, visit)
    if not possible(one.who, seen) or step != found.step:
        return False
    if found.kind == "gap":
        return floor == found.floor
    if certain(one.sentences, seen):
        return False
    exist = [o for o in one.offers if certain(o.who, seen) and not o.placement]
    if found.kind == "empty":
        return not any(o.step == step and not o.included and possible(o.fits, seen) for o in exist)
    return not any(o.step <= step and o.without_application and certain(o.fits, seen) for o in exist)


def is_among(visit: Visit, found: Finding, but: str = "") -> bool:
    """Whether a visit has the answers of a finding, where "vet ikke" is the bit after the last option."""
    for id_, mask in found.shown_by.items():
        full = {q.id: (1 << len(q.options)) - 1 for q in QUESTIONS}.get(id_, 0)
        if full and id_ != but and not mask & (full + 1 if visit[id_] == full else visit[id_]):
            return False
    return True


@UNHURRIED
@given(large_needs())
def test_the_solver_finds_what_cutting_finds(one: Need) -> None:
    cut, solve = audit_need(world(one), one, Budget()), solved(one)
    assert solve.steps == cut.steps
    assert kinds(solve.gaps) == kinds(cut.gaps)
    assert kinds(solve.findings) == kinds(cut.findings)
    assert (solve.regions, solve.covered) == (None, None)


@UNHURRIED
@given(large_needs())
def test_the_steps_and_gaps_told_are_those_of_the_brute_force(one: Need) -> None:
    visits = [visit for visit in every_visit() if possible(one.who, counts_as(one, visit))]
    found = {brute_force(one, visit) for visit in visits}
    assert set(solved(one).steps) == {step for _, step in found}
    assert {(gap.floor, gap.step) for gap in solved(one).gaps} == {pair for pair in found if pair[0] != pair[1]}


@UNHURRIED
@given(large_needs())
def test_the_answers_told_show_the_fault_and_none_of_them_can_be_left_out(one: Need) -> None:
    for audit in (solved(one), audit_need(world(one), one, Budget())):
        for found in (*audit.gaps, *audit.findings):
            if found.kind == "dead_rule":
                continue
            others = [visit for visit in every_visit() if not shows(one, visit, found)]
            assert not any(is_among(visit, found) for visit in others)
            for id_ in found.shown_by:
                assert any(is_among(visit, found, but=id_) for visit in others)


@UNHURRIED
@given(large_needs())
def test_a_service_is_dead_exactly_when_no_visit_is_shown_it(one: Need) -> None:
    rules = world(one)
    shown: set[str] = set()
    for visit in every_visit():
        seen = counts_as(one, visit)
        if possible(one.who, seen):
            outcome = decide(rules, one, {**seen, "needs.n": 2})
            told = {*outcome.services, *outcome.included, *outcome.ask_about, *outcome.meanwhile}
            assert told == {*shown_to(rules, one, {**seen, "needs.n": 2})}
            shown |= told
    dead = {o.service for o in one.offers if not o.placement} - shown
    known = solve_need(rules, one, FOREVER, frozenset())[1]
    assert {found.about for found in solve_services(rules, FOREVER, known)} == dead
    assert {found.about for found in dead_services(rules, Budget())} >= dead


def test_a_service_that_others_crowd_out_is_found_where_they_do_not_fit() -> None:
    rivals = [offer(f"rival{i}", 1, fits=((("b", 0b0001 << i % 4), ("c", 0b001 << i % 3)),)) for i in range(12)]
    one = need("n", QUESTIONS, [], [*rivals, *rivals, offer("shy", 1)])
    assert "shy" in solve_need(world(one), one, FOREVER, frozenset())[1]


def test_ticks_are_answered_one_by_one_and_vet_ikke_is_an_answer() -> None:
    kind = ticks("k", "green", "black")
    gate = ((("k.green", 2),),)
    one = need(
        "n",
        [kind, Asked(QUESTIONS[0], gate)],
        [Rule("r", 5, ((("a", 0b100),),))],
        [offer("s", 1), offer("t", 5, who=((("k.black", 1),),))],
    )
    (gap,) = solved(one).gaps
    assert (gap.floor, gap.step) == (5, 1)
    assert dict(gap.shown_by) == {"k.green": 0b010, "k.black": 0b110, "a": 0b0100}


@pytest.mark.parametrize("step", STEPS)
def test_a_dead_rule_is_found_on_every_step(step: int) -> None:
    rules = [Rule("wide", step, ((("a", 0b110),),)), Rule("narrow", step, ((("a", 0b100),),))]
    assert kinds(solved(need("n", QUESTIONS, rules, [offer("s", s) for s in STEPS])).findings) >= {
        ("dead_rule", "narrow", 0, 0)
    }
