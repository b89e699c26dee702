"""What is known while a guide is compiled: its questions, its audience words, and all that was wrong so far."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from wizard.guide.conditions import Audience, ConditionReader
from wizard.guide.faults import Fault
from wizard.guide.schema import QuestionShape
from wizard.guide.source import DataPath, Document
from wizard.rules.model import Question

if TYPE_CHECKING:
    from wizard.guide.load import Sources


@dataclass(slots=True)
class Compiler:
    """What has been read so far, and what was wrong with it."""

    sources: "Sources"
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
        core = (shape.id for shape in self.sources.shapes["questions"] if shape.place == "core")
        return {variable for id_ in core for variable in self.questions[id_].variables}
