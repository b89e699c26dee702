"""Scripts written into every field there is, read in a real browser whose own guard against them is switched off."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from tests.conftest import SETTINGS, Visitor
from tests.desk.conftest import clerk, store_of, token_for
from tests.desk.paper import ask_for_call, open_the_desk, save_new
from tests.desk.sheets import begin
from tests.desk.test_login import quick_digests  # noqa: F401  a fixture
from tests.hostile.corpus import SCRIPTS
from tests.hostile.fields import ENDS, Field, endpoint_of, fields, places
from tests.web.browsers import CHROMIUM, arrive, served
from wizard.app import create_app
from wizard.desk.staff import COOKIE, Role
from wizard.web.access import DESK_PATH

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed"),
]
STRANGERS = "[onerror],[onload],[onfocus],[ontoggle],base,iframe"
FRAMES = """
async ([pages, strangers]) => {
  const frames = pages.map(page => Object.assign(document.createElement("iframe"), { srcdoc: page }));
  await Promise.all(frames.map(frame => new Promise(done => { frame.onload = done; document.body.append(frame); })));
  await new Promise(done => setTimeout(done, 50));
  const bodies = frames.map(frame => frame.contentDocument.body);
  const broken = bodies.map(body => !!(body.dataset.broken || body.querySelector(strangers)));
  frames.forEach(frame => frame.remove());
  return broken;
}"""
"""Shows many pages at once, each in a frame of its own, and tells in which a script has run or left something."""
AT_ONCE = 40
MACHINES = {"health.show", "health.show_alive", "metrics.show", "security_txt.show", "how.drawing", "overview.export"}
"""Routes whose answers are no pages."""
OTHERWISE = {
    "pause.show": "this guide asks nothing that it comes before, and nobody writes there",
    "provided.begin": "there is no login provider here",
    "provided.take": "there is no login provider here",
    "triage.suggest": "desk.js sends the form of the sheet there",
    "triage.set_keys": "desk.js sends one word there",
    "handout.show_paper": "it is offered where the guide has another language",
    "tongue.choose": "it is offered where the guide has another language",
    "keep.delete": "its form holds nothing but our token",
    "users.reopen": "its form holds nothing but our token",
    "triage.resume": "it stands where a conversation is open; its one field is the number of the conversation",
}
"""Routes that no form on a page leads to in this test, and why."""


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = create_app(replace(SETTINGS, database=f"sqlite:///{tmp_path_factory.mktemp('scripts')}/wizard.sqlite"))
    yield app
    store_of(app).database.engine.dispose()


@pytest.fixture(scope="module")
def written(target: Flask) -> list[str]:
    """The pages of the desk that show what was written, once every script stands in every field that is kept."""
    admin = clerk(target, "astrid", Role.ADMIN)
    open_the_desk(target)
    for number, script in enumerate(SCRIPTS, 1):
        wish = {"navn": script, "nar": script, "trygt": "bestemt", "telefon": f"9123456{number % 10}"}
        citizen = Visitor(target.test_client())
        citizen.client.environ_base["REMOTE_ADDR"] = f"198.51.100.{number}"
        assert ask_for_call(citizen, **wish).path == "/be-om-kontakt/kvittering"
    begin(admin)
    references = [save_new(admin, merknad=script) for script in SCRIPTS[::3]]
    calls = [f"/skranke/ring-tilbake/{number}" for number in range(1, len(SCRIPTS) + 1)]
    enquiries = [f"/skranke/henvendelser/{reference}" for reference in references]
    return ["/skranke/ring-tilbake", "/skranke/henvendelser", *calls, *enquiries]


@pytest.fixture
def context(browser: Browser, target: Flask) -> Iterator[BrowserContext]:
    with served(target) as address:
        context = browser.new_context(base_url=address, bypass_csp=True)
        token = token_for(target, "astrid", Role.ADMIN)
        context.add_cookies([{"name": COOKIE, "value": token, "url": f"{address}{DESK_PATH}"}])
        yield context
        context.close()


def broken(page: Page, texts: Sequence[str]) -> list[bool]:
    """For each of these pages, whether a script has run, or put something of its own into it.

    Only the first is dressed and has our own scripts, which would be fetched for each.
    """
    bare = [re.sub(r"<link[^>]*>|<script[^>]* src=[^>]*></script>", "", text) for text in texts[1:]]
    found: list[bool] = page.evaluate(FRAMES, [[*texts[:1], *bare], STRANGERS])
    return found


def is_broken(page: Page) -> bool:
    """The same of the page that is open."""
    return bool(page.evaluate(f"!!(document.body.dataset.broken || document.body.querySelector('{STRANGERS}'))"))


def test_the_mark_of_a_script_that_runs_is_seen(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/nb/")
    assert not is_broken(page)
    bare = [f"<!DOCTYPE html><title>x</title><p>{text}</p>" for text in ("harmless", *SCRIPTS)]
    seen = broken(page, bare)
    assert not seen[0]
    harmless = ("javascript:", "{{", "<style", "<form", "＜script", "<math", '" autofocus')
    assert seen[1:] == [not script.startswith(harmless) for script in SCRIPTS]


def test_what_is_kept_is_shown_as_text(context: BrowserContext, written: list[str]) -> None:
    page = context.new_page()
    shown = 0
    for path in written:
        page.goto(path)
        shown += "dataset.broken" in page.content()
        assert not is_broken(page), path
    assert shown >= sum("dataset.broken" in script for script in SCRIPTS)


def answers_that_tell(field: Field) -> Iterator[str]:
    """The pages that say again what was written into a field: each script by itself where one can write."""
    first, *others = SCRIPTS if field.free else ("".join(SCRIPTS),)
    for value in (first, *others):
        answer = field.send(value).text
        if "dataset.broken" in answer:
            yield answer
        elif value is first:
            return


def test_no_field_of_any_page_lets_a_script_through(
    context: BrowserContext, target: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All pages come first, so that none is missing because a form before has changed something."""
    for door in ("login", "enrol", "own_password"):
        monkeypatch.setattr(f"wizard.desk.{door}.too_often", lambda *_, **__: False)
    app = target
    opened, found = set[str](), dict[tuple[str, str], Field]()
    for visitor in places(app):
        assert visitor.page is not None
        opened.add(endpoint_of(app, visitor.page.request.path, visitor.page.request.method))
        for field in fields(visitor):
            found.setdefault((endpoint_of(app, field.action, "POST"), field.name), field)
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    forms = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert pages - opened - MACHINES - OTHERWISE.keys() == set()
    assert forms - {endpoint for endpoint, _ in found} - ENDS - OTHERWISE.keys() == set()
    answers = [
        (name, answer)
        for (endpoint, name), field in found.items()
        if endpoint not in ENDS
        for answer in answers_that_tell(field)
    ]
    page = context.new_page()
    page.goto("/nb/")
    for start in range(0, len(answers), AT_ONCE):
        names, texts = zip(*answers[start : start + AT_ONCE], strict=True)
        assert [name for name, is_ in zip(names, broken(page, texts), strict=True) if is_] == []
    told = {name for name, _ in answers}
    assert told >= {"tekst", "code", "nummer", "om", "merknad", "navn", "telefon", "nar", "sok"}


def test_what_matters_to_somebody_is_printed_as_text(context: BrowserContext) -> None:
    page = context.new_page()
    arrive(page, {"for_whom": "self", "age": "old", "danger": "none", "needs": ["chores"]})
    for script in SCRIPTS:
        page.fill("main textarea", script)
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert not is_broken(page), script
        page.emulate_media(media="screen")
