"""Encrypts what a visitor carries in the cookie, so that nobody who finds the cookie can read the answers.

A signed cookie can be read by anybody; this one is sealed with AES-GCM. Its length is rounded up, so that it does not
tell how much has been answered either.
"""

import base64
import binascii
import os
from collections.abc import Iterable
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from wizard.packing import pack, unpack

_NONCE = 12
_ROUND_TO = 960
_LONGEST_TEXT = 3_900
"""A browser may drop a cookie of more than 4096 bytes with its name."""
_BOUND_TO = b"visit/1"


class SealTooLongError(Exception):
    """More than one cookie can carry."""


class Sealer:
    """Seals with the first secret and opens with any of them, so that secrets can be changed while people visit."""

    def __init__(self, secrets: Iterable[str]) -> None:
        self._ciphers = [AESGCM(derive_key(secret, "cookie")) for secret in secrets]

    def seal(self, data: Any) -> str:
        """The data as text that only we can read."""
        nonce = os.urandom(_NONCE)
        text = _to_text(nonce + self._ciphers[0].encrypt(nonce, pack(data, round_to=_ROUND_TO), _BOUND_TO))
        if len(text) > _LONGEST_TEXT:
            raise SealTooLongError(len(text))
        return text

    def open(self, text: str) -> Any:
        """The data again, or None where the text is not one that we sealed."""
        if len(text) > _LONGEST_TEXT:
            return None
        try:
            sealed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        except (binascii.Error, ValueError):
            return None
        padded = self._decrypt(sealed) if _to_text(sealed) == text else None  # of each cookie there is one spelling
        return None if padded is None else unpack(padded)

    def _decrypt(self, sealed: bytes) -> bytes | None:
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _BOUND_TO)
            except (InvalidTag, ValueError):
                continue
        return None


def derive_key(secret: str, purpose: str) -> bytes:
    """A key of its own for each purpose, from one secret."""
    return HKDF(SHA256(), length=32, salt=None, info=f"rett-trinn/{purpose}".encode()).derive(secret.encode())


def _to_text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
