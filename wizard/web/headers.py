"""What every response tells the browser: keep nothing, load nothing from elsewhere, tell nobody of this page."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from flask import Flask

from wizard.config import Settings

if TYPE_CHECKING:
    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Sent = list[tuple[str, str]]
"""Headers as they are sent."""
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "script-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "object-src 'none'",
    ]
)
SECURITY = {
    "Content-Security-Policy": _POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_TWO_YEARS = "max-age=63072000; includeSubDomains"


def register_headers(app: Flask, settings: Settings) -> None:
    """Put the headers on every response of the app."""
    app.wsgi_app = Headed(app.wsgi_app, settings.https_only)  # type: ignore[method-assign]


class Headed:
    """Adds the headers to what the app answers, which has none of them yet."""

    def __init__(self, app: "WSGIApplication", https_only: bool) -> None:
        self.app = app
        self.https_only = https_only
        self.always = [*SECURITY.items(), ("Cache-Control", "no-store"), ("Vary", "Cookie, Accept-Encoding")]
        self.secure = [*self.always, ("Strict-Transport-Security", _TWO_YEARS)]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer with the headers of the app, and these."""
        added = self.secure if self.https_only or environ["wsgi.url_scheme"] == "https" else self.always

        def start(status: str, headers: Sent, exc_info: "OptExcInfo | None" = None) -> Callable[[bytes], object]:
            return start_response(status, headers + added, exc_info)

        return self.app(environ, start)
