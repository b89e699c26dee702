"""Draws hostile requests of every kind, and knows for each what would be wrong with its answer."""

import base64
import random
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote_plus

from flask import Flask

from tests.conftest import SECRET, Visitor, find, in_language
from tests.desk.conftest import token_for
from tests.hostile.corpus import ELSEWHERE, FIELDS, HOSTS, PATHS, RAW, TEXTS
from tests.hostile.wire import Answer, Request
from wizard.desk.staff import Role
from wizard.web.seal import Sealer

OTHER_KEY = "the key of somebody else, as long as ours and just as good"
_MINUTE = 60
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
