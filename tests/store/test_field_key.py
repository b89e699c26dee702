"""Fields that staff must read again: closed to whoever has the database alone, and each good in its own place only."""

import pytest

from wizard.store.field_key import FieldKey

OLD, NEW = "an old key, long enough for all of them", "a new key, long enough for all of them"
VALUE = {"name": "kanarifugl", "when": ["i morgen", 3]}


def test_what_is_sealed_opens_again_and_cannot_be_read() -> None:
    key = FieldKey([OLD])
    sealed = key.seal(VALUE, "call-back 1")
    assert key.open(sealed, "call-back 1") == VALUE
    assert b"kanarifugl" not in sealed
    assert key.seal(VALUE, "call-back 1") != sealed


def test_a_value_that_is_moved_opens_nothing() -> None:
    key = FieldKey([OLD])
    assert key.open(key.seal(VALUE, "call-back 1"), "call-back 2") is None


def test_keys_may_be_turned() -> None:
    sealed = FieldKey([OLD]).seal(VALUE, "x")
    assert FieldKey([NEW, OLD]).open(sealed, "x") == VALUE
    assert FieldKey([NEW]).open(sealed, "x") is None
    assert FieldKey([OLD]).open(FieldKey([NEW, OLD]).seal(VALUE, "x"), "x") is None


@pytest.mark.parametrize("broken", [b"", b"x", bytes(200)])
def test_what_we_did_not_seal_is_nothing(broken: bytes) -> None:
    assert FieldKey([OLD]).open(broken, "x") is None


def test_short_values_cannot_be_told_apart_by_their_length() -> None:
    key = FieldKey([OLD])
    assert len(key.seal("ja", "x")) == len(key.seal("nei, ikke ring meg før i morgen", "x"))


def test_without_a_key_nothing_is_written_in_the_clear() -> None:
    with pytest.raises(ValueError, match="WIZARD_FIELD_KEYS"):
        FieldKey([]).seal(VALUE, "x")
