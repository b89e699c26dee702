"""Named people, and what a case worker expects the guide to tell them. Written from the ladder, run by the checks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.guide.conditions import suggest
from wizard.guide.faults import Fault
from wizard.guide.guide import Guide
from wizard.guide.judging_shapes import ExpectShape, ScenarioShape
from wizard.guide.source import Document
from wizard.guide.sources import Sources
from wizard.rules.answers import read_answers
from wizard.rules.outcome import NeedOutcome
from wizard.rules.visit import assess


@dataclass(frozen=True, slots=True)
class Played:
    """A scenario and every way in which the outcome differs from what was expected."""

    document: Document
    scenario: ScenarioShape
    faults: tuple[Fault, ...]


def play_scenarios(sources: Sources, guide: Guide) -> list[Played]:
    """Play every scenario of the guide."""
    return [
        Played(document, scenario, tuple(_play(document, scenario, guide)))
        for document, scenario in sources.several("scenarios")
    ]


def _play(document: Document, scenario: ScenarioShape, guide: Guide) -> Iterator[Fault]:
    masks, unreadable = read_answers(guide.ruleset, scenario.answers)
    for wrong in unreadable:
        what = f"The answer to “{wrong.question}” cannot be read: {wrong.reason}."
        yield document.fault(("answers", wrong.question), what, "Correct the answer.")
    if unreadable:
        return
    outcome = assess(guide.ruleset, masks)
    needs = {need.need: need for subject in outcome.subjects for need in subject.needs}
    urgent = {danger for subject in outcome.subjects for danger in subject.urgent}
    for id_, expected in scenario.expect.items():
        if id_ in needs:
            yield from _compare(document, guide, needs[id_], expected)
        else:
            what = f"The need “{id_}” is not in the result."
            yield document.fault(("expect", id_), what, "Choose it in “answers”, for an age that may have it.")
    for i, danger in enumerate(scenario.urgent):
        if danger not in urgent:
            yield document.fault(("urgent", i), f"The danger “{danger}” is not on top.", "Correct the answers or it.")


def _compare(document: Document, guide: Guide, need: NeedOutcome, expected: ExpectShape) -> Iterator[Fault]:
    path = ("expect", need.need)
    lowest, highest = expected.step[0], expected.step[-1]
    if not lowest <= need.step <= highest:
        reasons = "; ".join(guide.rules[reason.rule].because for reason in need.because)
        wanted = f"{lowest}" if lowest == highest else f"{lowest}–{highest}"
        what = f"“{need.need}” ends on step {need.step}, not {wanted} ({reasons or 'no rule holds'})."
        yield document.fault((*path, "step"), what, "Correct a rule, or the expectation and say why.")
    shown = (*need.services, *need.included, *need.ask_about, *need.meanwhile)
    cards = {_card(guide, id_) for id_ in shown}
    for key, entries, expecting in (("show", expected.show, True), ("never", expected.never, False)):
        for i, entry in enumerate(entries):
            found = _entry(guide, entry)
            if found is None:
                mend = suggest(entry, (_printed(guide, id_) for id_ in guide.services))
                yield document.fault((*path, key, i), f"There is no entry “{entry}”.", mend)
            elif (_card(guide, found) in cards) is not expecting:
                said = ", ".join(_printed(guide, id_) for id_ in shown) or "nothing"
                what = f"“{entry}” is {'not shown' if expecting else 'shown'} for “{need.need}”; shown: {said}."
                yield document.fault((*path, key, i), what, "Correct “fits” or “serves”, or the expectation.")


def _printed(guide: Guide, service: str) -> str:
    """How a scenario names an entry: its step, and what is printed on the ladder."""
    placed = guide.services[service]
    return f"{placed.step.number}: {placed.service.printed}"


def _entry(guide: Guide, named: str) -> str | None:
    return next((id_ for id_ in guide.services if named in (id_, _printed(guide, id_))), None)


def _card(guide: Guide, service: str) -> tuple[str, str]:
    """Rows that are the same service with the same contact are one card to a person."""
    shape = guide.services[service].service
    return shape.name, shape.contact


def count_held(played: Iterable[Played]) -> tuple[int, int]:
    """How many scenarios hold, of how many."""
    played = list(played)
    return sum(not one.faults for one in played), len(played)
