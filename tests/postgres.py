"""A real PostgreSQL for the tests, in a folder of its own and reachable through a socket there alone."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import count
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT, Popen, run
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest
from sqlalchemy import Engine, QueuePool
from sqlalchemy.engine import URL, make_url

from wizard.store import database as database_module
from wizard.store.database import Database
from wizard.store.schema import upgrade

SWIFT = dict.fromkeys(("fsync", "synchronous_commit", "full_page_writes", "autovacuum"), "off") | {
    "max_wal_size": "128MB"
}
"""No test needs to survive a power cut, and none lives long enough to be cleaned up after."""
_MEMORY, _ROOM = Path("/dev/shm"), 1 << 30
_USERS = ("postgres", "nobody")


class Cluster:
    """A server of our own. PostgreSQL refuses to be root, so root lets somebody else run it."""

    def __init__(self, folder: Path, binaries: Path, settings: dict[str, str] | None = None) -> None:
        self.folder, self.data, self._binaries = folder, folder / "data", binaries
        self._numbers = count(1)
        self._settings = {"listen_addresses": "", "unix_socket_directories": str(folder)} | (settings or {})
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._as = {"user": next(name for name in _USERS if _exists(name)), "extra_groups": []}
        self.own(folder)
        self.process: Popen[bytes] | None = None

    def own(self, folder: Path) -> None:
        """Give the server a folder."""
        if self._as:
            shutil.chown(folder, self._as["user"])

    def make(self, *options: str) -> None:
        """Make the files."""
        initdb, data = str(self._binaries / "initdb"), str(self.data)
        command = [initdb, "-D", data, "-U", "wizard", "-A", "trust", "-E", "UTF8"]
        run([*command, "--no-sync", "--no-locale", *options], check=True, stdout=DEVNULL, cwd="/", **self._as)

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        command = [str(self._binaries / "postgres"), "-D", str(self.data), *settings]
        self.process = Popen(command, stdout=DEVNULL, stderr=DEVNULL, cwd="/", **self._as)
        end = monotonic() + 30
        while not self._answers():
            if monotonic() > end or self.process.poll() is not None:
                raise RuntimeError("PostgreSQL did not start")
            sleep(0.05)

    def stop(self) -> None:
        """Stop at once; what was promised is kept all the same."""
        if self.process:
            self.process.send_signal(signal.SIGQUIT)
            self.process.wait(30)

    def address(self, name: str) -> str:
        """How a database is named in the settings."""
        return f"postgresql://wizard@/{name}?host={self.folder}"

    def empty_database(self) -> str:
        """The address of a new database without any table."""
        return self._new("template0")

    def new_database(self) -> str:
        """The address of a new database that is up to date."""
        return self._new(self._ready)

    @contextmanager
    def lent(self, *, empty: bool = False) -> Iterator[str]:
        """The address of a new database, which is deleted afterwards."""
        address = self.empty_database() if empty else self.new_database()
        yield address
        self.drop(address)

    def drop(self, address: str) -> None:
        """Delete a database, whoever uses it."""
        self._say(f"DROP DATABASE {make_url(address).database} WITH (FORCE)")

    def tool(self, name: str, *arguments: str) -> str:
        """Run a tool of PostgreSQL, as ``pg_dump``."""
        done = run([self._binaries / name, *arguments], check=True, stdout=PIPE, stderr=STDOUT, cwd="/", **self._as)
        said: str = done.stdout.decode()
        return said

    @contextmanager
    def hanging(self, database: Database) -> Iterator[None]:
        """A server that takes what it is sent and never answers."""
        pids = [row[0] for row in self._say(
            f"SELECT pid FROM pg_stat_activity WHERE datname = '{database.engine.url.database}'")]  # fmt: skip
        assert self.process
        stopped = [self.process.pid, *pids]
        for pid in stopped:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in stopped:
                os.kill(pid, signal.SIGCONT)

    def _new(self, template: str) -> str:
        name = f"test_{next(self._numbers)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")
        return self.address(name)

    @cached_property
    def _ready(self) -> str:
        """A database that is up to date and never used, so that others can be copies of it."""
        self._say("CREATE DATABASE ready TEMPLATE template0")
        with closing(Database(self.address("ready"), patient=True)) as database:
            upgrade(database)
        return "ready"

    def _say(self, statement: str) -> list[Any]:
        with closing(psycopg.connect(self.address("postgres"), autocommit=True)) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def _answers(self) -> bool:
        try:
            self._say("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True


class Instead:
    """A database of PostgreSQL for every file that would be a ``wizard.sqlite``."""

    def __init__(self, cluster: Cluster, patch: pytest.MonkeyPatch) -> None:
        self._cluster, self._read = cluster, make_url
        self._addresses: dict[str, str] = {}
        self._opened: list[Database] = []
        self._kept: list[Database] = []
        patch.setattr(database_module, "make_url", self._translate)
        opened, begin = self._opened, Database.__init__

        def remember(database: Database, address: str, *, patient: bool = False) -> None:
            begin(database, address, patient=patient)
            opened.append(database)

        patch.setattr(Database, "__init__", remember)
        dispose = Engine.dispose

        def dispose_at_rest(engine: Engine, close: bool = True) -> None:
            """A connection that somebody still uses would be lost open."""
            end = monotonic() + 5
            while isinstance(engine.pool, QueuePool) and engine.pool.checkedout() and monotonic() < end:
                sleep(0.01)
            dispose(engine, close)

        patch.setattr(Engine, "dispose", dispose_at_rest)

    def close(self, folder: Path) -> None:
        """Let go of the connections of what a test has opened, and drop what it had in its folder."""
        for database in self._opened:
            database.close()
        self._kept += self._opened
        self._opened.clear()
        for address in [address for address in self._addresses if address.startswith(f"sqlite:///{folder}/")]:
            self._cluster.drop(self._addresses.pop(address))

    def close_all(self) -> None:
        """Let go also of what later tests have used again."""
        for database in self._kept:
            database.close()

    def _translate(self, address: str) -> URL:
        if address.endswith("/wizard.sqlite") and Path(address.removeprefix("sqlite:///")).parent.is_dir():
            self._addresses[address] = self._addresses.get(address) or self._cluster.new_database()
        return self._read(self._addresses.get(address, address))


def _exists(user: str) -> bool:
    import pwd  # noqa: PLC0415  not everywhere

    return any(entry.pw_name == user for entry in pwd.getpwall())


def find_binaries() -> Path | None:
    """Where the newest PostgreSQL of this machine lies, if there is one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


def need_binaries() -> Path:
    """The same. A machine without PostgreSQL skips these tests; where changes are judged, it must be there."""
    found = find_binaries()
    if found is None:
        refuse = pytest.fail if os.environ.get("CI") else pytest.skip
        refuse("PostgreSQL is not installed (apt-get install postgresql)")
    return found


def _quickest_place() -> Path | None:
    """The memory of the machine, where it has room for every database of a run."""
    return _MEMORY if _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM else None


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """One server for all tests that ask for it."""
    binaries = need_binaries()
    folder = Path(tempfile.mkdtemp(prefix="rett-trinn-", dir=_quickest_place()))
    folder.chmod(0o755)
    cluster = Cluster(folder, binaries, SWIFT)
    try:
        cluster.make()
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)
