"""Serve the guide with gunicorn's threads, from the command line and with the same settings everywhere."""

import contextlib
import gc
import os
import socket
from http import HTTPStatus
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.http.errors import (
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
)
from gunicorn.workers.gthread import ThreadWorker

from wizard.config import Settings
from wizard.log import ACCESS_FORMAT, PlainLogger, set_up_logs
from wizard.web.bare import bare_page
from wizard.web.headers import SECURITY

_THREADS = 8
_KEPT_OPEN = 5
"""Seconds for which a connection waits for the next request; on a busy machine a click can take two of them to come."""
_LONGEST_LINE = 8190
"""The longest address that gunicorn can be made to read; those that are too long for us get a page of ours."""
_NUMBERS = "PROMETHEUS_MULTIPROC_DIR"
"""Where processes lay their numbers together."""
_LEFT_OVER, _PATIENCE = 1024 * 1024, 0.2


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn around one application; its log of visits, if any, holds time, method and status."""

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
        from wizard.app import create_app  # noqa: PLC0415  see run()

        app = create_app(self.settings)
        gc.collect()
        gc.freeze()  # the guide lives as long as the worker; to look it through again held everybody up for 0.1 s
        return app


class PlainWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers what never reaches the application in plain words, with the numbers to call.

    The log gets the kind of the fault alone: gunicorn's own line would hold the sender's address and what was sent.
    """

    def handle_error(self, _req: object, client: socket.socket, _addr: object, exc: BaseException) -> None:
        """Tell whoever sent it; called by gunicorn where a request or its answer is broken."""
        status = _status(exc)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.log.error("A page could not be sent", exc_info=exc)
        else:
            self.log.warning("A request could not be read: %s", type(exc).__name__)
        with contextlib.suppress(OSError):
            client.settimeout(_PATIENCE)
            client.sendall(bare_response(status))
            client.shutdown(socket.SHUT_WR)
            _read_the_rest(client)


def _status(error: BaseException) -> HTTPStatus:
    if isinstance(error, InvalidResponseHeader | InvalidResponseHeaderName):
        return HTTPStatus.INTERNAL_SERVER_ERROR
    if isinstance(error, LimitRequestLine):
        return HTTPStatus.REQUEST_URI_TOO_LONG
    if isinstance(error, LimitRequestHeaders):
        return HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
    return HTTPStatus.BAD_REQUEST if isinstance(error, ParseException) else HTTPStatus.INTERNAL_SERVER_ERROR


def bare_response(status: HTTPStatus) -> bytes:
    """The bare page as it goes over the wire, with the headers that every page of ours carries."""
    body = bare_page(status).encode()
    headers = SECURITY | {
        "Cache-Control": "no-store",
        "Connection": "close",
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(body)),
    }
    lines = [f"HTTP/1.1 {status.value} {status.phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _read_the_rest(client: socket.socket) -> None:
    """Take in what is still on its way: closing on it would throw away our answer before it is read."""
    left = _LEFT_OVER
    while left > 0 and (data := client.recv(65536)):
        left -= len(data)


def run(settings: Settings, *, host: str, port: int, workers: int) -> None:
    """Serve until stopped."""
    set_up_logs()
    options = {
        "bind": f"{host}:{port}",
        "workers": workers,
        "threads": _THREADS,
        "keepalive": _KEPT_OPEN,
        "worker_class": PlainWorker,
        "logger_class": PlainLogger,
        "limit_request_line": _LONGEST_LINE,
        "accesslog": "-" if settings.access_log else None,
        "access_log_format": ACCESS_FORMAT,
        "control_socket_disable": True,
        "worker_exit": _write_down,
    }
    with TemporaryDirectory(prefix="rett-trinn-") as folder:
        if settings.metrics_token:
            os.environ[_NUMBERS] = folder  # read when the application is imported
            options["child_exit"] = _forget_worker
        import_module("wizard.app")  # once for all workers, and before anybody is let in
        Server(settings, options).run()


def _write_down(_server: object, worker: ThreadWorker) -> None:
    """Nothing that a worker has counted is lost when it ends; called by gunicorn, also where it never began."""
    from wizard.web.counting import write_down  # noqa: PLC0415  see run()

    if isinstance(served := getattr(worker, "wsgi", None), Flask):
        write_down(served)


def _forget_worker(_server: object, worker: ThreadWorker) -> None:
    """A worker that is gone is no longer counted among those that live; called by gunicorn."""
    from wizard.web.metrics import forget_process  # noqa: PLC0415  see run()

    forget_process(worker.pid)
