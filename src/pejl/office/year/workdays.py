"""Danish working days, as the municipality's own offices keep them.

Public holidays come from the package `holidays` (Store Bededag up to 2023, none since). The days on which the
municipality is closed besides are declared here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

from pejl.text import Language, Message, message

CLOSED: Mapping[tuple[int, int], Message] = {
    (6, 5): message("Constitution Day"),
    (12, 24): message("Christmas Eve"),
    (12, 31): message("New Year's Eve"),
}
"""Month and day on which the municipality is closed although the day is no public holiday."""

_SATURDAY = 5
_LANGUAGES: Mapping[Language, str] = {"da": "da", "en": "en_US"}


def is_working_day(day: date) -> bool:
    """Tell whether the municipality's offices are open on a day."""
    return day.weekday() < _SATURDAY and (day.month, day.day) not in CLOSED and day not in _public(day.year, "da")


def why_closed(day: date, language: Language) -> str | None:
    """Return why the offices are closed on a day, such as the name of the holiday; None on a working day."""
    if day in (public := _public(day.year, language)):
        return public[day]
    if (day.month, day.day) in CLOSED:
        return CLOSED[day.month, day.day].render(language)
    return message("weekend").render(language) if day.weekday() >= _SATURDAY else None


def working_days_before(day: date, count: int) -> date:
    """Return the working day that lies `count` working days before a day; the day itself is not counted.

    One working day before a Monday is the Friday before it. The day itself need not be a working day.
    """
    while count > 0:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


@cache
def _public(year: int, language: Language) -> Mapping[date, str]:
    import holidays

    return dict(holidays.country_holidays("DK", years=year, language=_LANGUAGES[language]))
