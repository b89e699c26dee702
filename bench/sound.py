"""The made-up guide, mended until it keeps every guarantee, and with one hole planted in it.

The guide of :mod:`bench.problem` is made for speed: it has dead rules, and steps with no service for the person. Here
a rule that would be dead is narrowed to answers that no other rule has, every step that a rule leads to has services
for everybody, and a service that others would crowd out fits one set of answers exactly. Questions that no need asks
are left out; the other numbers stay the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from itertools import product
from operator import and_
from random import Random

from bench.problem import ASKED_BY_NEED, CORE, OPTIONS, SEED, STEPS, Size, make_problem
from wizard.rules.model import ALWAYS, Asked, Condition, Need, Offer, Rule, When
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import bits, build_table

_ALL = (1 << len(OPTIONS)) - 1
_OPEN = 4
"""Steps below this one need no application."""
Point = tuple[int, ...]
"""One option for each question that a need asks."""


def make_sound(size: Size) -> Ruleset:
    """A guide of some size that keeps every guarantee."""
    random = Random(SEED)  # noqa: S311  a fixed draw, so that every run proves the same
    raw = make_problem(size, 0).ruleset
    asked = {*CORE, *(item.question.id for need in raw.needs.values() for item in need.asked)}
    questions = {
        id_: replace(question, dont_know=OPTIONS[0] if id_ in CORE else None)
        for id_, question in raw.questions.items()
        if id_ in asked
    }
    core = tuple(Asked(questions[id_]) for id_ in CORE)
    steps = frozenset(step for step in STEPS if step < _OPEN)
    bare = replace(raw, questions=questions, core=core, open_steps=steps)
    return _with_needs(bare, [_mend(random, need) for need in raw.needs.values()])


def plant_hole(ruleset: Ruleset) -> tuple[Ruleset, Need]:
    """The guide with one need in which nothing on the highest step is for people with the last answer to ``q0``."""
    need = [*ruleset.needs.values()][len(ruleset.needs) // 2]
    top = need.offers[-1].step
    holed = replace(need, offers=tuple(_without_last(o) if o.step == top else o for o in need.offers))
    return _with_needs(ruleset, [*{**ruleset.needs, need.id: holed}.values()]), holed


def _without_last(offer: Offer) -> Offer:
    terms = dict(offer.who[0])
    terms[CORE[0]] = terms.get(CORE[0], _ALL) & _ALL >> 1
    return replace(offer, who=(tuple(terms.items()),))


def _with_needs(ruleset: Ruleset, needs: Iterable[Need]) -> Ruleset:
    by_id = {need.id: need for need in needs}
    unchanged = {id_: ruleset.tables[id_] for id_, need in by_id.items() if ruleset.needs[id_] is need}
    tables = {id_: unchanged.get(id_) or build_table(need, ruleset.variables) for id_, need in by_id.items()}
    return replace(ruleset, needs=by_id, tables=tables)


def _mend(random: Random, need: Need) -> Need:
    asked = [item.question.id for item in need.asked]
    points = _Points(asked)
    rules: list[Rule] = []
    for left, rule in reversed([*enumerate(need.rules)]):
        rules.insert(0, points.narrowed(random, rule, left))
    looked_at = {id_ for rule in rules for condition in rule.when for id_, _ in condition}
    if looked_at < {*asked}:
        rules[0] = replace(rules[0], when=(points.exactly(points.own[rules[0].at_least][-1]),))
    for _ in range(max(4, len(need.offers) // len(STEPS))):
        points.own.setdefault(STEPS[0], []).append(points.pick(random))
    return replace(need, rules=tuple(rules), offers=tuple(_offers(random, need, points)))


_POINTS = [*product(range(len(OPTIONS)), repeat=ASKED_BY_NEED)]
_EVERY = (1 << len(_POINTS)) - 1
_NUMBERS = {point: number for number, point in enumerate(_POINTS)}
_BITS = {
    (place, option): sum(1 << number for number, point in enumerate(_POINTS) if point[place] == option)
    for place, option in product(range(ASKED_BY_NEED), range(len(OPTIONS)))
}


@dataclass
class _Points:
    """Every set of answers to the questions of a need, as one bit each; and those that belong to one rule alone."""

    asked: Sequence[str]
    covered: int = 0
    own: dict[int, list[Point]] = field(default_factory=dict)

    def of(self, condition: Condition) -> int:
        """The points that a condition holds for."""
        terms = ((self.asked.index(id_), mask) for id_, mask in condition)
        return reduce(and_, (sum(_BITS[place, o] for o in bits(mask)) for place, mask in terms), _EVERY)

    def pick(self, random: Random, among: int = -1) -> Point:
        """A point that nothing covers yet."""
        written = f"{among & ~self.covered & _EVERY:b}"[::-1]
        return _POINTS[random.choice([number for number, bit in enumerate(written) if bit == "1"])]

    def exactly(self, point: Point) -> Condition:
        """The condition that only one point fulfils."""
        return tuple((id_, 1 << option) for id_, option in zip(self.asked, point, strict=True))

    def narrowed(self, random: Random, rule: Rule, left: int) -> Rule:
        """The rule, which comes after all higher ones, with a point that no rule as high has. So many come after."""
        mine = self.of(rule.when[0])
        beside = sum(1 << _NUMBERS[point] for point in self.own.get(rule.at_least, ()))
        room = (_EVERY & ~(self.covered | mine)).bit_count() > 2 * left + 100
        if mine & beside or not mine & ~self.covered or not room:
            rule = replace(rule, when=(self.exactly(self.pick(random)),))
            mine = self.of(rule.when[0])
        self.own.setdefault(rule.at_least, []).append(self.pick(random, mine))
        self.covered |= mine
        return rule


def _offers(random: Random, need: Need, points: _Points) -> Iterator[Offer]:
    """For every step that a rule leads to services for everybody, and as many others as there were."""
    levels = sorted(points.own)
    others = [level for level in levels for _ in points.own[level] * 2]
    random.shuffle(others)
    counts = Counter([*levels, *levels, *others][: len(need.offers)])
    people = ((level, *one) for level in levels for one in _people(random, points.own[level], points, counts[level]))
    for offer, (level, who, fits) in zip(need.offers, people, strict=True):
        yield replace(offer, step=level, who=who, fits=fits, without_application=level < _OPEN)


def _people(random: Random, own: Sequence[Point], points: _Points, count: int) -> Iterator[tuple[When, When]]:
    """Who the services of a step are for, and when they fit: one half of the people, the other half, and then few."""
    core = random.choice(CORE)
    half = sum(1 << option for option in random.sample(range(len(OPTIONS)), 2))
    halves: list[When] = [(((core, half),),), (((core, _ALL ^ half),),)] if count > 1 else [ALWAYS]
    yield from ((who, ALWAYS) for who in halves)
    for number in range(count - len(halves)):
        yield random.choice(halves), (points.exactly(own[number % len(own)]),)
