"""The drill of :mod:`tests.slow.crash`, a few times, so that it is known to work; the long one is run by hand."""

import pytest

from tests.postgres import need_binaries
from tests.slow.crash import crash


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_server_that_is_killed_in_the_middle_loses_tears_and_doubles_nothing(kind: str) -> None:
    if kind == "postgresql":
        need_binaries()
    tally = crash(kind, 2)
    assert tally.is_sound, tally
    assert tally.kills == 2
    assert tally.acknowledged >= tally.kills
