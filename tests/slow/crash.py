"""Kills the server in the middle of what people send, again and again, and looks for what was lost, torn or doubled.

    python -m tests.slow.crash --times 200 --database sqlite

Eight people send forms without a pause. At a random moment after the first of them was told that it is done, master
and workers get SIGKILL. On the next server everybody sends everything once more, as a browser does after "try again".
Nothing that was acknowledged may be missing, no row may be torn, and no form may have made two rows or have been
counted twice.
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from threading import Event, Thread
from time import monotonic, sleep

from sqlalchemy import func, select

from tests.slow.forms import Form, is_acknowledged, new_form, put_somebody_at_the_desk, send
from tests.slow.judging import missing
from tests.slow.servers import Server, database_of_kind, environment_for
from wizard.store.callback_tables import CallBack
from wizard.store.database import Database
from wizard.store.models import HelpCount, SavedVisit

PEOPLE = 8
KINDS = ("save", "call", "helped")
LATEST = 0.4
"""So many seconds after the first form that was acknowledged, at most."""
_PATIENCE_SECONDS = 60


@dataclass(slots=True)
class Tally:
    """What the drill has seen."""

    kills: int = 0
    acknowledged: int = 0
    under_way: int = 0
    written_untold: int = 0
    """Forms under way at the kill whose row stood there all the same: done, and nobody was told."""
    lost: int = 0
    torn: int = 0
    doubled: int = 0
    unanswered: int = 0
    """Forms that were not taken even when sent again."""

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong, there was something to lose, and the kills did hit something."""
        wrong = self.lost or self.torn or self.doubled or self.unanswered
        return not wrong and self.acknowledged >= self.kills and bool(self.under_way)


@dataclass(slots=True)
class Person:
    """Somebody who sends forms until no answer comes."""

    acknowledged: list[Form] = field(default_factory=list)
    under_way: list[Form] = field(default_factory=list)

    def send(self, server: Server, told: Event) -> None:
        """Send until the server is gone. ``told``: once the first form has been acknowledged."""
        while not self.under_way:
            form = new_form(random.choice(KINDS))
            if is_acknowledged(form, send(server, form)):
                self.acknowledged.append(form)
                told.set()
            else:
                self.under_way.append(form)


def crash(kind: str, times: int, *, told: bool = False) -> Tally:
    """Kill so many times."""
    tally, sent = Tally(), Counter[str]()
    with database_of_kind(kind) as (folder, address):
        environment = environment_for(folder, address)
        with closing(Database(address, patient=True)) as database:
            put_somebody_at_the_desk(database)
            server = Server(environment).wait()
            new_form("save")  # the walk that all forms are made like
            for _ in range(times):
                following = Server(environment)
                people = _send_until_killed(server)
                sent += _look_after(database, people, following.wait(), tally)
                server = following
                if told:
                    print(f"\r{kind}: {tally.kills} kills", end="", file=sys.stderr)  # noqa: T201
            server.kill()
            _judge_the_sums(database, sent, tally)
    return tally


def _send_until_killed(server: Server) -> list[Person]:
    people, told = [Person() for _ in range(PEOPLE)], Event()
    killer = Thread(target=_kill_after, args=(told, server))
    killer.start()
    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(lambda person: person.send(server, told), people))
    told.set()  # nobody sends any more, whether or not somebody was told
    killer.join()
    return people


def _kill_after(told: Event, server: Server) -> None:
    """On a slow machine, a kill before that would find nothing that could be lost."""
    told.wait(_PATIENCE_SECONDS)
    sleep(random.uniform(0, LATEST))
    server.kill()


def _look_after(database: Database, people: list[Person], server: Server, tally: Tally) -> Counter[str]:
    """Judge one kill, send everything again, and judge once more. Tells what was sent, by kind."""
    acknowledged = [form for person in people for form in person.acknowledged]
    under_way = [form for person in people for form in person.under_way]
    tally.kills += 1
    tally.acknowledged += len(acknowledged)
    tally.under_way += len(under_way)
    tally.lost += len(_missing(database, acknowledged, tally))
    tally.written_untold += len([f for f in under_way if f.mark]) - len(_missing(database, under_way, tally))
    forms = acknowledged + under_way
    with ThreadPoolExecutor(PEOPLE) as pool:
        told = list(pool.map(lambda form: is_acknowledged(form, send(server, form)), forms))
    tally.unanswered += told.count(False)
    tally.lost += len(_missing(database, forms, tally))
    return Counter(form.kind for form in forms)


def _missing(database: Database, forms: Iterable[Form], tally: Tally) -> list[Form]:
    """The forms that have no row; a row that is not whole is noted."""
    without, torn = missing(database, forms)
    tally.torn += torn
    return without


def _judge_the_sums(database: Database, sent: Counter[str], tally: Tally) -> None:
    """As many rows as forms, and every answer counted once."""
    numbers = {"save": func.count(SavedVisit.lookup), "call": func.count(CallBack.id)}
    with database.writing() as session:
        for kind, number in (numbers | {"helped": func.sum(HelpCount.count)}).items():
            surplus = (session.scalar(select(number)) or 0) - sent[kind]
            tally.doubled += max(0, surplus)
            tally.lost += max(0, -surplus)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), required=True)
    wanted = parser.parse_args()
    began = monotonic()
    tally = crash(wanted.database, wanted.times, told=True)
    print(f"\n{wanted.database}, {monotonic() - began:.0f} s: {tally}")  # noqa: T201
    sys.exit(0 if tally.is_sound else 1)


if __name__ == "__main__":
    main()
