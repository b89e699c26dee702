"""Which question comes next, and how many can still come."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from tests.rules.small import QUESTIONS, choice, climb_conditions, need, offer, ruleset, scale, small_needs, ticks
from wizard.rules.answers import read_answer, read_answers
from wizard.rules.model import Asked, Need, Rule, When
from wizard.rules.path import find_path, most_asked
from wizard.rules.ruleset import Ruleset
from wizard.rules.visit import assess


def answered(rules: Ruleset, **given_answers: object) -> dict[str, int]:
    masks, faults = read_answers(rules, given_answers)
    assert not faults
    return masks


def next_id(rules: Ruleset, **given_answers: object) -> str | None:
    following = find_path(rules, answered(rules, **given_answers)).next
    return following.id if following else None


A_OR_B: When = ((("a", 0b100),), (("b", 0b1000),))


def test_the_core_comes_first_then_the_needs_questions_in_order() -> None:
    rules = ruleset(need("n", QUESTIONS, [Rule("r", 4, A_OR_B)]))
    assert next_id(rules) == "needs"
    assert next_id(rules, needs=["n"]) == "a"
    assert next_id(rules, needs=["n"], a="a0") == "b"
    assert next_id(rules, needs=["n"], a="a0", b="b0") is None


def test_a_question_that_can_change_nothing_is_not_asked() -> None:
    rules = ruleset(need("n", QUESTIONS, [Rule("r", 4, A_OR_B)]))
    assert next_id(rules, needs=["n"], a="a2") is None


def test_a_question_that_only_chooses_between_services_is_asked() -> None:
    offers = [offer("one", 1, fits=((("c", 0b001),),)), offer("other", 1, fits=((("c", 0b010),),))]
    assert next_id(ruleset(need("n", QUESTIONS, [], offers)), needs=["n"]) == "c"


def test_services_on_steps_that_are_out_of_reach_ask_nothing() -> None:
    offers = [offer("here", 1), offer("far_up", 6, fits=((("c", 0b001),),))]
    assert next_id(ruleset(need("n", QUESTIONS, [], offers)), needs=["n"]) is None


def test_a_question_that_opens_the_gate_of_one_that_matters_is_asked() -> None:
    a, b, _ = QUESTIONS
    one = need("n", [a, Asked(b, ((("a", 0b110),),))], [Rule("r", 4, ((("b", 0b1000),),))])
    rules = ruleset(one)
    assert next_id(rules, needs=["n"]) == "a"
    assert next_id(rules, needs=["n"], a="a0") is None
    assert next_id(rules, needs=["n"], a="a1") == "b"
    assert next_id(rules, needs=["n"], a="unknown") is None


def test_a_question_shared_by_two_needs_is_asked_once() -> None:
    rule = Rule("r", 4, ((("a", 0b100),),))
    rules = ruleset(need("n", QUESTIONS, [rule]), need("m", QUESTIONS, [rule]))
    assert next_id(rules, needs=["n", "m"]) == "a"
    assert next_id(rules, needs=["n", "m"], a="a1") is None


def test_vet_ikke_is_an_answer_and_is_not_asked_again() -> None:
    rules = ruleset(need("n", QUESTIONS, [Rule("r", 4, ((("a", 0b100),),))]))
    assert next_id(rules, needs=["n"], a="unknown") is None


def test_a_need_that_nobody_may_have_who_answered_so_is_left_out() -> None:
    age = scale("age", "young", "old")
    one = need("n", QUESTIONS, [Rule("r", 4, A_OR_B)])
    only_old = Need(one.id, one.subject, ((("age", 0b10),),), one.asked, one.rules, one.offers)
    rules = ruleset(only_old, core=[Asked(age)])
    assert next_id(rules, age="young", needs=["n"]) is None
    assert next_id(rules, age="old", needs=["n"]) == "a"
    assert next_id(rules, age="unknown", needs=["n"]) == "a"


def test_what_a_vet_ikke_leaves_open_for_good_asks_nothing_more() -> None:
    both: When = ((("a", 0b100), ("b", 0b1000)),)
    rules = ruleset(need("n", QUESTIONS, [Rule("r", 4, both)]))
    assert next_id(rules, needs=["n"], a="a2") == "b"
    assert next_id(rules, needs=["n"], a="unknown") is None


def test_a_gate_that_hangs_on_nothing_but_a_vet_ikke_promises_no_further_question() -> None:
    a, b, _ = QUESTIONS
    rules = ruleset(need("n", [a, Asked(b, ((("a", 0b110),),))], [Rule("r", 4, ((("b", 0b1000),),))]))
    assert find_path(rules, answered(rules, needs=["n"])).at_most_left == 2
    assert find_path(rules, answered(rules, needs=["n"], a="unknown")).at_most_left == 0


def long_need(*, deciding: bool) -> Need:
    """A need of a dozen questions, each of which sets a step of its own or only chooses a service."""
    questions = [choice(f"x{i}", "no", "yes") for i in range(12)]
    whens: list[When] = [(((question.id, 0b10),),) for question in questions]
    rules = [Rule(f"r{i}", 4, when) for i, when in enumerate(whens)]
    offers = [offer("always", 1), *(offer(f"s{i}", 1, fits=when) for i, when in enumerate(whens))]
    return need("n", questions, rules) if deciding else need("n", questions, [], offers)


def test_questions_that_only_choose_services_are_asked_while_there_is_room() -> None:
    rules = ruleset(long_need(deciding=False))
    asked = walk(rules, {f"x{i}": "no" for i in range(12)}, answered(rules, needs=["n"]))
    assert len(asked) == most_asked(1) - 1
    assert [left for _, left in asked] == [*range(len(asked), 0, -1)]


def test_questions_that_decide_are_asked_however_many_there_are() -> None:
    rules = ruleset(long_need(deciding=True))
    assert len(walk(rules, {f"x{i}": "no" for i in range(12)}, answered(rules, needs=["n"]))) == 12


def test_an_always_asked_question_is_asked_though_it_changes_nothing() -> None:
    calm = ticks("calm", "x")
    item = Asked(type(calm)(calm.id, calm.variables, calm.options, many=True, always=True))
    assert next_id(ruleset(need("n", [item])), needs=["n"]) == "calm"


def walk(rules: Ruleset, choose: Mapping[str, object], first: dict[str, int]) -> list[tuple[str, int]]:
    """The questions of a visit in the order asked, each with what was at most left before it."""
    masks, asked = dict(first), []
    while (path := find_path(rules, masks)).next is not None:
        asked.append((path.next.id, path.at_most_left))
        read = read_answer(path.next, choose[path.next.id])
        assert read is not None
        masks |= read
    return asked


CHOICES = st.fixed_dictionaries({q.id: st.sampled_from([*q.options, "unknown"]) for q in QUESTIONS})


@given(small_needs(), small_needs(), climb_conditions(), CHOICES)
def test_a_visit_ends_asks_nothing_twice_and_never_promises_too_little(
    one: Need, other: Need, gate: tuple[tuple[str, int], ...], choices: dict[str, object]
) -> None:
    a, b, c = QUESTIONS
    earlier = tuple(term for term in gate if term[0] != c.id)
    gated = Need("m", "person", other.who, (Asked(a), Asked(b), Asked(c, (earlier,))), other.rules, other.offers)
    rules = ruleset(one, gated)
    asked = walk(rules, choices, answered(rules, needs=["n", "m"]))
    ids = [id_ for id_, _ in asked]
    left = [at_most for _, at_most in asked]
    assert len(ids) == len(set(ids))
    assert all(at_most >= len(ids) - i for i, at_most in enumerate(left))
    assert left == sorted(left, reverse=True)


@given(small_needs(), CHOICES)
def test_the_questions_not_asked_would_not_have_changed_the_step(one: Need, choices: dict[str, object]) -> None:
    rules = ruleset(one)
    start = answered(rules, needs=["n"])
    asked = {id_ for id_, _ in walk(rules, choices, start)}
    only_asked = answered(rules, needs=["n"], **{id_: choices[id_] for id_ in asked})
    everything = answered(rules, needs=["n"], **choices)
    short, full = (assess(rules, masks).subjects[0].needs[0] for masks in (only_asked, everything))
    # Their order may differ: it follows how exactly a service fits, and nobody is asked a question for that.
    assert (short.floor, sorted(short.services)) == (full.floor, sorted(full.services))


@given(small_needs(), small_needs(), CHOICES)
def test_needs_never_disturb_each_other(one: Need, other: Need, choices: dict[str, object]) -> None:
    second = Need("m", "person", other.who, other.asked, other.rules, other.offers)
    rules = ruleset(one, second)
    alone = assess(rules, answered(rules, needs=["n"], **choices)).subjects[0].needs
    together = assess(rules, answered(rules, needs=["n", "m"], **choices)).subjects[0].needs
    assert alone == together[:1]
