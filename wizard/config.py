"""Settings, read from the environment once and in one place; nothing else knows where things lie.

Every setting has a name beginning with ``WIZARD_``. A setting that cannot be used stops the start with one clear line.
"""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_FEWEST_CHARACTERS = 32
_YES, _NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}


class ConfigError(Exception):
    """A setting that cannot be used; the message is one line for the person who starts the server."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server needs to know of the world around it. ``secrets``: the first encrypts, all decrypt.

    ``instance`` is the folder for what belongs to this installation alone; None where nothing is to be kept.
    """

    secrets: tuple[str, ...] = field(repr=False)
    guide: str = "lillesand"
    guides: Path = ROOT / "data"
    templates: Path = ROOT / "templates"
    translations: Path = ROOT / "translations"
    static: Path = ROOT / "wizard" / "static"
    leave_to: str = "https://www.yr.no"
    idle_minutes: int = 30
    longest_minutes: int = 120
    https_only: bool = False
    proxies: int = 0
    instance: Path | None = None

    @property
    def guide_folder(self) -> Path:
        """The folder of the guide that is served."""
        return self.guides / self.guide

    @property
    def built(self) -> Path:
        """Where :mod:`wizard.assets` puts the files that the pages are dressed in."""
        return self.static / "built"


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Raises :class:`ConfigError` where one cannot be used."""
    env = os.environ if environment is None else environment
    instance = Path(env.get("WIZARD_INSTANCE") or ROOT / "instance")
    settings = Settings(
        secrets=_read_secrets(env, instance),
        instance=instance,
        guide=env.get("WIZARD_GUIDE") or "lillesand",
        guides=Path(env.get("WIZARD_GUIDES") or ROOT / "data"),
        leave_to=env.get("WIZARD_LEAVE_TO") or "https://www.yr.no",
        idle_minutes=_read_number(env, "WIZARD_IDLE_MINUTES", 30),
        longest_minutes=_read_number(env, "WIZARD_LONGEST_MINUTES", 120),
        https_only=_read_flag(env, "WIZARD_HTTPS_ONLY"),
        proxies=_read_number(env, "WIZARD_PROXIES", 0, least=0),
    )
    if not settings.leave_to.startswith("https://"):
        raise ConfigError(f"WIZARD_LEAVE_TO must be an address that begins with https://, not {settings.leave_to!r}.")
    if not (settings.guide_folder / "guide.yaml").is_file():
        raise ConfigError(f"WIZARD_GUIDE names {settings.guide!r}, but {settings.guide_folder} holds no guide.yaml.")
    return settings


def _read_number(env: Mapping[str, str], name: str, default: int, least: int = 1) -> int:
    value = env.get(name) or str(default)
    if not value.isdecimal() or not least <= int(value) <= 1440:
        raise ConfigError(f"{name} must be a whole number from {least} to 1440, not {value!r}.")
    return int(value)


def _read_flag(env: Mapping[str, str], name: str) -> bool:
    value = env.get(name, "").lower()
    if value not in _YES | _NO:
        raise ConfigError(f"{name} must be 1 or 0, not {value!r}.")
    return value in _YES


def _read_secrets(env: Mapping[str, str], instance: Path) -> tuple[str, ...]:
    given = tuple(part.strip() for part in env.get("WIZARD_SECRET_KEYS", "").split(",") if part.strip())
    if any(len(secret) < _FEWEST_CHARACTERS for secret in given):
        raise ConfigError(f"WIZARD_SECRET_KEYS: every key must have at least {_FEWEST_CHARACTERS} characters.")
    return given or (_shared_secret(instance),)


def _shared_secret(folder: Path) -> str:
    """One secret for all workers: the first to come writes the file, the others read it."""
    file = folder / "secret_key"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(file, secrets.token_urlsafe(48))
        secret = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise ConfigError(f"{file} cannot be used as secret key: {error}. Or set WIZARD_SECRET_KEYS.") from error
    if len(secret) < _FEWEST_CHARACTERS:
        raise ConfigError(f"{file} is too short to be a secret key. Delete it, and a new one is made.")
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
