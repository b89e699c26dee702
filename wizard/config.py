"""Settings, read from the environment once and in one place.

Every setting has a name beginning with ``WIZARD_`` (:mod:`wizard.variables`). A setting that cannot be used stops the
start with one clear line.
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wizard.environment import ConfigError, Environment, read_all, tell_all
from wizard.variables import PROVIDER, SETTINGS

ROOT = Path(__file__).resolve().parent.parent
_GUIDE_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class LoginProvider:
    """Who vouches for staff instead of a password here (OpenID Connect).

    ``claim`` is what the provider calls a person by; ``acr`` the levels of login that are good enough, any where empty.
    """

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    acr: tuple[str, ...] = ()
    claim: str = "sub"


@dataclass(frozen=True, slots=True)
class Settings:
    """What the server needs to know of the world around it. What each one means: :mod:`wizard.variables`.

    ``instance`` is None where nothing is to be kept, and ``database`` empty where nobody can keep anything;
    ``provider`` logs staff in, if any.
    """

    secrets: tuple[str, ...] = field(repr=False)
    guide: str = "lillesand"
    guides: Path = ROOT / "data"
    templates: Path = ROOT / "templates"
    translations: Path = ROOT / "translations"
    static: Path = ROOT / "wizard" / "static"
    leave_to: str = "https://www.yr.no"
    statement: str = ""
    idle_minutes: int = 30
    longest_minutes: int = 120
    draft_minutes: int = 60
    screen_minutes: int = 15
    keep_enquiries_days: int = 30
    keep_log_days: int = 365
    warn_open_days: int = 30
    https_only: bool = False
    proxies: int = 0
    hosts: tuple[str, ...] = ()
    access_log: bool = False
    metrics_token: str = field(default="", repr=False)
    security_contact: str = ""
    instance: Path | None = None
    pepper: str = field(default="", repr=False)
    field_keys: tuple[str, ...] = field(default=(), repr=False)
    provider: LoginProvider | None = None
    database: str = field(default="", repr=False)

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
    variables = os.environ if environment is None else environment
    env = Environment(variables, Path(variables.get("WIZARD_INSTANCE") or ROOT / "instance"))
    settings = Settings(**read_all(SETTINGS, Settings, env), provider=_read_provider(env))
    if not _GUIDE_NAME.fullmatch(settings.guide):
        raise ConfigError(
            f"WIZARD_GUIDE must be the name of a folder in {settings.guides}, of small letters, digits, - and _, "
            f"not {settings.guide!r}. WIZARD_GUIDES says where the folders lie."
        )
    if not (settings.guide_folder / "guide.yaml").is_file():
        raise ConfigError(f"WIZARD_GUIDE names {settings.guide!r}, but {settings.guide_folder} holds no guide.yaml.")
    return settings


def _read_provider(env: Environment) -> LoginProvider | None:
    provider = LoginProvider(**read_all(PROVIDER, LoginProvider, env))
    if not provider.issuer:
        return None
    if not provider.client_id or not provider.client_secret:
        raise ConfigError("WIZARD_OIDC_CLIENT_ID and WIZARD_OIDC_CLIENT_SECRET must be set with WIZARD_OIDC_ISSUER.")
    return provider


def tell_settings() -> Iterator[str]:
    """Every setting in the lines of a table, as it stands in ``docs/operations.md``."""
    yield from ("| setting | default | what it is |", "|---|---|---|")
    yield from tell_all(SETTINGS, Settings)
    yield from tell_all(PROVIDER, LoginProvider)
