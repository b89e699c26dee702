"""The languages that the pages can be read in. A guide names those of them that it is published in.

A new language is a line here, a catalogue of the interface, and a catalogue of the guide: ``docs/translating.md``.
"""

from dataclasses import dataclass

SOURCE = "nb"
"""The language that every text is written in; what is missing in another language is said in this one."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, with its name in itself.

    ``right_to_left``: which way it is read. ``norwegian``: its readers need no Norwegian words in brackets.
    ``at_desk``: staff may work in it. ``formats``: whose dates and numbers it has, where not its own. ``stemmer``: what
    Snowball calls it, where it knows its endings.
    """

    id: str
    name: str
    right_to_left: bool = False
    norwegian: bool = False
    at_desk: bool = False
    formats: str = ""
    stemmer: str = ""


LANGUAGES = {
    language.id: language
    for language in (
        Language(SOURCE, "Bokmål", norwegian=True, at_desk=True, stemmer="norwegian"),
        Language("nn", "Nynorsk", norwegian=True, at_desk=True, stemmer="norwegian"),
        Language("en", "English", formats="en_GB", stemmer="english"),
        Language("uk", "Українська"),
        Language("pl", "Polski", stemmer="polish"),
        Language("ar", "العربية", right_to_left=True, stemmer="arabic"),
    )
}
"""Every language that is known, in the order they are offered."""
