"""A bare Flask app with one ordinary page: the measure for what our pages cost."""

from dataclasses import dataclass

from flask import Flask, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

LINKS = ("forsiden", "trappa", "sok", "akutt", "kontakt", "slik-virker", "om", "personvern", "tilgjengelighet")

COOKIE_LENGTH = 1400
"""How long ours mostly is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One choice of the page."""

    value: str
    text: str
    help: str


def bare_app(size: int) -> Flask:
    """An app whose page at ``/side/<number>`` is about ``size`` bytes long: a layout, links, and a form of choices.

    What comes back from the form is read, a cookie is set, and the next page is named; nothing is judged.
    """
    app = Flask(__name__)
    rows = [Row(f"valg-{n}", f"Et svar med noen ord i, nummer {n}", "Noen ord som forklarer.") for n in range(999)]

    @app.get("/side/<int:number>")
    def page(number: int) -> str:
        shown = rows[: app.config["ROWS"]]
        return render_template("page.html", number=number, rows=shown, chosen={"valg-2"}, links=LINKS)

    @app.post("/side/<int:number>")
    def take(number: int) -> Response:
        answer = redirect(url_for("page", number=number + len(request.form.getlist("answer"))), 303)
        answer.set_cookie("visit", "x" * COOKIE_LENGTH, httponly=True)
        return answer

    app.config["ROWS"] = 0
    while len(app.test_client().get("/side/4").data) < size:
        app.config["ROWS"] += 1
    return app
