"""A guide and its outcomes as plain data with words, for the command line and for other programs."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from wizard.guide.guide import Guide
from wizard.rules.model import Mask, Term
from wizard.rules.outcome import NeedOutcome, Outcome, Reason

Json = dict[str, Any]


def tell_outcome(guide: Guide, outcome: Outcome, masks: Mapping[str, Mask]) -> Json:
    """An outcome of settled answers, with names of services and words of reasons. See ``docs/commands.md``."""
    return {
        "guide": guide.id,
        "revision": guide.revision,
        "subjects": [
            {
                "subject": subject.subject,
                "urgent": [_urgent(guide, danger) for danger in subject.urgent],
                "rights": [
                    {"id": id_, "text": guide.rights[id_].text, "law": guide.rights[id_].law} for id_ in subject.rights
                ],
                "needs": [_need(guide, need, masks) for need in subject.needs],
                "early": list(_services(guide, subject.early)),
            }
            for subject in outcome.subjects
        ],
    }


def _urgent(guide: Guide, danger: str) -> Json:
    shape = guide.dangers[danger]
    numbers = [guide.numbers[line.call].number for line in shape.first if line.call]
    return {"danger": danger, "numbers": numbers, "say": shape.say.own}


def _need(guide: Guide, outcome: NeedOutcome, masks: Mapping[str, Mask]) -> Json:
    return {
        "need": outcome.need,
        "floor": outcome.floor,
        "step": outcome.step,
        "fell_short": outcome.fell_short,
        "services": list(_services(guide, outcome.services)),
        "included": list(_services(guide, outcome.included)),
        "ask_about": list(_services(guide, outcome.ask_about)),
        "meanwhile": list(_services(guide, outcome.meanwhile)),
        "next": _reason(guide, outcome.next_up) if outcome.next_up else None,
        "because": [_reason(guide, reason) for reason in outcome.because],
        "could_change": [_reason(guide, reason) for reason in outcome.could_change],
        "contact": [contact.name for contact in guide.contact_chain(guide.whom_to_ask(outcome.need, masks))],
    }


def _services(guide: Guide, ids: Iterable[str]) -> Iterator[Json]:
    for id_ in ids:
        placed = guide.services[id_]
        service = placed.service
        yield {
            "id": id_,
            "step": placed.step.number,
            "name": service.name,
            "printed": service.printed,
            "access": service.access.value,
        }


def _reason(guide: Guide, reason: Reason) -> Json:
    """A rule in its own words, with the questions and options that it looks at here."""
    rule = guide.rules[reason.rule]
    return {
        "rule": reason.rule,
        "step": reason.step,
        "because": rule.because,
        "source": rule.source,
        "answers": dict(_term(guide, term) for term in reason.terms),
    }


def _term(guide: Guide, term: Term) -> tuple[str, list[str]]:
    variable, allowed = term
    question, _, tick = variable.partition(".")
    options = [tick] if tick else [o for i, o in enumerate(guide.questions[question].options) if allowed >> i & 1]
    return variable, options


def tell_services(guide: Guide) -> list[Json]:
    """Every entry of the ladder in printed order, ``printed`` verbatim."""
    return [
        {
            "id": id_,
            "step": placed.step.number,
            "category": placed.category,
            **placed.service.model_dump(mode="json", exclude={"id", "fits", "priority", "checked"}),
        }
        for id_, placed in guide.services.items()
    ]


def tell_questions(guide: Guide) -> list[Json]:
    """Every question with its options in order, in all voices, and the needs that ask it."""
    asking: Mapping[str, list[str]] = {id_: [] for id_ in guide.questions}
    for need in guide.ruleset.needs.values():
        for item in need.asked:
            asking[item.question.id].append(need.id)
    return [
        {
            "id": id_,
            "place": shape.place,
            "needs": asking[id_],
            "kind": "many" if shape.many else "scale" if shape.scale else "one",
            "ask": shape.ask.model_dump(by_alias=True, exclude_none=True),
            "options": [
                {"id": option, "text": o.text.model_dump(by_alias=True, exclude_none=True)}
                for option, o in shape.options.items()
            ],
        }
        for id_, shape in guide.questions.items()
    ]
