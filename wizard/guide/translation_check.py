"""Everything that must hold before a guide is published in a language: each text translated, and each one sound.

A language is published when ``guide.yaml`` names it. What is wrong in a catalogue is refused here; a server that meets
it all the same shows bokmål in its place, so that a corrected telephone number never waits for five translations.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog, Message

from wizard.guide.catalogue import CatalogueError, messages, read_catalogue, source_of
from wizard.guide.conditions import suggest
from wizard.guide.edition import catalogue_file
from wizard.guide.faults import Fault
from wizard.guide.glossary import Term, read_terms
from wizard.guide.guide_shape import GuideShape
from wizard.guide.languages import LANGUAGES, SOURCE, Language
from wizard.guide.schema import Said
from wizard.guide.sound_translation import find_unsound, strings
from wizard.guide.sources import Sources
from wizard.guide.texts import find_texts

_UPDATE = "Run “make i18n”, and translate it."


def check_translations(sources: Sources) -> Iterator[Fault]:
    """Every fault in what a guide says of its languages, and in each language that it is published in."""
    yield from _glossary(sources)
    about: GuideShape | None = sources.whole.get("guide")
    for i, id_ in enumerate(about.languages if about else ()):
        if id_ not in LANGUAGES:
            what = f"“{id_}” is not a language that is known here."
            yield sources.documents["guide"].fault(("languages", i), what, suggest(id_, LANGUAGES))
        elif id_ != SOURCE:
            yield from check_language(sources, LANGUAGES[id_])


def _glossary(sources: Sources) -> Iterator[Fault]:
    for path, term in sources.items("glossary"):
        for key in term.model_extra or {}:
            if key not in LANGUAGES:
                what = f"“{key}” is neither a key nor a language that is known here."
                yield sources.documents["glossary"].fault((*path, key), what, suggest(key, LANGUAGES))


def check_language(sources: Sources, language: Language) -> Iterator[Fault]:
    """Every fault in the translations of a guide into a language, published or not."""
    wanted: Mapping[str, set[Said]] = defaultdict(set)
    for _, spoken in find_texts(sources, language):
        wanted[spoken.text].add(spoken.said)
    terms = read_terms((shape for _, shape in sources.items("glossary")), language.id)
    yield from judge_file(catalogue_file(sources.folder, language.id), language, wanted, tuple(terms))


def judge_file(
    file: Path, language: Language, wanted: Mapping[str, set[Said]], terms: tuple[Term, ...]
) -> Iterator[Fault]:
    """Every fault of the catalogue in a file, which is to translate just these texts."""
    if not file.is_file():
        yield Fault(str(file), 1, f"There is no catalogue of {language.name}.", _UPDATE)
        return
    try:
        catalogue = read_catalogue(file, language.id)
    except CatalogueError as error:
        yield Fault(str(file), error.line, str(error), "Look at the quotes here and just above.")
        return
    yield from Judge(str(file), catalogue, wanted, terms).faults()


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges a catalogue against the texts that it is to translate, and how they are said."""

    file: str
    catalogue: Catalog
    wanted: Mapping[str, set[Said]]
    terms: tuple[Term, ...] = ()

    def faults(self) -> Iterator[Fault]:
        """Every fault of the catalogue, in its order."""
        found = {source_of(message): message for message in messages(self.catalogue)}
        for text in self.wanted.keys() - found.keys():
            yield Fault(self.file, 1, f"This text is missing: “{text}”", _UPDATE)
        for text, message in found.items():
            yield from self._message(text, message)

    def _message(self, text: str, message: Message) -> Iterator[Fault]:
        told = self._state(text, message)
        problems = [told] if told else list(find_unsound(message))
        for what, mend in problems:
            yield Fault(self.file, message.lineno or 1, f"{what} “{text}”", mend)
        if not problems and Said.NAME not in self.wanted[text]:
            yield from self._terms(text, message)

    def _state(self, text: str, message: Message) -> tuple[str, str] | None:
        """Why a translation cannot be judged: there is none, or not of this text."""
        if text not in self.wanted:
            return "The guide does not hold this text any more:", "Run “make i18n”."
        if message.fuzzy:
            return "This translation is marked fuzzy: the text was changed.", "Correct it, and remove the mark."
        return None if strings(message) else ("This text is not translated:", "Translate it.")

    def _terms(self, text: str, message: Message) -> Iterator[Fault]:
        translation = " ".join(strings(message))
        if translation == text:  # a name, or an address
            return
        line, folded = message.lineno or 1, text.casefold()
        for term in self.terms:
            if term.stands_in(folded):
                if term.keep and not term.is_kept(translation):
                    what = f"The Norwegian word “{term.term}” does not stand in brackets. “{text}”"
                    yield Fault(self.file, line, what, f"Write “{term.said[0]} ({term.term})”.")
                if not term.is_used(translation):
                    what = f"“{term.term}” is not said as the glossary has it. “{text}”"
                    yield Fault(self.file, line, what, f"Write “{term.said[0]}”.", warning=True)
