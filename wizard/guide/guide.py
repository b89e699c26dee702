"""A guide, read and checked: its words by id, and the rules compiled from it. Immutable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from wizard.guide.guide_shape import AreaShape, BandShape, GuideShape
from wizard.guide.help_shapes import (
    ComplaintShape,
    ContactShape,
    DangerShape,
    DutyShape,
    InWritingShape,
    NumberShape,
    RightShape,
)
from wizard.guide.ladder_shapes import ServiceShape, StepShape
from wizard.guide.schema import NeedShape, QuestionShape, RuleShape, Text
from wizard.guide.words_shape import WordsShape
from wizard.rules.conditions import judge_any
from wizard.rules.model import Mask, Truth, When
from wizard.rules.ruleset import Ruleset


@dataclass(frozen=True, slots=True)
class Note:
    """A plain sentence of a need, when it fits, and the service that it speaks of.

    ``instead``: it stands where there is nothing that one could apply for.
    """

    text: Text
    when: When
    see: str | None
    instead: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """Whom some are to ask instead of a need's own contact."""

    contact: str
    when: When


@dataclass(frozen=True, slots=True)
class Placed:
    """A service at its place in the ladder."""

    service: ServiceShape
    step: StepShape
    category: str


@dataclass(frozen=True, slots=True, eq=False)
class Guide:
    """Everything a municipality publishes. ``revision`` is a digest of the files it was read from."""

    about: GuideShape
    revision: str
    steps: Mapping[int, StepShape]
    services: Mapping[str, Placed]
    questions: Mapping[str, QuestionShape]
    needs: Mapping[str, NeedShape]
    rules: Mapping[str, RuleShape]
    notes: Mapping[str, tuple[Note, ...]]
    outside: Mapping[str, tuple[Note, ...]]
    turns: Mapping[str, tuple[Turn, ...]]
    numbers: Mapping[str, NumberShape]
    dangers: Mapping[str, DangerShape]
    in_writing: InWritingShape | None
    rights: Mapping[str, RightShape]
    duties: Mapping[str, DutyShape]
    contacts: Mapping[str, ContactShape]
    complaints: Mapping[str, ComplaintShape]
    young: tuple[When, ...]
    words: tuple[WordsShape, ...]
    ruleset: Ruleset

    def rights_of(self, ids: Iterable[str]) -> list[RightShape]:
        """Rights by their ids."""
        return [self.rights[id_] for id_ in ids]

    @property
    def id(self) -> str:
        """The id of the guide, the name of its folder."""
        return self.about.id

    def band(self, step: int) -> BandShape:
        """The band of a step."""
        return self.about.bands[self.steps[step].band]

    @property
    def interpreter(self) -> RightShape | None:
        """The right to an interpreter, where the guide tells of one."""
        return self.rights.get(self.about.interpreter or "")

    def areas(self) -> tuple[AreaShape, ...]:
        """The areas of life, with their needs, in the order shown."""
        return self.about.areas

    def whom_to_ask(self, need: str, masks: Mapping[str, Mask]) -> str:
        """The contact of a need under the answers of a visit: the first whose condition holds, or the need's own."""
        turns = (turn.contact for turn in self.turns[need] if judge_any(turn.when, masks) is Truth.YES)
        return next(turns, self.needs[need].contact)

    def contact_chain(self, contact: str) -> Iterator[ContactShape]:
        """Whom to ask, and where to turn when that contact has no channel of its own."""
        seen = set[str]()
        while contact not in seen:
            seen.add(contact)
            shape = self.contacts[contact]
            yield shape
            if has_channel(shape):
                return
            contact = shape.next or self.about.contact


def has_channel(contact: ContactShape) -> bool:
    """Whether a person can reach this contact by something published here."""
    return bool(contact.phone or contact.web or contact.visit)
