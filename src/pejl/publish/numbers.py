"""Numbers of a unit, as readers expect them: decimals by unit, percent with its sign."""

from __future__ import annotations

import math

from pejl.text import Language, format_number, format_signed, message

PERCENT = "percent"
COUNT = "count"
_LARGE = 10
"""From here on a second decimal says nothing."""


def decimals_of(value: float, unit: str | None = None) -> int:
    """Return how many decimals a value is shown with: as few as say it, one for percent and from ten on, else two."""
    if math.isclose(value, round(value), abs_tol=1e-9):
        return 0
    if unit == PERCENT or abs(value) >= _LARGE or math.isclose(value * 10, round(value * 10), abs_tol=1e-6):
        return 1
    return 2


def number(value: float, language: Language, unit: str | None = None) -> str:
    """Return `value` without its unit."""
    return format_number(value, language, decimals_of(value, unit))


def ends(low: float, high: float, unit: str | None, language: Language, value: float | None = None) -> tuple[str, str]:
    """Return both ends of an interval, rounded alike to what can be read; `value` is what they are about."""
    largest = max(abs(low), abs(high))
    fraction = value is not None and decimals_of(value, unit) > 0
    decimals = 2 if largest < 1 and unit != PERCENT else int(unit == PERCENT or largest < _LARGE or fraction)
    return format_number(low, language, decimals), format_number(high, language, decimals)


def number_with_unit(value: float, unit: str | None, language: Language) -> str:
    """Return `value`, with the percent sign where it is a percentage."""
    text = number(value, language, unit)
    if unit != PERCENT:
        return text
    return f"{text}\N{NO-BREAK SPACE}%" if language == "da" else f"{text}%"


def level_in_words(value: float, unit: str | None, kind: str | None, language: Language) -> str:
    """Return the level that a target of change comes to: of a count as a whole number, and "about" where it is none.

    A quarter fewer of 870 persons are 652.5, and nobody counts half persons. It is judged by the exact level.
    """
    if kind == COUNT and decimals_of(value, unit) > 0:
        return message("about {number}", number=format_number(value, language, 0)).render(language)
    return number_with_unit(value, unit, language)


def signed(value: float, unit: str | None, language: Language) -> str:
    """Return a change with its sign; percentages change by percentage points."""
    text = format_signed(value, language, decimals_of(value, unit))
    if unit == PERCENT:
        return message("{number} percentage points", number=text).render(language)
    return text
