"""How the guide works, open to everybody: the rules in force as tables, and the flow of questions as drawings."""

from flask import Blueprint, Response, abort, render_template, url_for
from markupsafe import Markup

from wizard.guide.table_html import write_fragment
from wizard.web.content import content, current_guide
from wizard.web.language import gettext

how = Blueprint("how", __name__)


@how.get("/slik-virker-det")
def overview() -> str:
    """What the guide does and does not do, and the way to every table."""
    return render_template("pages/how.html", pictured=content().tables.flow())


@how.get("/slik-virker-det/<need>")
def table(need: str) -> str:
    """The rules of one need: these answers, this step, these services."""
    _require(need)
    tables = content().tables
    fragment = write_fragment(tables.table(need), gettext, _service_page)
    return render_template(
        "pages/table.html",
        need=current_guide().needs[need],
        table=Markup(fragment),  # noqa: S704  write_fragment escapes every text
        pictured=tables.flow(need),
    )


@how.get("/slik-virker-det/<need>.svg")
def drawing(need: str) -> Response:
    """The questions of one need as a drawing by itself."""
    _require(need)
    return Response(content().tables.flow(need).drawing, mimetype="image/svg+xml")


def _require(need: str) -> None:
    if need not in current_guide().needs:
        abort(404)


def _service_page(id_: str) -> str:
    return url_for("browse.service", id_=id_)
