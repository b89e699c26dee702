"""A guide in another language: the same guide with other words.

The rules are not compiled again. They are the same object, so the same answers give the same outcome in every
language; and the revision is that of the source, so that switching language never says that the guide was changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

from wizard.guide.catalogue import CatalogueError, is_machine_made, messages, read_catalogue
from wizard.guide.guide import Guide, Placed
from wizard.guide.ladder_shapes import StepShape
from wizard.guide.languages import LANGUAGES, SOURCE, Language
from wizard.guide.marks import Bokmaal, BothNames, bind_numbers, isolate_numbers
from wizard.guide.schema import Said
from wizard.guide.sound_translation import is_sound
from wizard.guide.spoken import Say, say_anew


@dataclass(frozen=True, slots=True)
class Edition:
    """A guide in a language. ``reviewed``: whether a person has read every translation in it."""

    language: Language
    guide: Guide
    reviewed: bool = True


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says the texts of a guide in a language: as translated, or else in bokmål and marked as such."""

    translated: Mapping[str, str]
    language: Language

    def say(self, text: str, said: Said = Said.TRANSLATED) -> str:
        """A text as its readers get it."""
        found = self.translated.get(text)
        if found is None or said is Said.VERBATIM:
            return Bokmaal(text)
        if said is Said.NAME and found != text and not self.language.norwegian:
            return BothNames(found, text)
        return found


def catalogue_file(folder: Path, language: str) -> Path:
    """Where the translations of a guide lie."""
    return folder / "translations" / f"{language}.po"


def make_edition(guide: Guide, folder: Path, language: Language) -> Edition:
    """The guide in a language. Never fails: what is missing, fuzzy or not sound is said in bokmål."""
    if language.id == SOURCE:
        return Edition(language, _say_guide(guide, _as_written))
    file = catalogue_file(folder, language.id)
    try:
        found = list(messages(read_catalogue(file, language.id))) if file.is_file() else []
    except CatalogueError:
        found = []
    turn = isolate_numbers if language.right_to_left else bind_numbers
    translated = {str(message.id): turn(str(message.string)) for message in found if is_sound(message)}
    reviewed = not any(is_machine_made(message) for message in found)
    return Edition(language, _say_guide(guide, Speaker(translated, language).say), reviewed)


def _as_written(text: str, said: Said) -> str:
    return text if said is Said.VERBATIM else bind_numbers(text)


def _say_guide(guide: Guide, say: Say) -> Guide:
    """Every part in other words, but for the rules."""
    parts = [part.name for part in fields(guide) if part.name not in {"revision", "ruleset", "services"}]
    said = {name: say_anew(getattr(guide, name), say) for name in parts}
    services = {id_: _place(placed, said["steps"], say) for id_, placed in guide.services.items()}
    return replace(guide, services=services, **said)


def _place(placed: Placed, steps: Mapping[int, StepShape], say: Say) -> Placed:
    service, category = say_anew(placed.service, say), say(placed.category, Said.TRANSLATED)
    return replace(placed, service=service, step=steps[placed.step.number], category=category)


def languages_of(guide: Guide) -> tuple[Language, ...]:
    """The languages a guide is published in, in the order they are offered."""
    return tuple(language for id_, language in LANGUAGES.items() if id_ in (SOURCE, *guide.about.languages))
