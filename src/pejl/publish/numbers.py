"""Numbers of a unit, as readers expect them: decimals by unit, percent with its sign."""

from __future__ import annotations

import math
from collections.abc import Iterable

from pejl.text import Language, format_number, format_signed, message
from pejl.text.formats import MINUS

PERCENT = "percent"
COUNT = "count"
_LARGE = 10
"""From here on a second decimal says nothing."""
_READ_AS_TEN = 9.95


def decimals_of(value: float, unit: str | None = None) -> int:
    """Return how many decimals a value is shown with: as few as say it, one for percent and from ten on, else two."""
    if math.isclose(value, round(value), abs_tol=1e-9):
        return 0
    if unit == PERCENT or abs(value) >= _LARGE or math.isclose(value * 10, round(value * 10), abs_tol=1e-6):
        return 1
    return 2


def shared_decimals(values: Iterable[float], unit: str | None = None) -> int:
    """Return how many decimals values that are read beside or below each other are shown with.

    Those of the value that needs most of them; one value of ten or more leaves one to all.
    """
    found = tuple(values)
    most = max((decimals_of(value, unit) for value in found), default=0)
    return min(most, 1) if any(abs(value) >= _READ_AS_TEN for value in found) else most


def shared_end_decimals(ends_of: Iterable[tuple[float, float]], unit: str | None, decimals: int = 0) -> int:
    """Return how many decimals the ends of intervals that stand below each other are shown with.

    Args:
        ends_of: lowest and highest value of each.
        unit: of all of them.
        decimals: of the values they are about.
    """
    largest = max((abs(end) for both in ends_of for end in both), default=0.0)
    if unit == PERCENT:
        return 1
    if largest < 1:
        return 2
    return max(1, decimals) if largest < _READ_AS_TEN else min(1, decimals)


def number(value: float, language: Language, unit: str | None = None, decimals: int | None = None) -> str:
    """Return `value` without its unit, with the decimals it needs, or with those given."""
    return format_number(value, language, decimals_of(value, unit) if decimals is None else decimals)


def ends(
    low: float,
    high: float,
    unit: str | None,
    language: Language,
    value: float | None = None,
    decimals: int | None = None,
) -> tuple[str, str]:
    """Return both ends of an interval, rounded alike to what can be read, or with the decimals given.

    `value` is what they are about.
    """
    if decimals is None:
        decimals = shared_end_decimals([(low, high)], unit, decimals_of(value, unit) if value is not None else 0)
    return format_number(low, language, decimals), format_number(high, language, decimals)


def number_with_unit(value: float, unit: str | None, language: Language, decimals: int | None = None) -> str:
    """Return `value`, with the percent sign where it is a percentage; with the decimals it needs, or those given."""
    text = number(value, language, unit, decimals)
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


def span(low: str, high: str, language: Language) -> str:
    """Return an interval with a dash, or with a word where the dash would stand beside a minus sign."""
    if low.startswith(MINUS) or high.startswith(MINUS):
        return message("{low} to {high}", low=low, high=high).render(language)
    return f"{low}\N{EN DASH}{high}"
