"""Error pages in plain words. Each carries the numbers to call, and none shows what went wrong inside."""

from flask import Flask, Response, current_app, redirect, render_template, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from wizard.web.content import current_guide
from wizard.web.session import current_visit, lost_visit
from wizard.web.urgent import emergency_numbers
from wizard.web.words import FAULTS

Page = tuple[str, int]


def register_errors(app: Flask) -> None:
    """Every error ends on a page of ours."""
    app.register_error_handler(CSRFError, _show_stale_form)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(Exception, _show_failure)


def _show_stale_form(_error: CSRFError) -> AnyResponse | Page:
    """A form from before the visit ran out: tell so, and begin again."""
    if current_visit() is None:
        return redirect(url_for("start.show", beskjed=lost_visit()), 303)
    return _page(400), 400


def _show_http_error(error: HTTPException) -> AnyResponse | Page:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    headers = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return Response(_page(code), code, headers)


def _show_failure(error: Exception) -> Page:
    """Something is wrong in here: note it for ourselves, and tell the visitor whom to call."""
    current_app.logger.error("A page could not be made", exc_info=error)
    return _page(500), 500


def _page(code: int) -> str:
    known = code if code in FAULTS else 400 if code < 500 else 500
    heading, text = FAULTS[known]
    numbers = emergency_numbers(current_guide())
    live = current_visit() is not None
    return render_template("pages/error.html", heading=str(heading), text=str(text), numbers=numbers, live=live)
