"""The nginx of deploy/ as it runs: what it writes down, what stays inside, and what it tells the server behind it."""

import os
import re
import shutil
import socket
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from getpass import getuser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import pytest

from tests.web.test_faults import wait_for
from wizard.config import ROOT

NGINX = ROOT / "deploy" / "nginx"
NAME, HOST, STRANGER = "veiviser.example.no", "127.0.0.1", "127.0.0.2"
GONE = "/nb/borte"
"""Where the server behind breaks off without an answer."""
TLS, BEHIND_TLS = "rett-trinn.conf", "compose.conf"

_OWN_FOLDERS = "".join(
    f"{kind}_temp_path {{0}}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
)
PROGRAM = shutil.which("nginx") or "/usr/sbin/nginx"
THERE = Path(PROGRAM).exists() and shutil.which("openssl")

pytestmark = pytest.mark.skipif(not (THERE or os.environ.get("CI")), reason="nginx or openssl is not installed")


class Behind(ThreadingHTTPServer):
    """Stands where our server would, and remembers what it was told."""

    def __init__(self) -> None:
        super().__init__((HOST, 0), Answering)
        self.told: list[tuple[str, Mapping[str, str]]] = []


class Answering(BaseHTTPRequestHandler):
    server: Behind

    def do_GET(self) -> None:
        self.server.told.append((self.path, dict(self.headers)))
        if not self.path.startswith(GONE):
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name is given
        """Say nothing."""


@dataclass
class Proxy:
    """nginx with one of the sites, every place and port of it put into a folder of the test."""

    site: str
    folder: Path
    behind: Behind
    ports: dict[int, int] = field(default_factory=dict)

    def lay_out(self) -> Path:
        """Write what nginx is to read; what it is started with."""
        certificate = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"]
        files = ["-keyout", str(self.folder / "privkey.pem"), "-out", str(self.folder / "fullchain.pem")]
        command = [*certificate, "-addext", f"subjectAltName=DNS:{NAME}", *files]
        subprocess.run(command, check=True, capture_output=True)
        for name in ("nginx.conf", "rett-trinn-site.conf", self.site):
            text = self._placed((NGINX / name).read_text(encoding="utf-8"))
            (self.folder / name).write_text(text, encoding="utf-8")
        return self.folder / "nginx.conf"

    def _placed(self, text: str) -> str:
        here = {
            "/etc/nginx/conf.d/*.conf": f"{self.folder}/{self.site}",
            "/etc/nginx/rett-trinn-site": f"{self.folder}/rett-trinn-site",
            "/etc/nginx/rett-trinn/": f"{NGINX}/pages/",
            "/etc/ssl/rett-trinn": str(self.folder),
            "/var/log/nginx": str(self.folder),
            "/run/nginx.pid": f"{self.folder}/nginx.pid",
            "http {": f"http {{ {_OWN_FOLDERS.format(self.folder)}",
            "set_real_ip_from 10.0.0.0/8": f"set_real_ip_from {HOST}",
        }
        for there, place in here.items():
            text = text.replace(there, place)
        text = re.sub(r"server (one|two|127\.0\.0\.1):\d+", f"server {HOST}:{self.behind.server_port}", text)
        return re.sub(r"listen (80|443)\b", lambda found: f"listen {HOST}:{self._port(int(found[1]))}", text)

    def _port(self, number: int) -> int:
        with closing(socket.create_server((HOST, 0))) as free:
            return self.ports.setdefault(number, free.getsockname()[1])

    def ask(self, path: str, *headers: str, by: str = HOST) -> int:
        """The status that somebody gets who comes from ``by``."""
        with self._reach(by) as line:
            line.sendall(
                "\r\n".join((f"GET {path} HTTP/1.1", f"Host: {NAME}", *headers, "Connection: close", "", "")).encode()
            )
            return int(line.recv(65536).split()[1])

    def _reach(self, by: str) -> socket.socket:
        line = socket.create_connection((HOST, self.ports.get(443) or self.ports[80]), 10, (by, 0))
        if 443 not in self.ports:
            return line
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        return context.wrap_socket(line, server_hostname=NAME)

    def heard(self, *headers: str) -> tuple[str, str]:
        """Who is asking and how they came, as the server behind is told."""
        assert self.ask("/nb/", *headers) == 200
        told = self.behind.told[-1][1]
        return told["X-Forwarded-For"], told["X-Forwarded-Proto"]


@pytest.fixture(scope="module", params=[TLS, BEHIND_TLS])
def proxy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    with Behind() as behind:
        Thread(target=behind.serve_forever, daemon=True).start()
        proxy = Proxy(request.param, tmp_path_factory.mktemp("nginx"), behind)
        command = [PROGRAM, "-c", str(proxy.lay_out()), "-g", f"daemon off; user {getuser()};"]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as nginx:
            try:
                for port in proxy.ports.values():
                    wait_for(port)
                yield proxy
            finally:
                nginx.terminate()
                nginx.wait(10)
                behind.shutdown()


def test_nginx_reads_the_site(proxy: Proxy) -> None:
    told = subprocess.run(
        [PROGRAM, "-t", "-c", proxy.folder / "nginx.conf"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stderr


def test_a_visit_is_written_down_by_time_method_and_status_alone(proxy: Proxy) -> None:
    log = proxy.folder / "rett-trinn.log"
    before = len(log.read_text().splitlines())
    asked = {"/nb/tilbud/cafe?x=hemmelig": 200, f"{GONE}?x=hemmelig": 503, "/metrics?x=hemmelig": 404}
    for number, (path, status) in enumerate(asked.items(), 1):
        assert proxy.ask(path) == status
        line = wait_for_line(log, before + number)
        assert re.fullmatch(rf"[\d:T+-]{{25}} GET {status}", line)
    for file in proxy.folder.glob("*.log"):
        assert "hemmelig" not in file.read_text()


def wait_for_line(log: Path, number: int) -> str:
    """The line with this number, which may be written after the answer is sent."""
    end = monotonic() + 5
    while len(lines := log.read_text().splitlines()) < number and monotonic() < end:
        sleep(0.01)
    return lines[number - 1]


def test_numbers_and_health_stay_inside(proxy: Proxy) -> None:
    told = len(proxy.behind.told)
    assert proxy.ask("/metrics", "Authorization: Bearer x") == 404
    assert proxy.ask("/healthz", by=STRANGER) == 403
    assert len(proxy.behind.told) == told
    assert proxy.ask("/healthz") == 200


def test_nobody_can_say_that_they_are_somebody_else_but_the_one_that_ends_tls(proxy: Proxy) -> None:
    claimed = proxy.heard("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: https")
    strange = proxy.heard("X-Forwarded-Proto: gopher")
    if proxy.site == TLS:
        assert (claimed, strange) == ((HOST, "https"), (HOST, "https"))
        assert proxy.heard("X-Forwarded-For: 203.0.113.9", "X-Forwarded-Proto: http") == (HOST, "https")
    else:
        assert (claimed, strange) == (("203.0.113.9", "https"), (HOST, "http"))
        assert proxy.heard() == (HOST, "http")
