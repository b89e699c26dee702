"""What is known while a guide is compiled: its questions, its audience words, and all that was wrong so far."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wizard.guide.conditions import Audience, ConditionReader
from wizard.guide.faults import Fault
from wizard.guide.schema import NeedShape, QuestionShape, UseShape
from wizard.guide.source import DataPath, Document
from wizard.guide.sources import Sources
from wizard.rules.model import Question, When


@dataclass(slots=True)
class Compiler:
    """What has been read so far, and what was wrong with it."""

    sources: Sources
    shapes: dict[str, QuestionShape] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)
    homes: dict[str, tuple[Document, DataPath]] = field(default_factory=dict)
    audience: Audience = field(default_factory=lambda: Audience({}))
    tolerated: frozenset[str] = frozenset()
    faults: list[Fault] = field(default_factory=list)

    def reader(self, document: Document) -> ConditionReader:
        """A reader of the conditions of one document; its faults are ours."""
        return ConditionReader(document, self.questions, self.tolerated, self.faults)

    def core_variables(self) -> set[str]:
        """The variables that every condition may look at."""
        core = (shape.id for _, shape in self.sources.items("questions") if shape.place == "core")
        return {variable for id_ in core for variable in self.questions[id_].variables}

    def variables_of(self, need: NeedShape) -> set[str]:
        """The variables that the conditions of a need may look at: the core's, and those of its own questions."""
        asked = (item.use if isinstance(item, UseShape) else item.id for item in need.questions)
        own = (self.questions[id_].variables for id_ in asked if id_ in self.questions)
        return self.core_variables().union(*own)

    def read_who(self, document: Document, raw: Iterable[Any], path: DataPath, need: NeedShape) -> When:
        """Audience words as conditions of one need.

        A word may hang on a question that this need does not ask (a parent, where children are not asked about).
        Then it cannot be known here, and admits nobody.
        """
        who = self.reader(document).read_who(raw, path, self.audience, need.subject)
        known = self.variables_of(need)
        return tuple(condition for condition in who if known.issuperset(variable for variable, _ in condition))
