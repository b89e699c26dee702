"""What is packed comes back, and its length tells little of how much there was."""

import json
import zlib

from hypothesis import given
from hypothesis import strategies as st

from wizard.packing import pack, unpack

STEP = 64


@given(st.dictionaries(st.text(), st.text()))
def test_what_is_packed_comes_back(data: dict[str, str]) -> None:
    packed = pack(data, round_to=STEP)
    assert unpack(packed) == data
    assert len(packed) % STEP == 0


@given(st.dictionaries(st.text(), st.text()))
def test_an_earlier_edition_can_read_it(data: dict[str, str]) -> None:
    packed = pack(data, round_to=STEP)
    assert json.loads(zlib.decompressobj().decompress(packed[2:])) == data


def test_nothing_of_what_is_read_stays_in_memory() -> None:
    packed = pack({"age": "old"}, round_to=STEP)
    assert unpack(packed)["age"] is not unpack(packed)["age"]


def test_little_is_as_long_as_less_and_much_is_compressed() -> None:
    assert len(pack("", round_to=STEP)) == len(pack("x" * (STEP - 15), round_to=STEP)) == STEP
    assert len(pack("x" * 100 * STEP, round_to=STEP)) == STEP


def test_what_was_compressed_though_it_is_short_is_read() -> None:
    packed = zlib.compress(json.dumps({"age": "old"}).encode())
    assert unpack(len(packed).to_bytes(2, "big") + packed) == {"age": "old"}


def test_what_unpacks_to_more_than_could_be_ours_is_nothing() -> None:
    packed = zlib.compress(json.dumps("x" * 100_000).encode())
    assert unpack(len(packed).to_bytes(2, "big") + packed) is None
