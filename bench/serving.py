"""Servers as they stand in service, on this machine: ours, Django's page, and nginx with the site of ``deploy/``."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from getpass import getuser
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from click import ClickException

from wizard.config import ROOT

HOST = "127.0.0.1"
BIN = Path(sys.executable).parent
NGINX = ROOT / "deploy" / "nginx"


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
    # A session of its own gets its own share of the processor, as a container does.
    process = subprocess.Popen(  # noqa: S603
        command, env={**os.environ, **environment}, cwd=ROOT, stdout=quiet, stderr=quiet, start_new_session=True
    )
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
def nginx_before(behind: int, folder: Path) -> Iterator[int]:
    """The nginx of ``deploy/compose.yaml``, limits and all, in front of one server."""
    port = free_port()
    here = {
        "/etc/nginx/conf.d/*": f"{folder}/compose",
        "/etc/nginx/rett-trinn-site": f"{folder}/rett-trinn-site",
        "/etc/nginx/rett-trinn/": f"{NGINX}/pages/",
        "/var/log/nginx": str(folder),
        "/run/nginx.pid": f"{folder}/nginx.pid",
        "listen 80": f"listen {HOST}:{port}",
        "server one:8000": f"server {HOST}:{behind}",
        "server two:8000": "# server two:8000",
        "set_real_ip_from 10.0.0.0/8": "set_real_ip_from 127.0.0.0/8",
    }
    for name in ("nginx.conf", "compose.conf", "rett-trinn-site.conf"):
        text = (NGINX / name).read_text(encoding="utf-8")
        for there, place in here.items():
            text = text.replace(there, place)
        (folder / name).write_text(text, encoding="utf-8")
    own = f"daemon off; user {getuser()};"  # nobody else may read the folder
    command = [shutil.which("nginx") or "nginx", "-c", str(folder / "nginx.conf"), "-g", own]
    with running(command, {}, port, "/nb/"):
        yield port


def wrk(*arguments: str) -> str:
    """What it tells; raises where it is not installed or cannot ask."""
    program = shutil.which("wrk")
    if program is None:
        raise ClickException("wrk is not installed (apt install wrk)")
    command = [program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, start_new_session=True).stdout  # noqa: S603
