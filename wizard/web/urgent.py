"""Urgent help as pages print it: whom to call for which danger, and every number with its source."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wizard.guide.guide import Guide
from wizard.guide.help_shapes import HelpLineShape, NumberShape
from wizard.web.cards import call_address
from wizard.web.language import say_date
from wizard.web.words import EMERGENCY


@dataclass(frozen=True, slots=True)
class Line:
    """Something to do at once: a number to call, or a plain sentence."""

    number: str = ""
    call: str = ""
    name: str = ""
    about: str = ""
    open: str = ""
    note: str = ""
    say: str = ""
    source: str = ""
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Alarm:
    """A danger: calm words, then what to do first, then what also helps."""

    say: str
    first: tuple[Line, ...]
    also: tuple[Line, ...]


def make_alarms(guide: Guide, dangers: Iterable[str], voice: str) -> tuple[Alarm, ...]:
    """The dangers as the page says them, in the guide's order."""
    return tuple(_make_alarms(guide, dangers, voice))


def _make_alarms(guide: Guide, dangers: Iterable[str], voice: str) -> Iterator[Alarm]:
    """A number to call first, and what also helps, stand once, however many dangers there are."""
    said: set[Line] = set()
    told: set[str] = set()
    found = [guide.dangers[id_] for id_ in dangers]
    replaced = {danger.instead_of for danger in found}
    for danger in found:
        if danger.id in replaced:
            continue
        first = tuple(_lines(guide, danger.first))
        also = tuple(line for line in _lines(guide, danger.also) if line not in said)
        said.update(first + also)
        yield Alarm(danger.say.said(voice), tuple(line for line in first if line.number not in told), also)
        told.update(line.number for line in first if line.number)


def _lines(guide: Guide, shapes: Iterable[HelpLineShape]) -> Iterator[Line]:
    for shape in shapes:
        if shape.call:
            yield make_line(guide.numbers[shape.call], shape.note or "")
        if shape.say:
            yield Line(say=shape.say, note="" if shape.call else shape.note or "")


def make_line(number: NumberShape, note: str = "") -> Line:
    """A number as something to do."""
    return Line(
        number=number.number,
        call=call_address(number.number),
        name=number.name,
        about=number.about,
        open=number.open or "",
        note=note,
        source=number.source,
        checked=say_date(number.checked) if number.checked else "",
    )


def other_numbers(guide: Guide) -> tuple[Line, ...]:
    """Every number of the guide beside the emergency numbers, in its order."""
    first = {line.number for line in emergency_numbers(guide)}
    return tuple(make_line(number) for number in guide.numbers.values() if number.number not in first)


def emergency_numbers(guide: Guide) -> tuple[Line, ...]:
    """The few numbers that every error page carries, in the guide's words where it has them."""
    known = {number.number.replace(" ", ""): number for number in guide.numbers.values()}
    return tuple(
        make_line(known[number.replace(" ", "")])
        if number.replace(" ", "") in known
        else Line(number=number, call=call_address(number), name=str(name))
        for number, name in EMERGENCY
    )
