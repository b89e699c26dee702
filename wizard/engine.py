"""Which code this is: for what is good only as long as the code that made it."""

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent


@cache
def digest_of_code(*parts: str) -> str:
    """A digest of packages of this one, such as ``rules``."""
    digest = hashlib.sha256()
    for part in parts:
        for file in sorted((_PACKAGE / part).glob("*.py")):
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
