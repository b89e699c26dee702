"""Says when something was, and whether somebody has waited longer than a working day."""

import time
from datetime import date, datetime, timedelta
from functools import cache

import holidays

from wizard.store.moments import in_norway
from wizard.web.language import gettext, say_date, say_span

_SATURDAY = 5


def today() -> date:
    """The day that it is in Norway."""
    return in_norway(int(time.time())).date()


def say_moment(moment: int) -> str:
    """A moment in words: 22. november 2026 kl. 08.14."""
    local = in_norway(moment)
    return gettext("%(day)s kl. %(time)s", day=say_date(local.date()), time=f"{local:%H.%M}")


def say_age(moment: int) -> str:
    """How long ago a moment was, in words."""
    minutes = int(time.time() - moment) // 60
    return say_span(minutes) if minutes > 2 else gettext("et par minutter")


def is_late(asked: int, now: int) -> bool:
    """Whether a whole working day has gone by since somebody asked.

    Saturdays, Sundays and public holidays do not count: who asks then is waited on from the next working day on.
    """
    begun = in_norway(asked)
    if not is_working_day(begun):
        begun = _next_working_day(begun).replace(hour=0, minute=0, second=0)
    return in_norway(now) >= _next_working_day(begun)


def is_working_day(moment: datetime) -> bool:
    """Whether people are at work on the day of a moment in Norway."""
    return moment.weekday() < _SATURDAY and moment.date() not in _public_holidays()


def _next_working_day(moment: datetime) -> datetime:
    """The same time of day, on the next working day."""
    day = moment + timedelta(1)
    while not is_working_day(day):
        day += timedelta(1)
    return day


@cache
def _public_holidays() -> holidays.HolidayBase:
    """Norway's; the library adds the years that are asked for."""
    return holidays.country_holidays("NO")
