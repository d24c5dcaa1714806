"""`Period`: a year, a quarter, a school year, a counting date, a window, a transition between two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from pejl.text import Language, Message, format_date, message
from pejl.workspace.problems import DeclarationError, shorten

FIRST_YEAR, LAST_YEAR = 1800, 2199
_SCHOOL_YEAR_STARTS = (8, 1)


class PeriodKind(StrEnum):
    """The kinds of period, named as in the documentation."""

    YEAR = "year"
    QUARTER = "quarter"
    SCHOOL_YEAR = "school_year"
    DATE = "date"
    WINDOW = "window"
    TRANSITION = "transition"


_PERIOD_FORMS = message("Write 2017, 2017-Q3, 2016/2017, 2017-02-06, 2015..2017 or 2016>2017.")


class PeriodError(DeclarationError):
    """The text is not a period."""

    def __init__(self, what: Message, mend: Message = _PERIOD_FORMS) -> None:
        super().__init__(what, mend)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time with a name; `start` and `end` are its first and last day.

    Ordered by end, then start: what ends later is later. Written `2017`, `2017-Q3`, `2016/2017` (school year,
    1 August to 31 July), `2017-02-06`, `2015..2017`, `2016>2017` (transition between two years).
    """

    kind: PeriodKind
    start: date
    end: date
    text: str

    @classmethod
    def parse(cls, text: object) -> Period:
        """Return the period that `text` (or a whole number, a year) names.

        Raises:
            PeriodError: it names none.
        """
        return _parse(str(text).strip())

    @classmethod
    def year(cls, year: int) -> Period:
        """Return the calendar year `year`."""
        return cls.parse(year)

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: Period) -> bool:
        return (self.end, self.start) < (other.end, other.start)

    def label(self, language: Language) -> str:
        """Return the period as a reader expects it: 3. kvartal 2017, 6. februar 2017, skoleåret 2016/2017."""
        first, last = self.start.year, self.end.year
        match self.kind:
            case PeriodKind.YEAR:
                return self.text
            case PeriodKind.QUARTER:
                quarter = (self.start.month + 2) // 3
                return message("Q{quarter} {year}", quarter=quarter, year=first).render(language)
            case PeriodKind.SCHOOL_YEAR:
                return message("the school year {years}", years=self.text).render(language)
            case PeriodKind.DATE:
                return format_date(self.start, language)
            case PeriodKind.WINDOW:
                return f"{first}\N{EN DASH}{last}"
            case PeriodKind.TRANSITION:
                return message("from {first} to {last}", first=first, last=last).render(language)

    def when(self, language: Language) -> str:
        """Return the period as an answer to "when?": in 2017, on 6 February 2017, from 2016 to 2017."""
        label = self.label(language)
        if self.kind is PeriodKind.TRANSITION:
            return label
        if self.kind is PeriodKind.DATE:
            return message("on {day}", day=label).render(language)
        return message("in {period}", period=label).render(language)


@cache
def _parse(text: str) -> Period:
    for pattern, build in _FORMS:
        if match := re.fullmatch(pattern, text):
            return build(text, *(int(part) for part in match.groups()))
    raise PeriodError(message("'{text}' is not a period", text=shorten(text)))


def _check_year(*years: int) -> None:
    for year in years:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            what = message("the year {year} is outside {first}-{last}", year=year, first=FIRST_YEAR, last=LAST_YEAR)
            raise PeriodError(what)


def _year(text: str, year: int) -> Period:
    _check_year(year)
    return Period(PeriodKind.YEAR, date(year, 1, 1), date(year, 12, 31), text)


def _quarter(text: str, year: int, quarter: int) -> Period:
    _check_year(year)
    following = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return Period(PeriodKind.QUARTER, date(year, quarter * 3 - 2, 1), following - timedelta(days=1), text)


def _school_year(text: str, first: int, second: int) -> Period:
    _check_year(first, second)
    if second != first + 1:
        raise PeriodError(
            message("'{text}': a school year spans two years in a row", text=text),
            message("Write {first}/{second}.", first=first, second=first + 1),
        )
    month, day = _SCHOOL_YEAR_STARTS
    end = date(second, month, day) - timedelta(days=1)
    return Period(PeriodKind.SCHOOL_YEAR, date(first, month, day), end, text)


def _date(text: str, year: int, month: int, day: int) -> Period:
    _check_year(year)
    try:
        on = date(year, month, day)
    except ValueError as error:
        raise PeriodError(message("'{text}' is not a day of the calendar", text=text)) from error
    return Period(PeriodKind.DATE, on, on, text)


def _ordered(kind: PeriodKind, text: str, first: int, last: int) -> Period:
    _check_year(first, last)
    if last <= first:
        raise PeriodError(
            message("'{text}': the second year must come after the first", text=text),
            message("Write the earlier year first."),
        )
    return Period(kind, date(first, 1, 1), date(last, 12, 31), text)


def _window(text: str, first: int, last: int) -> Period:
    return _ordered(PeriodKind.WINDOW, text, first, last)


def _transition(text: str, first: int, last: int) -> Period:
    return _ordered(PeriodKind.TRANSITION, text, first, last)


_FORMS = (
    (r"([0-9]{4})", _year),
    (r"([0-9]{4})-Q([1-4])", _quarter),
    (r"([0-9]{4})/([0-9]{4})", _school_year),
    (r"([0-9]{4})-([0-9]{2})-([0-9]{2})", _date),
    (r"([0-9]{4})\.\.([0-9]{4})", _window),
    (r"([0-9]{4})>([0-9]{4})", _transition),
)
