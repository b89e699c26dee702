"""Early help for one at risk adds open offers, and nothing else."""

from dataclasses import replace

from tests.rules.small import QUESTIONS, need, offer, ruleset, ticks
from wizard.rules.answers import read_answers
from wizard.rules.model import YES, Asked, AtRisk, Rule
from wizard.rules.outcome import SubjectOutcome
from wizard.rules.ruleset import Ruleset
from wizard.rules.visit import assess

SIDES = ticks("sides", "body", "contact")
WALKS = need(
    "walks",
    QUESTIONS,
    [Rule("r", 4, ((("a", 0b100),),))],
    [
        offer("park", 1),
        offer("group", 2, fits=((("c", 0b001),),)),
        offer("third", 2),
        replace(offer("applied_for", 1), without_application=False),
        offer("too_high", 3),
    ],
)
OTHER = need("other", QUESTIONS, [], [offer("talk", 1)])


def rules() -> Ruleset:
    body = AtRisk(when=((("sides.body", YES),),), need="walks", up_to=2)
    return replace(ruleset(WALKS, OTHER, core=[Asked(SIDES)]), at_risk=(body,))


def outcome(**answers: object) -> SubjectOutcome:
    one = rules()
    masks, faults = read_answers(one, answers)
    assert not faults
    return assess(one, masks).subjects[0]


def test_a_side_of_life_brings_the_easiest_open_offers_of_its_need() -> None:
    assert outcome(needs=["other"], sides=["body"]).early == ("park", "group")


def test_it_moves_no_step_and_adds_no_need() -> None:
    assert outcome(needs=["other"], sides=["body"]).needs == outcome(needs=["other"], sides="none").needs


def test_a_side_that_is_not_ticked_or_not_known_brings_nothing() -> None:
    assert outcome(needs=["other"], sides=["contact"]).early == ()
    assert outcome(needs=["other"], sides="unknown").early == ()


def test_a_need_that_was_chosen_has_its_own_result_and_brings_nothing_here() -> None:
    assert outcome(needs=["walks"], sides=["body"]).early == ()
