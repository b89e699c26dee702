"""Tells whoever watches the server that it is alive."""

from flask import Blueprint, Response

health = Blueprint("health", __name__)


@health.get("/healthz")
def show() -> Response:
    """One word, for machines."""
    return Response("ok", mimetype="text/plain")
