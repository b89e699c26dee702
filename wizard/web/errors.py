"""Error pages in plain words. Each carries the numbers to call, and none shows what went wrong inside."""

from flask import Flask, Response, abort, current_app, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException, SecurityError
from werkzeug.wrappers import Response as AnyResponse

from wizard.store.errors import StoreUnavailableError
from wizard.web.access import at_desk
from wizard.web.bare import bare_page
from wizard.web.content import current_guide
from wizard.web.forgery import READS
from wizard.web.prefix import site_root
from wizard.web.session import current_visit, lost_visit
from wizard.web.urgent import emergency_numbers
from wizard.web.words import FAULTS

Page = tuple[str, int]


def register_errors(app: Flask) -> None:
    """Every error ends on a page of ours."""
    app.register_error_handler(CSRFError, _show_stale_form)
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(StoreUnavailableError, _show_unavailable)
    app.register_error_handler(Exception, _show_failure)
    app.before_request_funcs.setdefault(None, []).insert(0, _refuse_what_is_no_text)


def _refuse_what_is_no_text() -> None:
    """Before anybody reads it: an address may hold bytes that no browser sends, and a form what no database takes."""
    try:
        request.query_string.decode()
    except UnicodeDecodeError:
        abort(400)
    if request.method not in READS and any("\0" in value for values in request.form.listvalues() for value in values):
        abort(400)


def _show_stale_form(_error: CSRFError) -> AnyResponse | Page:
    """A form from before the visit ran out: tell so, and begin again."""
    if current_visit() is None and not at_desk():
        return redirect(url_for("start.show", beskjed=lost_visit()), 303)
    return _page(400), 400


def _show_http_error(error: HTTPException) -> AnyResponse | Page:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    if isinstance(error, SecurityError):
        return bare_page(code), code  # under a name that is not ours, no address of ours can be told
    headers = [(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}]
    return Response(_page(code), code, headers)


def _show_unavailable(error: StoreUnavailableError) -> Page:
    """The database does not answer: only what outlives a visit is out of reach."""
    current_app.logger.error("The database did not answer: %s", error)
    return _page(503), 503


def _show_failure(error: Exception) -> Page:
    """Something is wrong in here: note it for ourselves, and tell the visitor whom to call."""
    current_app.logger.error("A page could not be made", exc_info=error)
    return _page(500), 500


def _page(code: int) -> str:
    """The error page; where it cannot be made either, the bare one, which needs neither guide nor template."""
    try:
        return _full_page(code)
    except Exception as error:  # whatever fails here, the numbers must still come
        current_app.logger.error("The error page could not be made", exc_info=error)
        return bare_page(code, site_root())


def _full_page(code: int) -> str:
    known = code if code in FAULTS else 400 if code < 500 else 500
    heading, text = FAULTS[known]
    numbers = emergency_numbers(current_guide())
    live = current_visit() is not None
    return render_template("pages/error.html", heading=str(heading), text=str(text), numbers=numbers, live=live)
