"""Each question as a sheet to fill in: its texts in one voice, its choices, and the form that checks the answer.

A form class is costly to make, so each sheet is made once per guide, question and voice, and then shared.
"""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, replace

from wtforms import Field, Form, RadioField, SelectMultipleField
from wtforms.validators import ValidationError

from wizard.guide.guide import Guide
from wizard.guide.schema import OptionShape, QuestionShape
from wizard.rules.answers import NONE, UNKNOWN
from wizard.rules.model import NEEDS
from wizard.web.language import lazy_gettext, page_language
from wizard.web.visit import Given

FOR_WHOM = "for_whom"
MOST_NEEDS = 5
"""More needs than this at one time is more than a result can help with. Those of a relative are counted apart."""

_DONT_KNOW = "Vet ikke"
DONT_KNOW = lazy_gettext("Vet ikke")
CHOOSE_ONE = lazy_gettext("Velg ett svar.")
TICK_SOME = lazy_gettext("Kryss av for minst ett svar.")
NOT_BOTH = lazy_gettext("Du har krysset av for svar som ikke går sammen. Ta bort kryssene som ikke stemmer.")
TOO_MANY = lazy_gettext("Du har valgt mer enn fem ting. Velg de fem som er viktigst nå. Resten kan du ta etterpå.")
UNKNOWN_CHOICE = lazy_gettext("Svaret finnes ikke på denne siden. Velg blant svarene under.")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose. ``alone``: it cannot be chosen together with others."""

    value: str
    text: str
    help: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Choices that belong together; a title only where there are several groups."""

    title: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A question ready to be shown and answered. Each is made once, so that what is made of it can be kept."""

    question: str
    many: bool
    ask: str
    help: str
    groups: tuple[Group, ...]
    form: type[Form]

    @property
    def choices(self) -> Iterator[Choice]:
        """All choices, in the order shown."""
        return (choice for group in self.groups for choice in group.choices)

    def without(self, hidden: Set[str]) -> "Sheet":
        """The sheet without some choices, and without groups that are left empty."""
        groups = (
            Group(group.title, tuple(choice for choice in group.choices if choice.value not in hidden))
            for group in self.groups
        )
        return replace(self, groups=tuple(group for group in groups if group.choices))


class Sheets:
    """The sheets of a guide, each made when it is first asked for. ``source`` is the guide as it was written."""

    def __init__(self, guide: Guide, source: Guide) -> None:
        self.guide = guide
        self.source = source
        self._made: dict[tuple[str, str, bool, frozenset[str], str], Sheet] = {}

    def find(self, question: str, voice: str, *, desk: bool, hidden: Iterable[str] = ()) -> Sheet:
        """The sheet of a question in a voice, without some choices.

        ``desk`` also offers what only the front desk may choose.
        """
        key = question, voice, desk, frozenset(hidden), page_language()
        sheet = self._made.get(key)
        if sheet is None:
            sheet = self._made[key] = self._make(question, voice, desk=desk).without(key[3])
        return sheet

    def _make(self, question: str, voice: str, *, desk: bool) -> Sheet:
        unsure = _own_dont_know(self.source.questions[question])
        return make_sheet(self.guide, self.guide.questions[question], voice, unsure, desk=desk)


def make_sheet(guide: Guide, shape: QuestionShape, voice: str, unsure: str, *, desk: bool) -> Sheet:
    """Put a question into words and choices, with "vet ikke" on every one; ``unsure`` is the guide's own, if any."""
    choices_ = (choice for choice in _choices(shape, voice, desk=desk) if choice.value != unsure)
    groups = _need_groups(guide) if shape.id == NEEDS else (Group("", tuple(choices_)),)
    last = tuple(_last_choices(shape, voice, unsure))
    if shape.id == NEEDS:
        groups += (Group(str(lazy_gettext("Er du usikker?")), last),) if last else ()
    else:
        groups = (Group("", groups[0].choices + last),)
    help_ = shape.help.said(voice) if shape.help else ""
    choices = [choice for group in groups for choice in group.choices]
    form = _make_form(guide, shape, choices)
    return Sheet(shape.id, shape.many, shape.ask.said(voice), help_, groups, form)


def _need_groups(guide: Guide) -> tuple[Group, ...]:
    needs = guide.needs
    return tuple(
        Group(area.title, tuple(Choice(id_, needs[id_].title, needs[id_].words or "") for id_ in area.needs))
        for area in guide.areas()
    )


def _choices(shape: QuestionShape, voice: str, *, desk: bool) -> Iterator[Choice]:
    for id_, option in shape.options.items():
        if (desk or "staff" not in option.audience) and voice not in option.not_for:
            yield Choice(id_, option.text.said(voice), _help(option, voice))


def _own_dont_know(source: QuestionShape) -> str:
    """The option that is the guide's own "vet ikke", as it was written; it stands after "none of these"."""
    option = source.dont_know
    return option if option and source.options[option].text.own == _DONT_KNOW else ""


def _help(option: OptionShape, voice: str) -> str:
    return option.help.said(voice) if option.help else ""


def _last_choices(shape: QuestionShape, voice: str, unsure: str) -> Iterator[Choice]:
    """The choices for none of these and for "vet ikke", where the guide has no options of its own for them."""
    if shape.many and shape.none:
        yield Choice(NONE, shape.none.said(voice), alone=True)
    if unsure:
        yield Choice(unsure, shape.options[unsure].text.said(voice), _help(shape.options[unsure], voice))
    else:
        yield Choice(UNKNOWN, str(DONT_KNOW), alone=True)


def _make_form(guide: Guide, shape: QuestionShape, choices: Iterable[Choice]) -> type[Form]:
    relative = {id_ for id_, need in guide.needs.items() if need.subject == "relative"}
    check = Check(
        many=shape.many,
        allowed=frozenset(choice.value for choice in choices),
        alone=frozenset(choice.value for choice in choices if choice.alone),
        few=frozenset(set(guide.needs) - relative) if shape.id == NEEDS else frozenset(),
    )
    kind = SelectMultipleField if shape.many else RadioField
    return type("AnswerForm", (Form,), {"answer": kind(validate_choice=False, validators=[check])})


@dataclass(frozen=True, slots=True)
class Check:
    """Whether an answer is one that the question has. ``few``: only so many of these may be ticked."""

    many: bool
    allowed: frozenset[str]
    alone: frozenset[str]
    few: frozenset[str]

    def __call__(self, _form: Form, field: Field) -> None:
        """Refuse what cannot be an answer, with words on how to mend it."""
        fault = self.fault(set(field.raw_data or ()))
        if fault:
            raise ValidationError(str(fault))

    def fault(self, given: set[str]) -> str:
        """What is wrong with an answer; empty where nothing is."""
        if not given:
            return TICK_SOME if self.many else CHOOSE_ONE
        if given - self.allowed or (len(given) > 1 and not self.many):
            return UNKNOWN_CHOICE
        if given & self.alone and len(given) > 1:
            return NOT_BOTH
        return TOO_MANY if len(given & self.few) > MOST_NEEDS else ""


def given_answer(sheet: Sheet, form: Form) -> Given:
    """The answer of a form that has been found in order, as it is remembered."""
    data: Given = form["answer"].data
    if not sheet.many:
        return data
    ticks = [choice.value for choice in sheet.choices if choice.value in data]
    return ticks[0] if ticks[0] in (NONE, UNKNOWN) else ticks
