"""Two servers behind a real nginx with one PostgreSQL, restarted in turn while people visit: nobody may notice.

``python -m tests.slow.several_servers --seconds 120`` restarts the two again and again: as they are, with a new
key (first known, then used) and with a changed guide. Told: requests, what was not answered, answers that were lost.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import socket
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count, cycle
from pathlib import Path
from subprocess import DEVNULL, Popen
from tempfile import TemporaryDirectory
from threading import Event, Thread
from time import monotonic, perf_counter, sleep
from urllib.parse import urlencode

from tests.conftest import GUIDES
from tests.slow.servers import Environment, database_of_kind, environment_for
from wizard.config import ROOT
from wizard.web.seal import Sealer

WIZARD = str(Path(sys.executable).with_name("wizard"))
OLD_KEY = "a key that people who visit have already and that goes out"
NEW_KEY = "a key that comes in while people visit and stays from then on"
SITE = ROOT / "deploy" / "nginx"
_MAIN = """\
user {user}; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; worker_processes 1;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    log_format rett_trinn_visits '$time_iso8601 $request_method $status';
    limit_req_zone $binary_remote_addr zone=rett_trinn_rate:10m rate=1000r/s;
    limit_conn_zone $binary_remote_addr zone=rett_trinn_open:10m;
    upstream rett_trinn {{
        server 127.0.0.1:{first} max_fails=0;
        server 127.0.0.1:{second} max_fails=0;
    }}
    server {{ listen 127.0.0.1:{port}; include {folder}/site.conf; }}
}}
"""
_numbers = count(1)


@dataclass
class Told:
    """What was seen."""

    statuses: Counter[str] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    visits: int = 0
    kept: int = 0
    restarts: int = 0


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
    return port


class Visitor:
    """Somebody at an address of their own, who notices when an answer is gone."""

    def __init__(self, port: int, told: Told, drawn: random.Random) -> None:
        number = next(_numbers)
        self.source = f"127.{1 + number // 62_500 % 250}.{1 + number // 250 % 250}.{1 + number % 250}"
        self.port, self.told, self.drawn = port, told, drawn
        self.cookie = self.page = self.path = ""
        self.given: dict[str, object] = {}

    def ask(self, path: str, form: dict[str, object] | None = None) -> None:
        """Ask, and go where one is sent."""
        for _ in range(5):
            location = self._ask_once(path, form)
            self.path = path
            if not location:
                return
            path, form = location, None

    def _ask_once(self, path: str, form: dict[str, object] | None) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30, source_address=(self.source, 0))
        headers = {"Cookie": f"visit={self.cookie}"} if self.cookie else {}
        headers |= {"Content-Type": "application/x-www-form-urlencoded"} if form is not None else {}
        begun = perf_counter()
        try:
            body = None if form is None else urlencode(form, doseq=True)
            connection.request("GET" if form is None else "POST", path, body, headers)
            response = connection.getresponse()
            self.page = response.read().decode()
        except (OSError, HTTPException) as error:
            self.told.statuses[type(error).__name__] += 1
            return ""
        finally:
            connection.close()
        self.told.seconds.append(perf_counter() - begun)
        self.told.statuses[str(response.status)] += 1
        for cookie in response.headers.get_all("Set-Cookie") or []:
            if found := re.match(r"visit=([^;]*)", cookie):
                self.cookie = found[1]
        return response.headers.get("Location") or ""

    def visit(self) -> None:
        """Begin, answer all that is asked, keep the answers, and open them again somewhere else."""
        self.ask("/nb/start", {})
        while 'data-page="question"' in self.page or 'data-page="pause"' in self.page:
            self._answer() if 'data-page="question"' in self.page else self.ask(self._find(r'onward" href="([^"]+)"'))
            if missing := self._missing():
                self.told.lost.append(f"in the cookie after {self.path}: {missing}")
                return
        if 'data-page="result"' not in self.page:
            self.told.lost.append(f"no result, but {self.path}: {self._find('<h1[^>]*>([^<]*)')}")
            return
        self.told.visits += 1
        if self.drawn.random() < 0.5:
            self._keep()

    def _answer(self) -> None:
        question = self._find(r'name="question" value="(\w+)"')
        options = re.findall(r'type="(?:radio|checkbox)"\s+name="answer"\s+value="(\w+)"', self.page)
        kind = self._find(r'type="(radio|checkbox)"\s+name="answer"')
        chosen = self.drawn.choice(
            [option for option in options if kind == "radio" or option not in {"none", "unknown"}]
        )
        self.given[question] = chosen
        self.ask(self.path, {"csrf_token": self._token(), "question": question, "answer": chosen})

    def _missing(self) -> dict[str, object]:
        data = Sealer((OLD_KEY, NEW_KEY)).open(self.cookie)
        answers = data["visit"]["answers"] if data else {}
        return {id_: given for id_, given in self.given.items() if answers.get(id_) not in (given, [given])}

    def _keep(self) -> None:
        once = self._find(r'name="once" value="(\w+)"')
        self.ask("/nb/lagre", {"csrf_token": self._token(), "once": once, "days": "1"})
        if 'data-page="kept"' not in self.page:
            self.told.lost.append(f"nothing was kept: {self._find('<h1[^>]*>([^<]*)')}")
            return
        data = Sealer((OLD_KEY, NEW_KEY)).open(self.cookie)
        self.told.kept += 1
        self.cookie = ""
        self.ask("/nb/hent", {"code": data["visit"]["code"]})
        if missing := self._missing():
            self.told.lost.append(f"under the code: {missing}")

    def _token(self) -> str:
        return self._find(r'name="csrf_token" value="([^"]+)"')

    def _find(self, pattern: str) -> str:
        found = re.search(pattern, self.page)
        return found[1] if found else ""


class Node:
    """One server on a port of its own, that can be started anew with other settings."""

    def __init__(self, environment: Environment, folder: Path, name: str) -> None:
        self.port = free_port()
        self.environment = environment | {"WIZARD_INSTANCE": str(folder / name)}
        self.log = (folder / f"{name}.log").open("wb")
        self.process = self._start()

    def _start(self) -> "Popen[bytes]":
        command = [WIZARD, "serve", "--port", str(self.port), "--workers", "2"]
        return Popen(command, env=self.environment, stdout=DEVNULL, stderr=self.log)

    def wait(self) -> "Node":
        """Until it is alive."""
        end = monotonic() + 60
        while monotonic() < end and self.process.poll() is None:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
            try:
                connection.request("GET", "/livez")
                if connection.getresponse().status == 200:
                    return self
            except (OSError, HTTPException):
                sleep(0.1)
            finally:
                connection.close()
        raise RuntimeError(f"a server did not start: {Path(self.log.name).read_text()[-2000:]}")

    def stop(self) -> None:
        """As ``systemctl stop`` does it."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def restart(self, **changed: str) -> None:
        """Stop, and start with settings that may have changed."""
        self.stop()
        self.environment |= changed
        self.process = self._start()
        self.wait()


