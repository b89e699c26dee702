"""Visits with random answers, as a browser would make them: for timing pages, and for people who come over a line."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import EnvironBuilder

from wizard.rules.model import NEEDS
from wizard.web.seal import Sealer
from wizard.web.session import COOKIE

_FORM = re.compile(r'name="csrf_token" value="([^"]+)".*?name="question" value="(\w+)"', re.DOTALL)
_CHOICE = re.compile(r'<input class="ds-input"[^>]*name="answer"\s+value="(\w+)"')
_ONWARD = re.compile(r'onward"\s+href="([^"]+)"')
Environ = dict[str, Any]
Form = dict[str, str | list[str]]


@dataclass(slots=True)
class Requests:
    """Requests of each kind, recorded from visits."""

    question: list[Environ] = field(default_factory=list)
    answer: list[Environ] = field(default_factory=list)
    result: list[Environ] = field(default_factory=list)


def is_result(text: str) -> bool:
    """Whether a page is where a visit ends."""
    return 'data-page="result"' in text


def fill_in(text: str, chance: random.Random) -> Form | None:
    """The form of a page, answered; None where the page asks nothing."""
    if (form := _FORM.search(text)) is None:
        return None
    token, question = form.groups()
    choices = _CHOICE.findall(text)
    several = chance.sample(choices[:-1], k=min(2, len(choices) - 1)) if question == NEEDS else []
    return {"csrf_token": token, "question": question, "answer": several or chance.choice(choices)}


def way_on(text: str) -> str:
    """Where a page that asks nothing leads."""
    if (found := _ONWARD.search(text)) is None:
        raise RuntimeError("a page of the visit leads nowhere")
    return found[1]


def record(app: Flask, visits: int, seed: int, language: str) -> Requests:
    """Play visits, and keep what the browser sent."""
    chance, requests = random.Random(seed), Requests()  # noqa: S311  no secret hangs on it
    for _ in range(visits):
        with app.test_client() as client:
            for kind, environ in _visit(client, chance, language):
                getattr(requests, kind).append(environ)
    return requests


def _visit(client: FlaskClient, chance: random.Random, language: str) -> Iterator[tuple[str, Environ]]:
    path, page = "", client.post(f"/{language}/start")
    while True:
        while page.location or path:
            path = path or page.location or ""
            came, page, here, path = _environ(client, path), client.get(path), path, ""
        if is_result(page.text):
            yield "result", came
            return
        if (form := fill_in(page.text, chance)) is None:
            path = way_on(page.text)
            continue
        yield "question", came
        yield "answer", _environ(client, here, form)
        page = client.post(here, data=form)


def _environ(client: FlaskClient, path: str, form: Form | None = None) -> Environ:
    cookie = client.get_cookie(COOKIE)
    headers = [("Cookie", f"{COOKIE}={cookie.value}")] if cookie else []
    environ = EnvironBuilder(path=path, method="POST" if form else "GET", data=form, headers=headers).get_environ()
    return {**environ, "wsgi.input": environ["wsgi.input"].read()}


def just_now(environ: Environ, sealer: Sealer) -> Environ:
    """The request as it comes a moment after the one before."""
    data = sealer.open(environ["HTTP_COOKIE"].removeprefix(f"{COOKIE}="))
    data["visit"]["seen"] = int(time())
    return {**environ, "HTTP_COOKIE": f"{COOKIE}={sealer.seal(data)}"}
