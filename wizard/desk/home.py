"""The start page of the desk: what can be done here, and nothing about anybody."""

from flask import Blueprint, render_template

desk_home = Blueprint("desk_home", __name__)


@desk_home.get("/skranke")
def show() -> str:
    """What there is to do at the desk."""
    return render_template("desk/home.html")
