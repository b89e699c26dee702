"""Every setting: the variable it comes from, what it is, and how it is read. ``wizard settings`` tells them all."""

from collections.abc import Mapping
from pathlib import Path

from wizard.environment import Environment, Variable, number, read_flag, read_folder, read_words, starting_with
from wizard.keys import key, keys, read_token


def _read_instance(env: Environment, _name: str, _default: object) -> Path:
    return env.instance


def _read_database(env: Environment, name: str, _default: object) -> str:
    file = (env.instance / "wizard.sqlite").absolute()
    read = starting_with("sqlite:///", "postgresql://", secret=True)  # there may be a password in it
    return str(read(env, name, f"sqlite:///{file}"))


SETTINGS: Mapping[str, Variable] = {
    "guide": Variable("WIZARD_GUIDE", "The guide that is served: the name of a folder."),
    "guides": Variable("WIZARD_GUIDES", "Where the folders of guides lie.", read_folder, "`data`"),
    "instance": Variable(
        "WIZARD_INSTANCE",
        "The folder for what belongs to this installation alone: the secrets made at the first start, the SQLite "
        "database.",
        _read_instance,
        "`instance`",
    ),
    "secrets": Variable(
        "WIZARD_SECRET_KEYS",
        "Keys of at least 32 characters, with commas between. The first encrypts the cookie, all decrypt: put a new "
        "one in front to turn them. Not set: one is made and lies in `secret_key`.",
        keys("secret_key"),
        "made",
    ),
    "pepper": Variable(
        "WIZARD_PEPPER",
        "At least 32 characters, the same for all servers that share a database. Never change it: no code opens "
        "anything again. Not set: one is made and lies in `pepper`.",
        key("pepper"),
        "made",
    ),
    "field_keys": Variable(
        "WIZARD_FIELD_KEYS",
        "Keys of at least 32 characters for what the desk keeps, as for `WIZARD_SECRET_KEYS`; `wizard store reseal` "
        "lets an old one go. Not set: one is made and lies in `field_key`.",
        keys("field_key"),
        "made",
    ),
    "database": Variable(
        "WIZARD_DATABASE",
        "`sqlite:///…` or `postgresql://…`. Not set: `wizard.sqlite` in the instance folder.",
        _read_database,
        "SQLite",
    ),
    "idle_minutes": Variable(
        "WIZARD_IDLE_MINUTES",
        "How long a visit lives when nothing is done. Said on the start page and on the privacy page.",
        number(),
    ),
    "longest_minutes": Variable("WIZARD_LONGEST_MINUTES", "How long it lives at most.", number()),
    "draft_minutes": Variable(
        "WIZARD_DRAFT_MINUTES", "A conversation at the desk that nobody touches for so long is deleted.", number()
    ),
    "screen_minutes": Variable(
        "WIZARD_SCREEN_MINUTES", "After so long without a touch the screen of a conversation is emptied.", number()
    ),
    "keep_enquiries_days": Variable(
        "WIZARD_KEEP_ENQUIRIES_DAYS", "How long an enquiry lives after it is closed.", number()
    ),
    "keep_log_days": Variable("WIZARD_KEEP_LOG_DAYS", "How long the access log is kept, at least 90.", number(90)),
    "warn_open_days": Variable(
        "WIZARD_WARN_OPEN_DAYS",
        "`wizard purge` names enquiries and requests to be called that have been open for longer.",
        number(),
    ),
    "leave_to": Variable(
        "WIZARD_LEAVE_TO",
        'Where "Forlat siden raskt" leads. A site that nobody wonders about.',
        starting_with("https://"),
    ),
    "statement": Variable(
        "WIZARD_STATEMENT",
        "The address of the accessibility statement at uustatus.no; linked from every page.",
        starting_with("https://uustatus.no/"),
    ),
    "https_only": Variable(
        "WIZARD_HTTPS_ONLY",
        "`1`: the cookie is sent over https only, and browsers are told to stay with https. Set it in service.",
        read_flag,
    ),
    "proxies": Variable(
        "WIZARD_PROXIES",
        "How many proxies of yours stand in front. Their `X-Forwarded-…` is believed, nobody else's.",
        number(0),
    ),
    "hosts": Variable(
        "WIZARD_HOSTS",
        "The names this server answers to, with spaces between; whoever asks for another gets a page that says no.",
        read_words,
        "any",
    ),
    "access_log": Variable(
        "WIZARD_ACCESS_LOG", "`1`: a line per request with time, method and status, and nothing else.", read_flag
    ),
    "metrics_token": Variable(
        "WIZARD_METRICS_TOKEN", "At least 32 characters. Opens `/metrics`, which is not there without it.", read_token
    ),
    "security_contact": Variable(
        "WIZARD_SECURITY_CONTACT",
        "`https://…`, `mailto:…` or `tel:…`: whom to tell of a hole. Stands in `/.well-known/security.txt`, which is "
        "not there without it.",
        starting_with("https://", "mailto:", "tel:"),
    ),
}
"""By the name of a field of :class:`wizard.config.Settings`."""

PROVIDER: Mapping[str, Variable] = {
    "issuer": Variable(
        "WIZARD_OIDC_ISSUER",
        "The address of the login provider for staff, if there is one ([desk.md](desk.md)).",
        starting_with("https://", "http://127.0.0.1:", "http://localhost:"),
    ),
    "client_id": Variable("WIZARD_OIDC_CLIENT_ID", "What this installation is called there."),
    "client_secret": Variable("WIZARD_OIDC_CLIENT_SECRET", "The secret between the two."),
    "acr": Variable(
        "WIZARD_OIDC_ACR",
        "Levels of login (`acr`) that are good enough, with spaces between. Not set: any.",
        read_words,
    ),
    "claim": Variable("WIZARD_OIDC_CLAIM", "What the provider calls a person by. Entra ID: `oid`."),
}
"""By the name of a field of :class:`wizard.config.LoginProvider`."""
