"""The strict shape of every file of a guide. See ``docs/guide-format.md`` for the format in words."""

from datetime import date
from enum import Enum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, StringConstraints, Tag

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
URL_PATTERN = r"^https://[^\s\"'<>]+$"
PHONE_PATTERN = r"^\d[\d ]{1,12}\d$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=60)]


class Said(Enum):
    """How a text is said in another language than bokmål."""

    TRANSLATED = "translated"
    NAME = "name"
    """Translated, with the Norwegian name beside it: people must find it in letters, on signs and on the telephone."""
    AT_DESK = "at desk"
    """Translated only into the languages of the staff."""
    VERBATIM = "verbatim"
    """Left as it is, and marked as bokmål: paragraphs, sources, addresses, what is printed on the ladder."""


_LINE = StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)
Line = Annotated[str, _LINE, Said.TRANSLATED]
Name = Annotated[str, _LINE, Said.NAME]
DeskLine = Annotated[str, _LINE, Said.AT_DESK]
Verbatim = Annotated[str, _LINE, Said.VERBATIM]
Url = Annotated[str, StringConstraints(pattern=URL_PATTERN, max_length=300)]
Phone = Annotated[str, StringConstraints(pattern=PHONE_PATTERN)]
RawCondition = Any
"""A condition as written; it is read against the questions by :mod:`wizard.guide.conditions`."""


class Shape(BaseModel):
    """Frozen, and with no room for a key that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Text(Shape):
    """A text in the voices it can be said in. A voice left out is said as the nearest one is."""

    own: Line = Field(alias="self")
    relative: Line | None = None
    staff: DeskLine | None = None
    child: Line | None = None

    def said(self, voice: str) -> str:
        """The text in a voice: ``self``, ``child`` (a parent about a child), ``relative`` or ``staff``."""
        spoken = {"child": self.child or self.relative, "relative": self.relative, "staff": self.staff}
        return spoken.get(voice) or self.own


def _as_text(value: Any) -> Any:
    return {"self": value} if isinstance(value, str) else value


def _as_option(value: Any) -> Any:
    """An option may be written as a text, as voices, or as a mapping with a text and what differs from it."""
    if isinstance(value, str):
        return {"text": {"self": value}}
    if isinstance(value, dict) and not isinstance(value.get("text"), dict | Text):
        voices = {key: value[key] for key in ("self", "relative", "staff", "child") if key in value}
        own = {"self": value["text"]} if "text" in value else {}
        rest = {key: value[key] for key in value if key not in voices}
        return rest | {"text": own | voices}
    return value


def as_list(value: Any) -> Any:
    """One value is a list of one."""
    return value if isinstance(value, list | tuple) or value is None else [value]


Voiced = Annotated[Text, BeforeValidator(_as_text)]


class OptionShape(Shape):
    """One option of a question. ``not_for``: the voices it is not put to (nobody under six asks for itself)."""

    text: Voiced
    help: Voiced | None = None
    audience: tuple[Literal["staff"], ...] = Field(default=(), alias="for")
    not_for: tuple[Literal["self", "child", "relative", "staff"], ...] = ()
    voice: Literal["self", "child", "relative", "staff"] | None = None


Options = dict[Id, Annotated[OptionShape, BeforeValidator(_as_option)]]


class QuestionShape(Shape):
    """A question with its options, in a need or in ``questions.yaml``."""

    id: Id
    ask: Voiced
    place: Literal["need", "core", "shared", "extra"] = "need"
    scale: bool = False
    many: bool = False
    always: bool = False
    help: Voiced | None = None
    none: Voiced | None = None
    dont_know: Id | None = None
    ask_when: RawCondition = "always"
    options: Options = Field(default_factory=dict)


class UseShape(Shape):
    """A shared question, with the gate that a need puts on it."""

    use: Id
    ask_when: RawCondition = "always"


OWN, USE = "(own)", "(use)"
"""Tags of the two kinds of item in a need's questions; they stand in the places that pydantic reports."""


def _kind(value: Any) -> str:
    shared = "use" in value if isinstance(value, dict) else isinstance(value, UseShape)
    return USE if shared else OWN


AskedShape = Annotated[Annotated[QuestionShape, Tag(OWN)] | Annotated[UseShape, Tag(USE)], Discriminator(_kind)]


class RuleShape(Shape):
    """A climb rule. ``never_next``: it is never held out as what comes next."""

    at_least: int
    when: RawCondition
    because: Line
    source: Verbatim
    who: tuple[RawCondition, ...] = ()
    never_next: bool = False


