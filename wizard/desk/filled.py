"""What a sheet was filled in with: many questions at a time, in any order, each judged as a visit judges it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from werkzeug.datastructures import MultiDict

from wizard.desk.drafts import Answers
from wizard.rules.model import NEEDS
from wizard.store.drafts import Edit
from wizard.web.content import content
from wizard.web.sheets import Sheet, given_answer
from wizard.web.visit import Given

VOICE = "staff"
"""Whoever sits at the desk is spoken to as staff, whomever it is about."""
ADD, CLEAR, MINE = "legg_til", "fjern", "mitt"
"""Names of the buttons that add a need and take an answer away, and of the boxes that choose one's own answer."""
_LONGEST_WRITER = 32
Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Filled:
    """A sheet as it was sent: the answers to the questions that stood on it, and what of it cannot be an answer."""

    answers: Answers
    asked: frozenset[str]
    faults: Mapping[str, str] = field(default_factory=dict)
    sent: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def fill_in(self, before: Answers) -> Answers:
        """The answers from before with these in their place. What did not stand on the sheet, or is wrong, stays."""
        kept = {id_: given for id_, given in before.items() if id_ not in self.asked or id_ in self.faults}
        return {**kept, **self.answers}

    def against(self, stored: Answers) -> dict[str, Given]:
        """The answers that differ from those that are stored now; where there is no other, this is no difference."""
        return {id_: given for id_, given in self.answers.items() if id_ in stored and stored[id_] != given}

    def add_to(self, stored: Answers) -> Answers:
        """What is stored, with the answers that it lacks."""
        return {**self.answers, **stored}


def field_name(question: str) -> str:
    """The name under which a form sends the answer to a question."""
    return f"svar-{question}"


def find_sheet(question: str) -> Sheet:
    """A question in the words of the desk, with what only staff may answer."""
    return content().sheets.find(question, VOICE, desk=True)


def read_form(form: Form) -> Filled:
    """The answers that a sheet was sent with. What nobody could have sent from our page is passed over."""
    known = content().guide.questions
    asked = [id_ for id_ in dict.fromkeys(form.getlist("sporsmal")) if id_ in known]
    answers: dict[str, Given] = {}
    faults: dict[str, str] = {}
    sent = {id_: values for id_ in asked if (values := tuple(_values(form, id_)))}
    for id_, values in sent.items():
        sheet = find_sheet(id_)
        filled = sheet.form(MultiDict([("answer", value) for value in values]))
        if filled.validate():
            answers[id_] = given_answer(sheet, filled)
        else:
            faults[id_] = str(filled["answer"].errors[0])
    return Filled(answers, frozenset(asked), faults, {id_: sent[id_] for id_ in faults})


def _values(form: Form, question: str) -> Iterator[str]:
    """What is ticked, with what the buttons of the sheet add to it and take away."""
    if form.get(CLEAR) == question:
        return
    mine = question in form.getlist(MINE)
    yield from form.getlist(f"{MINE}-{question}" if mine else field_name(question))
    if question == NEEDS and (added := form.get(ADD)) and added not in form.getlist(field_name(NEEDS)):
        yield added


def read_edit(form: Form) -> Edit:
    """Whose page a form comes from, and what that page knows."""
    version, turn = (int(text) if text.isdecimal() and len(text) < 9 else 0 for text in _counts(form))
    return Edit(form.get("side", "")[:_LONGEST_WRITER], version, turn)


def _counts(form: Form) -> tuple[str, str]:
    return form.get("utgave", ""), form.get("tur", "")
