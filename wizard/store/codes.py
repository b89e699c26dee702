"""The code a person is given: short enough to write down, long enough that nobody guesses it.

Twenty characters of Crockford's base 32 (https://www.crockford.com/base32.html), which has no I, L, O or U: 100 bits.
It is read as people write: in any case, with spaces or hyphens, with O for 0 and I or L for 1.
"""

import secrets
import unicodedata

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 20
_GROUP = 4
_LONGEST_INPUT = 200
_MISREAD = str.maketrans("OIL", "011")
_IGNORED = ("Z", "P", "C")
"""Unicode's separators, punctuation and invisible characters."""


def new_code() -> str:
    """A code that nobody has had before."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(text: str, length: int = LENGTH) -> str | None:
    """The code of so many characters that somebody wrote, or None where it cannot be one."""
    code = read_signs(text)
    return code if len(code) == length and set(code) <= set(ALPHABET) else None


def read_signs(text: str) -> str:
    """What somebody wrote, without what does not count, and with the letters that are misread put right."""
    folded = unicodedata.normalize("NFKC", text[:_LONGEST_INPUT])
    written = "".join(c for c in folded if unicodedata.category(c)[0] not in _IGNORED)
    return written.upper().translate(_MISREAD)


def group_code(code: str) -> tuple[str, ...]:
    """The code in groups that are easy to read aloud and write down."""
    return tuple(code[start : start + _GROUP] for start in range(0, len(code), _GROUP))
