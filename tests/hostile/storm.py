"""A storm of hostile requests against the application in this process; nothing may break, and nothing be believed.

``python -m tests.hostile.storm --requests 100000 --seed 1`` tells how many were sent of each kind, and what went wrong.
The same seed draws the same requests.
"""

import argparse
import base64
import io
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from flask import Flask

from tests.conftest import SECRET, SETTINGS, Visitor, find, in_language
from tests.desk.conftest import token_for
from tests.hostile.corpus import ELSEWHERE, FIELDS, HOSTS, PATHS, RAW, TEXTS
from wizard.app import create_app
from wizard.desk.staff import Role
from wizard.web.seal import Sealer

OTHER_KEY = "the key of somebody else, as long as ours and just as good"
_MINUTE = 60


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


@dataclass
class Told:
    """How it went."""

    sent: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


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


class Storm:
    """Draws requests and judges the answers."""

    def __init__(self, app: Flask, seed: int) -> None:
        self.app, self.drawn = app, random.Random(seed)
        self.sealer, self.other = Sealer((SECRET,)), Sealer((OTHER_KEY,))
        self.cookies, self.tokens = self._visits()
        self.clerk = token_for(app, "dina", Role.DESK)
        adapter = app.url_map.bind("localhost")
        rules = [rule for rule in app.url_map.iter_rules() if "static" not in rule.endpoint]
        values: dict[str, Any] = {"number": 1}
        built = [
            (
                method,
                in_language(
                    adapter.build(rule.endpoint, {n: values.get(n, "1") for n in rule.arguments}, method=method)
                ),
            )
            for rule in rules
            for method in (rule.methods or set()) & {"GET", "POST"}
        ]
        self.get = [path for method, path in built if method == "GET"]
        self.post = [path for method, path in built if method == "POST"]

    def _visits(self) -> tuple[list[str], list[str]]:
        cookies, tokens = [], []
        for length in range(4):
            visitor = Visitor(self.app.test_client()).begin()
            for _ in range(length):
                visitor.answer(visitor.text and find(r'name="answer"\s+value="(\w+)"', visitor.text))
            cookies.append(visitor.cookie or "")
            tokens.append(find(r'name="csrf_token" value="([^"]+)"', visitor.text))
        return cookies, tokens

    def requests(self, number: int) -> Iterator[Request]:
        """So many requests, all kinds in turn."""
        kinds = (
            self.broken_cookie,
            self.forged_form,
            self.strange_form,
            self.strange_path,
            self.elsewhere,
            self.headers,
        )
        for index in range(number):
            yield kinds[index % len(kinds)]()

    def broken_cookie(self) -> Request:
        """A cookie that was changed, cut, made with another key, blown up, or is too old."""
        sound = self.drawn.choice(self.cookies)
        damage = self.drawn.choice((self._flip, self._cut, self._foreign, self._blown, self._expired, self._garbage))
        cookie = damage(sound)
        path = self.drawn.choice(self.get)
        return Request(
            f"cookie {damage.__name__.strip('_')}", "GET", path.encode(), headers={"Cookie": f"visit={cookie}"},
            judge=self._believed_nothing,
        )  # fmt: skip

    def _flip(self, cookie: str) -> str:
        if self.drawn.random() < 0.3:
            place = self.drawn.randrange(len(cookie))
            letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".replace(cookie[place], "")
            return cookie[:place] + self.drawn.choice(letters) + cookie[place + 1 :]
        raw = bytearray(base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4)))
        raw[self.drawn.randrange(len(raw))] ^= 1 << self.drawn.randrange(8)
        return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()

    def _cut(self, cookie: str) -> str:
        return cookie[: self.drawn.randrange(len(cookie))] or "x"

    def _foreign(self, cookie: str) -> str:
        return self.other.seal(self.sealer.open(cookie))

    def _blown(self, cookie: str) -> str:
        return (cookie * 30)[:8192]

    def _expired(self, cookie: str) -> str:
        data, now = self.sealer.open(cookie), int(time.time())
        ago = self.drawn.choice(((31, 31), (200, 1), (10_000, 10_000), (0, -3)))
        data["visit"] |= {"started": now - ago[0] * _MINUTE, "seen": now - ago[1] * _MINUTE}
        return self.sealer.seal(data)

    def _garbage(self, _cookie: str) -> str:
        text = self.drawn.choice(TEXTS).replace(";", "").replace("\r", "").replace("\n", "")
        return text.encode("utf-8").decode("latin-1") or '""'

    def _believed_nothing(self, answer: Answer) -> str:
        for cookie in answer.header("Set-Cookie"):
            if cookie.startswith("visit=") and not cookie.startswith("visit=;"):
                return "a cookie that is not ours was taken up"
        return ""

    def forged_form(self) -> Request:
        """A form with somebody's real cookie, and no token, a made-up one, or the token of another visit."""
        index = self.drawn.randrange(len(self.cookies))
        token = self.drawn.choice(("", "forged", self.tokens[index - 1], _changed(self.tokens[index]), *TEXTS[:4]))
        path = self.drawn.choice([path for path in self.post if not path.startswith("/skranke")])
        sound = self.sealer.open(self.cookies[index])["visit"]["answers"]
        body = self._encode([("csrf_token", token), ("answer", "self"), ("question", "age"), ("days", "7")])

        def judge(answer: Answer) -> str:
            for cookie in answer.header("Set-Cookie"):
                if cookie.startswith("visit=") and not cookie.startswith("visit=;"):
                    after = self.sealer.open(cookie[6:].partition(";")[0])["visit"]["answers"]
                    if after not in (sound, {}):
                        return "a form without our token changed an answer"
            return (
                ""
                if path in OPEN_FORMS or answer.status in {303, 400, 404}
                else f"a forged form was met with {answer.status}"
            )

        return Request("form forged", "POST", path.encode(), body=body, headers=self._visit(index), judge=judge)

    def strange_form(self) -> Request:
        """A form with the right token, and everything else wrong."""
        index = self.drawn.randrange(len(self.cookies))
        path = self.drawn.choice(self.post)
        desk = path.startswith("/skranke")
        pairs = [("csrf_token", self.tokens[index])] if self.drawn.random() < 0.9 else []
        pairs += [(self.drawn.choice(FIELDS), self.drawn.choice(TEXTS)) for _ in range(self.drawn.randrange(12))]
        pairs += [self.drawn.choice(pairs)] * self.drawn.choice((0, 1, 3, 50)) if pairs else []
        self.drawn.shuffle(pairs)
        body = self._encode(pairs) + self.drawn.choice((b"", *RAW))
        kind = self.drawn.choice(_TYPES)
        headers = self._visit(index) | ({"Cookie": f"skranke={self.clerk}"} if desk else {})
        body = body * 40 if self.drawn.random() < 0.02 else body
        return Request(
            "form strange",
            "POST",
            path.encode(),
            body=body,
            headers=headers,
            content_type=kind,
            judge=self._echoes_nothing,
        )

    def strange_path(self) -> Request:
        """An address that leads nowhere, or should."""
        path = self.drawn.choice(PATHS)
        if self.drawn.random() < 0.5:
            path = self.drawn.choice(self.get).encode() + self.drawn.choice((b"/", b"/..", b"%00", b";a", *RAW, path))
        method = self.drawn.choice(
            ("GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "X")
        )
        return Request("path", method, path, self.drawn.choice((b"", b"a=1", *RAW)), judge=self._shows_no_file)

    def elsewhere(self) -> Request:
        """An address that asks to be led away, or to another name."""
        query = b"&".join(
            quote_plus(name).encode() + b"=" + quote_plus(self.drawn.choice(ELSEWHERE)).encode()
            for name in ("videre", "next", "url", "beskjed")
        )
        path = self.drawn.choice((*self.get, "/skranke/logg-inn", "/skranke", "/om", "/"))
        headers = {
            "Host": self.drawn.choice(HOSTS),
            "X-Forwarded-Host": "evil.example",
            "X-Original-URL": "//evil.example",
        }
        return Request("elsewhere", "GET", path.encode(), query, headers=headers, judge=self._stays_here)

    def headers(self) -> Request:
        """Headers that no browser sends, and bodies that are not as long as they say."""
        names = ("Accept-Language", "Accept-Encoding", "Range", "If-Modified-Since", "Content-Encoding",
        "Sec-Fetch-Site",
                 "Authorization", "X-Forwarded-For", "X-HTTP-Method-Override", "Referer", "Origin",
                 "Cookie")  # fmt: skip
        headers = {
            self.drawn.choice(names): self.drawn.choice(TEXTS)
            .encode()[:3000]
            .decode("latin-1")
            .replace("\n", " ")
            .replace("\r", " ")
            for _ in range(3)
        }
        method = self.drawn.choice(("GET", "POST"))
        path = self.drawn.choice(self.get if method == "GET" else self.post)
        body = b"" if method == "GET" else b"tekst=%3Cscript%3E"
        length = self.drawn.choice((None, None, 0, 5, 10_000_000))
        return Request(
            "headers",
            method,
            path.encode(),
            b"",
            body,
            headers,
            self.drawn.choice(_TYPES),
            length,
            self._echoes_nothing,
        )

    def _visit(self, index: int) -> dict[str, str]:
        return {"Cookie": f"visit={self.cookies[index]}"}

    def _encode(self, pairs: list[tuple[str, str]]) -> bytes:
        return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()

    def _echoes_nothing(self, answer: Answer) -> str:
        if b"dataset.broken" in answer.body and any(
            script in answer.body for script in (b"<script>doc", b"<img src=x", b"<svg/on")
        ):
            return "a script came back as it was sent"
        return ""

    def _shows_no_file(self, answer: Answer) -> str:
        return (
            "a file was shown"
            if b"root:x:" in answer.body or b"[project]" in answer.body or b"def " in answer.body
            else ""
        )

    def _stays_here(self, answer: Answer) -> str:
        for place in answer.header("Location"):
            if not place.startswith("/") or place.startswith(("//", "/\\")):
                return f"sent away to {place[:80]!r}"
        return "another name stands on the page" if b"evil.example" in answer.body else ""


OPEN_FORMS = {in_language(path) for path in ("/start", "/avslutt-raskt", "/hent", "/sok", "/trekk-tilbake")}
"""Forms that need no token, since they change nothing that is not in them; see wizard/web/forgery.py."""
_TYPES = (
    "application/x-www-form-urlencoded", "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "multipart/form-data; boundary=x", "multipart/form-data", "application/json", "text/xml", "", "\u00e5",
)  # fmt: skip


def _changed(token: str) -> str:
    """A token with another letter in its signature; not the last, of which some bits mean nothing."""
    return token[:-9] + ("A" if token[-9] != "A" else "B") + token[-8:]


def target(folder: str | Path) -> Flask:
    """A server that knows its own name."""
    return create_app(replace(SETTINGS, database=f"sqlite:///{folder}/wizard.sqlite", hosts=("localhost",)))


def judge(request: Request, answer: Answer) -> str:
    """What is wrong with an answer, whatever was asked; empty where nothing is."""
    if answer.status >= 500:
        return f"status {answer.status}"
    if request.method in {"TRACE", "CONNECT"} and answer.status < 400:
        return f"{request.method} was taken"
    for name, value in answer.headers:
        if "\r" in value or "\n" in value or name.lower() == "x-evil":
            return f"a header was forged: {name}"
    if not answer.header("Content-Security-Policy"):
        return "the headers that guard a page are missing"
    return request.judge(answer)


def rage(app: Flask, number: int, seed: int) -> Told:
    """Send so many requests, each from an address of its own."""
    storm, told = Storm(app, seed), Told()
    addresses = random.Random(seed)
    for request in storm.requests(number):
        address = f"198.{addresses.randrange(18, 20)}.{addresses.randrange(256)}.{addresses.randrange(256)}"
        told.sent[request.kind] += 1
        if wrong := judge(request, send(app, request, address)):
            sent = f"{request.method} {request.path[:80]!r} {request.query[:120]!r} {request.body[:200]!r}"
            told.wrong.append(f"{wrong}: {request.kind} {sent}")
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        app = target(folder)
        begun = time.monotonic()
        told = rage(app, given.requests, given.seed)
    print(f"{given.requests} requests, seed {given.seed}, {time.monotonic() - begun:.0f} s")  # noqa: T201
    for kind, number in sorted(told.sent.items()):
        print(f"  {number:>7}  {kind}")  # noqa: T201
    print(f"wrong: {len(told.wrong)}")  # noqa: T201
    for line in told.wrong[:20]:
        print("  ", line)  # noqa: T201
    raise SystemExit(1 if told.wrong else 0)


if __name__ == "__main__":
    main()
