"""A bare Flask app with one ordinary page: the measure for what our pages cost."""

from dataclasses import dataclass

from flask import Flask, render_template

LINKS = ("forsiden", "trappa", "sok", "akutt", "kontakt", "slik-virker", "om", "personvern", "tilgjengelighet")


@dataclass(frozen=True, slots=True)
class Row:
    """One choice of the page."""

    value: str
    text: str
    help: str


def bare_app(size: int) -> Flask:
    """An app whose page at ``/side/<number>`` is about ``size`` bytes long: a layout, links, and a form of choices."""
    app = Flask(__name__)
    rows = [Row(f"valg-{n}", f"Et svar med noen ord i, nummer {n}", "Noen ord som forklarer.") for n in range(999)]

    @app.get("/side/<int:number>")
    def page(number: int) -> str:
        shown = rows[: app.config["ROWS"]]
        return render_template("page.html", number=number, rows=shown, chosen={"valg-2"}, links=LINKS)

    app.config["ROWS"] = 0
    while len(app.test_client().get("/side/4").data) < size:
        app.config["ROWS"] += 1
    return app
