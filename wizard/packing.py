"""Turns data into bytes of a rounded length, so that what is encrypted afterwards does not tell how much there was."""

import zlib
from typing import Any

from pydantic_core import from_json, to_json

_HEADER = 2
_LONGEST = 64_000
_COMPRESSED = b"x"
"""How what is compressed begins (RFC 1950), and JSON never does."""


def pack(data: Any, *, round_to: int) -> bytes:
    """The data as JSON, filled up to a multiple of ``round_to``; compressed where one of these would not hold it."""
    plain = to_json(data)
    packed = plain if len(plain) + _HEADER <= round_to else zlib.compress(plain, 9)
    headed = len(packed).to_bytes(_HEADER, "big") + packed
    return headed + bytes(-len(headed) % round_to)


def unpack(padded: bytes) -> Any:
    """The data again, or None where there is none; what unpacks to more than could be ours is cut off, and so none."""
    size = int.from_bytes(padded[:_HEADER], "big")
    packed = padded[_HEADER : _HEADER + size]
    try:
        return from_json(zlib.decompressobj().decompress(packed, _LONGEST) if packed[:1] == _COMPRESSED else packed)
    except (zlib.error, ValueError):
        return None
