"""How settings are read from the environment. What cannot be used is told in one line, by the name of its variable."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any

FEWEST_CHARACTERS = 32
"""Of everything that is secret."""
_MOST = 1440
"""The largest number of any setting."""
_YES, _NO = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


class ConfigError(Exception):
    """A setting that cannot be used; the message is one line for the person who starts the server."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables of a process, and the folder of what belongs to the installation alone."""

    variables: Mapping[str, str]
    instance: Path

    def text(self, name: str) -> str:
        """What a variable holds, without the spaces around it; empty where it is not set."""
        return self.variables.get(name, "").strip()


Read = Callable[[Environment, str, Any], Any]
"""From the environment, the name of a variable and the default, what the setting is."""


def read_text(env: Environment, name: str, default: str) -> str:
    """The words as they are."""
    return env.text(name) or default


@dataclass(frozen=True, slots=True)
class Variable:
    """Where a setting comes from: the name, what it is, how it is read, and its default where the value says little."""

    name: str
    about: str
    read: Read = read_text
    default: str = ""

    def tell_default(self, default: object) -> str:
        """What holds where it is not set."""
        if self.default:
            return self.default
        if default in ("", (), None):
            return "none"
        return f"`{int(default) if isinstance(default, bool) else default}`"


def read_all(variables: Mapping[str, Variable], settings: type, env: Environment) -> dict[str, Any]:
    """What each variable holds, by the name of the field of ``settings`` that it is for, which has the default."""
    defaults = _defaults(settings)
    return {name: variable.read(env, variable.name, defaults[name]) for name, variable in variables.items()}


def tell_all(variables: Mapping[str, Variable], settings: type) -> Iterator[str]:
    """A row of a table for each: its name, what holds where it is not set, and what it is."""
    defaults = _defaults(settings)
    for name, variable in variables.items():
        yield f"| `{variable.name}` | {variable.tell_default(defaults[name])} | {variable.about} |"


def _defaults(settings: type) -> dict[str, Any]:
    """What each field is where nobody says otherwise; nothing for what must be said."""
    return {field.name: "" if field.default is MISSING else field.default for field in fields(settings)}


def read_words(env: Environment, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
    """Words with spaces between."""
    return tuple(env.text(name).split()) or default


def read_folder(env: Environment, name: str, default: Path) -> Path:
    """A folder."""
    return Path(env.text(name) or default)


def read_flag(env: Environment, name: str, default: bool) -> bool:
    """Whether something is switched on."""
    value = env.text(name).lower()
    if value and value not in _YES | _NO:
        raise ConfigError(f"{name} must be 1 or 0, not {value!r}.")
    return value in _YES if value else default


def number(least: int = 1) -> Read:
    """A whole number that is not less."""

    def read(env: Environment, name: str, default: int) -> int:
        value = env.text(name) or str(default)
        if not value.isdecimal() or not least <= int(value) <= _MOST:
            raise ConfigError(f"{name} must be a whole number from {least} to {_MOST}, not {value!r}.")
        return int(value)

    return read


def starting_with(*starts: str, secret: bool = False) -> Read:
    """What begins in one of these ways, or the default. What is ``secret`` is not repeated where it is refused."""

    def read(env: Environment, name: str, default: str) -> str:
        value = env.text(name) or default
        if value and not (value.startswith(starts) and value.isprintable()):
            shown = "" if secret else f", not {value!r}"
            raise ConfigError(f"{name} must begin with {' or '.join(starts)}{shown}.")
        return value

    return read
