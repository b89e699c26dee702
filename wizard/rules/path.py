"""Which question is next, which are answered, and how many can still come.

The path is replayed from the answers and nothing else, so that back and change need no code.
"""

from dataclasses import dataclass

from wizard.rules.model import Answers, Question, Truth
from wizard.rules.relevance import find_relevance
from wizard.rules.ruleset import Ruleset
from wizard.rules.visit import Visit, items_in_order, settle_visit

MOST_ASKED, MOST_PER_NEED = 7, 3
"""A visit is asked seven questions and three more per need, at most, unless a step itself hangs on more of them."""


def most_asked(needs: int) -> int:
    """How many questions a visit of so many needs may take before only those that decide are asked."""
    return MOST_ASKED + MOST_PER_NEED * needs


@dataclass(frozen=True, slots=True)
class Path:
    """The questions answered so far that still count, the next one, and at most how many come after the answers."""

    answered: tuple[Question, ...]
    next: Question | None
    at_most_left: int


def find_path(ruleset: Ruleset, answers: Answers, visit: Visit | None = None) -> Path:
    """Walk the guide's order, core first, then need by need; a question shared by several needs comes once.

    Questions that decide are always asked; those that only choose among services, while there is room for them.
    ``visit`` is the answers settled, where somebody has done so already.
    """
    visit = visit or settle_visit(ruleset, answers)
    relevance = find_relevance(ruleset, visit, answers)
    answered: dict[str, Question] = {}
    deciding: dict[str, bool] = {}
    waiting: dict[str, Question] = {}
    for item, settled in items_in_order(ruleset, visit):
        question = item.question
        gate = (settled.gates if settled else visit.core_gates)[question.id]
        decides = settled is None or question.always or question.id in relevance.deciding
        if question.variables[0] in answers:
            if gate is Truth.YES:
                answered[question.id] = question
        elif relevance.is_open(item, settled) and (decides or question.id in relevance.choosing):
            deciding[question.id] = decides
            if gate is Truth.YES:
                waiting[question.id] = question
    certain = sum(deciding.values())
    room = max(0, most_asked(len(visit.needs)) - len(answered) - certain)
    following = (question for id_, question in waiting.items() if room or deciding[id_])
    return Path(tuple(answered.values()), next(following, None), certain + min(room, len(deciding) - certain))
