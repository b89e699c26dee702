"""The cookies of the desk: sent to the desk alone, out of reach of scripts, and of https where that is served."""

from typing import Any

from flask import request
from werkzeug.wrappers import Response

from wizard.web.access import DESK_PATH
from wizard.web.content import content
from wizard.web.cookies import cookie_name


def read_cookie(name: str) -> str:
    """What a cookie holds; empty where it did not come."""
    return request.cookies.get(_named(name), "")


def give_cookie(
    response: Response, name: str, value: str, *, seconds: int | None = None, path: str | None = None
) -> None:
    """Send a cookie; it lives as long as the browser where no time is given."""
    response.set_cookie(_named(name), value, seconds, **_guarded(path))


def take_cookie(response: Response, name: str, *, path: str | None = None) -> None:
    """Take a cookie back."""
    response.delete_cookie(_named(name), **_guarded(path))


def _named(name: str) -> str:
    return cookie_name(name, content().settings, DESK_PATH)


def _guarded(path: str | None) -> dict[str, Any]:
    secure = content().settings.https_only or request.is_secure
    place = path or f"{request.script_root}{DESK_PATH}"
    return {"path": place, "httponly": True, "samesite": "Lax", "secure": secure}
