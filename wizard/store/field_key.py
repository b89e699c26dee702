"""Encrypts single fields with a key of this installation: what staff must be able to read, and a stolen database not.

Each value is bound to the place where it belongs, so that one that is moved to another row opens nothing.
"""

import os
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wizard.packing import pack, unpack

_NONCE = 12
_ROUND_TO = 128
_EDITION = "rett-trinn/field/1"


class FieldKey:
    """Seals with the first secret and opens with any of them, so that secrets can be changed without losing a row."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._ciphers = [AESGCM(_derive(secret)) for secret in secrets]

    def seal(self, value: Any, bound_to: str) -> bytes:
        """Any JSON value as bytes. ``bound_to`` names the place, like ``call-back 17``; the same opens it again."""
        if not self._ciphers:
            raise ValueError("There is no field key. Set WIZARD_FIELD_KEYS.")
        return self._encrypt(pack(value, round_to=_ROUND_TO), bound_to)

    def open(self, sealed: bytes, bound_to: str) -> Any | None:
        """The value again, or None where these bytes were not sealed by us, or not for this place."""
        for cipher in self._ciphers:
            try:
                return unpack(cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _name(bound_to)))
            except (InvalidTag, ValueError):
                continue
        return None

    def renew(self, sealed: bytes, bound_to: str) -> bytes | None:
        """The same sealed with the first secret: these very bytes where it is so already. None as in :meth:`open`."""
        for secret, cipher in enumerate(self._ciphers):
            try:
                content = cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _name(bound_to))
            except (InvalidTag, ValueError):
                continue
            return self._encrypt(content, bound_to) if secret else sealed
        return None

    def _encrypt(self, content: bytes, bound_to: str) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._ciphers[0].encrypt(nonce, content, _name(bound_to))


def _derive(secret: str) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=_EDITION.encode()).derive(secret.encode())


def _name(bound_to: str) -> bytes:
    return f"{_EDITION} {bound_to}".encode()