def changes(folder: Path) -> Iterator[dict[str, str]]:
    """What is new at each turn: nothing, keys in three steps, and another edition of the guide."""
    changed = folder / "guides"
    shutil.copytree(GUIDES, changed)
    about = changed / "fjordvik" / "guide.yaml"
    text = about.read_text(encoding="utf-8")
    about.write_text(re.sub(r"^(title: .*)$", r"\1 ny", text, count=1, flags=re.MULTILINE), encoding="utf-8")
    if about.read_text(encoding="utf-8") == text:
        raise RuntimeError("the guide was not changed")
    yield {}
    yield {"WIZARD_SECRET_KEYS": f"{OLD_KEY},{NEW_KEY}"}
    yield {"WIZARD_SECRET_KEYS": f"{NEW_KEY},{OLD_KEY}"}
    yield {"WIZARD_GUIDES": str(changed)}
    yield {"WIZARD_GUIDES": str(GUIDES)}
    yield from cycle([{}])


@contextmanager
def nginx(folder: Path, nodes: list[Node]) -> Iterator[int]:
    """The site as it is shipped, in front of the servers."""
    port = free_port()
    site = (SITE / "rett-trinn-site.conf").read_text(encoding="utf-8")
    site = site.replace("/var/log/nginx", str(folder)).replace("/etc/nginx/rett-trinn", str(SITE / "pages"))
    (folder / "site.conf").write_text(site)
    user = "root" if Path("/proc/self").stat().st_uid == 0 else "nobody"
    main = _MAIN.format(user=user, folder=folder, port=port, first=nodes[0].port, second=nodes[1].port)
    (folder / "nginx.conf").write_text(main)
    with Popen(["nginx", "-c", folder / "nginx.conf", "-g", "daemon off;"], stderr=DEVNULL) as process:
        try:
            sleep(1)
            yield port
        finally:
            process.send_signal(signal.SIGQUIT)


