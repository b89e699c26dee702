"""What says the same to many is rendered once per language and then kept: parts of pages, and the pages of questions.

Rendering is by far the dearest part of a request. What is kept is made of the guide alone: where something belongs to
one visitor, a kept page has a hole, which is filled on each request by the macro that stands there.
"""

import re
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from flask import Flask, current_app, render_template, request
from jinja2 import Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from markupsafe import Markup, escape

from wizard.web.language import page_language

_KEY = "rett-trinn-shared"
_MOST_PARTS, _MOST_PAGES = 2048, 1024
"""Kept at a time: parts of a kilobyte or two, pages of about eight; those that were asked for last."""


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a hole: a macro, told a part of the page (``about``, as in ``result.first``), or nothing.

    Where the part is empty the hole is too. ``kept``: it says the same to all whose page has an equal part.
    """

    macro: Callable[..., str]
    about: str
    kept: bool

    def fill(self, shared: "Shared", page: object) -> str:
        """The words for this visitor."""
        if not self.about:
            return escape(self.macro())
        part = attrgetter(self.about)(page)
        if not part:
            return ""
        return shared.part(self.macro, part) if self.kept else escape(self.macro(part))


@dataclass(frozen=True, slots=True)
class Frame:
    """A page in parts, some of them still to be filled."""

    parts: tuple[str | Filling, ...]

    def fill(self, shared: "Shared", page: object) -> str:
        """The page for this visitor."""
        return "".join([part if isinstance(part, str) else part.fill(shared, page) for part in self.parts])


class Shared:
    """What has been rendered."""

    def __init__(self) -> None:
        self._hole = secrets.token_hex(16)
        self._find_part = lru_cache(_MOST_PARTS)(_render_part)
        self._find_frame = lru_cache(_MOST_PAGES)(self._render_frame)

    def part(self, macro: Callable[..., str], *about: Hashable) -> Markup:
        """What a macro says; one that is imported, of things that belong to the guide."""
        return self._find_part(macro, page_language(), request.script_root, about)

    def frame(self, template: str, page: Hashable) -> Frame:
        """The page, with a hole wherever the template says ``own(…)``."""
        return self._find_frame(template, page, page_language(), request.script_root)

    def _render_frame(self, template: str, page: Hashable, _language: str, _root: str) -> Frame:
        fillings: list[Filling] = []

        def own(macro: Callable[..., str], _page: object = None, about: str = "", *, kept: bool = False) -> Markup:
            fillings.append(Filling(macro, about, kept))
            return Markup(f"{self._hole}{len(fillings) - 1}.")  # noqa: S704  letters and digits

        pieces = re.split(rf"{self._hole}(\d+)\.", render_template(template, page=page, own=own))
        return Frame(tuple(fillings[int(piece)] if place % 2 else piece for place, piece in enumerate(pieces)))


def _render_part(macro: Callable[..., str], _language: str, _root: str, about: tuple[Hashable, ...]) -> Markup:
    return Markup(macro(*about))  # noqa: S704  a macro escapes what is put into it


def register_shared(app: Flask) -> None:
    """Let templates say ``shared(macro, what, it, says)``.

    A page that has a frame says ``own(macro)`` or ``own(macro, page, "part")`` where something belongs to one visitor.
    """
    shared = app.extensions[_KEY] = Shared()

    def own(macro: Callable[..., str], page: object = None, about: str = "", *, kept: bool = False) -> str:
        return Filling(macro, about, kept).fill(shared, page)

    app.jinja_env.template_class = PlainTemplate
    app.jinja_env.globals.update(shared=shared.part, own=own)


def render_shared(template: str, frame: Hashable, page: object) -> str:
    """A page whose frame hangs on ``frame`` and the language alone, filled for this visitor."""
    shared: Shared = current_app.extensions[_KEY]
    return shared.frame(template, frame).fill(shared, page)


class PlainTemplate(Template):
    """A template whose macros look at nothing but what all templates have.

    The library sees on every import whether the page has globals of its own, one by one; here no page ever has.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002
        return super()._get_default_module()
