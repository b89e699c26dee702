"""Sends pages small, for those with a slow line or little left of their data.

Compression lets the length of a page hint at a secret in it, where somebody else can put words of their own into the
same page and count (the BREACH attack, https://breachattack.com). So a page that belongs to a live visit, and may
hold answers or the token of a form, is compressed only when nothing but its path was sent to get it: our pages never
repeat the path. The pages of the desk hold what citizens wrote beside what only staff may see, and are never
compressed.
See docs/decisions/0004-what-is-compressed.md.
"""

import gzip

from flask import Flask, Response, request

from wizard.web.access import at_desk
from wizard.web.session import current_visit

_TEXTS = {"text/html", "text/plain", "application/json", "image/svg+xml"}
_TOO_SMALL = 500
_LEVEL = 6


def register_compression(app: Flask) -> None:
    """Compress what the browser is able to unpack, and what is safe to."""
    app.after_request(_compress)


def _compress(response: Response) -> Response:
    if response.mimetype not in _TEXTS or response.is_streamed or "Content-Encoding" in response.headers:
        return response
    if "gzip" in request.headers.get("Accept-Encoding", "") and request.accept_encodings["gzip"] > 0 and _is_safe():
        body = response.get_data()
        if len(body) >= _TOO_SMALL:
            response.set_data(gzip.compress(body, _LEVEL, mtime=0))
            response.headers["Content-Encoding"] = "gzip"
    return response


def _is_safe() -> bool:
    """Whether nobody but us has a word in the page, or there is nothing in it to guess."""
    if at_desk():
        return False
    return current_visit() is None or (request.method in {"GET", "HEAD"} and not request.query_string)
