"""One client for all tests of pages: it walks the guide like a visitor, and inspects the house on every page."""

import gc
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import html5lib
import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2 import FileSystemBytecodeCache
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests.postgres import Instead, postgresql  # noqa: F401  a fixture for all
from wizard.app import create_app
from wizard.config import ROOT, Settings
from wizard.guide.guide import Guide
from wizard.guide.languages import LANGUAGES
from wizard.guide.passed import load_passed_guide
from wizard.store import schema
from wizard.store.database import Database
from wizard.web import counting
from wizard.web.sweep import Sweeper
from wizard.web.tally import Tally

if TYPE_CHECKING:
    from playwright.sync_api import Browser

GUIDES = Path(__file__).parent / "guides"
SECRET = "a secret for tests, long enough for all of them"
XHTML = "{http://www.w3.org/1999/xhtml}"
PEPPER = "a pepper for tests, long enough for all of them"
FIELD_KEY = "a field key for tests, long enough for all of them"
_KNOWN = TemporaryDirectory()
"""What servers need not find out once more: which guides have passed, and what templates come to."""
SETTINGS = Settings(
    secrets=(SECRET,), guide="fjordvik", guides=GUIDES, pepper=PEPPER, field_keys=(FIELD_KEY,),
    instance=Path(_KNOWN.name),
)  # fmt: skip
Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(_KNOWN.name)}
Answer = str | list[str]
_VALUE, _WORDS = re.compile(r' (?:action|content|href|value)="[^"]*"'), re.compile(r"(?<=>)[^<]*[^<\s][^<]*")
_SOUND = set[bytes]()


gc.set_threshold(100_000, 50, 100)
"""What is looked through for rubbish is above all guides and pages that stay: a seventh of the time."""


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('store')}/wizard.sqlite"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


@pytest.fixture(scope="session")
def chosen_database(request: pytest.FixtureRequest) -> Iterator[Instead | None]:
    """With ``--database postgresql``, all tests use PostgreSQL, but for what only SQLite has.

    How pages are built is not looked into once more there: it does not hang on the database.
    """
    if request.config.getoption("--database") == "sqlite":
        yield None
        return
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}._inspect", lambda *_: None)
        instead = Instead(request.getfixturevalue("postgresql"), patch)
        yield instead
        instead.close_all()


@pytest.fixture(autouse=True)
def _used_database(request: pytest.FixtureRequest, chosen_database: Instead | None) -> Iterator[None]:
    if chosen_database is None:
        yield
        return
    folder = request.getfixturevalue("tmp_path")
    yield
    chosen_database.close(folder)


@pytest.fixture
def only_sqlite(request: pytest.FixtureRequest) -> None:
    """For tests that look into the file."""
    if request.config.getoption("--database") != "sqlite":
        pytest.skip("only SQLite has a file")


@pytest.fixture(params=["sqlite", "postgresql"])
def each_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of its own for a test, once of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/wizard.sqlite"
        return
    with request.getfixturevalue("postgresql").lent() as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all tests, where each has a window of its own."""
    from tests.web.browsers import chromium  # noqa: PLC0415  it asks for what stands here

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session", autouse=True)
def _new_databases_are_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Of one that took every step of the migrations, since they take long and come to the same each time."""
    ready, upgrade = tmp_path_factory.mktemp("ready") / "ready.sqlite", schema.upgrade
    with closing(Database(f"sqlite:///{ready}")) as database:
        upgrade(database)

    def copy_or_upgrade(database: Database, to: str = "head") -> None:
        file = Path(database.engine.url.database or "")
        if to == "head" and database.is_sqlite and file.parent.is_dir() and not file.exists():
            shutil.copy(ready, file)
        else:
            upgrade(database, to)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "upgrade", copy_or_upgrade)
        yield


@pytest.fixture(scope="session", autouse=True)
def _known_guides_are_read_once() -> Iterator[None]:
    """Those that no test changes, since most tests start a server of their own."""
    known = cache(load_passed_guide)

    def load(folder: Path, memory: Path | None = None) -> Guide:
        return (known if folder.parent in {GUIDES, ROOT / "data"} else load_passed_guide)(folder, memory)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wizard.app.load_passed_guide", load)
        yield


@pytest.fixture(scope="session", autouse=True)
def _addresses_are_compiled_once() -> Iterator[None]:
    """Every server has the same, and to compile them is half of its start."""
    compile_builder: Callable[[Rule, bool], object] = Rule._compile_builder
    known: dict[tuple[object, ...], object] = {}

    def compile_once(rule: Rule, append_unknown: bool = True) -> object:
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Rule, "_compile_builder", compile_once)
        yield


