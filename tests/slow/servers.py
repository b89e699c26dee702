"""Servers as they are started for the public, each a process group of its own that can be killed whole."""

import multiprocessing
import os
import random
import signal
import socket
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.parse import urlencode

from tests.conftest import GUIDES, PEPPER
from tests.postgres import Cluster, need_binaries
from wizard.config import read_settings
from wizard.serve import run as run_server
from wizard.store.upkeep import upgrade

SECRET, FIELD_KEY = "a secret for drills without a comma in it", "a field key for drills without a comma"
SAFE_PEPPER = PEPPER.replace(",", "")
Environment = dict[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server said. ``status`` 0: nothing, or not the whole of it."""

    status: int
    headers: Mapping[str, str]
    text: str


NOTHING = Reply(0, {}, "")


_READY = multiprocessing.get_context("forkserver")
_READY.set_forkserver_preload(["__main__", "tests.slow.servers", "wizard.serve", "wizard.store.impatient"])


class Server:
    """What ``wizard serve`` starts. What it imports is imported once for all, since that takes two seconds each."""

    def __init__(self, environment: Environment, workers: int = 2) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            self.port: int = free.getsockname()[1]
        self.process = _READY.Process(target=_serve, args=(environment, self.port, workers))
        self.process.start()

    def wait(self) -> "Server":
        """Until it answers."""
        end = monotonic() + 120
        while self.ask("/healthz").status != 200:
            if monotonic() > end or not self.process.is_alive():
                raise RuntimeError("the server did not start")
            sleep(0.05)
        return self

    def ask(self, path: str, *, cookie: str = "", form: Mapping[str, str] | None = None, seconds: float = 30) -> Reply:
        """A page, or the answer to a form; every form comes from another address."""
        headers = {"X-Forwarded-For": f"198.51.{random.randrange(256)}.{random.randrange(256)}"}
        headers |= {"Cookie": f"visit={cookie}"} if cookie else {}
        body = urlencode(form) if form is not None else None
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request("GET" if body is None else "POST", path, body, headers)
            response = connection.getresponse()
            return Reply(response.status, dict(response.headers), response.read().decode())
        except (OSError, HTTPException):
            return NOTHING
        finally:
            connection.close()

    def kill(self) -> None:
        """Master and workers, at once and without a word."""
        pid = self.process.pid
        if pid and self.process.is_alive():
            os.killpg(pid, signal.SIGKILL)
        self.process.join()


def _serve(environment: Environment, port: int, workers: int) -> None:
    os.setsid()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    run_server(read_settings(environment), host="127.0.0.1", port=port, workers=workers)


def environment_for(folder: Path, database: str) -> Environment:
    """Settings like those of the tests; the tables are ready."""
    environment = {
        "WIZARD_GUIDES": str(GUIDES),
        "WIZARD_GUIDE": "fjordvik",
        "WIZARD_INSTANCE": str(folder),
        "WIZARD_SECRET_KEYS": SECRET,
        "WIZARD_PEPPER": SAFE_PEPPER,
        "WIZARD_FIELD_KEYS": FIELD_KEY,
        "WIZARD_DATABASE": database,
        "WIZARD_PROXIES": "1",
    }
    upgrade(database)
    return environment


@contextmanager
def database_of_kind(kind: str) -> Iterator[tuple[Path, str]]:
    """A folder, and the address of an empty database that keeps what it promises also in a power cut."""
    with TemporaryDirectory(prefix="rett-trinn-") as name:
        folder = Path(name)
        if kind == "sqlite":
            yield folder, f"sqlite:///{folder}/drill.sqlite"  # never taken for one that PostgreSQL stands in for
            return
        folder.chmod(0o755)
        (folder / "postgresql").mkdir()
        cluster = Cluster(folder / "postgresql", need_binaries())
        cluster.make()
        cluster.start()
        try:
            yield folder, cluster.empty_database()
        finally:
            cluster.stop()
