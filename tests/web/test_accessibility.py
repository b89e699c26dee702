"""WCAG 2.2 AA in a real browser, on every kind of page and in every state: one walk, and what each check found on it.

``docs/accessibility.md`` names these tests criterion by criterion.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.conftest import Answer
from tests.web.browsers import AXE, CHROMIUM, fits, kind, low_contrast, press, violations, walk, window
from wizard.web import session
from wizard.web.access import DESK_PATH
from wizard.web.prefix import FOR_MACHINES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
    pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed"),
]

DAUGHTER: dict[str, Answer] = {
    "for_whom": "relative", "age": "senior", "danger": ["violence"], "home_tonight": "unsure",
    "needs": ["memory", "personal_care", "caregiver"], "relative_age": "adult",
}  # fmt: skip
EXAMPLES: Mapping[str, Mapping[str, object]] = {
    "browse.step": {"number": 6},
    "browse.service": {"id_": "substance_use_advice"},
    "how.table": {"need": "family"},
    "questions.show": {"number": 1},
    "questions.show_extra": {"number": 1},
}
"""What stands in the addresses that hold something."""
NO_PAGES = FOR_MACHINES | {"how.drawing"}
SMALLEST = {"width": 320, "height": 568}
"""1280 pixels at 400 % zoom."""

SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((element) => {
  const { overflowX, overflowY, position } = getComputedStyle(element);
  const hides = (overflow) => ["hidden", "clip"].includes(overflow);
  if (position === "absolute" || !element.innerText?.trim() || !element.clientHeight) return false;
  return (hides(overflowY) && element.scrollHeight > element.clientHeight + 2)
    || (hides(overflowX) && element.scrollWidth > element.clientWidth + 2);
}).map((element) => element.outerHTML.slice(0, 120))"""
SMALL_TARGETS = """() => {
const ticked = (element) => element.matches("[type=radio], [type=checkbox]");
const pressed = (element) => element.closest(".choice") ?? (ticked(element) ? element.labels[0] : element);
return [...document.querySelectorAll(
  "button, .ds-button, summary, .choice, .number, .back, .exits a, .footer nav a, input:not([type=hidden])"
)].filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .map((element) => [element, pressed(element).getBoundingClientRect()])
  .filter(([element, box]) => !element.classList.contains("ds-skip-link") && (box.height < 43.5 || box.width < 43.5))
  .map(([element, box]) => `${element.outerHTML.slice(0, 100)} ${box.width} x ${box.height}`);
}"""
SKIPPED_LEVELS = """() => {
  const levels = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
    .filter((heading) => heading.checkVisibility()).map((heading) => Number(heading.tagName[1]));
  return levels.filter((level, i) => i > 0 && level > levels[i - 1] + 1);
}"""
UNLABELLED_SCROLLING = """() => [...document.querySelectorAll("main *")].filter((element) => {
  const { overflowX } = getComputedStyle(element);
  if (!["auto", "scroll"].includes(overflowX) || element.scrollWidth <= element.clientWidth) return false;
  const named = element.hasAttribute("aria-label") || element.hasAttribute("aria-labelledby");
  return element.matches("textarea") ? false : element.tabIndex < 0 || !named;
}).map((element) => element.outerHTML.slice(0, 120))"""
MOVING = """() => [...document.querySelectorAll("*")].filter((element) => {
  const style = getComputedStyle(element);
  return [style.animationDuration, style.transitionDuration].join().split(",").some((time) => parseFloat(time) > 0)
    && (style.animationName !== "none" || style.transitionProperty !== "none");
}).map((element) => element.outerHTML.slice(0, 120))"""
FOCUS = """() => {
  const element = document.activeElement;
  if (element === document.body) return null;
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => {
    paint.clearRect(0, 0, 1, 1);
    paint.fillStyle = colour;
    paint.fillRect(0, 0, 1, 1);
    return [...paint.getImageData(0, 0, 1, 1).data];
  };
  const light = (colour) => {
    const [r, g, b] = rgb(colour).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [light(one), light(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const shown = element.matches("input[type=radio], input[type=checkbox]") ? element : element;
  let behind = shown.parentElement;
  while (behind.parentElement && rgb(getComputedStyle(behind).backgroundColor)[3] === 0) behind = behind.parentElement;
  const ground = getComputedStyle(behind).backgroundColor;
  const { outlineColor, outlineStyle, outlineWidth } = getComputedStyle(shown);
  const box = element.getBoundingClientRect();
  const exits = document.querySelector(".exits");
  const bar = exits.contains(element) || getComputedStyle(exits).position !== "sticky"
    ? 0 : exits.getBoundingClientRect().bottom;
  return {
    html: element.outerHTML.slice(0, 120),
    drawn: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    contrast: contrast(outlineColor, ground),
    hidden: box.bottom <= bar || box.top >= innerHeight,
    way: element.closest(".leave") ? "leave" : element.className,
  };
}"""


