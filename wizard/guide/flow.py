"""The flow of questions in words: what is asked, in which order, and behind which gate."""

from collections.abc import Iterable
from dataclasses import dataclass

from wizard.guide.guide import Guide
from wizard.guide.phrases import Clause, Gettext, Phrases, Told, say_plainly
from wizard.rules.model import ALWAYS, NEEDS, Asked


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop on the way: a question with its answers, or a few words. ``gate``: only then does one stop here."""

    title: str
    lines: tuple[str, ...] = ()
    gate: tuple[str, ...] = ()
    question: bool = True


@dataclass(frozen=True, slots=True)
class Flow:
    """The stops in order."""

    title: str
    stops: tuple[Stop, ...]

    @property
    def words(self) -> str:
        """The whole flow as one text, for whoever does not see the picture."""
        return " ".join(_say(stop) for stop in self.stops)


def _say(stop: Stop) -> str:
    gate = f"({'; '.join(stop.gate)}) " if stop.gate else ""
    return f"{gate}{stop.title} {'; '.join(stop.lines)}".strip().rstrip(".") + "."


def flow_of_guide(guide: Guide, gettext: Gettext = say_plainly) -> Flow:
    """What everybody is asked, the needs there are, and what comes after."""
    phrases = Phrases(guide, gettext)
    core = guide.ruleset.core
    stops = [_areas(guide) if item.question.id == NEEDS else _stop(guide, item, phrases) for item in core]
    stops.append(Stop(gettext("Spørsmål om hvert behov som er valgt"), question=False))
    stops += [_stop(guide, item, phrases) for item in guide.ruleset.extra]
    stops.append(Stop(gettext("Resultat: laveste egnede trinn for hvert behov"), question=False))
    return Flow(gettext("Spørsmålene i veiviseren"), tuple(stops))


def flow_of_need(guide: Guide, need: str, steps: Iterable[int], gettext: Gettext = say_plainly) -> Flow:
    """The questions of one need, from those that everybody is asked to the steps it can end on."""
    phrases = Phrases(guide, gettext)
    asked = guide.ruleset.needs[need].asked
    core = tuple(_ask(guide, item) for item in guide.ruleset.core if _concerns(item, need))
    ends = phrases.any_of([str(step) for step in sorted(set(steps))])
    return Flow(
        gettext("Spørsmålene om %(need)s", need=f"«{guide.needs[need].title}»"),
        (
            Stop(gettext("Det vi spør om først"), core, question=False),
            *(_stop(guide, item, phrases) for item in asked),
            Stop(gettext("Resultat: trinn %(steps)s", steps=ends), question=False),
        ),
    )


def _concerns(item: Asked, need: str) -> bool:
    """Whether a core question can be asked of somebody who has chosen this need alone."""
    own = {f"{NEEDS}.{need}"}
    return any({v for v, _ in condition if v.startswith(f"{NEEDS}.")} <= own for condition in item.gate)


def _areas(guide: Guide) -> Stop:
    lines = (f"{area.title}: {', '.join(guide.needs[id_].title for id_ in area.needs)}" for area in guide.areas())
    return Stop(guide.questions[NEEDS].ask.own, tuple(lines))


def _ask(guide: Guide, item: Asked) -> str:
    return guide.questions[item.question.id].ask.own


def _stop(guide: Guide, item: Asked, phrases: Phrases) -> Stop:
    shape = guide.questions[item.question.id]
    lines = [option.text.own for option in shape.options.values()]
    if shape.none:
        lines.append(shape.none.own)
    gate = () if item.gate == ALWAYS else _gate(phrases.tell(item.gate), phrases)
    return Stop(shape.ask.own, tuple(lines), gate)


def _gate(told: Told, phrases: Phrases) -> tuple[str, ...]:
    every = [str(clause) for clause in told.every]
    either = [_together(clauses, phrases) for clauses in told.either]
    if either:
        every.append(phrases.any_of(either))
    return tuple(every)


def _together(clauses: tuple[Clause, ...], phrases: Phrases) -> str:
    return f" {phrases.gettext('og')} ".join(map(str, clauses))
