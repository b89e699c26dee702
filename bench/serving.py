"""Servers as they stand in service, on this machine: ours, Django's page, and nginx with the site of ``deploy/``."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from wizard.cli_deploy import make_pages
from wizard.config import ROOT

HOST = "127.0.0.1"
BIN = Path(sys.executable).parent
SITE = ROOT / "deploy" / "nginx" / "rett-trinn-site.conf"
_MAIN = """\
user {user}; pid {folder}/nginx.pid; error_log {folder}/nginx-error.log; worker_processes 1;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    log_format rett_trinn_visits '$time_iso8601 $request_method $status';
    limit_req_zone $binary_remote_addr zone=rett_trinn_rate:10m rate=1000r/s;
    limit_conn_zone $binary_remote_addr zone=rett_trinn_open:10m;
    upstream rett_trinn {{ zone rett_trinn_servers 64k; server {host}:{behind} max_fails=0 max_conns={most}; }}
    server {{ listen {host}:{port} backlog=4096; include {folder}/site.conf; }}
}}
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with closing(socket.create_server((HOST, 0))) as free:
        port: int = free.getsockname()[1]
    return port


def ask(port: int, path: str, *, cookie: str = "", seconds: float = 30) -> tuple[int, str]:
    """Status and page; status 0 where nothing came."""
    connection = HTTPConnection(HOST, port, timeout=seconds)
    try:
        connection.request("GET", path, headers={"Cookie": cookie} if cookie else {})
        response = connection.getresponse()
        return response.status, response.read().decode()
    except (OSError, HTTPException):
        return 0, ""
    finally:
        connection.close()


@contextmanager
def running(command: list[str], environment: Mapping[str, str], port: int, path: str) -> Iterator[int]:
    """A server that answers, by the number of its process; it is stopped in the end."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env={**os.environ, **environment}, cwd=ROOT, stdout=quiet, stderr=quiet)  # noqa: S603
    try:
        end = monotonic() + 120
        while ask(port, path)[0] != 200:
            if monotonic() > end or process.poll() is not None:
                raise RuntimeError(f"{command[0]} did not start")
            sleep(0.1)
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def wizard_server(folder: Path, workers: int) -> Iterator[tuple[int, int]]:
    """``wizard serve``, with a database of its own: its port, and the number of its process."""
    port = free_port()
    command = [str(BIN / "wizard"), "serve", "--port", str(port), "--workers", str(workers)]
    with running(command, {"WIZARD_INSTANCE": str(folder), "WIZARD_PROXIES": "1"}, port, "/livez") as process:
        yield port, process


@contextmanager
def django_server(rows: int, workers: int) -> Iterator[int]:
    """The page of Django under the same gunicorn, with as many workers and threads."""
    port = free_port()
    command = [str(BIN / "gunicorn"), "bench.django_form:application", "--bind", f"{HOST}:{port}"]
    command += ["--workers", str(workers), "--threads", "8", "--worker-class", "gthread"]
    with running(command, {"DJANGO_ROWS": str(rows)}, port, "/side/4"):
        yield port


@contextmanager
def nginx_before(behind: int, folder: Path, most: int) -> Iterator[int]:
    """Our site of nginx in front of a server, which gets ``most`` requests at a time."""
    port = free_port()
    for name, page in make_pages("https://www.yr.no").items():
        (folder / name).write_text(page, encoding="utf-8")
    site = SITE.read_text(encoding="utf-8").replace("/etc/nginx/rett-trinn", str(folder))
    (folder / "site.conf").write_text(site.replace("/var/log/nginx", str(folder)), encoding="utf-8")
    values = {"user": "root", "folder": folder, "host": HOST, "behind": behind, "port": port, "most": most}
    (folder / "nginx.conf").write_text(_MAIN.format(**values), encoding="utf-8")
    command = [shutil.which("nginx") or "nginx", "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with running(command, {}, port, "/nb/"):
        yield port
