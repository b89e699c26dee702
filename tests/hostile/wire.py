"""A request as bytes on the wire would be, and what comes back, with nothing tidied up on the way."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask


@dataclass(frozen=True, slots=True)
class Request:
    """A request as bytes on the wire would be. ``judge`` says what is wrong with the answer, if anything."""

    kind: str
    method: str
    path: bytes
    query: bytes = b""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/x-www-form-urlencoded"
    length: int | None = None
    judge: Callable[["Answer"], str] = lambda _: ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key.lower() == name.lower()]


def send(app: Flask, request: Request, address: str) -> Answer:
    """Hand a request to the application as a server would, with nothing tidied up on the way."""
    started: list[Any] = []
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": request.path.decode("latin-1"),
        "QUERY_STRING": request.query.decode("latin-1"),
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": address,
        "CONTENT_TYPE": request.content_type,
        "CONTENT_LENGTH": str(len(request.body) if request.length is None else request.length),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(request.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    environ |= {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in request.headers.items()}

    def start(status: str, headers: list[tuple[str, str]], _fault: object = None) -> Callable[[bytes], object]:
        started[:] = [int(status[:3]), headers]
        return lambda _: None

    body = app.wsgi_app(environ, start)
    try:
        whole = b"".join(body)
    finally:
        close = getattr(body, "close", None)
        if close:
            close()
    return Answer(started[0], started[1], whole)