def page_addresses(app: Flask) -> list[str]:
    """Every page for citizens, one of each kind. A new route with something in its address wants an example."""
    adapter = app.url_map.bind("")
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    wanted = [rule for rule in rules if rule.endpoint not in NO_PAGES and not rule.rule.startswith(DESK_PATH)]
    lacking = [rule.endpoint for rule in wanted if rule.arguments != set(EXAMPLES.get(rule.endpoint, ()))]
    assert not lacking, f"give these an example: {lacking}"
    return [adapter.build(rule.endpoint, EXAMPLES.get(rule.endpoint)) for rule in wanted]


def states(page: Page, app: Flask) -> Iterator[str]:
    """Every page, before, during and after a visit, and each state that changes what stands on it."""
    addresses = page_addresses(app)
    for path in (*addresses, "/?beskjed=utlopt", "/?beskjed=slettet", "/nowhere"):
        page.goto(path)
        if kind(page) != "start" or path == "/" or "beskjed" in path:
            yield path
    for words in ("vaskehjelp", "noen slår meg", "qqqq"):
        page.goto("/sok")
        page.fill("#sok-tekst", words)
        press(page, ".search-line button")
        yield f"search for {words}"
    for question in walk(page, DAUGHTER):
        yield f"question {question}"
        if question in {"for_whom", "danger"}:
            press(page, ".onward")
            yield f"question {question} with a fault"
        if question == "home_tonight":
            page.goto("/for-du-svarer")
            yield "pause"
            page.go_back()
            page.reload()
            open_all(page)
            yield "question with the numbers again"
    yield "result"
    open_all(page)
    yield "result with everything open"
    press(page, ".keep-form button")
    yield "the code"
    page.goto("/resultat")
    yield "result with what is kept"
    press(page, ".helped button")
    yield "thanks"
    for path in addresses:
        page.goto(path)
        open_all(page)
        yield f"{path} during a visit"


def open_all(page: Page) -> None:
    page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true")


Findings = Mapping[str, list[str]]


@pytest.fixture(scope="module")
def context_page(browser: Browser, address: str) -> Iterator[Page]:
    """A window of somebody who wants nothing to move."""
    size = {"width": 360, "height": 740}
    with window(browser, address, viewport=size, bypass_csp=True, reduced_motion="reduce") as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def findings(context_page: Page, real_app: Flask) -> Findings:
    """What every check found, by check: the state, and what is wrong there."""
    found: dict[str, list[str]] = defaultdict(list)
    for state in states(context_page, real_app):
        for check, faults in look(context_page):
            found[check] += [f"{state}: {fault}" for fault in faults]
        found["titles"].append(f"{context_page.url}\t{kind(context_page)}\t{context_page.title()}")
        if kind(context_page) == "question":
            found["asked"].append(context_page.inner_text("h1"))
    return found


