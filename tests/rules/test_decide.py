"""The lowest suitable step, and the few services meant for the person."""

from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.rules.small import ALL_MASKS, ONE_OPTION, QUESTIONS, STEPS, certain, need, offer, ruleset, small_needs
from wizard.rules.decide import decide
from wizard.rules.model import Mask, Need, Rule, When
from wizard.rules.outcome import NeedOutcome

B = {q.id: q for q in QUESTIONS}
EVERYTHING = {"a": 0b111, "b": 0b1111, "c": 0b111}


def when(**allowed: Mask) -> When:
    return (tuple(allowed.items()),)


def outcome(one: Need, masks: dict[str, Mask]) -> NeedOutcome:
    return decide(ruleset(one), one, masks)


def test_without_a_certain_rule_the_lowest_step_is_enough() -> None:
    one = need("n", QUESTIONS, [Rule("r", 5, when(a=0b110))], [offer("open", 1), offer("high", 5)])
    assert outcome(one, EVERYTHING).step == 1


def test_the_highest_certain_rule_sets_the_floor() -> None:
    rules = [Rule("low", 2, when(a=0b110)), Rule("high", 5, when(a=0b100)), Rule("other", 6, when(b=0b1000))]
    one = need("n", QUESTIONS, rules, [offer("five", 5)])
    found = outcome(one, EVERYTHING | {"a": 0b100})
    assert (found.floor, [reason.rule for reason in found.because]) == (5, ["high"])


def test_the_step_is_the_lowest_at_or_above_the_floor_where_something_exists_for_the_person() -> None:
    offers = [offer("four", 4, who=when(c=0b001)), offer("six", 6), offer("seven", 7)]
    one = need("n", QUESTIONS, [Rule("r", 3, when(a=0b100))], offers)
    assert outcome(one, {"a": 0b100, "b": 1, "c": 0b010}).step == 6
    assert outcome(one, {"a": 0b100, "b": 1, "c": 0b001}).step == 4


def test_with_nothing_above_the_nearest_below_is_taken_and_said() -> None:
    one = need("n", QUESTIONS, [Rule("r", 5, when(a=0b100))], [offer("one", 1), offer("two", 2)])
    found = outcome(one, EVERYTHING | {"a": 0b100})
    assert (found.step, found.fell_short, found.services) == (2, True, ("two",))


def test_with_nothing_at_all_the_floor_stands_and_nothing_is_offered() -> None:
    one = need("n", QUESTIONS, [Rule("r", 5, when(a=0b100))])
    found = outcome(one, EVERYTHING | {"a": 0b100})
    assert (found.step, found.services, found.ask_about, found.meanwhile) == (5, (), (), ())


def test_what_fits_never_moves_the_step() -> None:
    one = need("n", QUESTIONS, [], [offer("never", 2, fits=when(a=0b100)), offer("fits", 3)])
    assert outcome(one, EVERYTHING | {"a": 0b001}).step == 2


def test_services_that_may_fit_are_asked_about_only_when_none_is_certain() -> None:
    maybe = [offer(f"m{i}", 2, fits=when(a=0b100)) for i in range(3)]
    one = need("n", QUESTIONS, [], maybe)
    assert outcome(one, EVERYTHING).ask_about == ("m0", "m1")
    sure = need("n", QUESTIONS, [], [*maybe, offer("sure", 2)])
    assert outcome(sure, EVERYTHING).ask_about == ()
    assert outcome(sure, EVERYTHING).services == ("sure",)


def test_the_service_that_fits_most_exactly_comes_first_then_easier_access() -> None:
    offers = [
        replace(offer("apply", 2), ease=5),
        replace(offer("drop_in", 2), ease=0),
        offer("exact", 2, fits=when(a=0b100, b=0b1000)),
        replace(offer("last", 2), rank=2),
        replace(offer("first", 2), rank=0, ease=5),
    ]
    found = outcome(need("n", QUESTIONS, [], offers), {"a": 0b100, "b": 0b1000, "c": 1})
    assert found.services == ("first", "exact", "drop_in", "apply")


def test_what_is_ranked_last_is_shown_only_where_there_is_room() -> None:
    last = replace(offer("last", 2), rank=2)
    assert outcome(need("n", QUESTIONS, [], [last]), EVERYTHING).services == ("last",)
    assert outcome(need("n", QUESTIONS, [], [last, offer("one", 2)]), EVERYTHING).services == ("one", "last")
    two = [last, offer("one", 2), offer("two", 2)]
    assert outcome(need("n", QUESTIONS, [], two), EVERYTHING).services == ("one", "two")


