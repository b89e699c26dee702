"""Moments, which are kept as seconds since 1970, as the clock on the wall in Norway shows them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")


def in_norway(moment: int) -> datetime:
    """A moment as date and time in Norway."""
    return datetime.fromtimestamp(moment, UTC).astimezone(NORWAY)


def start_of_day(day: date) -> int:
    """When a day begins."""
    return int(datetime.combine(day, time.min, NORWAY).timestamp())


def end_of_day(day: date) -> int:
    """The last second of a day."""
    return start_of_day(day + timedelta(1)) - 1
