"""Keeps codes and passwords from being tried one after the other, without remembering who tried.

All servers that share a database count together (:mod:`wizard.store.tries`). What is remembered for the minutes of a
limit is a mark that cannot be turned back into an address or a name. Without a database every process counts alone.
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import parse
from limits.storage import Storage
from sqlalchemy.orm import Session

from wizard.config import Settings
from wizard.store.errors import StoreUnavailableError
from wizard.store.tries import count_try, find_tries, forget_tries, mark_of_try
from wizard.store.vault import Vault
from wizard.web.contact_request import contact_request, withdrawal
from wizard.web.content import content
from wizard.web.fetch import fetch
from wizard.web.seal import derive_key
from wizard.web.stored import Store, can_store, store
from wizard.web.sweep import Sweeper

_KEY = "rett-trinn-sweeper"
_CODES = "10 per minute"
_LIMITED = (fetch, contact_request, withdrawal)


def register_limits(app: Flask, settings: Settings) -> None:
    """Count the tries at codes per address.

    Where the database is away, every process counts alone until it is back: what the form asks for cannot be done
    either, and its own words for that shall come.
    """
    with app.app_context():
        shared = store() if can_store() else None
    if shared:
        app.extensions[_KEY] = Sweeper(shared.database)
    options: dict[str, Any] = {"store": shared, "sweep": app.extensions[_KEY].soon} if shared else {}
    limiter = CodeLimiter(
        _mark_of_address(Vault(settings.pepper or derive_key(settings.secrets[0], "limits").hex())),
        app=app,
        storage_uri="rett-trinn://" if shared else "memory://",
        storage_options=options,
        in_memory_fallback_enabled=shared is not None,
    )
    for blueprint in _LIMITED:
        limiter.limit(_CODES, methods=["POST"])(blueprint)


class CodeLimiter(Limiter):
    """Looks for limits only where there are some; the library would look before every page."""

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if request.blueprint in {blueprint.name for blueprint in _LIMITED}:
            super()._check_request_limit(callable_name, in_middleware)


class SharedTries(Storage):
    """The database, as the library wants to see it."""

    STORAGE_SCHEME = ["rett-trinn"]  # noqa: RUF012  the library reads it from the class
    base_exceptions = StoreUnavailableError

    def __init__(self, uri: str, *, store: Store, sweep: Callable[[], None]) -> None:
        super().__init__(uri)
        self._store, self._sweep = store, sweep

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:  # noqa: ARG002  a try is one
        """One more try."""
        self._sweep()
        with self._store.database.writing() as session:
            return count_try(session, self._mark(key), seconds=expiry)

    def get(self, key: str) -> int:
        """How many there are."""
        return self._find(key)[0]

    def get_expiry(self, key: str) -> float:
        """When they are forgotten."""
        return self._find(key)[1]

    def check(self) -> bool:
        """Whether the database is back. The library asks at once; whoever waits shall not wait twice."""
        if self._store.database.rests:
            return False
        try:
            self._find("")
        except StoreUnavailableError:
            return False
        return True

    def reset(self) -> None:
        """Nobody forgets all tries at once."""
        raise NotImplementedError

    def clear(self, key: str) -> None:
        """Count from the beginning."""
        with self._store.database.writing() as session:
            forget_tries(session, self._mark(key))

    def _find(self, key: str) -> tuple[int, int]:
        with self._store.database.writing() as session:
            return find_tries(session, self._mark(key))

    def _mark(self, key: str) -> bytes:
        return mark_of_try(self._store.vault, key)


def first_time(session: Session, key: str) -> bool:
    """Whether something is done under a key for the first time, for as long as a visit can last.

    In the same transaction as what is done, so that neither happens without the other.
    """
    seconds = content().settings.longest_minutes * 60
    current_app.extensions[_KEY].soon()
    return count_try(session, mark_of_try(store().vault, f"once {key}"), seconds=seconds) == 1


def too_often(purpose: str, key: str, *, per_key: str, per_address: str) -> bool:
    """Whether something is done more often than limits like ``10 per minute`` allow, under a key or from one address.

    Raises :class:`StoreUnavailableError` where nobody can tell: then it is not to be done.
    """
    vault = store().vault
    limits = [(parse(per_key), f"{purpose} {key}"), (parse(per_address), f"{purpose} from {_mark_of_address(vault)()}")]
    current_app.extensions[_KEY].soon()
    with store().database.writing() as session:
        return not all(
            count_try(session, mark_of_try(vault, what), seconds=limit.get_expiry()) <= limit.amount
            for limit, what in limits
        )


def _mark_of_address(vault: Vault) -> Callable[[], str]:
    def mark() -> str:
        return vault.lookup(f"address {network_of(request.remote_addr or '')}").hex()

    return mark


def network_of(address: str) -> str:
    """The address itself, or the whole network that one household has where addresses are plentiful (IPv6)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
