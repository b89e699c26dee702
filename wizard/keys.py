"""The keys of an installation: from the environment, or made once and kept in its folder.

Whoever shares a database shares the keys, so there they must be set.
"""

import os
import secrets
from pathlib import Path

from wizard.environment import FEWEST_CHARACTERS, ConfigError, Environment, Read


def keys(file: str) -> Read:
    """Keys with commas between, or else the one in a file. The first encrypts, all decrypt."""

    def read(env: Environment, name: str, _default: object) -> tuple[str, ...]:
        given = tuple(part.strip() for part in env.text(name).split(",") if part.strip())
        _refuse(env, name, given)
        return given or (_shared_secret(env.instance / file, name),)

    return read


def key(file: str) -> Read:
    """The one key there is, or else the one in a file."""

    def read(env: Environment, name: str, _default: object) -> str:
        given = env.text(name)
        _refuse(env, name, (given,) if given else ())
        return given or _shared_secret(env.instance / file, name)

    return read


def read_token(env: Environment, name: str, default: str) -> str:
    """What opens something for a machine; there need not be one."""
    given = env.text(name)
    _refuse_short(name, (given,) if given else ())
    return given or default


def _refuse(env: Environment, name: str, given: tuple[str, ...]) -> None:
    """What is too short, and what is missing where it must be shared."""
    _refuse_short(name, given)
    if not given and _is_shared(env):
        raise ConfigError(f"{name} must be set, the same for every server that shares WIZARD_DATABASE.")


def _refuse_short(name: str, given: tuple[str, ...]) -> None:
    if any(len(each) < FEWEST_CHARACTERS for each in given):
        raise ConfigError(f"{name} must have at least {FEWEST_CHARACTERS} characters.")


def _is_shared(env: Environment) -> bool:
    """Whether other servers may use the same database."""
    database = env.text("WIZARD_DATABASE")
    return bool(database) and not database.startswith("sqlite:")


def _shared_secret(file: Path, setting: str) -> str:
    """One secret for all workers: the first to come writes the file, the others read it."""
    folder = file.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(file, secrets.token_urlsafe(48))
        secret = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{file} cannot be used as a secret: {error}. Or set {setting}.") from error
    if len(secret) < FEWEST_CHARACTERS:
        raise ConfigError(f"{file} is too short to be a secret. Put the right one back, or delete it for a new one.")
    return secret


def _write_once(file: Path, secret: str) -> None:
    """Write a file that only we may read, whole or not at all, unless it is there already."""
    if file.exists():
        return
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600)
    draft.write_text(secret, encoding="ascii")
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
