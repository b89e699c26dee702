"""A storm of hostile requests against the application in this process; nothing may break, and nothing be believed.

``python -m tests.hostile.storm --requests 100000 --seed 1`` tells how many were sent of each kind, and what went wrong.
The same seed draws the same requests.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from flask import Flask

from tests.conftest import SETTINGS
from tests.hostile.drawn import Storm
from tests.hostile.wire import Answer, Request, send
from wizard.app import create_app


@dataclass
class Told:
    """How it went."""

    sent: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


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
