"""Which age groups a service is for, read from the guide's own audience words, so that no code knows an age."""

from collections.abc import Mapping

from wizard.guide.conditions import Audience, ConditionReader
from wizard.guide.guide import Guide
from wizard.guide.ladder_shapes import ServiceShape
from wizard.guide.source import Document
from wizard.rules.conditions import judge_any
from wizard.rules.model import Truth, When

AGE = "age"
"""The id of the core question about the age of the person; a guide without it has no age groups."""


def age_groups(guide: Guide) -> Mapping[str, str]:
    """The age groups of a guide, with their words."""
    question = guide.questions.get(AGE)
    return {id_: option.text.own for id_, option in question.options.items()} if question else {}


def ages_of_need(guide: Guide, need: str) -> frozenset[str]:
    """The age groups in which somebody may have a need."""
    return _admitted(guide, guide.ruleset.needs[need].who)


def ages_of_services(guide: Guide) -> dict[str, frozenset[str]]:
    """Per service the age groups that it is for: all that its ``who`` does not exclude.

    A word that is not said of the person (an unborn child, say) excludes no age.
    """
    reader = ConditionReader(Document("guide.yaml"), guide.ruleset.questions)
    audience = Audience(
        {
            subject: {word: reader.read(raw, ()) for word, raw in words.items()}
            for subject, words in guide.about.audience.items()
        }
    )
    return {id_: _ages(guide, reader, audience, placed.service) for id_, placed in guide.services.items()}


def _ages(guide: Guide, reader: ConditionReader, audience: Audience, service: ServiceShape) -> frozenset[str]:
    subjects = ("person", "child", "relative")
    whens = (reader.read_who(service.who, (), audience, subject) for subject in subjects)
    when = next((when for when in whens if when), ())
    return _admitted(guide, when)


def _admitted(guide: Guide, when: When) -> frozenset[str]:
    """The ages that conditions leave room for, whatever else is answered."""
    masks = {id_: variable.everything for id_, variable in guide.ruleset.variables.items()}
    ages = enumerate(age_groups(guide))
    return frozenset(age for i, age in ages if judge_any(when, masks | {AGE: 1 << i}) is not Truth.NO)
