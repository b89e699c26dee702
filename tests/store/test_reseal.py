"""``wizard store reseal``: what an old field key sealed is sealed anew, so that the old one can go."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import LargeBinary, select

from tests.conftest import GUIDES
from wizard.cli import main
from wizard.store import reseal as reseal_module
from wizard.store.callback_tables import CallBack
from wizard.store.callbacks import Wish, ask_for_call, list_waiting, open_call
from wizard.store.database import Database
from wizard.store.drafts import Edit as DraftEdit
from wizard.store.drafts import find_draft, new_draft_id, write_draft
from wizard.store.enquiries import Edit, add_enquiry, change_enquiry, find_enquiry
from wizard.store.enquiry import Begun, Course, FollowUp, Status
from wizard.store.field_key import FieldKey
from wizard.store.models import Base, SavedVisit
from wizard.store.places import totp_place
from wizard.store.reseal import FIELDS, Found, reseal
from wizard.store.staff import add_user
from wizard.store.staff_tables import StaffUser
from wizard.store.vault import Vault

OLD, NEW = "the old field key of these tests", "the new field key of these tests"
BEGUN, OPEN = Begun("fjordvik", "r1", ()), Course(FollowUp.INFORMED, Status.OPEN, note="kanarifugl")
WISH = Wish("Kari", "22 22 55 55", "", only_then=False, message=True)
DRAFT = new_draft_id()
SEALED = 8
"""Three calls, a secret, a conversation, an enquiry with two versions."""


@pytest.fixture
def reference(database: Database, vault: Vault) -> str:
    """Something of everything that the desk keeps, sealed with the old key."""
    key = FieldKey([OLD])
    with database.writing() as session:
        dina = add_user(session, "dina", "desk")
        dina.totp = key.seal("secret", totp_place(dina.id))
        for receipt in "ABC":
            ask_for_call(session, key, vault, receipt, WISH)
        write_draft(session, key, DRAFT, dina.id, lambda _: {"age": "old"}, DraftEdit("page", 0, 1))
        made = add_enquiry(session, key, BEGUN, OPEN, Edit(dina.id, "form"))
    with database.writing() as session:
        kept = find_enquiry(session, key, made, keep_days=30)
        assert kept
        change_enquiry(session, key, kept, Course(FollowUp.HANDED, Status.OPEN), Edit(dina.id, "form 2", version=1))
    return made


def opens(database: Database, reference: str, key: FieldKey) -> list[bool]:
    """Whether a key opens it, kind by kind, as the pages do."""
    with database.writing() as session:
        dina = session.scalars(select(StaffUser)).one()
        calls = [open_call(session, key, one.id, dina.id) for one in list_waiting(session)]
        draft, kept = find_draft(session, key, DRAFT, dina.id), find_enquiry(session, key, reference, keep_days=30)
        assert draft
        assert kept
        return [
            key.open(dina.totp or b"", totp_place(dina.id)) == "secret",
            all(call and call[1] == WISH for call in calls),
            draft.data == {"age": "old"},
            kept.begun == BEGUN,
            [change.course and change.course.note for change in kept.history] == ["kanarifugl", ""],
        ]


def test_afterwards_the_old_key_is_needed_no_more(
    database: Database, address: str, reference: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reseal_module, "_AT_ONCE", 2)
    assert not any(opens(database, reference, FieldKey([NEW])))
    assert reseal(address, [NEW, OLD]) == {Found.ANEW: SEALED}
    assert all(opens(database, reference, FieldKey([NEW])))
    assert reseal(address, [NEW, OLD]) == {Found.ALREADY: SEALED}


def test_what_somebody_changes_meanwhile_stays_as_they_left_it(database: Database, reference: str) -> None:
    assert reference
    (field,) = (one for one in FIELDS if one.sealed.class_ is CallBack)
    with database.writing() as session:
        row = session.scalars(select(CallBack)).first()
        assert row
        read, row.sealed = row.sealed, b"written meanwhile"
        session.flush()
        found = reseal_module._renew(session, FieldKey([NEW, OLD]), field, read, (row.receipt,))
        session.refresh(row)
        assert (found, row.sealed) == (Found.MEANWHILE, b"written meanwhile")


def test_without_the_old_key_it_is_told_and_left_as_it_is(
    database: Database, address: str, reference: str, tmp_path: Path
) -> None:
    env = {"WIZARD_INSTANCE": str(tmp_path), "WIZARD_GUIDES": str(GUIDES), "WIZARD_GUIDE": "fjordvik"}
    env |= {"WIZARD_DATABASE": address, "WIZARD_FIELD_KEYS": NEW, "WIZARD_SECRET_KEYS": OLD, "WIZARD_PEPPER": OLD}
    result = CliRunner(env=env).invoke(main, ["store", "reseal"])
    assert (result.exit_code, f"opened by none of the keys: {SEALED}." in result.output) == (2, True)
    assert all(opens(database, reference, FieldKey([OLD])))


def test_no_field_is_forgotten() -> None:
    """All bytes of the database but digests, and what lies under a citizen's code."""
    known = {(one.sealed.class_.__tablename__, one.sealed.key) for one in FIELDS}
    blobs = {
        (table.name, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and column.type.length is None
    }
    assert blobs - known == {(SavedVisit.__tablename__, "sealed")}