def drill(seconds: float, visitors: int, seed: int) -> Told:
    """Let people visit while the servers are restarted in turn."""
    told, over = Told(), Event()
    with database_of_kind("postgresql") as (folder, database), TemporaryDirectory() as name:
        own = Path(name)
        environment = environment_for(folder / "instance", database) | {
            "WIZARD_SECRET_KEYS": OLD_KEY,
            "PATH": os.environ["PATH"],
        }
        nodes = [Node(environment, own, each) for each in ("one", "two")]
        try:
            for node in nodes:
                node.wait()
            with nginx(own, nodes) as port:
                threads = [
                    Thread(target=_visit_on, args=(port, told, random.Random(f"{seed} {number}"), over))
                    for number in range(visitors)
                ]
                for thread in threads:
                    thread.start()
                _restart_in_turn(nodes, changes(own), told, monotonic() + seconds)
                over.set()
                for thread in threads:
                    thread.join()
        finally:
            for node in nodes:
                node.stop()
        _judge_logs(own, told)
    return told


def _visit_on(port: int, told: Told, drawn: random.Random, over: Event) -> None:
    while not over.is_set():
        Visitor(port, told, drawn).visit()


def _restart_in_turn(nodes: list[Node], changed: Iterator[dict[str, str]], told: Told, end: float) -> None:
    while monotonic() < end:
        change = next(changed)
        for node in nodes:
            node.restart(**change)
            told.restarts += 1
            sleep(1)


def _judge_logs(folder: Path, told: Told) -> None:
    """The logs tell of no address, page or answer: those of the proxy have three words a line, ours no fault."""
    for line in (folder / "rett-trinn.log").read_text().splitlines():
        if not re.fullmatch(r"\S+ (GET|POST) \d{3}", line):
            told.lost.append(f"the proxy's log holds {line!r}")
    for name in ("one.log", "two.log"):
        for line in (folder / name).read_text().splitlines():
            if json.loads(line)["level"] in {"error", "critical"}:
                told.lost.append(line[:400])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--visitors", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    if shutil.which("nginx") is None:
        raise SystemExit("nginx is not installed (apt-get install nginx-light): not run")
    told = drill(given.seconds, given.visitors, given.seed)
    bad = {status: number for status, number in told.statuses.items() if not status.startswith(("2", "3"))}
    slowest = sorted(told.seconds)[int(len(told.seconds) * 0.99)] if told.seconds else 0
    print(  # noqa: T201
        f"{sum(told.statuses.values())} requests, {told.visits} visits, {told.kept} kept and opened again, "
        f"{told.restarts} restarts; "
        f"median {statistics.median(told.seconds) * 1000:.0f} ms, p99 {slowest * 1000:.0f} ms\n"
        f"not answered as they should: {bad or 0}\nanswers lost: {len(told.lost)}"
    )
    for line in told.lost[:20]:
        print("  ", line)  # noqa: T201
    raise SystemExit(1 if bad or told.lost else 0)


if __name__ == "__main__":
    main()
