"""Two thousand hostile requests, as many kinds as there are; a hundred thousand are sent by ``tests.hostile.storm``."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.desk.conftest import store_of
from tests.hostile.drawn import Storm
from tests.hostile.storm import judge, rage, target
from tests.hostile.wire import Answer, Request, send


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = target(tmp_path_factory.mktemp("storm"))
    yield app
    store_of(app).database.engine.dispose()


def test_nothing_breaks_and_nothing_is_believed(app: Flask) -> None:
    told = rage(app, 2_000, seed=2026)
    assert told.wrong == []
    assert len(told.sent) == 11


def test_the_storm_would_notice(app: Flask) -> None:
    storm = Storm(app, 1)
    guarded = ("Content-Security-Policy", "default-src 'self'")
    taken = Answer(200, [guarded, ("Set-Cookie", f"visit={storm.cookies[3]}; Path=/")], b"")
    assert judge(storm.broken_cookie(), taken)
    assert judge(storm.forged_form(), taken)
    assert judge(storm.elsewhere(), Answer(303, [guarded, ("Location", "//evil.example")], b""))
    assert judge(storm.strange_path(), Answer(200, [guarded], b"root:x:0:0"))
    assert judge(storm.strange_form(), Answer(200, [guarded], b"<script>document.body.dataset.broken=1</script>"))
    sound = Request("sound", "GET", b"/")
    assert [judge(sound, Answer(status, [guarded], b"")) for status in (200, 503)] == ["", "status 503"]
    assert judge(sound, Answer(200, [], b""))


@pytest.mark.parametrize("query", [b"\xc0\xaf", b"a=\xff\xfe", b"\xed\xa0\x80=1"])
@pytest.mark.parametrize("path", [b"/", b"/nb/", b"/nb//", b"/om", b"/skranke/logg-inn"])
def test_an_address_that_is_no_text_is_refused_before_anybody_reads_it(app: Flask, path: bytes, query: bytes) -> None:
    answer = send(app, Request("no text", "GET", path, query), "198.51.100.1")
    assert answer.status == 400
    assert b"tel:116117" in answer.body
