"""What nobody would miss: services shown to nobody, options that change nothing, rights and duties that never hold."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from random import Random

from wizard.rules.audit import floor_and_step, step_rows
from wizard.rules.findings import Finding
from wizard.rules.model import Asked, Mask, Need, Question, Term, When
from wizard.rules.regions import Budget, Leaf, Space, cut, make_space, point_in
from wizard.rules.ruleset import Ruleset
from wizard.rules.seen import highest, lowest, services_seen, shown_to
from wizard.rules.table import Rows

_TRIES = 6
"""Visits drawn from a region to see whether a service is shown to any of them."""
_ROUNDS = (8, 64, 512, 2048)
"""Visits looked at for one service and need, in growing rounds, before it is said that nobody is shown it."""


def dead_options(ruleset: Ruleset, also: Iterable[When] = ()) -> Iterator[Finding]:
    """Options that no condition tells from their neighbour; ``also`` are conditions of texts that people see.

    A question that is always asked, or that says whose voice is spoken, matters by itself.
    """
    terms: dict[str, set[Mask]] = {}
    for variable, allowed in _all_terms(ruleset, also):
        terms.setdefault(variable, set()).add(allowed)
    asked = [*ruleset.core, *ruleset.extra, *(item for need in ruleset.needs.values() for item in need.asked)]
    for question in {item.question.id: item.question for item in asked}.values():
        if not question.always and question.id not in _SPEAKING:
            yield from (Finding("dead_option", about=f"{question.id}.{o}") for o in _same(question, terms))


_SPEAKING = ("for_whom", "needs")
"""Questions whose options matter beyond conditions: they choose the voice, and the needs."""


def _all_terms(ruleset: Ruleset, also: Iterable[When]) -> Iterator[Term]:
    items: list[Asked] = [*ruleset.core, *ruleset.extra]
    whens: list[When] = [*also, ruleset.second_subject]
    whens += [danger.when for danger in ruleset.dangers]
    whens += [told.when for told in (*ruleset.rights, *ruleset.duties)]
    whens += [side.when for side in ruleset.at_risk]
    for need in ruleset.needs.values():
        items += need.asked
        whens += [need.who, *(rule.when for rule in need.rules)]
        whens += [when for offer in need.offers for when in (offer.who, offer.fits)]
    whens += [item.gate for item in items]
    return (term for when in whens for condition in when for term in condition)


def _same(question: Question, terms: dict[str, set[Mask]]) -> Iterator[str]:
    """The options that nothing tells apart: of a scale from the next lower one, of a choice from any other."""
    if question.many:
        yield from (option for option in question.options if question.tick(option) not in terms)
        return
    masks = terms.get(question.id, set())
    if question.scale:
        for i, (_, option) in enumerate(pairwise(question.options)):
            if not any((mask >> i ^ mask >> i + 1) & 1 for mask in masks):
                yield option
    elif not any(mask & mask + 1 or mask.bit_length() < len(question.options) for mask in masks):
        yield from question.options


def unasked_questions(ruleset: Ruleset) -> Iterator[Finding]:
    """Questions that stand in no need, and that not everybody is asked either."""
    asked = [*ruleset.core, *ruleset.extra, *(item for need in ruleset.needs.values() for item in need.asked)]
    for id_ in sorted({*ruleset.questions} - {item.question.id for item in asked}):
        yield Finding("unasked_question", about=id_)


def unheard_dangers(ruleset: Ruleset) -> Iterator[Finding]:
    """Ticks of a safety question, "vet ikke" included, that put no number on top by themselves."""
    alone = {condition[0] for danger in ruleset.dangers for condition in danger.when if len(condition) == 1}
    for item in ruleset.core:
        question = item.question
        if question.always and question.many:
            for option in question.options:
                if (question.tick(option), 2) not in alone:
                    yield Finding("unheard_danger", about=f"{question.id}.{option}")


def unreached_steps(ruleset: Ruleset, reached: Iterable[int]) -> Iterator[Finding]:
    """Steps that no need can end on."""
    return (Finding("dead_step", step=step) for step in sorted({*ruleset.steps} - {*reached}))


def dead_rights(ruleset: Ruleset, reached: Iterable[int]) -> Iterator[Finding]:
    """Rights, and duties of staff, that no answer and no step can bring."""
    steps = {*reached}
    for right in (*ruleset.rights, *ruleset.duties):
        from_step = right.from_step is not None and any(step >= right.from_step for step in steps)
        counted = right.needs_from_step is not None and any(step >= right.needs_from_step[1] for step in steps)
        if not (right.when or from_step or counted or steps & {*right.on_steps}):
            yield Finding("dead_duty" if right in ruleset.duties else "dead_right", about=right.id)


def falling_gates(ruleset: Ruleset) -> Iterator[Finding]:
    """Gates on a scale that close again as the answer gets worse: a worse answer could then give a lower step."""
    scales = {id_: question for id_, question in ruleset.questions.items() if question.scale}
    for need in ruleset.needs.values():
        for item in need.asked:
            for variable, allowed in (term for condition in item.gate for term in condition):
                top = len(scales[variable].options) if variable in scales else 0
                if top and allowed != (1 << top) - (allowed & -allowed):
                    yield Finding("falling_gate", need.id, item.question.id)


def dead_services(ruleset: Ruleset, budget: Budget) -> Iterator[Finding]:
    """The services that serve a need, but are shown to nobody. Placements are never shown, and are left out."""
    spaces = {need.id: make_space(ruleset, need) for need in ruleset.needs.values()}
    places = [
        (offer.service, need, order)
        for need in ruleset.needs.values()
        for order, offer in enumerate(need.offers)
        if not offer.placement
    ]
    alive: set[str] = set()
    for need in ruleset.needs.values():
        alive |= services_seen(ruleset, need, spaces[need.id], alive, budget.spend)
    for most in _ROUNDS:
        for service, need, order in places:
            near = _shown_near(ruleset, need, spaces[need.id], order, budget)
            for shown in islice(near, 0 if service in alive else most):
                alive.update(shown)
                if service in alive:
                    break
    for service in dict.fromkeys(service for service, _, _ in places):
        if service not in alive:
            yield Finding("dead_service", about=service)


def _shown_near(ruleset: Ruleset, need: Need, space: Space, order: int, budget: Budget) -> Iterator[tuple[str, ...]]:
    """What is shown in visits drawn from the regions in which an offer exists and fits: on its step, on a higher one.

    At last from those on its step in which it may fit.
    """
    offer, table = need.offers[order], space.table
    random = Random(offer.service)  # noqa: S311  a fixed draw, so that two runs say the same
    above: list[Leaf] = []
    for leaf, step in _results_with(ruleset, need, space, (table.who[order], table.fits[order]), budget):
        if step == offer.step:
            yield from _shown_in(ruleset, need, space, leaf, random)
        elif step > offer.step:
            above.append(leaf)
    for leaf in above:
        yield from _shown_in(ruleset, need, space, leaf, random)
    may_fit = table.fits[order] << space.half
    for leaf, step in _results_with(ruleset, need, space, (table.who[order], may_fit), budget):
        if step == offer.step:
            yield from _shown_in(ruleset, need, space, leaf, random)


def _results_with(
    ruleset: Ruleset, need: Need, space: Space, rows: Iterable[Rows], budget: Budget
) -> Iterator[tuple[Leaf, int]]:
    """The regions in which somebody may have the need and one of each of these rows holds, each with its step."""
    rows = (space.table.entry << space.half, *rows)
    decided = step_rows(ruleset, need, space)

    def wanted(possible: Rows, certain: Rows) -> Rows:
        for row in rows:
            if not possible & row:
                return 0
            if not certain & row:
                return row
        return decided(possible, certain)

    for leaf in cut(space, wanted, budget):
        if all(leaf.certain & row for row in rows):
            yield leaf, floor_and_step(ruleset, space, leaf)[1]


def _shown_in(ruleset: Ruleset, need: Need, space: Space, leaf: Leaf, random: Random) -> Iterator[tuple[str, ...]]:
    for pick in (lowest, highest, *[_drawn(random)] * _TRIES):
        yield shown_to(ruleset, need, point_in(space, leaf.region, pick))


def _drawn(random: Random) -> Callable[[str, Mask], Mask]:
    def pick(_: str, mask: Mask) -> Mask:
        return 1 << random.choice([i for i in range(mask.bit_length()) if mask >> i & 1])

    return pick
