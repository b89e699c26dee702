"""Enquiries: made of a conversation once, found by number, changed by one at a time, silent about who it is."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from tests.conftest import Visitor, find
from tests.desk.conftest import clerk, store_of
from tests.desk.paper import BIRTH_NUMBER, change, form_of, held, hidden, new_enquiry, save_new
from tests.desk.sheets import words
from wizard.desk.moments import today
from wizard.desk.staff import Role
from wizard.store.enquiry_tables import Enquiry, EnquiryVersion
from wizard.store.references import make_reference, read_reference

YEAR = today().year
TOMORROW, YESTERDAY = (today() + timedelta(1)).isoformat(), (today() - timedelta(1)).isoformat()


@pytest.fixture
def kari(desk_app: Flask) -> Visitor:
    """Somebody else at the desk."""
    return clerk(desk_app, "kari", Role.DESK)


def enquiries(app: Flask) -> list[Enquiry]:
    with store_of(app).database.writing() as session:
        return list(session.scalars(select(Enquiry)))


def test_an_enquiry_is_made_of_what_the_conversation_comes_to(desk: Visitor) -> None:
    reference = save_new(desk, merknad="Vil høre mer.")
    assert reference == make_reference(YEAR, 1)
    shown = words(desk)
    for said in ("Husarbeid", "Trinn 5", "Har fått råd og veiledning", "Vil høre mer.", "dina laget henvendelsen."):
        assert said in shown


@pytest.mark.parametrize(("now", "whom"), [("may_lose", "Hjemmekontoret"), ("nowhere", "Rådgivningen")])
def test_the_unit_that_the_result_names_stands_first(desk: Visitor, now: str, whom: str) -> None:
    new_enquiry(desk, {"age": "old", "needs": ["home"]}, {"home_now": now})
    near = r'<optgroup label="Hører til behovene">(.*?)</optgroup>'
    assert re.findall(r">([^<]+)</option>", find(near, desk.text)) == [whom]
    desk.post("/skranke/henvendelser", hidden(desk) | {"oppfolging": "informed"})
    assert re.findall(r">([^<]+)</option>", find(near, desk.text)) == [whom]


def test_whoever_saves_is_told_so_once(desk: Visitor) -> None:
    reference = save_new(desk)
    assert f"Henvendelsen er lagret. Nummeret er {reference}." in words(desk)
    change(desk, reference, merknad="Mer.")
    assert "Endringen er lagret." in words(desk)
    desk.get(f"/skranke/henvendelser/{reference}")
    assert "er lagret." not in words(desk).partition("Det samtalen kom fram til")[0]


@pytest.mark.parametrize(("pressed", "left"), [({"avslutt": "1"}, 0), ({}, 1)])
def test_the_conversation_ends_with_the_enquiry_where_that_is_wanted(
    desk: Visitor, pressed: dict[str, str], left: int
) -> None:
    form = hidden(new_enquiry(desk)) | {"oppfolging": "informed"} | pressed
    for _ in range(2):
        desk.post("/skranke/henvendelser", form)
        assert desk.kind == "desk_enquiry"
    desk.get("/skranke/samtale")
    assert desk.text.count("sist endret for") == left


def test_the_form_counts_once_however_often_it_is_sent(desk: Visitor, desk_app: Flask) -> None:
    form = hidden(new_enquiry(desk)) | {"oppfolging": "informed"}
    token = re.findall(r'name="csrf_token" value="([^"]+)"', desk.text)[0]

    def press(_: int) -> int:
        return desk.client.post("/skranke/henvendelser", data=form | {"csrf_token": token}).status_code

    assert press(0) == 303
    with ThreadPoolExecutor(3) as pool:
        assert set(pool.map(press, range(3))) == {303}
    assert len(enquiries(desk_app)) == 1
    assert [row.reference for row in enquiries(desk_app)] == [make_reference(YEAR, 1)]


def test_an_enquiry_can_be_made_although_the_conversation_is_gone(desk: Visitor) -> None:
    form = hidden(new_enquiry(desk)) | {"oppfolging": "informed"}
    desk.post("/skranke/samtale/avslutt", {"ark": form["ark"]})
    desk.post("/skranke/henvendelser", form)
    assert desk.kind == "desk_enquiry"
    assert "Husarbeid" in desk.text


def test_nobody_can_send_what_another_was_shown(desk: Visitor, kari: Visitor, desk_app: Flask) -> None:
    form = hidden(new_enquiry(desk)) | {"oppfolging": "informed"}
    kari.get("/skranke")
    del form["csrf_token"]
    assert kari.post("/skranke/henvendelser", form).status_code == 400
    assert kari.post("/skranke/henvendelser", form | {"grunnlag": "tull"}).status_code == 400
    assert enquiries(desk_app) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"oppfolging": ""}, "Velg hva dere ble enige om."),
        ({"oppfolging": "handed"}, "Velg hvilken enhet"),
        ({"enhet": "nowhere"}, "Velg en enhet fra lista."),
        ({"oppfolging": "call_back"}, "Skriv når dere senest skal ringe."),
        ({"frist": "i morgen"}, "Skriv en dato."),
        ({"merknad": "x" * 501}, "Det er plass til 500 tegn."),
        ({"merknad": f"Født {BIRTH_NUMBER}."}, "Det ser ut til å stå et fødselsnummer her."),
        ({"trinn-chores": "3"}, "Velg hvorfor et annet trinn passer bedre."),
        ({"trinn-chores": "99", "grunn-chores": "wish"}, "Velg et trinn fra lista."),
        ({"trinn-chores": "3", "grunn-chores": "other"}, "Skriv kort hvorfor."),
        ({"ord-chores": BIRTH_NUMBER}, "Det ser ut til å stå et fødselsnummer her."),
    ],
)
def test_what_is_wrong_is_told_and_what_was_written_stays(
    desk: Visitor, desk_app: Flask, fields: dict[str, str], said: str
) -> None:
    form = hidden(new_enquiry(desk)) | {"oppfolging": "informed", "merknad": "Dette står her fremdeles."} | fields
    assert desk.post("/skranke/henvendelser", form).status_code == 422
    assert desk.title.startswith("Feil:")
    assert said in desk.text
    assert form["merknad"] in desk.text
    assert enquiries(desk_app) == []
    right = {"oppfolging": "informed", "merknad": "", "trinn-chores": "", "ord-chores": ""}
    assert desk.post("/skranke/henvendelser", hidden(desk) | right, follow=False).status_code == 303


def test_another_step_than_the_guides_needs_a_reason_and_is_told(desk: Visitor) -> None:
    reference = save_new(desk, **{"trinn-chores": "3", "grunn-chores": "no_room", "ord-chores": "Fullt til jul"})
    assert "Husarbeid: trinn 3. Det er ikke plass på trinnet nå. Fullt til jul" in desk.text
    assert form_of(desk, reference)["trinn-chores"] == "3"


@pytest.mark.usefixtures("only_sqlite")
def test_the_note_needs_and_reasons_lie_sealed(desk: Visitor, desk_app: Flask) -> None:
    save_new(desk, merknad="Kanarifugl i bur", **{"trinn-chores": "3", "grunn-chores": "no_room"})
    with store_of(desk_app).database.writing() as session:
        for table in ("enquiry", "enquiry_version"):
            lying = str(session.execute(text(f"SELECT * FROM {table}")).all())
            assert make_reference(YEAR, 1) in lying
            assert not [canary for canary in ("Kanarifugl", "chores", "no_room") if canary in lying]
    assert b"Kanarifugl" not in held(desk_app)


@pytest.mark.parametrize("written", ["{0}", " {0} ", "{1}", "1", "0001", "2026-1", "2026 0001 {2}", "2026/1"])
def test_a_number_is_read_as_people_write_it(written: str) -> None:
    right = make_reference(2026, 1)
    assert read_reference(written.format(right, right.lower(), right[-1]), 2026) == right


@pytest.mark.parametrize("written", ["", "K", "2026-0001-1", "hei", "2026-0001-", "12345678901", "-1"])
def test_what_is_no_number_is_not_taken_for_one(written: str) -> None:
    right = make_reference(2026, 1)
    assert (
        read_reference(written, 2026) in {None, right} if written == "2026-0001-" else not read_reference(written, 2026)
    )


def test_the_letter_gives_every_slip_of_the_pen_away() -> None:
    right = make_reference(2026, 4271)
    digits = "4271"
    slips = {digits[:i] + d + digits[i + 1 :] for i in range(4) for d in "0123456789"} - {digits}
    slips |= {digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :] for i in range(3)}
    assert len(slips) == 39
    for slip in slips:
        assert read_reference(f"2026-{slip}-{right[-1]}", 2026) is None


def test_no_number_is_given_twice(desk: Visitor, desk_app: Flask) -> None:
    first = save_new(desk)
    with store_of(desk_app).database.writing() as session:
        session.execute(text("DELETE FROM enquiry"))
    assert save_new(desk) == make_reference(YEAR, 2) != first


def test_an_enquiry_is_found_by_its_number(desk: Visitor) -> None:
    reference = save_new(desk)
    desk.get("/skranke/henvendelser")
    desk.post("/skranke/henvendelser/finn", {"nummer": reference.lower()})
    assert (desk.kind, desk.path) == ("desk_enquiry", f"/skranke/henvendelser/{reference}")
    desk.get("/skranke/henvendelser")
    for wrong in ("2026-9999", "tull"):
        assert desk.post("/skranke/henvendelser/finn", {"nummer": wrong}).status_code == 422
        assert "Vi finner ingen henvendelse" in desk.text


def test_the_list_shows_what_is_asked_for_and_what_must_be_done_first_comes_first(desk: Visitor) -> None:
    later = save_new(desk, oppfolging="call_back", frist=TOMORROW)
    late = save_new(desk, oppfolging="handed", enhet="home_office", frist=YESTERDAY)
    done = save_new(desk, oppfolging="informed")

    def listed(query: str = "") -> list[str]:
        desk.get(f"/skranke/henvendelser{query}")
        return re.findall(r'href="/skranke/henvendelser/(\d[\w-]+)"', desk.text)

    assert listed() == [late, later]
    assert desk.text.count("Over fristen") == 1
    assert listed("?status=all") == [late, later, done]
    assert listed("?status=closed") == [done]
    assert listed("?status=waiting") == [late]
    assert listed("?enhet=home_office") == [late]
    assert listed("?over=1") == [late]
    assert listed("?behov=chores") == [late, later]
    assert listed("?behov=friends") == []
    assert "Ingen henvendelser passer" in desk.text
    assert listed("?status=tull&enhet=tull&behov=tull") == [late, later]


def test_a_change_is_kept_with_who_and_what_it_was_before(desk: Visitor, kari: Visitor) -> None:
    reference = save_new(desk, merknad="Først dette.")
    assert change(kari, reference, oppfolging="handed", enhet="advice", status="waiting", merknad="Så dette.") == 200
    history = words(kari, 'id="historie"')
    for said in (
        "kari",
        "Først dette. Så dette.",
        "– Rådgivningen",
        "Ferdig Venter på andre",
        "dina laget henvendelsen",
    ):
        assert said in history


def test_the_same_change_twice_is_one_change(desk: Visitor) -> None:
    reference = save_new(desk)
    form = form_of(desk, reference) | {"merknad": "Nytt."}
    for _ in range(2):
        assert desk.post(f"/skranke/henvendelser/{reference}", form).status_code == 200
    assert form_of(desk, reference)["utgave"] == "2"
    change(desk, reference)
    assert form_of(desk, reference)["utgave"] == "2"


def test_the_second_of_two_is_told_sees_both_and_loses_nothing(desk: Visitor, kari: Visitor) -> None:
    reference = save_new(desk, oppfolging="handed", enhet="advice", merknad="Felles.")
    mine, theirs = form_of(desk, reference), form_of(kari, reference)
    assert (
        kari.post(f"/skranke/henvendelser/{reference}", theirs | {"merknad": "Karis.", "status": "open"}).status_code
        == 200
    )
    changed = mine | {"merknad": "Dinas.", "frist": TOMORROW}
    assert desk.post(f"/skranke/henvendelser/{reference}", changed).status_code == 409
    told = words(desk, "enquiry-conflict", "</table>")
    for said in ("kari", "Karis.", "Dinas.", "Åpen", "Venter på andre"):
        assert said in told
    merged = form_of(desk, reference)
    assert (merged["merknad"], merged["status"], merged["frist"], merged["utgave"]) == ("Dinas.", "open", TOMORROW, "2")
    assert desk.post(f"/skranke/henvendelser/{reference}", merged).status_code == 200
    assert "Karis. Dinas." in words(desk, 'id="historie"')


def test_the_text_for_the_journal_system_holds_everything(desk: Visitor) -> None:
    save_new(desk, oppfolging="handed", enhet="advice", frist="2026-12-24", merknad="To linjer\r\nav noe.")
    journal = re.findall(r'id="journaltekst">\s(.*?)</textarea>', desk.text, re.DOTALL)[0]
    for said in (
        f"Henvendelse {make_reference(YEAR, 1)}",
        "Husarbeid: trinn 5",
        "Oppfølging: Gitt videre til en enhet",
        "Enhet: Rådgivningen",
        "Frist: 24. desember 2026",
        "To linjer\nav noe.",
        "veiledning, ikke et vedtak",
    ):
        assert said in journal


def test_what_cannot_be_opened_with_todays_key_is_told_and_not_a_fault(desk: Visitor, desk_app: Flask) -> None:
    reference = save_new(desk)
    with store_of(desk_app).database.writing() as session:
        for table in (Enquiry, EnquiryVersion):
            session.execute(update(table).values(sealed=b"0"))
    assert desk.get(f"/skranke/henvendelser/{reference}").status_code == 200
    assert "kan ikke leses med nøklene" in desk.text
    assert desk.get("/skranke/henvendelser?status=all").status_code == 200
    assert reference in desk.text


def test_what_is_out_of_time_is_shown_to_nobody(desk: Visitor, desk_app: Flask) -> None:
    reference = save_new(desk)
    for days, found in ((30, 200), (31, 404)):
        with store_of(desk_app).database.writing() as session:
            session.get_one(Enquiry, reference).closed = today() - timedelta(days)
        assert desk.get(f"/skranke/henvendelser/{reference}").status_code == found
        assert desk.get("/skranke/henvendelser?status=all").status_code == 200
        assert (f"/{reference}" in desk.text) is (found == 200)


def test_a_conversation_that_is_gone_leads_to_a_blank_sheet(desk: Visitor) -> None:
    desk.get("/skranke")
    desk.post("/skranke/henvendelser/ny", {"ark": "0" * 32})
    assert desk.path == "/skranke/samtale"
