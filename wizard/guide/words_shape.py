"""The strict shape of ``words.yaml``: everyday words, and what they mean here. See ``docs/guide-format.md``."""

from typing import Annotated

from pydantic import Field, StringConstraints

from wizard.guide.schema import Id, Name, Shape

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60)]


class WordsShape(Shape):
    """Words that people use for the same thing, and the needs, services and dangers they may speak of, nearest first.

    ``called`` is what the municipality calls it, where that is another name for the first of the services.
    """

    words: tuple[Word, ...] = Field(min_length=1)
    called: Name | None = None
    needs: tuple[Id, ...] = ()
    services: tuple[Id, ...] = ()
    dangers: tuple[Id, ...] = ()
