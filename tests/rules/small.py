"""Small worlds for the rules, and a brute force that shares no code with them."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from hypothesis import strategies as st

from wizard.rules.model import ALWAYS, Asked, Condition, Mask, Need, Offer, Question, Rule, Variable, When
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import build_table

STEPS = (1, 2, 3, 4, 5, 6, 7)


def scale(id_: str, *options: str) -> Question:
    return Question(id_, (id_,), options, scale=True)


def choice(id_: str, *options: str) -> Question:
    return Question(id_, (id_,), options)


def ticks(id_: str, *options: str) -> Question:
    return Question(id_, tuple(f"{id_}.{option}" for option in options), options, many=True)


def ruleset(*needs: Need, core: Iterable[Asked] = ()) -> Ruleset:
    """A rule set around some needs; the question `needs` comes last in the core."""
    choose = ticks("needs", *(need.id for need in needs))
    core = (*core, Asked(choose))
    questions = {item.question.id: item.question for item in core}
    questions |= {item.question.id: item.question for need in needs for item in need.asked}
    variables = {
        id_: Variable(id_, ("no", "yes") if question.many else question.options)
        for question in questions.values()
        for id_ in question.variables
    }
    return Ruleset(
        steps=STEPS,
        variables=variables,
        questions=questions,
        core=core,
        extra=(),
        needs={need.id: need for need in needs},
        tables={need.id: build_table(need, variables) for need in needs},
        dangers=(),
        rights=(),
    )


def need(id_: str, asked: Iterable[Question | Asked], rules: Iterable[Rule] = (), offers: Iterable[Offer] = ()) -> Need:
    items = tuple(item if isinstance(item, Asked) else Asked(item) for item in asked)
    ordered = tuple(sorted(rules, key=lambda rule: rule.at_least))
    return Need(id_, "person", ALWAYS, items, ordered, tuple(offers))


def offer(service: str, step: int, who: When = ALWAYS, fits: When = ALWAYS) -> Offer:
    return Offer(service, step, service, who, fits)


def worlds(masks: Mapping[str, Mask]) -> Iterator[dict[str, int]]:
    """Every way the possible options can turn out: variable to the number of its one true option."""
    names = list(masks)
    options = [[i for i in range(masks[name].bit_length()) if masks[name] >> i & 1] for name in names]
    return (dict(zip(names, chosen, strict=True)) for chosen in product(*options))


def holds(condition: Condition, world: Mapping[str, int]) -> bool:
    return all(allowed >> world[variable] & 1 for variable, allowed in condition)


def certain(when: When, masks: Mapping[str, Mask]) -> bool:
    """One and the same condition holds in every world."""
    return any(all(holds(condition, world) for world in worlds(masks)) for condition in when)


QUESTIONS = (scale("a", "a0", "a1", "a2"), scale("b", "b0", "b1", "b2", "b3"), choice("c", "c0", "c1", "c2"))
ALL_MASKS = st.fixed_dictionaries({q.id: st.integers(1, (1 << len(q.options)) - 1) for q in QUESTIONS})
ONE_OPTION = st.fixed_dictionaries(
    {q.id: st.integers(0, len(q.options) - 1).map(lambda option: 1 << option) for q in QUESTIONS}
)


@st.composite
def climb_conditions(draw: st.DrawFn) -> Condition:
    """A condition that a climb rule may have: `at_least` on scales, a list on the unordered question."""
    terms = []
    for question in QUESTIONS:
        if draw(st.booleans()):
            full = (1 << len(question.options)) - 1
            low = draw(st.integers(1, len(question.options) - 1))
            terms.append((question.id, full & ~((1 << low) - 1) if question.scale else draw(st.integers(1, full))))
    return tuple(terms)


@st.composite
def small_needs(draw: st.DrawFn) -> Need:
    """A need with up to five rules and six offers over three questions."""
    whens = st.lists(climb_conditions(), min_size=1, max_size=2).map(tuple)
    rules = [Rule(f"r{i}", draw(st.sampled_from(STEPS)), draw(whens)) for i in range(draw(st.integers(0, 5)))]
    steps = sorted(draw(st.lists(st.sampled_from(STEPS), max_size=6)))
    offers = [offer(f"s{i}", step, who=draw(whens), fits=draw(whens)) for i, step in enumerate(steps)]
    return need("n", QUESTIONS, rules, offers)
