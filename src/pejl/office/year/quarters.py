"""Quarters and months, and how they are said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from pejl.text import Language, Message, message

_LOCALES = {"da": "da_DK", "en": "en_GB"}
_MONTHS = 3


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @property
    def words(self) -> Message:
        """Such as: 2. kvartal 2014."""
        return message("quarter {number} of {year}", number=self.number, year=self.year)

    @property
    def months(self) -> tuple[date, date, date]:
        """The first days of its three months."""
        first = (self.number - 1) * _MONTHS + 1
        return (date(self.year, first, 1), date(self.year, first + 1, 1), date(self.year, first + 2, 1))


def quarter_of(day: date) -> Quarter:
    """Return the quarter of a day."""
    return Quarter(day.year, (day.month - 1) // _MONTHS + 1)


def month_words(month: date, language: Language) -> str:
    """Return a month in words, such as marts 2015."""
    return str(format_date(month, "MMMM y", locale=_LOCALES[language]))


def month_short(month: date, language: Language) -> str:
    """Return a month in three letters, such as mar."""
    return str(format_date(month, "LLL", locale=_LOCALES[language])).rstrip(".")


_MONTH_NAMES = (
    message("January"),
    message("February"),
    message("March"),
    message("April"),
    message("May"),
    message("June"),
    message("July"),
    message("August"),
    message("September"),
    message("October"),
    message("November"),
    message("December"),
)


def day_words(day: date) -> Message:
    """Return a day in words, to stand in a sentence: 22. april 2015."""
    return message("{day} {month} {year}", day=day.day, month=_MONTH_NAMES[day.month - 1], year=day.year)
