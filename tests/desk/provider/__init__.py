"""A login provider for the tests: the real thing, run by node on the loopback."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.node import NODE
from wizard.config import ROOT, LoginProvider

SCRIPT = Path(__file__).with_name("provider.mjs")
IS_THERE = NODE.exists() and (ROOT / "node_modules" / "oidc-provider").is_dir()
CLIENT, SECRET = "rett-trinn", "a secret between the two, long enough"


@contextmanager
def running(*back_to: str) -> Iterator[LoginProvider]:
    """The provider, sending people back to these addresses only."""
    command = [str(NODE), str(SCRIPT), *back_to]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        issuer = process.stdout.readline().strip()
        try:
            yield LoginProvider(issuer, CLIENT, SECRET, acr=("high",))
        finally:
            process.terminate()
