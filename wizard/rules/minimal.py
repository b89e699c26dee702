"""What can be left out of conditions because it goes without saying, judged over every visit to a need."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from wizard.rules.model import ALWAYS, Condition, Need, Variable, When
from wizard.rules.regions import Budget, TooLargeError, cut, make_space
from wizard.rules.ruleset import Ruleset
from wizard.rules.table import Rows, build_table

Line = tuple[str, Condition]
"""A rule and one of its conditions."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Answers, over every visit of those who may have the need, what can be left out."""

    ruleset: Ruleset
    need: Need
    budget: Budget

    def exists(self, own: When, rivals: When) -> bool:
        """Whether in some visit one of ``own`` is certain and none of ``rivals`` is. True where it is not known."""
        bare = replace(self.need, rules=(), offers=(), sentences=own + rivals)
        table = build_table(bare, self.ruleset.variables)
        space = make_space(self.ruleset, bare, table)
        start = len(bare.who)
        mine, others = ((1 << len(own)) - 1) << start, ((1 << len(rivals)) - 1) << start + len(own)
        entry = table.entry << space.half

        def wanted(possible: Rows, certain: Rows) -> Rows:
            if not possible & entry or not possible & mine or certain & others:
                return 0
            return mine if not certain & mine else others if certain & entry else entry

        try:
            leaves = cut(space, wanted, self.budget)
            return any(i.certain & entry and i.certain & mine and not i.certain & others for i in leaves)
        except TooLargeError:
            return True

    def shorten(self, condition: Condition) -> Condition:
        """The condition without the terms that go without saying."""
        for term in condition:
            without = tuple(other for other in condition if other != term)
            if not self.exists((without,), (condition,)):
                condition = without
        return condition

    def simplify(self, when: When) -> When:
        """Conditions that say the same in fewer terms; ``ALWAYS`` where everybody fulfils them."""
        if when and not self.exists(ALWAYS, when):
            return ALWAYS
        lines = self.merged([("", self.shorten(condition)) for condition in when])
        return tuple(condition for _, condition in self.without_dead(lines, ()))

    def merged(self, lines: list[Line]) -> list[Line]:
        """The lines with those of one rule joined, wherever one condition says what two do."""
        for (i, (rule, one)), (j, (other_rule, other)) in combinations(enumerate(lines), 2):
            if rule == other_rule:
                for joined in _joined(one, other, self.ruleset.variables):
                    if self._same((joined,), (one, other)):
                        rest = [line for k, line in enumerate(lines) if k != j]
                        return self.merged([*rest[:i], (rule, self.shorten(joined)), *rest[i + 1 :]])
        return lines

    def _same(self, one: When, other: When) -> bool:
        return not self.exists(one, other) and not self.exists(other, one)

    def without_dead(self, lines: list[Line], above: When) -> list[Line]:
        """The lines without those that never decide: something above or beside them always fits as well."""
        for line in sorted(lines, key=lambda line: -len(line[1])):
            beside = list(lines)
            beside.remove(line)
            if not self.exists((line[1],), above + tuple(condition for _, condition in beside)):
                lines = beside
        return lines


def _joined(one: Condition, other: Condition, variables: Mapping[str, Variable]) -> Iterator[Condition]:
    """What could say as much as two conditions together: what both leave open, or what either of them demands.

    Only where one of them demands no more variables than the other; else there is nothing to gain.
    """
    a, b = dict(one), dict(other)
    if not (a.keys() <= b.keys() or b.keys() <= a.keys()):
        return
    yield tuple((v, a[v] | b[v]) for v in a if v in b and a[v] | b[v] != variables[v].everything)
    yield tuple((v, a.get(v, 0) | b.get(v, 0)) for v in a | b)