class SentenceShape(Shape):
    """A plain sentence on the result, where it fits."""

    say: Voiced
    when: RawCondition = "always"


class NoteShape(SentenceShape):
    """A sentence beside the reason. ``instead`` marks one that stands where nothing can be shown."""

    instead: bool = False


def _as_sentence(value: Any) -> Any:
    return {"say": value} if isinstance(value, str) else value


class TurnShape(Shape):
    """Whom some are to ask instead of the need's own contact."""

    contact: Id
    when: RawCondition


class NeedShape(Shape):
    """One need, with what it asks and when it climbs. ``never_guessed``: a search shows it for clear words only."""

    id: Id
    title: Line
    words: Line | None = None
    subject: Literal["person", "child", "relative", "none"]
    who: Annotated[tuple[RawCondition, ...], BeforeValidator(as_list)]
    ask: Voiced
    questions: tuple[AskedShape, ...]
    climb: tuple[RuleShape, ...] = ()
    contact: Id
    contact_when: tuple[TurnShape, ...] = ()
    notes: tuple[NoteShape, ...] = ()
    outside: tuple[Annotated[SentenceShape, BeforeValidator(_as_sentence)], ...] = ()
    related: tuple[Id, ...] = ()
    never_guessed: bool = False


class BandShape(Shape):
    """A stretch of the ladder that works in one way."""

    title: Line
    about: Line
    open: bool = False


class AreaShape(Shape):
    """An area of life, with the needs it holds."""

    title: Line
    needs: tuple[Id, ...]


class GapShape(Shape):
    """A place where the step may differ from the floor, and why that is right."""

    need: Id
    floor: int
    step: int
    because: Verbatim


class AtRiskShape(Shape):
    """A side of life, and the need whose open offers up to a step are early help for it."""

    when: RawCondition
    need: Id
    up_to: int


Matter = Literal["privacy", "guide", "accessibility"]
"""What somebody other than the guide's own contact may answer for."""


class ApplyingShape(Shape):
    """What holds for every application: the rights whose words stand on each service one applies for."""

    help: Id | None = None
    time: Id | None = None


class YoungShape(Shape):
    """Who is met with the words for children, what is said to them, and the number that is always in sight."""

    when: RawCondition
    say: tuple[Line, ...]
    call: Id
    contact: Id | None = None


class SensitiveShape(Shape):
    """What visitors are told before the first question that may be hard to be asked, and which questions those are."""

    say: Voiced
    questions: tuple[Id, ...] = Field(min_length=1)


class GuideShape(Shape):
    """``guide.yaml``."""

    id: Id
    title: Verbatim
    municipality: Verbatim
    home: Url
    source: Verbatim
    revised: date
    languages: tuple[str, ...]
    interpreter: Id | None = None
    contact: Id
    ask_about: dict[Matter, Id] = Field(default_factory=dict)
    bands: dict[Id, BandShape]
    areas: tuple[AreaShape, ...]
    audience: dict[Literal["person", "child", "relative", "none"], dict[Id, RawCondition]]
    second_subject: RawCondition = None
    accepted_gaps: tuple[GapShape, ...] = ()
    at_risk: tuple[AtRiskShape, ...] = ()
    sensitive: SensitiveShape | None = None
    applying: ApplyingShape = ApplyingShape()
    young: tuple[YoungShape, ...] = ()


class ExpectShape(Shape):
    """What a scenario expects of one need."""

    step: tuple[int, ...] = Field(min_length=1, max_length=2)
    show: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    why_changed: Line | None = None


def _as_expect(value: Any) -> Any:
    if isinstance(value, dict) and isinstance(value.get("step"), int):
        return {**value, "step": [value["step"]]}
    return value


class ScenarioShape(Shape):
    """A named person, the answers, and what a case worker expects."""

    name: Line
    story: Line
    answers: dict[Id, Any]
    expect: dict[Id, Annotated[ExpectShape, BeforeValidator(_as_expect)]] = Field(default_factory=dict)
    urgent: tuple[Id, ...] = ()


class PlainExceptionShape(Shape):
    """What the plain language gate lets pass: a ``text`` as it stands, or the LIX of a ``page``; and why."""

    text: Line | None = None
    page: Line | None = None
    reason: Line


class PlainShape(Shape):
    """``plain.yaml``. ``words``: official words, each with a better one; a word may end in ``*`` for any ending."""

    words: dict[Line, Line] = Field(default_factory=dict)
    exceptions: tuple[PlainExceptionShape, ...] = ()
