"""Keeps codes from being tried one after the other, without remembering who tried.

An address is remembered for a minute, in memory, as a mark that cannot be turned back into the address.
"""

import hmac
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItemPerDay, parse

from wizard.config import Settings
from wizard.web.contact_request import contact_request, withdrawal
from wizard.web.content import content
from wizard.web.fetch import fetch
from wizard.web.seal import derive_key

_KEY = "rett-trinn-limits"
_CODES = "10 per minute"
_ONCE = RateLimitItemPerDay(1)


def register_limits(app: Flask, settings: Settings) -> None:
    """Count the tries at codes per address."""
    limiter = Limiter(_mark_of_address(derive_key(settings.secrets[0], "limits")), app=app, storage_uri="memory://")
    for blueprint in (fetch, contact_request, withdrawal):
        limiter.limit(_CODES, methods=["POST"])(blueprint)
    app.extensions[_KEY] = limiter


def first_time(key: str) -> bool:
    """Whether this is the first time today that something is done under a key."""
    limiter: Limiter = current_app.extensions[_KEY]
    return limiter.limiter.hit(_ONCE, key)


def too_often(purpose: str, key: str, *, per_key: str, per_address: str) -> bool:
    """Whether something is done more often than limits like ``10 per minute`` allow, under a key or from one address.

    Neither key nor address is remembered, but marks that cannot be turned back into them.
    """
    limiter: Limiter = current_app.extensions[_KEY]
    salt = derive_key(content().settings.secrets[0], "limits")
    mark = hmac.digest(salt, f"{purpose} {key}".encode(), "sha256").hex()
    limits = [(per_key, mark), (per_address, f"{purpose} {_mark_of_address(salt)()}")]
    return not all(limiter.limiter.hit(parse(limit), mark) for limit, mark in limits)


def _mark_of_address(salt: bytes) -> Callable[[], str]:
    def mark() -> str:
        return hmac.digest(salt, network_of(request.remote_addr or "").encode(), "sha256").hex()

    return mark


def network_of(address: str) -> str:
    """The address itself, or the whole network that one household has where addresses are plentiful (IPv6)."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network((parsed, 64), strict=False)) if isinstance(parsed, IPv6Address) else str(parsed)