def test_there_is_always_a_place_for_help_that_needs_no_application() -> None:
    own = [replace(offer(f"apply{i}", 6), without_application=False) for i in range(6)]
    low = [replace(offer("apply_low", 3), without_application=False), offer("open", 1)]
    one = need("n", QUESTIONS, [Rule("r", 6, when(a=0b100))], [*low, *own])
    found = outcome(one, EVERYTHING | {"a": 0b100})
    assert found.services == ("apply0", "apply1", "apply2")
    assert found.meanwhile == ("open", "apply_low")


def test_the_same_service_with_the_same_contact_is_one_card() -> None:
    rows = [replace(offer("low", 2), card="same"), replace(offer("high", 3), card="same"), offer("other", 2)]
    found = outcome(need("n", QUESTIONS, [Rule("r", 3, when(a=0b100))], rows), EVERYTHING | {"a": 0b100})
    assert (found.services, found.meanwhile) == (("high",), ("other",))


def test_a_placement_is_never_shown_but_its_step_stands() -> None:
    rows = [offer("advice", 3), replace(offer("placement", 6), placement=True)]
    found = outcome(need("n", QUESTIONS, [Rule("r", 5, when(a=0b100))], rows), EVERYTHING | {"a": 0b100})
    assert (found.step, found.services, found.meanwhile) == (6, (), ("advice",))


def test_the_next_step_up_is_the_excluded_rule_with_the_fewest_differences() -> None:
    rules = [Rule("two_away", 2, when(a=0b100, b=0b1000)), Rule("one_away", 4, when(a=0b001, b=0b1000))]
    found = outcome(need("n", QUESTIONS, rules, [offer("one", 1)]), {"a": 0b001, "b": 0b0001, "c": 1})
    assert found.next_up is not None
    assert (found.next_up.rule, found.next_up.terms) == ("one_away", (("b", 0b1000),))


def test_a_step_of_placements_is_never_held_out_as_the_next_one() -> None:
    rules = [Rule("placed", 6, when(b=0b1000)), Rule("helped", 7, when(a=0b100, b=0b1000))]
    offers = [offer("one", 1), replace(offer("placement", 6), placement=True), offer("help", 7)]
    found = outcome(need("n", QUESTIONS, rules, offers), {"a": 0b001, "b": 0b0001, "c": 1})
    assert found.next_up is not None
    assert found.next_up.rule == "helped"


def test_a_dont_know_says_which_rules_hang_on_it() -> None:
    rules = [Rule("hangs", 4, when(a=0b100, b=0b1000)), Rule("excluded", 5, when(a=0b100, c=0b100))]
    found = outcome(need("n", QUESTIONS, rules, [offer("one", 1)]), {"a": 0b111, "b": 0b1000, "c": 0b001})
    assert [(reason.rule, reason.terms) for reason in found.could_change] == [("hangs", (("a", 0b100),))]


@given(small_needs(), ALL_MASKS)
def test_the_floor_is_what_asking_every_world_gives(one: Need, masks: dict[str, Mask]) -> None:
    expected = max((rule.at_least for rule in one.rules if certain(rule.when, masks)), default=STEPS[0])
    assert outcome(one, masks).floor == expected


@given(small_needs(), ALL_MASKS)
def test_the_step_is_what_going_up_the_ladder_by_hand_gives(one: Need, masks: dict[str, Mask]) -> None:
    found = outcome(one, masks)
    steps = [o.step for o in one.offers if certain(o.who, masks)]
    above = [step for step in steps if step >= found.floor]
    assert found.step == (min(above) if above else max(steps, default=found.floor))
    assert found.fell_short == (found.step < found.floor)


@given(small_needs(), ALL_MASKS)
def test_nothing_is_shown_that_does_not_exist_for_the_person_or_does_not_fit(one: Need, masks: dict[str, Mask]) -> None:
    found = outcome(one, masks)
    offers = {o.service: o for o in one.offers}
    for service in (*found.services, *found.meanwhile, *found.ask_about):
        assert certain(offers[service].who, masks)
    for service in (*found.services, *found.meanwhile):
        assert certain(offers[service].fits, masks)
    assert len(found.services) + len(found.meanwhile) <= 5


@given(small_needs(), ONE_OPTION, st.sampled_from(["a", "b"]), st.integers(1, 3))
def test_a_worse_answer_never_lowers_the_floor(one: Need, masks: dict[str, Mask], scale: str, by: int) -> None:
    worse = masks | {scale: masks[scale] << by}
    assume(worse[scale] < 1 << len(B[scale].options))
    assert outcome(one, worse).floor >= outcome(one, masks).floor


@given(small_needs(), ALL_MASKS, st.data())
def test_knowing_more_never_lowers_the_floor(one: Need, masks: dict[str, Mask], data: st.DataObject) -> None:
    more = {
        id_: data.draw(st.integers(1, mask).map(lambda part, mask=mask: part & mask or mask))  # type: ignore[misc]
        for id_, mask in masks.items()
    }
    assert outcome(one, more).floor >= outcome(one, masks).floor
