"""The language of a page stands first in its address: ``/en/akutt-hjelp`` is ``/akutt-hjelp`` in English.

The prefix is taken off before anything else sees the address, and put on again by ``url_for``, so no view knows of it.
What a citizen asks for without one leads to the page in a language of the browser's owner. Machines, forms and the desk
are served where they are.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from flask import Flask, current_app, redirect, request
from werkzeug.wrappers import Response

from wizard.guide.languages import Language
from wizard.web.language import IN_ADDRESS, page_language, spoken_languages

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOR_MACHINES = frozenset({"health.show", "health.show_alive", "metrics.show", "security_txt.show"})
"""What is asked for by machines, which read no language."""
_MOST_KEPT = 512
"""Addresses whose other languages are kept."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Takes the language off the front of an address. ``desk``: the part of the site that has no prefix."""

    app: "WSGIApplication"
    languages: Collection[str]
    desk: str

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Serve the address without its language."""
        first, _, rest = environ.get("PATH_INFO", "").removeprefix("/").partition("/")
        if first in self.languages and f"/{rest}/".find(f"{self.desk}/") != 0:
            root = f"{environ.get('SCRIPT_NAME', '')}/{first}"
            environ = {**environ, "SCRIPT_NAME": root, "PATH_INFO": f"/{rest}", IN_ADDRESS: first}
        return self.app(environ, start_response)


@dataclass(frozen=True, slots=True)
class Switch:
    """A language that the page can be read in, and where."""

    language: Language
    address: str
    current: bool


def register_prefix(app: Flask, languages: Iterable[Language], *, desk: str) -> None:
    """Give every page for citizens an address in each language."""
    app.wsgi_app = Prefix(app.wsgi_app, {language.id for language in languages}, desk)  # type: ignore[method-assign]
    app.before_request(_to_language)
    app.jinja_env.globals.update(language_switch=language_switch, desk_languages=_desk_languages)


def site_root() -> str:
    """Where the site lies, without the language: nothing, or what a proxy has put in front of it."""
    return request.script_root.removesuffix(f"/{request.environ.get(IN_ADDRESS, '')}")


def _to_language() -> Response | None:
    """The page in a language, where an address names none."""
    if IN_ADDRESS in request.environ or request.method not in {"GET", "HEAD"}:
        return None
    if request.endpoint is None or request.endpoint in FOR_MACHINES or spoken_languages().at_desk():
        return None
    response = redirect(f"{site_root()}/{page_language()}{_asked()}", 302)
    response.vary.add("Accept-Language")
    return response


def language_switch(*, start: bool = False) -> tuple[Switch, ...]:
    """The page, or else the start, in each language; nothing where there is one. The desk has a switch of its own."""
    languages = spoken_languages()
    if len(languages.all) < 2 or languages.at_desk():
        return ()
    return _switches(languages.all, site_root(), "/" if start else _place(), page_language())


@lru_cache(_MOST_KEPT)
def _switches(languages: tuple[Language, ...], root: str, place: str, current: str) -> tuple[Switch, ...]:
    return tuple(Switch(one, f"{root}/{one.id}{place}", one.id == current) for one in languages)


def _asked() -> str:
    """The address that was asked for, without the language; what is no text in it is replaced."""
    query = request.query_string.decode("utf-8", "replace")
    return f"{request.path}?{query}" if query else request.path


def _desk_languages() -> tuple[Language, ...]:
    return spoken_languages().for_page()


def _place() -> str:
    """Where the page can be read again. The answer to a form leads to the page that the form stood on, or the start.

    Nothing that stands after a question mark is repeated: it may be somebody else's.
    """
    if request.url_rule is None:
        return "/"
    if request.method in {"GET", "HEAD"}:
        return request.path
    readable = {rule.rule for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return request.path if request.url_rule.rule in readable else "/"
