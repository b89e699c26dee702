"""Turns data into bytes of a rounded length, so that what is encrypted afterwards does not tell how much there was."""

import zlib
from typing import Any

from pydantic_core import from_json, to_json

_HEADER = 2
_LONGEST = 64_000
_WRAPPED = 11
"""Bytes around what is not compressed, as long as it is short (RFC 1950, 1951)."""


def pack(data: Any, *, round_to: int) -> bytes:
    """The data as JSON, filled up to a multiple of ``round_to``; compressed where one of these would not hold it."""
    plain = to_json(data)
    fits = _HEADER + len(plain) + _WRAPPED <= round_to
    packed = zlib.compress(plain, 0 if fits else 9)
    headed = len(packed).to_bytes(_HEADER, "big") + packed
    return headed + bytes(-len(headed) % round_to)


def unpack(padded: bytes) -> Any:
    """The data again, or None where there is none; what unpacks to more than could be ours is cut off, and so none."""
    size = int.from_bytes(padded[:_HEADER], "big")
    try:
        plain = zlib.decompressobj().decompress(padded[_HEADER : _HEADER + size], _LONGEST)
        return from_json(plain, cache_strings=False)  # nothing of it stays in memory for the next one
    except (zlib.error, ValueError):
        return None
