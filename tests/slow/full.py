"""Fills the disk under the database while people send forms, makes room again, and looks at what they were told.

    python -m tests.slow.full --database sqlite

Needs root, since the disk is a small one of its own, in memory. For SQLite it holds the database with its journal, for
PostgreSQL the rows: where its own journal finds no room, PostgreSQL stops, and has to be started again by whoever
watches it.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import psycopg

from tests.postgres import Cluster, need_binaries
from tests.slow.forms import Form, is_acknowledged, new_form, put_somebody_at_the_desk, send, visit_pages
from tests.slow.judging import missing
from tests.slow.servers import Server, environment_for
from wizard.store.database import Database

NUMBERS = ("113", "112", "116 117")
FORMS, PATIENCE = 60, 10.0
SIZE = "24m"


@dataclass(slots=True)
class Seen:
    """What people were told while the disk was full."""

    done: int = 0
    refused: int = 0
    """Plain words and the numbers to call, with status 503."""
    otherwise: int = 0
    visits_failed: int = 0
    lost: int = 0
    seconds_to_recover: float = -1

    @property
    def is_sound(self) -> bool:
        """Whether all was told plainly, nothing was lost, and the rest went on."""
        bad = self.otherwise or self.visits_failed or self.lost
        return not bad and self.refused > 0 and 0 <= self.seconds_to_recover < PATIENCE


def drill(kind: str) -> Seen:
    """Fill, ask, make room, ask again."""
    seen = Seen()
    with small_disk() as (folder, disk), database_on(disk, folder, kind) as address:
        environment = environment_for(folder, address)
        with closing(Database(address, patient=True)) as database:
            put_somebody_at_the_desk(database)
            server = Server(environment).wait()
            kept = [form for form in _forms(20) if is_acknowledged(form, send(server, form))]
            filler = fill(disk)
            kept += _ask_while_full(server, seen)
            filler.unlink()
            kept += _ask_until_done(server, seen)
            server.kill()
            seen.lost = len(missing(database, kept)[0])
    return seen


def _ask_while_full(server: Server, seen: Seen) -> list[Form]:
    done = []
    for form in _forms(FORMS):
        reply = send(server, form)
        if is_acknowledged(form, reply):
            done.append(form)
        elif reply.status == 503 and all(number in reply.text for number in NUMBERS):
            seen.refused += 1
        else:
            seen.otherwise += 1
        seen.visits_failed += sum(send(server, page).status not in {200, 303} for page in visit_pages())
    seen.done = len(done)
    return done


def _ask_until_done(server: Server, seen: Seen) -> list[Form]:
    began = monotonic()
    while monotonic() - began < PATIENCE:
        form = new_form("save")
        if is_acknowledged(form, send(server, form)):
            seen.seconds_to_recover = monotonic() - began
            return [form]
        sleep(0.1)
    return []


def _forms(number: int) -> list[Form]:
    return [new_form(("save", "call")[which % 2]) for which in range(number)]


def fill(disk: Path) -> Path:
    """A file that leaves no room for anything else."""
    filler = disk / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        for size in (65536, 4096, 512, 1):
            with suppress(OSError):
                while True:
                    file.write(b"\0" * size)
    return filler


@contextmanager
def small_disk() -> Iterator[tuple[Path, Path]]:
    """A folder, and a small disk in it."""
    with TemporaryDirectory(prefix="rett-trinn-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        disk = folder / "disk"
        disk.mkdir()
        run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", disk], check=True)
        try:
            yield folder, disk
        finally:
            run(["umount", "-l", disk], check=True)


@contextmanager
def database_on(disk: Path, folder: Path, kind: str) -> Iterator[str]:
    """The address of a database whose rows lie on a disk."""
    if kind == "sqlite":
        yield f"sqlite:///{disk}/wizard.sqlite"
        return
    (folder / "postgresql").mkdir()
    cluster = Cluster(folder / "postgresql", need_binaries())
    cluster.make()
    cluster.start()
    cluster.own(disk)
    try:
        with closing(psycopg.connect(cluster.address("postgres"), autocommit=True)) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{disk}'".encode())
            connection.execute(b"CREATE DATABASE wizard TEMPLATE template0 TABLESPACE small")
        yield cluster.address("wizard")
    finally:
        cluster.stop()


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), required=True)
    wanted = parser.parse_args()
    seen = drill(wanted.database)
    print(f"{wanted.database}: {seen}")  # noqa: T201
    sys.exit(0 if seen.is_sound else 1)


if __name__ == "__main__":
    main()
