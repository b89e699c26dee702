"""The six digits of an authenticator app (RFC 6238), each good for one login only."""

import hmac
import time

import pyotp

from wizard.store.staff import STEPS_AHEAD

_SECONDS = 30
_LATE = (0, -1, 1)
"""The step of now, the one before and the one after: clocks differ, and people type slowly."""


def new_secret() -> str:
    """A secret for somebody's app, in letters and digits."""
    return pyotp.random_base32()


def step_of(secret: str, written: str, *, after: int) -> int | None:
    """The step of a code, where it is right and later than the last one that was used."""
    code = "".join(character for character in written if not character.isspace())
    clock, totp = int(time.time()) // _SECONDS, pyotp.TOTP(secret)
    steps = (clock + late for late in _LATE)
    right = [s for s in steps if hmac.compare_digest(totp.generate_otp(s).encode(), code.encode())]
    return next((step for step in right if step > after or after > step + STEPS_AHEAD), None)


def app_address(secret: str, name: str, issuer: str) -> str:
    """What the app reads from the drawing."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=issuer.replace(":", " "))


def group_secret(secret: str) -> str:
    """The secret in groups of four, for whoever types it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
