"""Looks for the rows of forms, and whether they are whole."""

from collections.abc import Iterable

from sqlalchemy import select

from tests.slow.forms import Form, open_row
from wizard.store.callback_tables import CallBack
from wizard.store.database import Database
from wizard.store.models import SavedVisit


def missing(database: Database, forms: Iterable[Form]) -> tuple[list[Form], int]:
    """The forms that have no row although they make one, and how many rows are not whole."""
    without, torn = [], 0
    with database.writing() as session:
        for form in (form for form in forms if form.mark):
            row: SavedVisit | CallBack | None
            if form.kind == "save":
                row = session.get(SavedVisit, form.mark)
            else:
                row = session.scalar(select(CallBack).where(CallBack.receipt == form.mark))
            if row is None:
                without.append(form)
            elif not open_row(form, row):
                torn += 1
    return without, torn
