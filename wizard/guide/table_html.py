"""A decision table as HTML: a fragment for any page, and a page that stands by itself. Every text is escaped here."""

import re
from collections.abc import Callable, Iterator
from html import escape

from wizard.guide.marks import to_html
from wizard.guide.phrases import Clause, Gettext, Told, say_plainly
from wizard.guide.table import DecisionTable, Line, ServiceLine, StepBlock

Address = Callable[[str], str]
"""From the id of a service to the address of its page."""


def write_page(table: DecisionTable) -> str:
    """The table as a page that needs nothing around it."""
    title = escape(f"{table.title}: fra svar til trinn")
    dated = escape(f"{table.source}. Sist kontrollert {table.revised}. Utgave {table.revision}.")
    return (
        f'<!DOCTYPE html>\n<html lang="nb"><head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
        f"<h1>{title}</h1>\n<p>Les ovenfra. Det første trinnet der minst én rad stemmer, er det laveste trinnet som er "
        "godt nok. «Vet ikke» oppfyller ingen rad som spør etter akkurat det svaret. Dette er veiledning, "
        f"ikke et vedtak.</p>\n{write_fragment(table)}\n<p>{dated}</p>\n</body></html>\n"
    )


def write_fragment(table: DecisionTable, gettext: Gettext = say_plainly, address: Address | None = None) -> str:
    """The steps of the table as sections. Roles are spelled out, for a narrow page lays the tables out as blocks."""
    return "\n".join(_section(place, block, gettext, address) for place, block in enumerate(table.blocks, start=1))


def _section(place: int, block: StepBlock, gettext: Gettext, address: Address | None) -> str:
    heading = escape(gettext("Trinn %(number)s: %(title)s", number=block.step, title=block.title))
    parts = [
        f'<section aria-labelledby="rad-{place}">',
        f'<h2 class="ds-heading" data-size="sm" id="rad-{place}">{heading}</h2>',
        *_floor(block, gettext),
        _lines(place, block, gettext),
    ]
    if block.services:
        title = escape(gettext("Tilbud på dette trinnet"))
        parts += [f'<h3 class="ds-heading" data-size="xs">{title}</h3>', "<ul>"]
        parts += [_service(service, gettext, address) for service in block.services]
        parts.append("</ul>")
    return "\n".join([*parts, "</section>"])


def _floor(block: StepBlock, gettext: Gettext) -> Iterator[str]:
    if block.floor is not None:
        text = gettext(
            "Svarene peker mot trinn %(number)s. Dette er det nærmeste der det finnes et tilbud.", number=block.floor
        )
        yield f"<p>{escape(text)}</p>"


def _lines(place: int, block: StepBlock, gettext: Gettext) -> str:
    titles = [escape(gettext("Når dette er svart")), escape(gettext("Hvorfor")), escape(gettext("Kilde"))]
    heads = "".join(f'<th scope="col">{title}</th>' for title in titles)
    rows = "\n".join(_line(line, titles, gettext) for line in block.lines)
    return f'<table aria-labelledby="rad-{place}"><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>'


def _line(line: Line, titles: list[str], gettext: Gettext) -> str:
    cells = [tell_html(line.when, gettext("Alle andre svar"), gettext), to_html(line.because), to_html(line.source)]
    told = (f'<td data-title="{t}">{c}</td>' for t, c in zip(titles, cells, strict=True) if c)
    return f"<tr>{''.join(told)}{'' if cells[-1] else '<td></td>'}</tr>"


def _service(service: ServiceLine, gettext: Gettext, address: Address | None) -> str:
    name = to_html(service.name)
    linked = f'<a class="ds-link" href="{escape(address(service.id))}">{name}</a>' if address else name
    note = f" {escape(service.note)}" if service.note else ""
    titled = ((gettext("For:"), service.who), (gettext("Passer når:"), service.fits))
    when = (f"<p>{escape(title)}</p>{tell_html(told, '', gettext)}" for title, told in titled if not told.always)
    return f"<li><strong>{linked}</strong>{note}{''.join(when)}</li>"


def tell_html(told: Told, always: str, gettext: Gettext) -> str:
    """Clauses as a list; ``always`` where there are none."""
    if told.always:
        return f"<p>{escape(always)}</p>" if always else ""
    items = [f"<li>{_clause(clause)}</li>" for clause in told.every]
    if told.either:
        joiner, title = escape(gettext("og")), escape(gettext("Minst ett av disse:"))
        inner = "".join(f"<li>{f' {joiner} '.join(map(_clause, one))}</li>" for one in told.either)
        items.append(f"<li>{title}<ul>{inner}</ul></li>")
    return f"<ul>{''.join(items)}</ul>"


def _clause(clause: Clause) -> str:
    said = re.sub(r"(?<=\d)–(?=\d)", "\u2060–\u2060", clause.said)  # "6–12 år" stays on one line
    return f"{to_html(clause.ask)} <b>{escape(said)}</b>"
