"""Encrypts answers with a key that only the code gives, so that whoever holds the database can read none of them.

The code is random and has 100 bits, so a quick derivation is enough: there is no weak password to stretch. The pepper
is a secret of the server that lies outside the database; without it the database cannot even be asked about a code.
"""

import hmac
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wizard.packing import pack, unpack

_NONCE = 12
_ROUND_TO = 2048
"""More than a long visit takes, so that nearly all rows are of one length."""
_EDITION = b"rett-trinn/saved-visit/1"


class Vault:
    """Seals and opens what is kept under codes."""

    def __init__(self, pepper: str) -> None:
        self._for_lookup = _derive(pepper.encode(), None, b"rett-trinn/lookup")
        self._for_keys = _derive(pepper.encode(), None, b"rett-trinn/keys")

    def lookup(self, code: str) -> bytes:
        """The name under which a code's answers are kept; nobody can tell the code from it."""
        return hmac.digest(self._for_lookup, code.encode(), "sha256")

    def seal(self, code: str, data: Any) -> bytes:
        """The data as bytes that the code alone opens, bound to the place where they are kept."""
        nonce = os.urandom(_NONCE)
        return nonce + self._cipher(code).encrypt(nonce, pack(data, round_to=_ROUND_TO), self._bound_to(code))

    def open(self, code: str, sealed: bytes) -> Any:
        """The data again, or None where these bytes are not what was sealed under this code."""
        try:
            return unpack(self._cipher(code).decrypt(sealed[:_NONCE], sealed[_NONCE:], self._bound_to(code)))
        except (InvalidTag, ValueError):
            return None

    def _cipher(self, code: str) -> AESGCM:
        return AESGCM(_derive(code.encode(), self._for_keys, _EDITION))

    def _bound_to(self, code: str) -> bytes:
        return _EDITION + self.lookup(code)


def _derive(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=salt, info=info).derive(secret)
