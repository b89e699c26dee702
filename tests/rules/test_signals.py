"""Dangers and rights judged all at once are what they are one by one."""

import random
from collections.abc import Mapping, Set

import pytest

from wizard.rules.conditions import judge_any, mentioned
from wizard.rules.model import Condition, Danger, Mask, Right, Truth, Variable, When
from wizard.rules.signals import build_signals

VARIABLES = {f"v{n}": Variable(f"v{n}", tuple("abcd"[: 2 + n % 3])) for n in range(6)}


def some_when(chance: random.Random) -> When:
    def condition() -> Condition:
        chosen = chance.sample(sorted(VARIABLES), k=chance.randint(1, 3))
        return tuple((id_, chance.randint(1, VARIABLES[id_].everything - 1)) for id_ in chosen)

    return tuple(condition() for _ in range(chance.randint(1, 3)))


def can_hold(condition: Condition, masks: Mapping[str, Mask], still_open: Set[str]) -> bool:
    """Whether a condition is certain, or can still become so when more is known of the open variables."""
    return all(masks[id_] & allowed and (id_ in still_open or not masks[id_] & ~allowed) for id_, allowed in condition)


def some_masks(chance: random.Random) -> dict[str, Mask]:
    return {id_: chance.randint(1, variable.everything) for id_, variable in VARIABLES.items()}


@pytest.mark.parametrize("seed", range(40))
def test_all_at_once_says_what_each_says(seed: int) -> None:
    chance = random.Random(seed)
    dangers = [Danger(f"d{n}", "person", some_when(chance)) for n in range(5)]
    rights = [Right(f"r{n}", some_when(chance), asks=n % 2 == 0) for n in range(5)]
    signals = build_signals(dangers, rights, VARIABLES)
    for _ in range(20):
        masks, still_open = some_masks(chance), frozenset(chance.sample(sorted(VARIABLES), k=3))
        judged = signals.judge(masks)
        certain = tuple(danger.id for danger in dangers if judge_any(danger.when, masks) is Truth.YES)
        assert signals.urgent(judged) == certain
        whens = [danger.when for danger in dangers] + [right.when for right in rights if right.asks]
        unsure = [when for when in whens if judge_any(when, masks) is Truth.UNKNOWN]
        hanging = {v for when in unsure for v in mentioned(tuple(c for c in when if can_hold(c, masks, still_open)))}
        assert signals.mentioned(signals.live(judged, masks, still_open)) == hanging


def test_a_guide_without_dangers_has_nothing_urgent() -> None:
    signals = build_signals([], [], VARIABLES)
    assert signals.urgent(signals.judge(some_masks(random.Random(0)))) == ()
