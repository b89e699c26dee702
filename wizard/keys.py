"""The keys of an installation: from the environment, or made once and kept in the folder of the instance.

Whoever shares a database shares the keys, so there they must be set.
"""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from wizard.environment import FEWEST_CHARACTERS, ConfigError


def read_keys(env: Mapping[str, str], instance: Path, name: str, file: str) -> tuple[str, ...]:
    """The keys of a setting, or else the one that lies in a file. The first encrypts, all decrypt."""
    given = tuple(part.strip() for part in env.get(name, "").split(",") if part.strip())
    return _refuse_weak(env, name, given) or (_shared_secret(instance / file, name),)


def read_key(env: Mapping[str, str], instance: Path, name: str, file: str) -> str:
    """The one key of a setting, or else the one that lies in a file."""
    given = env.get(name, "").strip()
    _refuse_weak(env, name, (given,) if given else ())
    return given or _shared_secret(instance / file, name)


def _refuse_weak(env: Mapping[str, str], name: str, given: tuple[str, ...]) -> tuple[str, ...]:
    if any(len(key) < FEWEST_CHARACTERS for key in given):
        raise ConfigError(f"{name}: every key must have at least {FEWEST_CHARACTERS} characters.")
    if not given and _is_shared(env):
        raise ConfigError(f"{name} must be set, the same for every server that shares WIZARD_DATABASE.")
    return given


def _is_shared(env: Mapping[str, str]) -> bool:
    """Whether other servers may use the same database."""
    return bool(env.get("WIZARD_DATABASE")) and not env["WIZARD_DATABASE"].startswith("sqlite:")


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