@pytest.fixture(scope="session", autouse=True)
def _nobody_writes_afterwards() -> Iterator[None]:
    """A minute after a try or a count, somebody would open the database of a test that is over, and leave it open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sweeper, "soon", lambda _: None)
        patch.setattr(counting, "Tally", partial(Tally, seconds=3600))
        yield


@pytest.fixture(scope="session")
def app(database: str) -> Flask:
    return create_app(replace(SETTINGS, database=database))


@pytest.fixture(scope="session")
def real_app(database: str) -> Flask:
    return create_app(replace(SETTINGS, guide="lillesand", guides=ROOT / "data", database=database))


@pytest.fixture
def client(app: Flask) -> Iterator["Visitor"]:
    with app.test_client() as client:
        yield Visitor(client)


@pytest.fixture
def real_client(real_app: Flask) -> Iterator["Visitor"]:
    with real_app.test_client() as client:
        yield Visitor(client)


UNPREFIXED = ("/skranke", "/healthz", "/livez", "/metrics", "/static", "/.well-known")
"""Where addresses have no language."""


def in_language(path: str, language: str = "nb") -> str:
    """The address of a page in a language, unless it names one already or needs none."""
    named = any(path == f"/{known}" or path.startswith(f"/{known}/") for known in LANGUAGES)
    return path if named or path.startswith(UNPREFIXED) else f"/{language}{path}"


class Visitor:
    """A visitor with a browser. Every page that comes back is inspected. Addresses are told without their language."""

    def __init__(self, client: FlaskClient, language: str = "nb") -> None:
        self.client = client
        self.language = language
        self.page: TestResponse | None = None

    @property
    def text(self) -> str:
        """What came back. Spaces that keep a number in one piece are told as any others."""
        assert self.page is not None
        return self.page.get_data(as_text=True).replace("\u00a0", " ")

    @property
    def path(self) -> str:
        assert self.page is not None
        return self.page.request.path.removeprefix(f"/{self.language}")

    @property
    def kind(self) -> str:
        return find(r'<body data-page="(\w+)"', self.text)

    @property
    def title(self) -> str:
        return find(r"<title>(.*?)</title>", self.text)

    @property
    def checked(self) -> list[str]:
        """The answers that are chosen on the page."""
        return re.findall(r'name="answer"\s+value="(\w+)"\s+id="[^"]+"\s+checked', self.text)

    @property
    def question(self) -> str:
        return find(r'name="question" value="(\w+)"', self.text)

    @property
    def cookie(self) -> str | None:
        found = self.client.get_cookie("visit")
        return found.value if found else None

    def get(self, path: str, *, follow: bool = True) -> TestResponse:
        return self._look(self.client.get(in_language(path, self.language), follow_redirects=follow))

    def post(self, path: str, data: Mapping[str, Answer] | None = None, *, follow: bool = True) -> TestResponse:
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.text) if self.page else None
        fields = ({"csrf_token": token[1]} if token else {}) | dict(data or {})
        address = in_language(path, self.language)
        return self._look(self.client.post(address, data=fields, follow_redirects=follow))

    def begin(self, *, desk: bool = False) -> "Visitor":
        self.post("/start", {"desk": "1"} if desk else {})
        return self

    def answer(self, answer: Answer) -> TestResponse:
        """Give an answer, and read on where the page before the first sensitive question comes."""
        response = self.post(self.path, {"question": self.question, "answer": answer})
        return self.read_on() if response.mimetype == "text/html" and self.kind == "pause" else response

    def read_on(self) -> TestResponse:
        """Go on from the page before the first sensitive question."""
        return self.get(find(r'onward" href="([^"]+)"', self.text))

    def answer_all(self, answers: Mapping[str, Answer], until: str = "") -> "Visitor":
        """Answer what is asked, until a question or the result stands there; "vet ikke" where nothing is given."""
        while self.kind == "question" and self.question != until:
            asked = self.question
            response = self.answer(answers.get(asked, "unknown"))
            assert response.status_code == 200, f"{asked} was not answered"
        return self

    def _look(self, response: TestResponse) -> TestResponse:
        self.page = response
        if response.mimetype == "text/html" and response.status_code not in {301, 302, 303, 308}:
            inspect_page(response.get_data(as_text=True), self.language)
        return response


def find(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.DOTALL)
    assert found, f"{pattern} is not on the page"
    return found[1]


def inspect_page(text: str, language: str = "nb") -> None:
    """Sound markup, one heading, a title, a language, no id twice, every field labelled, nothing written inline.

    A page that has been found sound is not read again where it differs in words and values alone.
    """
    page = sha256(f"{language} {_WORDS.sub('…', _VALUE.sub('', text))}".encode()).digest()
    if page in _SOUND:
        return
    _inspect(text, language)
    _SOUND.add(page)


def _inspect(text: str, language: str) -> None:
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(text)
    assert not parser.errors, parser.errors
    elements = list(document.iter())
    ids = [element.get("id") for element in elements if element.get("id")]
    assert len(ids) == len(set(ids)), f"ids that stand twice: {[id_ for id_ in ids if ids.count(id_) > 1]}"
    assert document.get("lang") == language
    title = document.find(f".//{XHTML}title")
    assert title is not None
    assert (title.text or "").strip()
    assert len(document.findall(f".//{XHTML}h1")) == 1
    labels = {label.get("for") for label in document.iter(f"{XHTML}label")}
    for element in elements:
        _inspect_element(element.tag.removeprefix(XHTML) if isinstance(element.tag, str) else "", element, ids, labels)


def _inspect_element(tag: str, element: object, ids: list[str], labels: set[str]) -> None:
    get = element.get  # type: ignore[attr-defined]
    assert tag != "style", "a style stands inline"
    assert not get("style"), f"<{tag}> carries a style"
    assert not [name for name in element.attrib if str(name).startswith("on")], f"<{tag}> carries a script"  # type: ignore[attr-defined]
    assert tag != "script" or get("src"), "a script stands inline"
    if tag in {"input", "textarea", "select"} and get("type") != "hidden":
        assert get("id") in labels or get("aria-labelledby") in ids, f"a field has no label: {get('name')}"
    for name in ("aria-describedby", "aria-labelledby"):
        assert set((get(name) or "").split()) <= set(ids), f"{name} points to nothing: {get(name)}"
