"""Asks the municipality's login provider who somebody is (OpenID Connect, authorization code with PKCE).

What the browser must bring back (state, nonce, verifier) is handed out and taken in as one value; nothing is kept here
but what the provider says about itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from authlib.integrations.flask_client import FlaskOAuth2App, OAuthError
from joserfc.errors import JoseError
from requests import RequestException

from wizard.config import LoginProvider

_SECONDS = 2
_ABOUT = "/.well-known/openid-configuration"


class ProviderAwayError(Exception):
    """The provider did not answer in time, or not in a way that can be used."""


class NotVouchedForError(Exception):
    """What came back is not a sound answer to what was asked; the message is for the log, and names nobody."""


class LevelTooLowError(Exception):
    """The provider vouches for the person, but the login was not strong enough."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Where to send the browser, and what must fit when it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str


class Provider:
    """One login provider, found by its issuer's address."""

    def __init__(self, about: LoginProvider) -> None:
        self.about = about
        self._app = FlaskOAuth2App(
            None,
            "provider",
            client_id=about.client_id,
            client_secret=about.client_secret,
            server_metadata_url=about.issuer.rstrip("/") + _ABOUT,
            client_kwargs={
                "scope": "openid",
                "code_challenge_method": "S256",
                "default_timeout": _SECONDS,
                "max_redirects": 0,
            },
        )

    def ask(self, back_to: str) -> Asked:
        """Begin a login. Raises :class:`ProviderAwayError`."""
        level = {"acr_values": " ".join(self.about.acr)} if self.about.acr else {}
        try:
            self._be_sure_who_it_is()
            asked = self._app.create_authorization_url(back_to, **level)
        except (RequestException, RuntimeError, ValueError) as error:
            raise ProviderAwayError(type(error).__name__) from error
        return Asked(asked["url"], asked["state"], asked["nonce"], asked["code_verifier"])

    def _be_sure_who_it_is(self) -> None:
        """Whatever answers under the issuer's address must say that it is that issuer, letter for letter."""
        if self._app.load_server_metadata().get("issuer") != self.about.issuer:
            self._app.server_metadata.clear()
            raise ProviderAwayError("what answers says that it is another issuer")

    def subject_of(self, code: str, back_to: str, *, nonce: str, verifier: str) -> str:
        """What the provider calls whoever it sent back with this code.

        Raises :class:`ProviderAwayError`, :class:`NotVouchedForError` or :class:`LevelTooLowError`.
        """
        claims = self._claims(code, back_to, nonce, verifier)
        if self.about.acr and claims.get("acr") not in self.about.acr:
            raise LevelTooLowError
        subject = claims.get(self.about.claim)
        if not isinstance(subject, str) or not subject:
            raise NotVouchedForError(f"the claim {self.about.claim} is missing")
        return subject

    def _claims(self, code: str, back_to: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        expected = {
            "iss": {"essential": True, "value": self.about.issuer},
            "aud": {"essential": True, "value": self.about.client_id},
        }
        try:
            token = self._app.fetch_access_token(back_to, code=code, code_verifier=verifier)
            claims = self._app.parse_id_token(token, nonce=nonce, claims_options=expected)
        except (OAuthError, JoseError) as error:
            raise NotVouchedForError(type(error).__name__) from error
        except (RequestException, RuntimeError, ValueError) as error:
            raise ProviderAwayError(type(error).__name__) from error
        if claims is None:
            raise NotVouchedForError("there was no identity token")
        found: Mapping[str, Any] = claims
        return found
