"""People who visit, each at an address of their own, and notice when an answer is gone."""

import random
import re
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import count
from time import perf_counter
from urllib.parse import urlencode

from wizard.web.seal import Sealer

OLD_KEY = "a key that people who visit have already and that goes out"
NEW_KEY = "a key that comes in while people visit and stays from then on"
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
