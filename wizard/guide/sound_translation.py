"""Whether a translation says what the source says, as far as a machine can see.

Numbers, placeholders and markup must come through unchanged: a telephone number, "trinn 6" or a deadline that differs
is dangerous, and a lost placeholder leaves a hole. Digits are those of the source in every language, since people
compare them with letters and dial them. What is not sound is refused by the check, and never shown.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from babel.messages.catalog import Message

_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")
_KINDS: Mapping[str, re.Pattern[str]] = {
    "placeholder": _PLACEHOLDER,
    "number": re.compile(r"\d+"),
    "markup": re.compile(r"</?\w[^<>]*>|[<>]|&\w+;"),
}
_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"), ("«", "»"))
Unsound = tuple[str, str]
"""What is wrong, and how to mend it."""


def is_sound(message: Message) -> bool:
    """Whether there is a translation that may be shown."""
    return bool(strings(message)) and not message.fuzzy and not any(find_unsound(message))


def strings(message: Message) -> tuple[str, ...]:
    """The translation in all its forms; none where one of them is missing."""
    forms = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return forms if all(forms) else ()


def find_unsound(message: Message) -> Iterator[Unsound]:
    """What a translation has lost, added or left open."""
    sources = (message.id,) if isinstance(message.id, str) else tuple(message.id)
    forms = strings(message)
    for kind, pattern in _KINDS.items():
        wanted = [_found(kind, pattern, source) for source in sources]
        given = [_found(kind, pattern, form) for form in forms]
        yield from _compare(kind, wanted, given)
    for form in forms:
        for opens, closes in _PAIRS:
            if form.count(opens) != form.count(closes):
                yield f"“{opens}” and “{closes}” do not go together.", "Close what is opened."


def _found(kind: str, pattern: re.Pattern[str], text: str) -> frozenset[str]:
    """What a text holds of a kind. The name of a placeholder may hold digits, which are no numbers."""
    found = pattern.findall(text if kind == "placeholder" else _PLACEHOLDER.sub(" ", text))
    return frozenset(f"{one}…{found.count(one)}" if kind == "markup" else one for one in found)


def _compare(kind: str, wanted: list[frozenset[str]], given: list[frozenset[str]]) -> Iterator[Unsound]:
    """No form of a plural may hold what the source does not; what the source holds, one of the forms has to."""
    known, held = frozenset[str]().union(*wanted), frozenset[str]().union(*given)
    if lost := known - held:
        yield f"The {kind} {_quote(lost)} is lost.", f"Keep every {kind} as it is in the source."
    if added := held - known:
        yield f"The {kind} {_quote(added)} is not in the source.", f"Keep every {kind} as it is in the source."


def _quote(found: Iterable[str]) -> str:
    return ", ".join(f"“{one.partition('…')[0]}”" for one in sorted(found))
