"""What every response tells the browser: keep nothing, load nothing from elsewhere, tell nobody of this page."""

from flask import Flask, Response, request

from wizard.config import Settings

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
    """Put the headers on every response of the app, which has none of them yet."""
    always = [*SECURITY.items(), ("Cache-Control", "no-store")]

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.extend(always)
        if settings.https_only or request.is_secure:
            response.headers["Strict-Transport-Security"] = _TWO_YEARS
        return response


def vary_by(response: Response, header: str) -> None:
    """Tell that the response hangs on what the request said in a header."""
    before = response.headers.get("Vary")
    response.headers["Vary"] = f"{before}, {header}" if before else header
