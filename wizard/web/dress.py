"""Finds the styles and scripts of the pages, and serves them from memory with names that never change content."""

import hashlib
import json
import re
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise  # type: ignore[import-untyped]

from wizard.config import Settings
from wizard.web.headers import SECURITY
from wizard.web.prefix import site_root

_FOREVER = re.compile(r"/built/.+\.[0-9a-f]{12}\.")


def register_dress(app: Flask, settings: Settings) -> None:
    """Serve the files, and let templates ask for their addresses."""
    addresses = _addresses(settings)

    def dressed(name: str) -> str:
        """The address of a file; empty where it has not been built, and the page does without it."""
        return f"{site_root()}/static/{addresses[name]}" if name in addresses else ""

    app.jinja_env.globals["dressed"] = dressed
    noise = WhiteNoise(
        app.wsgi_app,
        allow_all_origins=False,
        immutable_file_test=_never_changes,
        add_headers_function=_add_headers,
    )
    noise.add_files(str(settings.static), prefix="static/")
    app.wsgi_app = noise  # type: ignore[method-assign]


def _addresses(settings: Settings) -> dict[str, str]:
    """Where each file lies: our own as they are now, and what :mod:`wizard.assets` has built, also of them."""
    addresses = _built_files(settings)
    for file in (*settings.static.glob("own.*"), *settings.static.glob("desk.*")):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
        if digest not in addresses.get(file.name, ""):
            addresses[file.name] = f"{file.name}?v={digest}"
    return addresses


def _built_files(settings: Settings) -> dict[str, str]:
    """What :mod:`wizard.assets` has built, if anything."""
    manifest = settings.built / "manifest.json"
    if not manifest.is_file():
        return {}
    files: dict[str, str] = json.loads(manifest.read_text(encoding="utf-8"))["files"]
    return {name: f"built/{stored}" for name, stored in files.items()}


def _never_changes(_path: str, url: str) -> bool:
    return bool(_FOREVER.search(url))


def _add_headers(headers: Headers, _path: str, _url: str) -> None:
    for name in SECURITY:
        headers[name] = SECURITY[name]
