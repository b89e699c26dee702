"""Who is at the desk: known by a session of their own, gone at once when it ends, and never mixed up with a visit."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, update

from tests.conftest import Visitor
from tests.desk.conftest import clerk, store_of, token_for
from tests.locks import locked
from wizard.desk.staff import COOKIE, Role
from wizard.store import staff_sessions
from wizard.store.staff import disable_user, find_user, has_staff
from wizard.store.staff_tables import StaffSession
from wizard.web.access import DESK_PATH

MINUTE = 60
START = 1_800_000_000


class Clock:
    def __init__(self) -> None:
        self.moment = START

    def now(self) -> int:
        return self.moment


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(staff_sessions, "now", clock.now)
    return clock


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/skranke", follow=False).status_code == 200


def cookie_of(visitor: Visitor) -> str | None:
    found = visitor.client.get_cookie(COOKIE, path=DESK_PATH)
    return found.value if found else None


def test_somebody_who_is_logged_in_sees_the_desk(desk: Visitor) -> None:
    assert is_in(desk)
    assert desk.kind == "desk_home"
    assert "dina" in desk.text


def test_the_bar_shows_administrators_more(desk: Visitor, admin: Visitor) -> None:
    desk.get("/skranke")
    admin.get("/skranke")
    assert 'href="/skranke/brukere"' in admin.text
    assert 'href="/skranke/brukere"' not in desk.text


def test_the_way_back_to_a_page_is_kept_through_the_login(citizen: Visitor) -> None:
    assert citizen.get("/skranke/brukere", follow=False).location == "/skranke/logg-inn?videre=/skranke/brukere"


def test_half_an_hour_of_silence_ends_the_session(desk_app: Flask, clock: Clock) -> None:
    desk = clerk(desk_app, "dina", Role.DESK)
    for _ in range(3):
        clock.moment += 29 * MINUTE
        assert is_in(desk)
    clock.moment += 31 * MINUTE
    assert not is_in(desk)


def test_ten_hours_end_the_session_however_busy(desk_app: Flask, clock: Clock) -> None:
    desk = clerk(desk_app, "dina", Role.DESK)
    while clock.moment < START + 10 * 60 * MINUTE:
        assert is_in(desk)
        clock.moment += 20 * MINUTE
    clock.moment += 1
    assert not is_in(desk)


def test_a_clock_that_was_set_back_ends_the_session(desk_app: Flask, clock: Clock) -> None:
    desk = clerk(desk_app, "dina", Role.DESK)
    clock.moment -= 60 * MINUTE
    assert not is_in(desk)


def test_sessions_out_of_time_are_deleted_at_the_next_login(desk_app: Flask, clock: Clock) -> None:
    token_for(desk_app, "dina", Role.DESK)
    clock.moment += 31 * MINUTE
    token_for(desk_app, "dina", Role.DESK)
    with store_of(desk_app).database.writing() as session:
        assert len(session.scalars(select(StaffSession)).all()) == 1


def test_a_closed_account_is_out_at_once_everywhere(desk_app: Flask) -> None:
    here, there = (clerk(desk_app, "dina", Role.DESK) for _ in range(2))
    assert is_in(here)
    assert is_in(there)
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, "dina")
        assert user
        disable_user(session, user)
    assert not is_in(here)
    assert not is_in(there)


def test_a_new_role_counts_from_the_next_page_on(desk_app: Flask) -> None:
    desk = clerk(desk_app, "dina", Role.DESK)
    assert desk.get("/skranke/brukere").status_code == 403
    with store_of(desk_app).database.writing() as session:
        user = find_user(session, "dina")
        assert user
        user.role = Role.ADMIN
    assert desk.get("/skranke/brukere").status_code == 200


def test_logging_out_ends_this_session_and_no_other(desk_app: Flask) -> None:
    here, there = (clerk(desk_app, "dina", Role.DESK) for _ in range(2))
    here.get("/skranke")
    stolen = cookie_of(here)
    here.post("/skranke/logg-ut")
    assert here.kind == "desk_left"
    assert cookie_of(here) != stolen
    here.client.set_cookie(COOKIE, stolen or "", path=DESK_PATH)
    assert not is_in(here)
    assert is_in(there)


def test_logging_out_everywhere_ends_all(desk_app: Flask) -> None:
    here, there = (clerk(desk_app, "dina", Role.DESK) for _ in range(2))
    somebody = clerk(desk_app, "stine", Role.DESK)
    here.get("/skranke")
    here.post("/skranke/logg-ut-overalt")
    assert not is_in(here)
    assert not is_in(there)
    assert is_in(somebody)


def test_the_cookie_is_out_of_reach_of_scripts_and_of_the_citizens_pages(citizen: Visitor, desk_app: Flask) -> None:
    cookie = citizen.get("/skranke/logg-inn").headers["Set-Cookie"]
    assert all(part in cookie for part in (f"{COOKIE}=", "HttpOnly", "SameSite=Lax", "Path=/skranke"))
    assert "Secure" not in cookie
    secure = desk_app.test_client().get("/skranke/logg-inn", base_url="https://localhost").headers["Set-Cookie"]
    assert "Secure" in secure
    assert "Set-Cookie" not in citizen.get("/").headers


@pytest.mark.parametrize("token", ["", "x", "x" * 3_000])
def test_a_cookie_that_means_nothing_lets_nobody_in(citizen: Visitor, token: str) -> None:
    citizen.client.set_cookie(COOKIE, token, path=DESK_PATH)
    assert not is_in(citizen)


def test_the_database_alone_lets_nobody_in(desk_app: Flask, citizen: Visitor) -> None:
    token_for(desk_app, "dina", Role.DESK)
    with store_of(desk_app).database.writing() as session:
        mark = session.scalars(select(StaffSession.mark)).one()
    citizen.client.set_cookie(COOKIE, mark.hex(), path=DESK_PATH)
    assert not is_in(citizen)


def test_forms_need_the_token_of_this_login(desk: Visitor, admin: Visitor) -> None:
    assert desk.client.post("/skranke/logg-ut").status_code == 400
    admin.get("/skranke")
    desk.page = admin.page
    assert desk.post("/skranke/logg-ut").status_code == 400
    assert is_in(desk)


def test_a_visit_in_the_same_browser_is_left_alone(desk: Visitor) -> None:
    desk.begin()
    question = desk.page
    desk.get("/skranke")
    desk.page = question
    desk.answer("self")
    assert desk.kind == "question"
    assert desk.page
    assert desk.page.status_code == 200
    desk.get("/skranke")
    desk.post("/skranke/logg-ut")
    assert desk.get("/sporsmal/1").status_code == 200
    assert desk.kind == "question"


def test_a_form_of_the_visit_is_no_use_at_the_desk(desk: Visitor) -> None:
    desk.begin()
    assert desk.post("/skranke/logg-ut").status_code == 400


def test_citizens_pages_never_ask_who_is_at_the_desk(desk: Visitor, desk_app: Flask) -> None:
    store_of(desk_app).database.engine.dispose()
    with store_of(desk_app).database.writing() as session:
        session.execute(update(StaffSession).values(seen=1))
    for path in ("/", "/trappen", "/hjelp-na"):
        assert desk.get(path).status_code == 200
        assert "dina" not in desk.text


def test_pages_of_the_desk_are_never_compressed(desk: Visitor) -> None:
    for path in ("/skranke", "/skranke/logg-inn"):
        assert "Content-Encoding" not in desk.client.get(path, headers={"Accept-Encoding": "gzip"}).headers
    assert "Content-Encoding" in desk.client.get("/nb/trappen", headers={"Accept-Encoding": "gzip"}).headers


def test_a_locked_database_is_told_in_plain_words(desk: Visitor, tmp_path: Path) -> None:
    assert is_in(desk)
    with locked(f"sqlite:///{tmp_path}/wizard.sqlite"):
        assert desk.get("/skranke").status_code == 503
        assert desk.kind == "error"
        assert "113" in desk.text
    assert is_in(desk)


def test_the_desk_is_staffed_once_somebody_can_log_in(desk_app: Flask) -> None:
    with store_of(desk_app).database.writing() as session:
        assert not has_staff(session)
    token_for(desk_app, "dina", Role.DESK)
    with store_of(desk_app).database.writing() as session:
        assert has_staff(session)
        user = find_user(session, "dina")
        assert user
        disable_user(session, user)
        assert not has_staff(session)
