"""Keeps codes and passwords from being tried one after the other, without remembering who tried.

All servers that share a database count together (:mod:`wizard.store.tries`). What is remembered for the minutes of a
limit is a mark that cannot be turned back into an address or a name. Without a database every process counts alone.
"""

from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app, request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from wizard.config import Settings
from wizard.store.errors import StoreUnavailableError
from wizard.store.tries import count_try, mark_of_try
from wizard.store.vault import Vault
from wizard.web.contact_request import contact_request, withdrawal
from wizard.web.content import content
from wizard.web.fetch import fetch
from wizard.web.seal import derive_key
from wizard.web.stored import can_store, store
from wizard.web.sweep import Sweeper

_KEY = "rett-trinn-sweeper"
_CODES = parse("10 per minute")
_LIMITED = (fetch, contact_request, withdrawal)
Limits = list[tuple[RateLimitItem, str]]
"""How often something may be done under a key."""


def register_limits(app: Flask, settings: Settings) -> None:
    """Count the tries at codes per address.

    Where the database is away, every process counts alone until it is back: what the form asks for cannot be done
    either, and its own words for that shall come.
    """
    with app.app_context():
        if can_store():
            app.extensions[_KEY] = Sweeper(store().database)
    mark = _mark_of_address(Vault(settings.pepper or derive_key(settings.secrets[0], "limits").hex()))
    alone = FixedWindowRateLimiter(MemoryStorage())

    def count() -> None:
        if request.method == "POST":
            _refuse_too_many([(_CODES, f"{request.endpoint} from {mark()}")], alone)

    for blueprint in _LIMITED:
        app.before_request_funcs.setdefault(blueprint.name, []).append(count)


def _refuse_too_many(limits: Limits, alone: FixedWindowRateLimiter) -> None:
    try:
        within = _is_within(limits)
    except StoreUnavailableError:
        within = all(alone.hit(limit, key) for limit, key in limits)
    if not within:
        raise TooManyRequests(retry_after=max(limit.get_expiry() for limit, _ in limits))


def _is_within(limits: Limits) -> bool:
    """Count once more under each key, for all servers together, and tell whether that is still allowed."""
    vault, database = store().vault, store().database
    current_app.extensions[_KEY].soon()
    with database.writing() as session:
        return all(
            count_try(session, mark_of_try(vault, key), seconds=limit.get_expiry()) <= limit.amount
            for limit, key in limits
        )


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
    address = _mark_of_address(store().vault)()
    return not _is_within([(parse(per_key), f"{purpose} {key}"), (parse(per_address), f"{purpose} from {address}")])


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
