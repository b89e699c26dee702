"""Passwords of staff: digested with argon2id, and judged by their length rather than by their letters.

The rule is that of NIST SP 800-63B: long enough, not the name, no demands for odd characters.
"""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
_HASHER = PasswordHasher()


def digest_password(password: str) -> str:
    """What is kept instead of the password."""
    return _HASHER.hash(password)


def is_password(digest: str, password: str) -> bool:
    """Whether this is the password. It takes as long where there is no digest, so that names cannot be told apart."""
    try:
        return _HASHER.verify(digest or _nobodys(), password) and bool(digest)
    except (VerificationError, InvalidHashError):
        return False


def wants_new_digest(digest: str) -> bool:
    """Whether the digest was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(digest)


def is_too_easy(password: str, name: str) -> bool:
    """Whether a password is too short, all of one piece, or built of the person's own name."""
    folded = password.casefold()
    return len(password) < SHORTEST or len(set(folded)) < 5 or (len(name) > 2 and name.casefold() in folded)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
