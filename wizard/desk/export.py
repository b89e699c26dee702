"""A table as a file for a spreadsheet: as Norwegian Excel reads it, with nothing that a spreadsheet would run.

A cell that begins like a formula gets an apostrophe in front
(https://owasp.org/www-community/attacks/CSV_Injection). What is hidden on the page is hidden here.
"""

import csv
import io
from collections.abc import Callable, Iterable

from wizard.desk.figures import Shown
from wizard.desk.reading import Table

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(table: Table, above: Iterable[tuple[str, str]], say: Callable[[Shown], str]) -> bytes:
    """The table under a few lines about it; ``say`` puts numbers into words where they are not plain."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([tame(table.title)])
    writer.writerows([tame(text) for text in line] for line in above)
    writer.writerow([])
    writer.writerow([tame(text) for text in (table.corner, *table.columns)])
    for row in table.rows:
        writer.writerow([tame(text) for text in (row.label, *map(say, row.numbers), *row.words)])
    return (_BYTE_ORDER_MARK + stream.getvalue()).encode()


def tame(text: str) -> str:
    """A text that no spreadsheet takes for a formula, also after blanks."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) else text
