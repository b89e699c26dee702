"""The decision table of a need in words, and as Markdown. See :mod:`wizard.rules.tabulate` for what it promises."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wizard.guide.guide import Guide
from wizard.guide.ladder_shapes import Kind
from wizard.guide.phrases import Clause, Gettext, Phrases, Told, say_plainly
from wizard.rules.regions import Budget
from wizard.rules.tabulate import Block, Shown, tabulate

MOST_REGIONS = 500_000


@dataclass(frozen=True, slots=True)
class Line:
    """Answers that lead to a step, with the reason and the source of the rule that says so."""

    when: Told
    because: str
    source: str


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service on a step: for whom, when it fits, and what else is to be known."""

    id: str
    name: str
    who: Told
    fits: Told
    note: str


@dataclass(frozen=True, slots=True)
class StepBlock:
    """The lines that lead to one step, and its services. ``floor`` is told where the step is another one."""

    step: int
    title: str
    band: str
    floor: int | None
    lines: tuple[Line, ...]
    services: tuple[ServiceLine, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """The table of a need, to be read from the top: the first block with a fitting line decides."""

    need: str
    title: str
    guide: str
    revision: str
    revised: str
    source: str
    blocks: tuple[StepBlock, ...]


def tell_table(guide: Guide, need: str, gettext: Gettext = say_plainly) -> DecisionTable:
    """The table of a need in words. Raises ``TooLargeError`` where it cannot be made within reason."""
    blocks = tabulate(guide.ruleset, guide.ruleset.needs[need], Budget(MOST_REGIONS))
    phrases = Phrases(guide, gettext)
    return DecisionTable(
        need=need,
        title=guide.needs[need].title,
        guide=guide.about.title,
        revision=guide.revision,
        revised=guide.about.revised.isoformat(),
        source=guide.about.source,
        blocks=tuple(_block(guide, need, block, phrases) for block in blocks),
    )


def _block(guide: Guide, need: str, block: Block, phrases: Phrases) -> StepBlock:
    return StepBlock(
        step=block.step,
        title=guide.steps[block.step].title,
        band=guide.band(block.step).title,
        floor=block.floor if block.floor != block.step else None,
        lines=tuple(_lines(guide, need, block, phrases)),
        services=tuple(_service(guide, need, shown, phrases) for shown in block.services),
    )


def _lines(guide: Guide, need: str, block: Block, phrases: Phrases) -> Iterator[Line]:
    for row in block.rows:
        told = phrases.tell(row.when, guide.ruleset.needs[need])
        if row.rule:
            yield Line(told, guide.rules[row.rule].because, guide.rules[row.rule].source)
        else:
            yield Line(told, phrases.gettext("Svarene tyder ikke på behov for mer enn åpne tilbud."), "")


def _service(guide: Guide, need: str, shown: Shown, phrases: Phrases) -> ServiceLine:
    service = guide.services[shown.offer.service].service
    note = ""
    if service.kind is Kind.PLACEMENT:
        note = phrases.gettext("Ikke noe man søker om selv.")
    elif shown.offer.included:
        note = phrases.gettext("Følger med annen hjelp.")
    asked = guide.ruleset.needs[need]
    who, fits = phrases.tell(shown.who, asked), phrases.tell(shown.fits, asked)
    return ServiceLine(service.id, service.name, who, fits, note)


def write_markdown(table: DecisionTable) -> str:
    """The table as Markdown."""
    return "\n".join(_markdown(table)) + "\n"


def _markdown(table: DecisionTable) -> Iterator[str]:
    yield f"# {_mark(table.title)}: fra svar til trinn"
    yield ""
    yield "Les ovenfra. Det første trinnet der minst én rad stemmer, er det laveste trinnet som er godt nok."
    yield "«Vet ikke» oppfyller ingen rad som spør etter akkurat det svaret. Dette er veiledning, ikke et vedtak."
    for block in table.blocks:
        yield from ("", f"## Trinn {block.step}: {_mark(block.title)}", "")
        if block.floor is not None:
            yield from (f"Svarene peker mot trinn {block.floor}. Dette er det nærmeste der det finnes et tilbud.", "")
        yield from ("| Når dette er svart | Hvorfor | Kilde |", "|---|---|---|")
        for line in block.lines:
            yield f"| {_tell(line.when) or 'Alle andre svar'} | {_mark(line.because)} | {_mark(line.source)} |"
        if block.services:
            yield from ("", "| Tilbud | For hvem | Når det passer |", "|---|---|---|")
        for service in block.services:
            name = f"{_mark(service.name)}. {service.note}" if service.note else _mark(service.name)
            yield f"| {name} | {_tell(service.who) or 'Alle'} | {_tell(service.fits) or 'Alltid'} |"
    yield from ("", f"{_mark(table.source)}. Sist kontrollert {table.revised}. Utgave {table.revision}.")


def _tell(told: Told) -> str:
    """All clauses in one cell of a table."""
    parts = [_clause(clause) for clause in told.every]
    if told.either:
        joined = (" og ".join(map(_clause, one)) for one in told.either)
        parts.append("minst ett av disse: " + " / ".join(joined))
    return "<br>og ".join(parts)


def _clause(clause: Clause) -> str:
    return _mark(str(clause))


def _mark(text: str) -> str:
    """A text in which no sign is read as Markdown or HTML."""
    return re.sub(r"([\\`*_\[\]<>|#&~])", r"\\\1", " ".join(text.split()))
