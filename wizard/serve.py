"""Serve the guide with gunicorn's threads, from the command line and with the same settings everywhere."""

from typing import Any

from gunicorn.app.base import BaseApplication

from wizard.app import create_app
from wizard.config import Settings

_THREADS = 8


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn around one application; it logs errors only, since an access log could tell who asked for help."""

    def __init__(self, settings: Settings, options: dict[str, Any]) -> None:
        self.settings = settings
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Take the options as they are; no configuration file is read."""
        for key, value in self.options.items():
            self.cfg.set(key, value)

    def load(self) -> Any:
        """The application, made once per worker."""
        return create_app(self.settings)


def run(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve until stopped."""
    Server(
        settings,
        {
            "bind": f"{host}:{port}",
            "workers": workers,
            "threads": _THREADS,
            "worker_class": "gthread",
            "accesslog": None,
            "control_socket_disable": True,
        },
    ).run()
