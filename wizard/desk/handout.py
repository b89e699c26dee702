"""What a conversation comes to: the result to print, and the answers under a code that the citizen takes home."""

from dataclasses import replace
from datetime import date, timedelta

from flask import Blueprint, abort, redirect, render_template, request, url_for

from wizard.desk.changes import find_changes
from wizard.desk.drafts import Talk, note_kept, open_talk
from wizard.desk.page import show_sheet
from wizard.desk.triage import Answered, take_form
from wizard.guide.guide import Guide
from wizard.store.saved import forget_expired, save, today
from wizard.web.content import content, current_guide
from wizard.web.keep import DAYS, keeping
from wizard.web.kept import digest, keep_under_code, steps_of, write_down
from wizard.web.language import page_language, speak, spoken_languages
from wizard.web.present import present_result
from wizard.web.sheets import FOR_WHOM
from wizard.web.stored import store
from wizard.web.visit import Visit
from wizard.web.walk import voice_of, walk

handout = Blueprint("handout", __name__, url_prefix="/skranke/samtale")


@handout.post("/resultat")
def show() -> Answered:
    """Keep what is filled in, where a sheet was sent, and show what it comes to."""
    if "side" not in request.form:
        talk = open_talk(request.form.get("ark", ""))
        return _result(talk) if talk else redirect(url_for("triage.begin"), 303)
    talk, filled, notice, rivals = take_form()
    if filled.faults or notice:
        return show_sheet(talk, filled, notice=notice, rivals=rivals), 422
    return _result(talk)


@handout.post("/kode")
def give_code() -> Answered:
    """Keep the answers under a code, as a citizen would, and show it. Doing it again keeps them anew under the same."""
    talk = open_talk(request.form.get("ark", ""))
    days = next((days for days in DAYS if str(days) == request.form.get("days")), None)
    if days is None:
        abort(400)
    if talk is None:
        return redirect(url_for("triage.begin"), 303)
    since, until = today(), today() + timedelta(days)
    theirs = for_citizen(current_guide(), talk.visit)
    kept = keep_under_code(current_guide(), theirs, since=since, until=until)
    with store().database.writing() as session:
        forget_expired(session, day=since)
        save(session, store().vault, theirs.code, write_down(theirs, kept), last_day=until)
    note_kept(talk, replace(kept, answers=digest(talk.answers)))
    given = keeping(replace(talk.visit, kept=kept), talk.answers)
    return render_template("desk/code_given.html", talk=talk, keeping=given, settings=content().settings)


@handout.post("/papir")
def show_paper() -> Answered:
    """The sheet alone, in a language that the citizen reads."""
    talk = open_talk(request.form.get("ark", ""))
    if talk is None:
        return redirect(url_for("triage.begin"), 303)
    if not speak(request.form.get("sprak", "")):
        abort(400)
    return render_template("desk/paper.html", **_paper(talk))


def _result(talk: Talk) -> str:
    changes = find_changes(current_guide(), talk)
    tongues = [language for language in spoken_languages().all if language.id != page_language()]
    return render_template(
        "desk/result.html",
        talk=talk,
        changes=changes,
        keeping=keeping(talk.visit, talk.answers),
        tongues=tongues,
        **_paper(talk),
    )


def _paper(talk: Talk) -> dict[str, object]:
    """What the sheet is made of, in the language of the page."""
    guide = current_guide()
    path = replace(walk(guide, talk.visit), voice=_voice(guide, talk.visit))
    result = present_result(guide, content().sheets, talk.visit, path)
    return {"result": result, "today": date.today(), "settings": content().settings}


def _voice(guide: Guide, visit: Visit) -> str:
    """How the paper speaks to whoever takes it home."""
    voice = voice_of(guide, visit)
    return "self" if voice == "staff" else voice


def for_citizen(guide: Guide, visit: Visit) -> Visit:
    """The visit as the citizen goes on with it: about oneself instead of "a citizen", where that changes no step."""
    shape = guide.questions[FOR_WHOM]
    chosen = shape.options.get(str(visit.answers.get(FOR_WHOM)))
    if chosen is None or "staff" not in chosen.audience or not shape.dont_know:
        return replace(visit, desk=False)
    own = replace(visit, answers={**visit.answers, FOR_WHOM: shape.dont_know}, desk=False)
    return own if steps_of(guide, own) == steps_of(guide, visit) else visit
