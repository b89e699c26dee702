"""Settings, read from the environment once and in one place; nothing else knows where things lie.

Every setting has a name beginning with ``WIZARD_``. A setting that cannot be used stops the start with one clear line.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wizard.environment import FEWEST_CHARACTERS, ConfigError, read_flag, read_number
from wizard.keys import read_key, read_keys

ROOT = Path(__file__).resolve().parent.parent
_STATEMENTS = "https://uustatus.no/"
"""Where accessibility statements of the Norwegian public sector are published."""
_DATABASES = ("sqlite:///", "postgresql://")
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
    """What the server needs to know of the world around it. ``secrets``: the first encrypts, all decrypt.

    ``instance`` is the folder for what belongs to this installation alone; None where nothing is to be kept.
    ``statement`` is the address of the accessibility statement; empty as long as there is none.
    ``pepper`` guards what is kept under codes. It is never changed: without it no code opens anything again.
    ``database`` is where that is kept; empty where nobody can keep anything.
    ``draft_minutes``: conversations at the desk that nobody touches for so long are deleted; after ``screen_minutes``
    the screen is emptied. ``keep_enquiries_days``: how long an enquiry lives after it is closed; ``keep_log_days``: how
    long it stands in the log who has opened what. What is open for longer than ``warn_open_days`` is told of.
    ``hosts`` are the names this server answers to, any where empty; ``metrics_token`` opens ``/metrics``, which is not
    there without it; ``security_contact`` stands in ``security.txt``.
    ``field_keys`` encrypt what the desk keeps: the first encrypts, all decrypt. ``provider`` logs staff in, if any.
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
    env = os.environ if environment is None else environment
    instance = Path(env.get("WIZARD_INSTANCE") or ROOT / "instance")
    settings = Settings(
        secrets=read_keys(env, instance, "WIZARD_SECRET_KEYS", "secret_key"),
        instance=instance,
        guide=env.get("WIZARD_GUIDE") or "lillesand",
        guides=Path(env.get("WIZARD_GUIDES") or ROOT / "data"),
        leave_to=env.get("WIZARD_LEAVE_TO") or "https://www.yr.no",
        statement=env.get("WIZARD_STATEMENT", ""),
        idle_minutes=read_number(env, "WIZARD_IDLE_MINUTES", 30),
        longest_minutes=read_number(env, "WIZARD_LONGEST_MINUTES", 120),
        draft_minutes=read_number(env, "WIZARD_DRAFT_MINUTES", 60),
        screen_minutes=read_number(env, "WIZARD_SCREEN_MINUTES", 15),
        keep_enquiries_days=read_number(env, "WIZARD_KEEP_ENQUIRIES_DAYS", 30),
        keep_log_days=read_number(env, "WIZARD_KEEP_LOG_DAYS", 365, least=90),
        warn_open_days=read_number(env, "WIZARD_WARN_OPEN_DAYS", 30),
        https_only=read_flag(env, "WIZARD_HTTPS_ONLY"),
        proxies=read_number(env, "WIZARD_PROXIES", 0, least=0),
        hosts=tuple(env.get("WIZARD_HOSTS", "").split()),
        access_log=read_flag(env, "WIZARD_ACCESS_LOG"),
        metrics_token=_read_token(env),
        security_contact=_read_contact(env),
        pepper=read_key(env, instance, "WIZARD_PEPPER", "pepper"),
        field_keys=read_keys(env, instance, "WIZARD_FIELD_KEYS", "field_key"),
        provider=_read_provider(env),
        database=_read_database(env, instance),
    )
    if not settings.leave_to.startswith("https://"):
        raise ConfigError(f"WIZARD_LEAVE_TO must be an address that begins with https://, not {settings.leave_to!r}.")
    if settings.statement and not settings.statement.startswith(_STATEMENTS):
        raise ConfigError(f"WIZARD_STATEMENT must be an address that begins with {_STATEMENTS}.")
    if not _GUIDE_NAME.fullmatch(settings.guide):
        raise ConfigError(
            f"WIZARD_GUIDE must be the name of a folder in {settings.guides}, of small letters, digits, - and _, "
            f"not {settings.guide!r}. WIZARD_GUIDES says where the folders lie."
        )
    if not (settings.guide_folder / "guide.yaml").is_file():
        raise ConfigError(f"WIZARD_GUIDE names {settings.guide!r}, but {settings.guide_folder} holds no guide.yaml.")
    return settings


def _read_provider(env: Mapping[str, str]) -> LoginProvider | None:
    issuer = env.get("WIZARD_OIDC_ISSUER", "").strip()
    if not issuer:
        return None
    if not issuer.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ConfigError(f"WIZARD_OIDC_ISSUER must be an address that begins with https://, not {issuer!r}.")
    client_id, client_secret = env.get("WIZARD_OIDC_CLIENT_ID", ""), env.get("WIZARD_OIDC_CLIENT_SECRET", "")
    if not client_id or not client_secret:
        raise ConfigError("WIZARD_OIDC_CLIENT_ID and WIZARD_OIDC_CLIENT_SECRET must be set with WIZARD_OIDC_ISSUER.")
    acr = tuple(env.get("WIZARD_OIDC_ACR", "").split())
    return LoginProvider(issuer, client_id, client_secret, acr, env.get("WIZARD_OIDC_CLAIM") or "sub")


def _read_token(env: Mapping[str, str]) -> str:
    token = env.get("WIZARD_METRICS_TOKEN", "").strip()
    if token and len(token) < FEWEST_CHARACTERS:
        raise ConfigError(f"WIZARD_METRICS_TOKEN must have at least {FEWEST_CHARACTERS} characters.")
    return token


def _read_contact(env: Mapping[str, str]) -> str:
    contact = env.get("WIZARD_SECURITY_CONTACT", "").strip()
    if contact and not (contact.startswith(("https://", "mailto:", "tel:")) and contact.isprintable()):
        raise ConfigError(f"WIZARD_SECURITY_CONTACT must begin with https://, mailto: or tel:, not {contact!r}.")
    return contact


def _read_database(env: Mapping[str, str], instance: Path) -> str:
    address = env.get("WIZARD_DATABASE") or f"sqlite:///{(instance / 'wizard.sqlite').absolute()}"
    if not address.startswith(_DATABASES):
        raise ConfigError(f"WIZARD_DATABASE must begin with {' or '.join(_DATABASES)}.")
    return address
