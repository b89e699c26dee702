"""Whole conversations in a real browser: how fast, by keyboard, two at once, on a bad line and on a shared screen."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.conftest import Answer
from tests.desk.conftest import LILLESAND, make_app, store_of, token_for
from tests.web.browsers import AXE, CHROMIUM, arrive, kind, look, press, served, window
from wizard.desk.staff import COOKIE, Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
]
BEGIN = "/skranke/samtale"
SECONDS_A_CLICK = 1.0
"""A clerk with a telephone at the ear finds and clicks one thing a second."""
CITIZEN: dict[str, Answer] = {
    "for_whom": "self", "age": "senior", "danger": "none", "needs": ["household"], "household_amount": "all",
}  # fmt: skip
SAVED = re.compile("^Lagret")


@pytest.fixture(scope="module")
def lillesand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = make_app(tmp_path_factory.mktemp("desk"), **LILLESAND)
    yield app
    store_of(app).database.engine.dispose()


@pytest.fixture(scope="module")
def address(lillesand: Flask) -> Iterator[str]:
    with served(lillesand) as address:
        yield address


@pytest.fixture
def clerk(browser: Browser, address: str, lillesand: Flask, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """The browser of somebody who is logged in, somebody else for each test."""
    name = request.node.name.replace("_", "")[-50:]
    token = token_for(lillesand, name, Role.DESK)
    with window(browser, address, bypass_csp=True, viewport={"width": 1280, "height": 800}) as context:
        context.add_cookies([{"name": COOKIE, "value": token, "url": f"{address}/skranke"}])
        yield context


@pytest.fixture
def page(clerk: BrowserContext) -> Page:
    return begin(clerk.new_page())


def begin(page: Page) -> Page:
    page.goto(BEGIN)
    return page


def tick(page: Page, *options: str) -> None:
    """Click answers by the ids of their fields, and wait until they are kept."""
    for option in options:
        with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url.endswith(BEGIN)):
            page.click(f"label[for='{option}']")
    expect(page.locator("#status")).to_have_text(SAVED)


def option(page: Page, question: str, value: str) -> str:
    """The id of an answer's field."""
    field = page.locator(f"[name='svar-{question}'][value='{value}']")
    return field.get_attribute("id") or ""


def answers(page: Page) -> list[str]:
    """Everything that is ticked on the page."""
    ticked: list[str] = page.eval_on_selector_all("#ark input:checked", "fields => fields.map(field => field.id)")
    return sorted(ticked)


