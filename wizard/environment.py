"""Reads single settings from the environment; what cannot be used is told in one line."""

from collections.abc import Mapping

FEWEST_CHARACTERS = 32
"""Of everything that is secret."""
_YES, _NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class ConfigError(Exception):
    """A setting that cannot be used; the message is one line for the person who starts the server."""


def read_number(env: Mapping[str, str], name: str, default: int, least: int = 1) -> int:
    """A whole number, up to that of the minutes of a day."""
    value = env.get(name) or str(default)
    if not value.isdecimal() or not least <= int(value) <= 1440:
        raise ConfigError(f"{name} must be a whole number from {least} to 1440, not {value!r}.")
    return int(value)


def read_flag(env: Mapping[str, str], name: str) -> bool:
    """Whether something is switched on."""
    value = env.get(name, "").lower()
    if value not in _YES | _NO:
        raise ConfigError(f"{name} must be 1 or 0, not {value!r}.")
    return value in _YES
