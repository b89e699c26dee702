"""What cookies are called: where the site is served by https alone, their names make browsers insist on it.

A browser takes a cookie of such a name over https only, and ``__Host-`` from this host only, so that nobody who has
another host of the domain, or the network, can slip one in.
"""

from wizard.config import Settings


def cookie_name(name: str, settings: Settings, path: str = "/") -> str:
    """The name as browsers know it (RFC 6265bis, 4.1.3). A cookie for a part of the site cannot be ``__Host-``."""
    if not settings.https_only:
        return name
    return f"__Host-{name}" if path == "/" else f"__Secure-{name}"