def test_a_conversation_about_three_needs_takes_less_than_ninety_seconds_of_clicking(
    clerk: BrowserContext, record_property: Callable[[str, object], None]
) -> None:
    page = clerk.new_page()
    page.goto("/skranke")
    clicks, started = 0, time.monotonic()

    def click(selector: str) -> None:
        nonlocal clicks
        clicks += 1
        page.click(selector)

    click(f".desk-bar a[href='{BEGIN}']")
    for need in ("household", "memory", "caregiver"):
        click(f"label[for='behov-{need}']")
    for question, value in (("age", "senior"), ("danger", "none")):
        click(f"label[for='{option(page, question, value)}']")
    expect(page.locator("#status")).to_have_text(SAVED)
    while page.locator(".side-need .side-ask a").count():
        link = page.locator(".side-need .side-ask a").first
        item = (link.get_attribute("href") or "")[1:]
        options = page.locator(f"#{item} input:not([type=hidden])")
        middle = options.nth(options.count() // 2).get_attribute("id")
        with page.expect_response(lambda answer: answer.url.endswith(BEGIN)):
            click(f"label[for='{middle}']")
        expect(page.locator(f".side-need .side-ask a[href='#{item}']")).to_have_count(0)
    with page.expect_navigation():
        click(".talk-side button[formaction]")
    assert kind(page) == "desk_result"
    assert page.locator(".need").count() == 3
    waited = time.monotonic() - started
    seconds = clicks * SECONDS_A_CLICK + waited
    record_property("clicks", clicks)
    record_property("seconds", round(seconds, 1))
    print(f"three needs: {clicks} clicks, {waited:.1f} s of waiting, {seconds:.1f} s at a click a second")  # noqa: T201
    assert seconds < 90


def test_every_page_of_a_conversation_is_free_of_faults_at_every_width(page: Page) -> None:
    look(page)
    tick(page, "behov-household", "behov-caregiver", option(page, "age", "senior"), option(page, "danger", "violence"))
    look(page)
    page.fill("#sok", "penger")
    page.wait_for_selector(".hits button")
    page.click("[data-show-keys]")
    look(page)
    page.keyboard.press("Escape")
    press(page, ".talk-side button[formaction]")
    assert kind(page) == "desk_result"
    look(page)
    press(page, ".talk-code button")
    assert kind(page) == "desk_code_given"
    look(page)
    code = page.inner_text("strong.code")
    for path in ("/skranke/passord", f"{BEGIN}/tomt", "/skranke/overta"):
        page.goto(path)
        look(page)
    page.fill("#kode", code)
    press(page, ".desk-form button")
    assert kind(page) == "desk_sheet"
    look(page)


def test_the_sheet_to_take_home_is_free_of_faults_from_right_to_left_too(page: Page) -> None:
    tick(page, "behov-household")
    press(page, ".talk-side button[formaction]")
    page.select_option("#sprak", "ar")
    with page.expect_popup() as opened:
        page.click(".talk-tongue button")
    assert kind(opened.value) == "desk_paper"
    assert opened.value.get_attribute("html", "dir") == "rtl"
    look(opened.value)


def test_the_side_stays_in_sight_where_there_is_room_and_comes_last_where_there_is_not(page: Page) -> None:
    tick(page, "behov-household")
    page.evaluate("scrollTo(0, 800)")
    box = page.locator(".talk-side").bounding_box()
    assert box
    assert 0 <= box["y"] < 200
    page.set_viewport_size({"width": 360, "height": 740})
    sheet, side = page.locator("#ark").bounding_box(), page.locator(".talk-side").bounding_box()
    assert sheet
    assert side
    assert side["y"] >= sheet["y"] + sheet["height"]


def test_two_tabs_with_two_persons_never_meet(clerk: BrowserContext) -> None:
    """One clerk, two tabs, turn by turn and without waiting in between."""
    one, two = begin(clerk.new_page()), begin(clerk.new_page())
    mine = {one: ["behov-household", "age-6", "danger-12"], two: ["behov-money", "age-4", "danger-1"]}
    for step in range(3):
        for tab in (one, two):
            tab.click(f"label[for='{mine[tab][step]}']")
    for tab in (one, two):
        expect(tab.locator("#status")).to_have_text(SAVED)
        tab.wait_for_function("!document.querySelector('#status').classList.contains('failed')")
    for tab, other in ((one, two), (two, one)):
        assert set(mine[tab]) <= set(answers(tab))
        assert not set(mine[other]) & set(answers(tab))
    assert "Praktisk hjelp" not in two.inner_text("#siden")
    assert one.locator(".alarm-box").count() == 0
    assert two.locator(".alarm-box").count() == 1
    draft = one.input_value("#ark [name=ark]")
    third = begin(clerk.new_page())
    third.click(".talk-others summary")
    press(third, f".talk-others form[action$=fortsett] button[value='{draft}']")
    assert answers(third) == answers(one)


def test_an_older_tab_of_the_same_conversation_is_told_and_loses_nothing(clerk: BrowserContext, page: Page) -> None:
    tick(page, "behov-household", option(page, "age", "senior"))
    draft = page.input_value("#ark [name=ark]")
    other = begin(clerk.new_page())
    other.click(".talk-others summary")
    press(other, f".talk-others form[action$=fortsett] button[value='{draft}']")
    tick(other, "household_amount-3")
    with page.expect_navigation():
        page.click("label[for='household_amount-4']")
    assert "Samtalen er endret i et annet vindu" in page.inner_text("main")
    assert page.locator(".talk-rivals").count() == 1
    page.check("[name=mitt][value=household_amount]")
    with page.expect_navigation():
        page.click("#ark .actions button:not([formaction])")
    assert "household_amount-4" in answers(page)


def test_a_new_person_means_a_blank_sheet_also_after_back_and_reload(page: Page, clerk: BrowserContext) -> None:
    cookies = {(cookie["name"], cookie["value"]) for cookie in clerk.cookies()}
    blank = answers(page)
    tick(page, "behov-household", option(page, "age", "senior"), option(page, "danger", "violence"))
    first = page.input_value("#ark [name=ark]")
    assert page.url.endswith(BEGIN)
    press(page, f".desk-bar a[href='{BEGIN}']")
    assert answers(page) == blank
    assert page.input_value("#ark [name=ark]") != first
    for turn in (page.go_back, page.go_forward, page.reload):
        turn()
        page.wait_for_load_state()
        assert set(answers(page)) <= set(blank)
        assert "Praktisk hjelp hjemme: " not in page.inner_text("body")
    begin(page)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.evaluate("indexedDB.databases().then(found => found.length)") == 0
    assert {(cookie["name"], cookie["value"]) for cookie in clerk.cookies()} == cookies


def test_back_after_the_result_shows_nobodys_answers(page: Page) -> None:
    blank = answers(page)
    tick(page, "behov-household", option(page, "age", "senior"))
    press(page, ".talk-side button[formaction]")
    assert kind(page) == "desk_result"
    press(page, f".desk-bar a[href='{BEGIN}']")
    for _ in range(3):
        page.go_back()
        page.wait_for_load_state()
        if not page.url.endswith(BEGIN):
            break
        assert answers(page) == blank


def test_ending_deletes_and_leaves_a_blank_sheet(page: Page) -> None:
    blank = answers(page)
    page.click("label[for='behov-household']")
    press(page, "form[data-after-saving] button")
    assert answers(page) == blank
    assert page.locator(".talk-others").count() == 0


def test_an_answer_given_in_the_moment_of_leaving_is_kept(page: Page) -> None:
    tick(page, "behov-household")
    page.click("label[for='age-6']")
    press(page, f".desk-bar a[href='{BEGIN}']")
    page.reload()
    page.click(".talk-others summary")
    press(page, ".talk-others form[action$=fortsett] button")
    assert {"behov-household", "age-6"} <= set(answers(page))


def test_who_is_logged_out_in_the_middle_loses_nothing(page: Page, lillesand: Flask) -> None:
    tick(page, "behov-household")
    name = page.inner_text(".desk-who")
    page.context.clear_cookies()
    page.click("label[for='age-6']")
    expect(page.locator("#status")).to_contain_text("Du kan være logget ut")
    again = token_for(lillesand, name, Role.DESK)
    page.context.add_cookies([{"name": COOKIE, "value": again, "domain": "127.0.0.1", "path": "/skranke"}])
    expect(page.locator("#status")).to_have_text(SAVED)
    assert {"behov-household", "age-6"} <= set(answers(page))


def test_a_bad_line_is_told_and_nothing_is_lost(page: Page) -> None:
    tick(page, "behov-household")
    page.route(f"**{BEGIN}", lambda route: route.abort())
    page.click(f"label[for='{option(page, 'age', 'senior')}']")
    expect(page.locator("#status")).to_contain_text("Ikke lagret")
    page.click("label[for='household_amount-3']")
    assert {"age-6", "household_amount-3"} <= set(answers(page))
    page.unroute(f"**{BEGIN}")
    expect(page.locator("#status")).to_have_text(SAVED)
    draft = page.input_value("#ark [name=ark]")
    page.goto(BEGIN)
    page.click(".talk-others summary")
    press(page, f".talk-others form[action$=fortsett] button[value='{draft}']")
    assert {"behov-household", "age-6", "household_amount-3"} <= set(answers(page))


def test_what_is_answered_while_the_line_is_slow_is_neither_overtaken_nor_untied(page: Page) -> None:
    tick(page, "behov-household", option(page, "age", "senior"))
    asked: list[str] = []
    held: list[Route] = []

    def slowly(route: Route) -> None:
        asked.append(route.request.post_data or "")
        if len(asked) == 1:
            held.append(route)
        else:
            route.continue_()

    page.route(f"**{BEGIN}", slowly)
    for number in (1, 4, 2, 3):
        page.click(f"label[for='household_amount-{number}']")
    assert len(asked) == 1
    held[0].continue_()
    page.wait_for_selector("#spm-household_other_ways[data-state=open]")
    expect(page.locator("#status")).to_have_text(SAVED)
    assert "household_amount-3" in answers(page)
    assert "Kan bli" in page.inner_text("#na-household")
    assert "parts" in asked[-1].partition("svar-household_amount=")[2][:12]
    assert len(asked) == 2


def test_the_focus_stays_where_it_is_while_the_page_is_renewed(page: Page) -> None:
    tick(page, "behov-household", option(page, "age", "senior"), "household_amount-3")
    assert page.evaluate("document.activeElement.id") == "household_amount-3"
    page.wait_for_selector("#spm-household_other_ways[data-state=open]")
    assert page.evaluate("document.activeElement.id") == "household_amount-3"


def test_the_whole_sheet_can_be_filled_in_by_keyboard(page: Page) -> None:
    assert page.evaluate("document.activeElement.id") == "sok"
    page.keyboard.type("vaskehjelp")
    page.keyboard.press("Enter")
    page.wait_for_selector("#del-household")
    assert "behov-household" in answers(page)
    assert page.input_value("#sok") == ""
    page.keyboard.type("9")
    assert page.input_value("#sok") == "9"
    page.fill("#sok", "")
    page.focus("#behov")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.dataset.question") == "danger"
    page.keyboard.press("1")
    page.wait_for_selector(".alarm-box")
    page.keyboard.press("1")
    expect(page.locator(".alarm-box")).to_have_count(0)
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.dataset.question") == "danger"
    while page.evaluate("document.activeElement.dataset.question") != "household_amount":
        page.keyboard.press("j")
    page.keyboard.press("3")
    page.wait_for_selector("#spm-household_other_ways[data-state=open]")
    assert "household_amount-3" in answers(page)
    page.keyboard.press("n")
    assert page.evaluate("document.activeElement.dataset.question") == "household_other_ways"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "sok"


def test_enter_and_numbers_alone_lead_through_the_sheet(page: Page) -> None:
    page.keyboard.type("vaskehjelp")
    page.keyboard.press("Enter")
    page.wait_for_selector("#del-household")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.question") == "danger"
    page.keyboard.press("0")
    assert page.is_checked(f"#{option(page, 'danger', 'none')}")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.question") == "age"
    page.keyboard.press("6")
    assert page.is_checked(f"#{option(page, 'age', 'senior')}")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.question") == "household_amount"


def test_needs_and_safety_stand_on_the_first_screen(page: Page) -> None:
    for question in ("#behov input >> nth=-1", "#del-trygghet legend >> nth=0"):
        box = page.locator(question).bounding_box()
        assert box
        assert box["y"] + box["height"] < 800


def test_shortcuts_are_listed_and_can_be_switched_off_for_this_login(page: Page, clerk: BrowserContext) -> None:
    page.focus("[data-question=danger]")
    page.keyboard.press("?")
    assert page.locator("#taster").is_visible()
    with page.expect_response(f"**{BEGIN}/taster"):
        page.uncheck("#taster-pa")
    page.keyboard.press("Escape")
    before = answers(page)
    page.focus("[data-question=danger]")
    page.keyboard.press("1")
    page.keyboard.press("?")
    assert answers(page) == before
    assert not page.locator("#taster").is_visible()
    other = begin(clerk.new_page())
    other.focus("[data-question=danger]")
    other.keyboard.press("1")
    assert answers(other) == before


def test_a_screen_nobody_touches_is_emptied_and_the_conversation_waits(page: Page) -> None:
    page.clock.install()
    begin(page)
    page.click("label[for='behov-household']")
    page.clock.run_for(500)
    expect(page.locator("#status")).to_have_text(SAVED)
    with page.expect_navigation():
        page.clock.fast_forward("16:00")
    assert kind(page) == "desk_emptied"
    page.go_back()
    page.wait_for_load_state()
    assert "Praktisk hjelp" not in page.inner_text("body") or "behov-household" not in answers(page)
    begin(page)
    assert "1 åpen samtale" in page.inner_text("main")


def test_what_could_not_be_sent_is_covered_and_not_lost(page: Page) -> None:
    page.clock.install()
    begin(page)
    page.route(f"**{BEGIN}", lambda route: route.abort())
    page.click("label[for='behov-household']")
    page.clock.run_for(200)
    expect(page.locator("#status")).to_contain_text("Ikke lagret")
    page.clock.fast_forward("16:00")
    expect(page.locator("#ark")).not_to_be_visible()
    page.mouse.move(50, 50)
    expect(page.locator("#ark")).to_be_visible()
    assert "behov-household" in answers(page)


def test_a_scanner_opens_the_answers_of_a_citizen(clerk: BrowserContext, browser: Browser, address: str) -> None:
    with window(browser, address) as context:
        visitor = context.new_page()
        arrive(visitor, CITIZEN)
        press(visitor, ".keep-form button")
        code = visitor.inner_text(".code").replace(" ", "").replace("\n", "")
    page = clerk.new_page()
    page.goto("/skranke/overta")
    with page.expect_navigation():
        page.keyboard.type(code + "\n")
    assert kind(page) == "desk_sheet"
    assert "household_amount-4" in answers(page)
    assert "Ingen svar er endret." in page.inner_text("#siden")
    tick(page, "household_amount-1")
    assert "trinn 6 → trinn" in page.inner_text(".talk-changes")
    assert "Innbyggeren svarte:" in page.inner_text("#spm-household_amount")
    assert page.url.endswith(BEGIN)


def test_a_whole_conversation_works_without_scripts(clerk: BrowserContext, browser: Browser, address: str) -> None:
    with window(browser, address, java_script_enabled=False) as context:
        context.add_cookies(clerk.cookies())  # type: ignore[arg-type]
        page = begin(context.new_page())
        page.fill("#sok", "vaskehjelp")
        press(page, ".talk-find .search-line button")
        press(page, ".hits button[value=household]")
        page.check(f"#{option(page, 'age', 'senior')}")
        page.check("#household_amount-4")
        press(page, "#ark .actions button:not([formaction])")
        assert "Trinn 6: " in page.inner_text("#siden")
        press(page, ".talk-side button[formaction]")
        assert kind(page) == "desk_result"
        press(page, "form[action$=avslutt] button")
        assert "Samtalen er slettet" in page.inner_text("main")
        assert page.locator("#ark input[type=checkbox]:checked").count() == 0


def test_the_printed_result_leaves_out_what_belongs_to_the_desk(page: Page, tmp_path: Path) -> None:
    tick(page, "behov-household", option(page, "age", "senior"), "household_amount-4")
    press(page, ".talk-side button[formaction]")
    page.emulate_media(media="print")
    assert not page.locator(".talk-hand").is_visible()
    assert not page.locator(".desk-top").is_visible()
    assert page.locator(".need").is_visible()
    assert page.locator(".plan").is_visible()
    (tmp_path / "result.pdf").write_bytes(page.pdf(format="A4"))
