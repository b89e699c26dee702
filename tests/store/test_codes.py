"""The code: unambiguous, long, and read as people write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wizard.store.codes import ALPHABET, LENGTH, group_code, new_code, read_code

CODES = st.text(ALPHABET, min_size=LENGTH, max_size=LENGTH)
GAPS = st.sampled_from(["", " ", "-", "  ", " - ", "–", "\u00a0", "\u200b", ".", "\t"])
LOOKALIKES = {"0": "0Oo", "1": "1IiLl"}


@st.composite
def as_written(draw: st.DrawFn) -> tuple[str, str]:
    """A code, and how somebody may write it."""
    code = draw(CODES)
    signs = [draw(st.sampled_from(LOOKALIKES.get(sign, sign + sign.lower()))) for sign in code]
    return code, draw(GAPS) + "".join(sign + draw(GAPS) for sign in signs)


@given(as_written())
def test_a_code_is_read_as_people_write_it(pair: tuple[str, str]) -> None:
    code, written = pair
    assert read_code(written) == code


@given(CODES)
def test_the_groups_are_the_code(code: str) -> None:
    assert [len(group) for group in group_code(code)] == [4] * 5
    assert read_code(" ".join(group_code(code))) == code


@given(st.text())
def test_whatever_is_written_is_a_code_or_nothing(text: str) -> None:
    code = read_code(text)
    assert code is None or (len(code) == LENGTH and set(code) <= set(ALPHABET))


@pytest.mark.parametrize(
    "text", ["", "A" * 19, "A" * 21, "U" * 20, "A" * 19 + "Å", "A" * 19 + "ß", "A" * 19 + "\0\0", "A" * 100_000]
)
def test_what_cannot_be_a_code_is_nothing(text: str) -> None:
    assert read_code(text) is None


def test_wide_letters_of_other_keyboards_count() -> None:
    assert read_code("０１２３４５６７８９ＡＢＣＤＥＦＧＨＪＫ") == "0123456789ABCDEFGHJK"


def test_new_codes_use_the_whole_alphabet_and_no_letter_that_looks_like_another() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert set("".join(codes)) == set(ALPHABET)
    assert not set("ILOU") & set(ALPHABET)
    assert len(ALPHABET) ** LENGTH == 2**100
