"""Finds birth numbers in what people write, so that none is kept where none belongs.

What counts is the look: eleven digits that begin with a date. A number that is mistyped by one digit still tells who
somebody is. D-numbers add 40 to the day; H-numbers and the synthetic ones that are made for tests add 40, 65 or 80 to
the month. FH-numbers tell no date, and are known by their check digits.
"""

import re
import unicodedata

from stdnum.no import fodselsnummer

_MARK = r"[ .,/:–-]{0,2}"
_ELEVEN = re.compile(rf"(?<![\d+])(?=((?:\d{_MARK}){{10}}\d)(?!\d))")
_DATED = re.compile(rf"(?<!\d)(\d\d?){_MARK}(\d\d?){_MARK}(?:18|19|20)(\d\d){_MARK}((?:\d ?){{4}}\d)(?!\d)")
_DAYS = {*range(1, 32), *range(41, 72)}
_MONTHS = {month + added for month in range(1, 13) for added in (0, 40, 65, 80)}


def find_birth_number(text: str) -> bool:
    """Whether a birth number stands somewhere in a text, also with spaces, dots or the whole year in it."""
    plain = "".join(map(_plain, text))
    elevens = (re.sub(r"\D", "", found[1]) for found in _ELEVEN.finditer(plain))
    return any(map(_is_birth_number, elevens)) or any(map(_is_dated, _DATED.finditer(plain)))


def _plain(character: str) -> str:
    """Digits of any script as ours, any space or dash as the plain one, and nothing for what cannot be seen."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    kind = unicodedata.category(character)
    return {"Cf": "", "Pd": "-"}.get(kind, " " if kind[0] == "Z" or character.isspace() else character)


def _is_birth_number(digits: str) -> bool:
    return _is_date(int(digits[:2]), int(digits[2:4])) or (digits[0] in "89" and _has_check_digits(digits))


def _is_dated(found: re.Match[str]) -> bool:
    return _is_date(int(found[1]), int(found[2]))


def _is_date(day: int, month: int) -> bool:
    return day in _DAYS and month in _MONTHS


def _has_check_digits(digits: str) -> bool:
    first, second = fodselsnummer.calc_check_digit1(digits), fodselsnummer.calc_check_digit2(digits)
    return bool(digits[9] == first and digits[10] == second)
