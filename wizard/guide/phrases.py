"""Conditions in words: which answers to which questions, as somebody reads them who never saw an id.

The texts of questions and options are the guide's own. The few words between them go through ``gettext``, so that a
face of the product can translate them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from wizard.guide.guide import Guide
from wizard.rules.model import YES, Need, Term, When

Gettext = Callable[..., str]
"""From a text in bokmål, with the values to fill in, to the text in the language wanted."""


def say_plainly(text: str, **values: object) -> str:
    """The text as it stands, with its values filled in."""
    return text % values


@dataclass(frozen=True, slots=True)
class Clause:
    """A question, and what has to be answered to it."""

    ask: str
    said: str

    def __str__(self) -> str:
        return f"{self.ask} {self.said}"


@dataclass(frozen=True, slots=True)
class Told:
    """A ``When`` in words: all of ``every``, and at least one of ``either`` where there are any."""

    every: tuple[Clause, ...] = ()
    either: tuple[tuple[Clause, ...], ...] = ()

    @property
    def always(self) -> bool:
        """Whether it holds whatever is answered."""
        return not (self.every or self.either)


@dataclass(frozen=True, slots=True)
class Phrases:
    """Puts the conditions of a guide into words."""

    guide: Guide
    gettext: Gettext = field(default=say_plainly)

    def tell(self, when: When, need: Need | None = None) -> Told:
        """Conditions joined by *or*, with what they have in common told once; the need's own questions come first."""
        shared = [term for term in when[0] if all(term in condition for condition in when)] if when else []
        rest = [tuple(term for term in condition if term not in shared) for condition in when]
        if () in rest:
            return Told(self._clauses(shared, need))
        single, several = [c[0] for c in rest if len(c) == 1], [c for c in rest if len(c) > 1]
        alternatives: list[tuple[Clause, ...]] = [(clause,) for clause in self._grouped(single, joiner=self.any_of)]
        alternatives += [self._clauses(condition, need) for condition in several]
        if len(alternatives) == 1:
            return Told(self._clauses(shared, need) + alternatives[0])
        return Told(self._clauses(shared, need), tuple(alternatives))

    def _clauses(self, condition: Iterable[Term], need: Need | None) -> tuple[Clause, ...]:
        """The terms as clauses, in the order the questions are asked."""
        own = [v for item in need.asked for v in item.question.variables] if need else []
        order = list(dict.fromkeys([*own, *self.guide.ruleset.variables]))
        ordered = sorted(condition, key=lambda term: order.index(term[0]))
        return tuple(self._grouped(ordered, joiner=self.all_of))

    def _grouped(self, terms: Iterable[Term], joiner: Callable[[list[str]], str]) -> Iterator[Clause]:
        """One clause per question."""
        said: dict[str, list[str]] = {}
        for variable, allowed in terms:
            said.setdefault(variable.partition(".")[0], []).append(self._said(variable, allowed))
        return (Clause(self.guide.questions[id_].ask.own, joiner(texts)) for id_, texts in said.items())

    def _said(self, variable: str, allowed: int) -> str:
        id_, _, tick = variable.partition(".")
        shape = self.guide.questions[id_]
        if tick:
            text = f"«{shape.options[tick].text.own}»"
            return text if allowed == YES else self.gettext("ikke %(answer)s", answer=text)
        texts = [f"«{option.text.own}»" for option in shape.options.values()]
        chosen = [text for i, text in enumerate(texts) if allowed >> i & 1]
        if shape.scale and len(chosen) > 1 and chosen == texts[-len(chosen) :]:
            return self.gettext("%(answer)s, eller mer", answer=chosen[0])
        if len(chosen) == len(texts) - 1 > 2:
            (other,) = (text for text in texts if text not in chosen)
            return self.gettext("noe annet enn %(answer)s", answer=other)
        return self.any_of(chosen)

    def any_of(self, texts: list[str]) -> str:
        """A few texts of which one is enough."""
        if len(texts) < 2:
            return "".join(texts)
        return self.gettext("%(texts)s eller %(last)s", texts=", ".join(texts[:-1]), last=texts[-1])

    def all_of(self, texts: list[str]) -> str:
        """A few texts that all have to hold."""
        if len(texts) < 2:
            return "".join(texts)
        return self.gettext("både %(texts)s og %(last)s", texts=", ".join(texts[:-1]), last=texts[-1])
