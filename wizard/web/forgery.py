"""Makes sure that a form was sent from a page of ours, by a token that lies in the visit's own cookie.

The library signs the token for every page, and proves the signature of every form. Both cost as much as a small page,
and a visit has one token from its first page to its last, so what has been signed or proved once is kept.
"""

from functools import lru_cache
from secrets import token_hex

from flask import Flask, g, request, session
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from flask_wtf.csrf import generate_csrf, validate_csrf  # type: ignore[import-untyped]
from wtforms import ValidationError

from wizard.config import Settings
from wizard.web.contact_request import withdrawal
from wizard.web.fetch import fetch
from wizard.web.leave import leave
from wizard.web.seal import derive_key
from wizard.web.search import search
from wizard.web.start import begin

_NAME = "csrf_token"
"""What the library calls the token: in forms, in the session, and in what it keeps for the rest of a request."""
_MOST_KEPT = 2048
_LENGTH = 20
READS = frozenset({"GET", "HEAD", "OPTIONS"})
"""The methods of requests that send no form."""


class Protection(CSRFProtect):  # type: ignore[misc]
    """The library's protection; only what it has not signed or proved yet comes to it."""

    def __init__(self, app: Flask) -> None:
        self._signed = lru_cache(_MOST_KEPT)(_sign)
        self._proved = lru_cache(_MOST_KEPT)(_prove)
        super().__init__(app)
        app.jinja_env.globals[_NAME] = self.token
        app.context_processor(lambda: {_NAME: self.token})

    def token(self) -> str:
        """The token for a form on this page."""
        return self._signed(session.get(_NAME) or session.setdefault(_NAME, token_hex(_LENGTH)))

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse the form of somebody else's page."""
        if request.method not in READS and not self._is_proved():
            super().protect(apply_exemptions)

    def _is_proved(self) -> bool:
        own, sent = session.get(_NAME), request.form.get(_NAME)
        if not own or not sent:
            return False
        try:
            self._proved(own, sent)
        except ValidationError:
            return False
        g.csrf_valid = True
        return True


def _sign(_own: str) -> str:
    """The signed token of this session."""
    g.pop(_NAME, None)  # the session may have become another in the midst of a request
    token: str = generate_csrf()
    return token


def _prove(_own: str, sent: str) -> None:
    """Raise :class:`ValidationError` where a token was not signed here for this session; that is not kept."""
    validate_csrf(sent)


def register_forgery(app: Flask, settings: Settings) -> None:
    """Protect every form but those that work without a visit: begin, open a code, search, take back, leave quickly."""
    app.secret_key = derive_key(settings.pepper or settings.secrets[0], "forms")  # forms outlive a change of keys
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    app.config["WTF_CSRF_SSL_STRICT"] = False
    protect = Protection(app)
    protect.exempt(leave)
    protect.exempt(begin)
    protect.exempt(fetch)
    protect.exempt(search)
    protect.exempt(withdrawal)
