"""Conditions as people write them, read against the questions they speak of.

See "Conditions" in ``docs/guide-format.md``. What cannot be read becomes a fault at its line and a condition that
never holds, so that reading goes on and every fault is told at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from wizard.guide.faults import Fault
from wizard.guide.source import DataPath, Document
from wizard.rules.model import ALWAYS, YES, Condition, Question, When

EVERYONE = "everyone"


def both(one: When, other: When) -> When:
    """The conditions that hold when one of each side holds."""
    joined = (_intersect(a, b) for a in one for b in other)
    return merge(condition for condition in joined if condition is not None)


def _intersect(one: Condition, other: Condition) -> Condition | None:
    terms = dict(one)
    for variable, allowed in other:
        terms[variable] = terms.get(variable, allowed) & allowed
    return None if 0 in terms.values() else tuple(sorted(terms.items()))


def merge(conditions: Iterable[Condition]) -> When:
    """The same conditions, with those that differ in one variable only joined into one.

    Without this an age that is only half known could be admitted by no single condition though all together do.
    """
    merged: list[Condition] = []
    for condition in dict.fromkeys(conditions):
        merged.append(condition)
        while (pair := _joinable(merged)) is not None:
            i, j, joined = pair
            del merged[j]
            merged[i] = joined
    return tuple(merged)


def _joinable(conditions: list[Condition]) -> tuple[int, int, Condition] | None:
    j = len(conditions) - 1
    last = dict(conditions[j])
    for i, condition in enumerate(conditions[:j]):
        terms = dict(condition)
        differing = [v for v in terms if terms[v] != last.get(v)]
        if terms.keys() == last.keys() and len(differing) <= 1:
            union = {v: terms[v] | last[v] for v in terms}
            return i, j, tuple(sorted(union.items()))
    return None


@dataclass(slots=True)
class ConditionReader:
    """Reads the conditions of one document. ``tolerated`` ids are known to be faulty elsewhere, and pass."""

    document: Document
    questions: Mapping[str, Question]
    tolerated: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def read(self, raw: Any, path: DataPath, *, climbing: bool = False) -> When:
        """A condition as alternatives of *and*-joined terms; nothing written never holds."""
        if raw is None:
            return ()
        if raw == "always":
            return ALWAYS
        if not isinstance(raw, dict) or not raw:
            return self._fail(path, "A condition must be a mapping of question to answer.", "See docs/guide-format.md.")
        when = ALWAYS
        for key, value in raw.items():
            when = both(when, self._part(key, value, (*path, key), climbing=climbing))
        return when

    def _part(self, key: str, value: Any, path: DataPath, *, climbing: bool) -> When:
        if key == "any":
            return self._alternatives(value, path, climbing=climbing)
        question = self.questions.get(key)
        if question is None:
            return () if key in self.tolerated else self._unknown(path, "question", key, self.questions)
        if isinstance(value, dict):
            return self._operator(question, value, path)
        if climbing and question.scale:
            what = f"A climb rule may only say “at_least” of the scale “{key}”."
            return self._fail(path, what, f"Write {key}: {{at_least: …}}, so that a worse answer never gives less.")
        return self._one_of(question, value if isinstance(value, list) else [value], path)

    def _alternatives(self, value: Any, path: DataPath, *, climbing: bool) -> When:
        if not isinstance(value, list) or not value:
            return self._fail(path, "“any” needs a list of conditions.", "Write one “- {…}” per alternative.")
        parts = [self.read(item, (*path, i), climbing=climbing) for i, item in enumerate(value)]
        return merge(condition for part in parts for condition in part)

    def _one_of(self, question: Question, options: list[Any], path: DataPath) -> When:
        known = [self._known(question, option, path) for option in options]
        if not all(known):
            return ()
        if question.many:
            return tuple(((question.tick(option), YES),) for option in options)
        return (((question.id, _mask(question, options)),),)

    def _operator(self, question: Question, value: dict[str, Any], path: DataPath) -> When:
        match list(value.items()):
            case [("at_least", option)] if question.scale:
                if not self._known(question, option, (*path, "at_least")):
                    return ()
                return (((question.id, _mask(question, question.options[question.options.index(option) :])),),)
            case [("all", list(options))] if question.many and options:
                known = [self._known(question, option, (*path, "all")) for option in options]
                if not all(known):
                    return ()
                return (tuple((question.tick(option), YES) for option in options),)
        mend = "Use {at_least: option} on a scale, {all: [option, …]} on tick-many, else an option or a list."
        return self._fail(path, f"This is not something that can be asked of “{question.id}”.", mend)

    def _known(self, question: Question, option: Any, path: DataPath) -> bool:
        if option in question.options:
            return True
        if str(option) not in self.tolerated:
            what = f"“{option}” is not an option of “{question.id}”."
            self._fail(path, what, suggest(str(option), question.options))
        return False

    def _unknown(self, path: DataPath, kind: str, name: str, known: Iterable[str]) -> When:
        return self._fail(path, f"There is no {kind} “{name}”.", suggest(name, known))

    def _fail(self, path: DataPath, what: str, mend: str) -> When:
        self.faults.append(self.document.fault(path, what, mend))
        return ()

    def read_who(self, raw: Iterable[Any], path: DataPath, audience: "Audience", subject: str) -> When:
        """Audience words for a kind of subject, joined by *or*; ``{all: [word, …]}`` joins by *and*."""
        found: list[Condition] = []
        for i, item in enumerate(raw):
            words = item.get("all", [None]) if isinstance(item, dict) else [item]
            when = ALWAYS
            for word in words:
                if word != EVERYONE and not audience.knows(word):
                    if str(word) not in self.tolerated:
                        self._unknown((*path, i), "audience word", str(word), [EVERYONE, *audience.words()])
                    when = ()
                else:
                    when = both(when, audience.when(subject, word))
            found += when
        return ALWAYS if () in found else merge(found)


def _mask(question: Question, options: Iterable[str]) -> int:
    return sum({1 << question.options.index(option) for option in options})


def suggest(name: str, known: Iterable[str]) -> str:
    """A remedy for an unknown id: the nearest known ones, or a few of them."""
    known = list(known)
    near = get_close_matches(name, known, n=3) or known[:8]
    return f"Did you mean {', '.join(near)}?" if near else "Nothing of the kind is defined yet."


@dataclass(frozen=True, slots=True)
class Audience:
    """What the words of ``who`` mean for each kind of subject."""

    meanings: Mapping[str, Mapping[str, When]]

    def words(self) -> list[str]:
        """Every word that some kind of subject knows."""
        return sorted({word for meanings in self.meanings.values() for word in meanings})

    def knows(self, word: object) -> bool:
        """Whether any kind of subject knows the word."""
        return any(word in meanings for meanings in self.meanings.values())

    def when(self, subject: str, word: object) -> When:
        """When the word is true of such a subject; never, where the kind of subject does not know it."""
        return ALWAYS if word == EVERYONE else self.meanings.get(subject, {}).get(str(word), ())
