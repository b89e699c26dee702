"""Forms of finished visits, as many as one likes: one visit is walked, the others are sealed like it."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from itertools import count
from tempfile import TemporaryDirectory

from tests.conftest import SETTINGS, Answer, Visitor, find
from tests.slow.servers import FIELD_KEY, SAFE_PEPPER, SECRET, Reply, Server
from wizard.app import create_app
from wizard.store.callback_tables import CallBack
from wizard.store.callbacks import make_receipt
from wizard.store.codes import new_code
from wizard.store.database import Database
from wizard.store.field_key import FieldKey
from wizard.store.models import SavedVisit
from wizard.store.staff import add_user
from wizard.store.vault import Vault
from wizard.web.seal import Sealer
from wizard.web.visit import Visit

ANSWERS: dict[str, Answer] = {
    "for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"], "chores_amount": "all", "tried": "talked",
}  # fmt: skip
VAULT, KEY = Vault(SAFE_PEPPER), FieldKey([FIELD_KEY])
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class Form:
    """A form that somebody sends, perhaps more than once. ``mark`` finds the row that it makes, if it makes one."""

    kind: str
    path: str
    onward: str
    fields: Mapping[str, str] | None
    cookie: str
    code: str = ""
    name: str = ""
    mark: bytes = b""


@cache
def _walked() -> tuple[str, Visit, str, str]:
    """A walked visit: the secret of its forms, the visit, the token in the forms, and where their addresses begin."""
    with TemporaryDirectory() as folder:
        settings = replace(
            SETTINGS, secrets=(SECRET,), pepper=SAFE_PEPPER, database=f"sqlite:///{folder}/wizard.sqlite"
        )
        app = create_app(settings)
        visitor = Visitor(app.test_client()).begin().answer_all(ANSWERS)
        data = Sealer((SECRET,)).open(visitor.cookie or "")
        token = find(r'name="csrf_token" value="([^"]+)"', visitor.text)
        root = find(r'action="([^"]*)/lagre"', visitor.text)
    return data["csrf_token"], Visit(**(data["visit"] | {"warned": tuple(data["visit"]["warned"])})), token, root


def new_form(kind: str) -> Form:
    """A form of a visit of its own: ``save``, ``call`` or ``helped``. Or ``code`` and ``desk``, without a visit."""
    secret, walked, token, root = _walked()
    visit = _fresh(walked)
    cookie = Sealer((SECRET,)).seal({"csrf_token": secret, "visit": asdict(visit)})
    once = VAULT.lookup(f"{visit.started} {visit.code}").hex()[:32]
    name = f"Kari {next(_numbers)}"
    fields = {"csrf_token": token, "once": once}
    if kind == "desk":
        return Form(kind, "/skranke", "", None, "x; skranke=somebody")
    if kind == "code":
        return Form(kind, f"{root}/hent", "", {"code": visit.code}, "")
    if kind == "save":
        mark = VAULT.lookup(visit.code)
        return Form(kind, f"{root}/lagre", "/lagret", fields | {"days": "7"}, cookie, visit.code, name, mark)
    if kind == "helped":
        return Form(kind, f"{root}/hjalp-det", "#hjalp-det", fields | {"answer": "yes"}, cookie, visit.code, name, b"")
    wish = {"trygt": "ja", "navn": name, "telefon": "22 22 55 55", "beskjed": "nei"}
    receipt = VAULT.lookup(f"call-back {make_receipt(VAULT, once)}")
    return Form(kind, f"{root}/be-om-kontakt", "/kvittering", fields | wish, cookie, visit.code, name, receipt)


def visit_pages() -> list[Form]:
    """What somebody looks at and sends in the course of a visit."""
    secret, walked, token, root = _walked()
    cookie = Sealer((SECRET,)).seal({"csrf_token": secret, "visit": asdict(_fresh(walked))})
    paths = ("/", "/sporsmal/2", "/resultat", "/hjelp-na")
    answer = {"csrf_token": token, "question": "age", "answer": "old"}
    looked_at = [Form("look", f"{root}{path}", "", None, cookie) for path in paths]
    return [*looked_at, Form("answer", f"{root}/sporsmal/2", "", answer, cookie)]


def _fresh(walked: Visit) -> Visit:
    return replace(walked, code=new_code(), started=int(time.time()), seen=int(time.time()))


def send(server: Server, form: Form) -> Reply:
    """What a server says to a form."""
    return server.ask(form.path, cookie=form.cookie, form=form.fields)


def is_acknowledged(form: Form, reply: Reply) -> bool:
    """Whether somebody was told that it is done."""
    if reply.status != 303 or not reply.headers["Location"].endswith(form.onward):
        return False
    if form.kind != "helped":
        return True
    held = Sealer((SECRET,)).open(reply.headers["Set-Cookie"].split(";")[0].removeprefix("visit="))
    return bool(held["visit"]["helped"] == "counted")


def open_row(form: Form, row: SavedVisit | CallBack) -> bool:
    """Whether a row holds all of what was sent, and can be opened."""
    if isinstance(row, SavedVisit):
        data = VAULT.open(form.code, row.sealed)
        return data is not None and data["answers"] == dict(_walked()[1].answers)
    data = KEY.open(row.sealed, f"call-back {row.receipt.hex()}")
    return data is not None and data["name"] == form.name


def put_somebody_at_the_desk(database: Database) -> None:
    """Without whom nobody can ask to be called."""
    with database.writing() as session:
        add_user(session, "dina", "desk").enrolled = True
