"""What is sealed is opened by its code and by nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.conftest import PEPPER
from wizard.store.vault import Vault

CODE, OTHER = "0123456789ABCDEFGHJK", "0123456789ABCDEFGHJM"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
VAULT = Vault(PEPPER)


@given(JSON)
def test_what_is_sealed_comes_back(data: object) -> None:
    assert VAULT.open(CODE, VAULT.seal(CODE, data)) == data


def test_another_code_or_another_pepper_opens_nothing() -> None:
    sealed = VAULT.seal(CODE, "secret")
    assert VAULT.open(OTHER, sealed) is None
    assert Vault(PEPPER + "!").open(CODE, sealed) is None


def test_another_pepper_looks_elsewhere() -> None:
    assert Vault(PEPPER + "!").lookup(CODE) != VAULT.lookup(CODE)
    assert Vault(PEPPER).lookup(CODE) == VAULT.lookup(CODE)


@given(st.data())
def test_a_flipped_bit_anywhere_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(VAULT.seal(CODE, {"age": "old"}))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8
    assert VAULT.open(CODE, bytes(sealed)) is None


@pytest.mark.parametrize("sealed", [b"", b"x", b"x" * 12, b"x" * 28, b"x" * 5000])
def test_what_was_never_sealed_is_nothing(sealed: bytes) -> None:
    assert VAULT.open(CODE, sealed) is None


def test_the_length_does_not_tell_how_much_there_is() -> None:
    lengths = {len(VAULT.seal(CODE, {f"question_{i}": "answer" for i in range(count)})) for count in (0, 1, 5, 60)}
    assert len(lengths) == 1


def test_the_same_answers_never_look_the_same() -> None:
    assert VAULT.seal(CODE, "secret") != VAULT.seal(CODE, "secret")