def look(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Every check that only looks; the page is as it was afterwards."""
    page.evaluate("scrollTo(0, 0)")  # what is just passing under the bar on top would look cut off
    yield "axe", violations(page)
    page.emulate_media(color_scheme="dark")
    yield "axe in the dark", low_contrast(page)
    page.emulate_media(color_scheme="light")
    yield "motion", page.evaluate(MOVING)
    yield "targets", page.evaluate(SMALL_TARGETS)
    yield "headings", page.evaluate(SKIPPED_LEVELS)
    ways_out = page.locator(".exits form.leave + a + a.urgent-link, .desk-top > a.ds-skip-link + a").count()
    yield "help", [] if ways_out == 1 else ["the ways out differ"]
    fault = page.locator(".ds-error-summary").count() or kind(page) == "error"
    yield "faults", [] if page.title().startswith("Feil: ") == bool(fault) else [page.title()]
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    yield "narrow", [] if fits(page) else ["scrolls sideways"]
    yield "regions", page.evaluate(UNLABELLED_SCROLLING)
    style = page.add_style_tag(content=SPACING)
    yield "spacing", page.evaluate(CLIPPED) + ([] if fits(page) else ["scrolls sideways"])
    style.evaluate("element => element.remove()")
    page.set_viewport_size({"width": 360, "height": 740})


def test_axe_finds_nothing(findings: Findings) -> None:
    assert findings["axe"] == []


def test_axe_finds_nothing_in_the_dark(findings: Findings) -> None:
    assert findings["axe in the dark"] == []


def test_nothing_moves_for_those_who_do_not_want_it(findings: Findings) -> None:
    assert findings["motion"] == []


def test_everything_to_press_measures_44_pixels(findings: Findings) -> None:
    assert findings["targets"] == []


def test_headings_skip_no_level(findings: Findings) -> None:
    assert findings["headings"] == []


def test_help_stands_in_the_same_place_everywhere(findings: Findings) -> None:
    assert findings["help"] == []


def test_titles_begin_with_the_word_for_fault_where_there_is_one_and_only_there(findings: Findings) -> None:
    assert findings["faults"] == []


def test_nothing_scrolls_sideways_at_320_pixels(findings: Findings) -> None:
    assert findings["narrow"] == []


def test_what_scrolls_by_itself_can_be_focused_and_has_a_name(findings: Findings) -> None:
    assert findings["regions"] == []


def test_wider_text_spacing_clips_nothing(findings: Findings) -> None:
    assert findings["spacing"] == []


def test_titles_tell_pages_apart_and_never_what_is_asked(findings: Findings) -> None:
    rows = [line.split("\t") for line in findings["titles"]]
    by_title = defaultdict(set)
    for url, what, title in rows:
        if what == "error":
            continue
        by_title[title.removeprefix("Feil: ")].add(url.partition("?")[0].partition("#")[0])
    assert {title: urls for title, urls in by_title.items() if len(urls) > 1} == {}
    words = [title for _, what, title in rows if what in {"question", "pause"}]
    assert words
    assert not [title for title in words for asked in findings["asked"] if asked.rstrip("?").lower() in title.lower()]
    assert all(title.removeprefix("Feil: ").startswith(("Spørsmål ", "Tillegg ", "Før du")) for title in words)


WRONG = """<!DOCTYPE html><html lang="nb"><title>Side</title><body data-page="error">
<style>
  #light { color: #ddd; background: #fff }
  #moving { transition: color 1s }
  #cut { block-size: 1.25rem; overflow: hidden; font: 1rem/1.2 sans-serif; inline-size: 8rem }
  #wide { overflow-x: auto }
  #wide p { inline-size: 90rem }
</style>
<main><h1>Side</h1><h3>Hopp</h3><p id="light">Lys</p><p id="moving">Rører seg</p><p id="cut">Ett to tre fire</p>
<div id="wide"><p>Bred</p></div><p style="inline-size: 60rem">Stikker ut</p><button>x</button></main>"""


def test_the_checks_find_what_is_wrong(context_page: Page, findings: Findings) -> None:
    assert findings
    context_page.set_content(WRONG)
    assert {check for check, faults in look(context_page) if not faults} == set()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with window(browser, address, viewport={"width": 360, "height": 640}) as context:
        yield context.new_page()


def tab_to(page: Page, selector: str) -> None:
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    pytest.fail(f"the keyboard never comes to {selector}")


def test_a_whole_visit_goes_by_keyboard(page: Page) -> None:
    page.goto("/")
    tab_to(page, ".begin")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    while kind(page) in {"question", "pause"}:
        if kind(page) == "question":
            answer_by_keyboard(page)
        tab_to(page, ".onward")
        with page.expect_navigation():
            page.keyboard.press("Enter")
    assert kind(page) == "result"


def answer_by_keyboard(page: Page) -> None:
    answers = {"for_whom": "self", "age": "senior", "danger": "none", "needs": "household"}
    wanted = answers.get(page.input_value("input[name=question]"), "unknown")
    box = f'input[name=answer][value="{wanted}"]'
    if page.get_attribute(box, "type") == "checkbox":
        tab_to(page, box)
        page.keyboard.press("Space")
    else:
        tab_to(page, "input[name=answer]")
        page.keyboard.press("Space")
        for _ in range(20):
            if page.is_checked(box):
                break
            page.keyboard.press("ArrowDown")
    assert page.is_checked(box)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/hjelp-na", "/trappen/6", "/slik-virker-det/family", "/sporsmal/1", "/nowhere"])
def test_focus_is_seen_and_never_covered(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.goto("/")
    press(page, ".begin")
    page.goto(path)
    met = []
    for _ in range(40):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None:
            break
        met.append(focus)
    assert [focus["way"] for focus in met[:2]] == ["leave", "ds-skip-link"]
    assert [focus["html"] for focus in met if not focus["drawn"]] == []
    assert [(focus["html"], focus["contrast"]) for focus in met if focus["contrast"] < 3] == []
    assert [focus["html"] for focus in met if focus["hidden"]] == []


def test_the_skip_link_leads_to_the_content(page: Page) -> None:
    page.goto("/trappen")
    tab_to(page, ".ds-skip-link")
    page.keyboard.press("Enter")
    assert page.locator("main:focus").count() == 1


def test_a_fault_takes_the_focus_and_belongs_to_its_field(page: Page) -> None:
    next(walk(page, {}))
    press(page, ".onward")
    assert page.locator(".ds-error-summary:focus").count() == 1
    described = (page.get_attribute("fieldset", "aria-describedby") or "").split()
    assert "feil" in described
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert page.locator("#svar-1:focus").count() == 1
    assert page.is_checked("#svar-1")


def test_colours_forced_by_the_system_hide_nothing(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    next(walk(page, {}))
    page.check("#svar-1")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS)["drawn"]
    frame = "element => getComputedStyle(element).borderTopStyle"
    assert page.locator(".choice").first.evaluate(frame) != "none"
    page.goto("/hjelp-na")
    assert page.locator(".calls .number").first.evaluate(frame) != "none"
    page.goto("/trappen")
    colours = page.locator(".stair rect").first.evaluate(
        "rect => [getComputedStyle(rect).fill, getComputedStyle(rect).stroke]"
    )
    assert colours[0] != colours[1] != "none"


def test_a_word_comes_before_the_answers_are_deleted(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    page.clock.install()
    next(walk(page, {}))
    notice = page.locator(".still-here > div")
    page.clock.fast_forward("24:00")
    assert not notice.is_visible()
    page.clock.fast_forward("02:00")
    assert notice.is_visible()
    assert violations(page) == []
    monkeypatch.setattr(session, "_now", lambda: int(time.time()) + 26 * 60)
    with page.expect_response(lambda response: response.request.method == "HEAD") as renewed:
        page.click(".still-here button")
    assert "set-cookie" in renewed.value.all_headers()
    notice.wait_for(state="hidden")
    assert page.locator("main:focus").count() == 1
    page.clock.fast_forward("26:00")
    assert notice.is_visible()


def test_a_page_that_has_run_out_leaves_the_screen(page: Page) -> None:
    page.clock.install()
    next(walk(page, {}))
    page.context.clear_cookies()
    with page.expect_navigation():
        page.clock.fast_forward("31:00")
    assert kind(page) == "start"
