"""Turns data into bytes of a rounded length, so that what is encrypted afterwards does not tell how much there was."""

import json
import zlib
from typing import Any

_HEADER = 2
_LONGEST = 64_000


def pack(data: Any, *, round_to: int) -> bytes:
    """The data as JSON, compressed and filled up to a multiple of ``round_to``."""
    packed = zlib.compress(json.dumps(data, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    headed = len(packed).to_bytes(_HEADER, "big") + packed
    return headed + bytes(-len(headed) % round_to)


def unpack(padded: bytes) -> Any:
    """The data again, or None where there is none; what unpacks to more than could be ours is cut off, and so none."""
    size = int.from_bytes(padded[:_HEADER], "big")
    try:
        return json.loads(zlib.decompressobj().decompress(padded[_HEADER : _HEADER + size], _LONGEST))
    except (zlib.error, ValueError):
        return None
