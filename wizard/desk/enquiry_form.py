"""The form of an enquiry: filled with how it stands, read again as it was written, and judged field by field."""

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wizard.desk.enquiry_words import BIRTH_NUMBER, FOLLOW_UP, REASON, STATUS
from wizard.guide.guide import Guide
from wizard.store.birth_number import find_birth_number
from wizard.store.enquiry import Begun, Course, FollowUp, Override, Reason, Status
from wizard.web.content import content, current_guide
from wizard.web.language import gettext

LONGEST_NOTE, LONGEST_WORDS = 500, 200
_ONCE = re.compile(r"[0-9a-f]{32}")
_BEGINS_AS = {FollowUp.HANDED: Status.WAITING, FollowUp.CALL_BACK: Status.OPEN}


@dataclass(frozen=True, slots=True)
class Written:
    """A form as somebody has written it; right or wrong, it is shown again like this. The last three go by need."""

    follow_up: str = ""
    unit: str = ""
    due: str = ""
    status: str = ""
    note: str = ""
    steps: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """What a form comes to: a course, or what is wrong with which field."""

    course: Course | None
    faults: Mapping[str, str]


def write_form(course: Course) -> Written:
    """The form as it is filled in for how an enquiry stands."""
    return Written(
        follow_up=course.follow_up,
        unit=course.unit,
        due=course.due.isoformat() if course.due else "",
        status=course.status,
        note=course.note,
        steps={o.need: str(o.step) for o in course.overrides},
        reasons={o.need: o.reason for o in course.overrides},
        words={o.need: o.words for o in course.overrides},
    )


def read_form(form: Mapping[str, str], begun: Begun) -> Written:
    """The form as it was sent. Texts are cut only where they are far too long to be meant."""
    needs = [need.need for need in begun.needs]
    return Written(
        follow_up=form.get("oppfolging", ""),
        unit=form.get("enhet", ""),
        due=form.get("frist", ""),
        status=form.get("status", ""),
        note=form.get("merknad", "").replace("\r\n", "\n").strip()[: 4 * LONGEST_NOTE],
        steps={need: form.get(f"trinn-{need}", "") for need in needs},
        reasons={need: form.get(f"grunn-{need}", "") for need in needs},
        words={need: form.get(f"ord-{need}", "").strip()[: 4 * LONGEST_WORDS] for need in needs},
    )


def form_choices(begun: Begun | None, written: Written, faults: Mapping[str, str]) -> dict[str, Any]:
    """What a form is drawn with. The units that belong to the needs stand first."""
    guide = current_guide()
    needs = begun.needs if begun else ()
    near = {need.contact or guide.needs[need.need].contact for need in needs if need.need in guide.needs}
    return {
        "written": written,
        "faults": faults,
        "once": secrets.token_hex(16),
        "follow_ups": FOLLOW_UP,
        "statuses": STATUS,
        "reasons": REASON,
        "steps": {number: step.title for number, step in guide.steps.items()},
        "near": {id_: contact.name for id_, contact in guide.contacts.items() if id_ in near},
        "others": {id_: contact.name for id_, contact in guide.contacts.items() if id_ not in near},
        "settings": content().settings,
    }


def is_once(text: str) -> bool:
    """Whether a text can be what one of our forms carries."""
    return _ONCE.fullmatch(text) is not None


def judge_form(guide: Guide, begun: Begun, written: Written) -> Judged:
    """Judge a form; every fault names its field. No status yet follows from what was agreed."""
    faults = dict(_faults(guide, written)) | dict(_override_faults(guide, begun, written))
    if faults:
        return Judged(None, faults)
    follow_up = FollowUp(written.follow_up)
    course = Course(
        follow_up=follow_up,
        status=Status(written.status) if written.status else _BEGINS_AS.get(follow_up, Status.CLOSED),
        unit=written.unit,
        due=date.fromisoformat(written.due) if written.due else None,
        note=written.note,
        overrides=tuple(_overrides(begun, written)),
    )
    return Judged(course, {})


def _faults(guide: Guide, written: Written) -> Iterator[tuple[str, str]]:
    if written.follow_up not in set(FollowUp):
        yield "oppfolging", gettext("Velg hva dere ble enige om.")
    if written.unit and written.unit not in guide.contacts:
        yield "enhet", gettext("Velg en enhet fra lista.")
    elif written.follow_up == FollowUp.HANDED and not written.unit:
        yield "enhet", gettext("Velg hvilken enhet som har fått henvendelsen.")
    if written.due and not _is_day(written.due):
        yield "frist", gettext("Skriv en dato.")
    elif written.follow_up == FollowUp.CALL_BACK and not written.due:
        yield "frist", gettext("Skriv når dere senest skal ringe.")
    if written.status and written.status not in set(Status):
        yield "status", gettext("Velg en status.")
    if find_birth_number(written.note):
        yield "merknad", str(BIRTH_NUMBER)
    elif len(written.note) > LONGEST_NOTE:
        yield "merknad", too_long(LONGEST_NOTE)


def _override_faults(guide: Guide, begun: Begun, written: Written) -> Iterator[tuple[str, str]]:
    for need in _other_steps(begun, written):
        if not (written.steps[need].isdecimal() and int(written.steps[need]) in guide.steps):
            yield f"trinn-{need}", gettext("Velg et trinn fra lista.")
        if written.reasons[need] not in set(Reason):
            yield f"grunn-{need}", gettext("Velg hvorfor et annet trinn passer bedre.")
        elif written.reasons[need] == Reason.OTHER and not written.words[need]:
            yield f"ord-{need}", gettext("Skriv kort hvorfor.")
    for need, words in written.words.items():
        if find_birth_number(words):
            yield f"ord-{need}", str(BIRTH_NUMBER)
        elif len(words) > LONGEST_WORDS:
            yield f"ord-{need}", too_long(LONGEST_WORDS)


def _other_steps(begun: Begun, written: Written) -> list[str]:
    """The needs for which another step is chosen than the guide's."""
    return [need.need for need in begun.needs if written.steps[need.need] not in {"", str(need.step)}]


def _overrides(begun: Begun, written: Written) -> Iterator[Override]:
    for need in _other_steps(begun, written):
        yield Override(need, int(written.steps[need]), Reason(written.reasons[need]), written.words[need])


def _is_day(text: str) -> bool:
    try:
        return 2000 < date.fromisoformat(text).year < 2100
    except ValueError:
        return False


def too_long(longest: int) -> str:
    """What is said of a text with too many characters."""
    return gettext("Skriv kortere. Det er plass til %(longest)s tegn.", longest=longest)
