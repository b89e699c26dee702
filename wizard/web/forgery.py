"""Makes sure that a form was sent from a page of ours, by a token that lies in the visit's own cookie."""

from flask import Flask
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]

from wizard.config import Settings
from wizard.web.contact_request import withdrawal
from wizard.web.fetch import fetch
from wizard.web.leave import leave
from wizard.web.seal import derive_key
from wizard.web.search import search
from wizard.web.start import begin


def register_forgery(app: Flask, settings: Settings) -> None:
    """Protect every form but those that work without a visit: begin, open a code, search, take back, leave quickly."""
    app.secret_key = derive_key(settings.pepper or settings.secrets[0], "forms")  # forms outlive a change of keys
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SSL_STRICT"] = False
    protect = CSRFProtect(app)
    protect.exempt(leave)
    protect.exempt(begin)
    protect.exempt(fetch)
    protect.exempt(search)
    protect.exempt(withdrawal)
