"""Stands between the server and PostgreSQL: lets everything through, makes every answer late, or is not there."""

import asyncio
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from threading import Event, Thread

_LATE_SECONDS = 2


class Way(StrEnum):
    """How the database is to be reached."""

    NORMAL = "normal"
    SLOW = "slow"
    DEAD = "dead"


class Proxy:
    """A socket in ``folder`` that leads to the one in ``to``."""

    def __init__(self, folder: Path, to: Path) -> None:
        self.way = Way.NORMAL
        self._from, self._to = folder / ".s.PGSQL.5432", to / ".s.PGSQL.5432"
        self._open: set[asyncio.StreamWriter] = set()
        self._ready = Event()
        self._loop = asyncio.new_event_loop()
        Thread(target=self._run, daemon=True).start()
        self._ready.wait()

    def go(self, way: Way) -> None:
        """From now on the database is reached like this."""
        self.way = way
        if way is Way.DEAD:
            for writer in list(self._open):
                self._loop.call_soon_threadsafe(writer.transport.abort)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_unix_server(self._serve, self._from))
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, asking: asyncio.StreamReader, answering: asyncio.StreamWriter) -> None:
        if self.way is Way.DEAD:
            answering.transport.abort()
            return
        there, onward = await asyncio.open_unix_connection(self._to)
        self._open |= {answering, onward}
        await asyncio.gather(self._pass(asking, onward), self._pass(there, answering, answers=True))
        self._open -= {answering, onward}

    async def _pass(self, source: asyncio.StreamReader, target: asyncio.StreamWriter, *, answers: bool = False) -> None:
        with suppress(OSError):
            while data := await source.read(65536):
                if answers and self.way is Way.SLOW:
                    await asyncio.sleep(_LATE_SECONDS)
                target.write(data)
                await target.drain()
        target.close()
