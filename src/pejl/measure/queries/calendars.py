"""Calendars: tables of years, quarters, school years and days, to be joined in place of date arithmetic.

What a year later or the last day of a month is, engines answer differently; a table has one answer.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pejl.workspace.period import Period

YEARS_BEFORE, YEARS_AFTER = 12, 2
"""How far the tables of days reach beyond the years counted: what is counted may rest on long histories."""

_MONTHS_IN_YEAR = 12

CALENDARS: dict[str, dict[str, str]] = {
    "calendar_years": {"period": "text", "year": "integer", "first_day": "date", "last_day": "date"},
    "calendar_quarters": {
        "period": "text",
        "year": "integer",
        "quarter": "integer",
        "first_day": "date",
        "last_day": "date",
    },
    "calendar_school_years": {"period": "text", "end_year": "integer", "first_day": "date", "last_day": "date"},
    "calendar_transitions": {
        "period": "text",
        "from_year": "integer",
        "to_year": "integer",
        "from_day": "date",
        "to_day": "date",
    },
    "calendar_days": {
        "day": "date",
        "year": "integer",
        "month": "integer",
        "day_of_month": "integer",
        "iso_weekday": "integer",
        "iso_week": "integer",
        "iso_year": "integer",
        "quarter": "integer",
        "month_first": "date",
        "month_last": "date",
        "year_later": "date",
    },
    "calendar_months_later": {"day": "date", "months": "integer", "later": "date"},
}
"""Columns and types of each calendar, in the order of the values of its rows."""

MEANINGS = {
    "calendar_years": "Each calendar year counted.",
    "calendar_quarters": "Each quarter of the years counted; `period` as in `2016-Q3`.",
    "calendar_school_years": "Each school year, 1 August to 31 July, that ends in a year counted; `period` as in "
    "`2015/2016`.",
    "calendar_transitions": "From each year counted to the next; the days are the last of each year, `period` as in "
    "`2016>2017`.",
    "calendar_days": f"Each day from {YEARS_BEFORE} years before the years counted to {YEARS_AFTER} years after them. "
    "`iso_weekday` is 1 on Mondays; `year_later` of 29 February is 28 February.",
    "calendar_months_later": "For each of those days, the day 1 to 12 months later: the same day of the month, or the "
    "month's last where it has no such day.",
}
"""What each calendar holds, for the reference."""

Row = tuple[object, ...]


def calendar_rows(name: str, first_year: int, last_year: int) -> Iterator[Row]:
    """Yield the rows of the calendar `name` for the years counted, both included, in the order of time.

    Raises:
        KeyError: there is no calendar of this name.
    """
    return _ROWS[name](first_year, last_year)


def months_later(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or that month's last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, _MONTHS_IN_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _years(first: int, last: int) -> Iterator[Row]:
    for year in range(first, last + 1):
        yield str(year), year, date(year, 1, 1), date(year, 12, 31)


def _quarters(first: int, last: int) -> Iterator[Row]:
    for year in range(first, last + 1):
        for quarter in (1, 2, 3, 4):
            period = Period.parse(f"{year}-Q{quarter}")
            yield period.text, year, quarter, period.start, period.end


def _school_years(first: int, last: int) -> Iterator[Row]:
    for year in range(first, last + 1):
        period = Period.parse(f"{year - 1}/{year}")
        yield period.text, year, period.start, period.end


def _transitions(first: int, last: int) -> Iterator[Row]:
    for year in range(first, last):
        yield f"{year}>{year + 1}", year, year + 1, date(year, 12, 31), date(year + 1, 12, 31)


def _every_day(first: int, last: int) -> Iterator[date]:
    start, end = date(first - YEARS_BEFORE, 1, 1), date(last + YEARS_AFTER, 12, 31)
    for offset in range((end - start).days + 1):
        yield start + timedelta(days=offset)


def _days(first: int, last: int) -> Iterator[Row]:
    for day in _every_day(first, last):
        iso_year, iso_week, iso_weekday = day.isocalendar()
        month_last = day.replace(day=monthrange(day.year, day.month)[1])
        quarter = (day.month + 2) // 3
        yield (
            *(day, day.year, day.month, day.day, iso_weekday, iso_week, iso_year, quarter),
            *(day.replace(day=1), month_last, months_later(day, _MONTHS_IN_YEAR)),
        )


def _months_later(first: int, last: int) -> Iterator[Row]:
    for day in _every_day(first, last):
        for months in range(1, _MONTHS_IN_YEAR + 1):
            yield day, months, months_later(day, months)


_ROWS: dict[str, Callable[[int, int], Iterator[Row]]] = {
    "calendar_years": _years,
    "calendar_quarters": _quarters,
    "calendar_school_years": _school_years,
    "calendar_transitions": _transitions,
    "calendar_days": _days,
    "calendar_months_later": _months_later,
}
