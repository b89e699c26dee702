"""Servers started by ``wizard serve`` behind a real nginx, with the site as it is shipped."""

import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from subprocess import DEVNULL, Popen
from time import monotonic, sleep

from tests.slow.servers import Environment
from wizard.config import ROOT

WIZARD = str(Path(sys.executable).with_name("wizard"))
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
    server {{ listen 127.0.0.1:{port}; set $rett_trinn_scheme $scheme; include {folder}/site.conf; }}
}}
"""


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port: int = free.getsockname()[1]
    return port


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
