"""What the files of a guide are made of, and the strict shape of questions and needs. See ``docs/guide-format.md``."""

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
    """A plain sentence on the result, where it fits. ``see``: the service that it speaks of."""

    say: Voiced
    when: RawCondition = "always"
    see: Id | None = None


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
