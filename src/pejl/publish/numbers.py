"""Numbers of a unit, as readers expect them: decimals by unit, percent with its sign."""

from __future__ import annotations

import math

from pejl.text import Language, format_number, format_signed, message

PERCENT = "percent"


def decimals_of(value: float) -> int:
    """Return how many decimals a value is shown with: those it was printed with, two at most."""
    if math.isclose(value, round(value), abs_tol=1e-9):
        return 0
    return 1 if math.isclose(value * 10, round(value * 10), abs_tol=1e-6) else 2


def number(value: float, language: Language) -> str:
    """Return `value` without its unit."""
    return format_number(value, language, decimals_of(value))


def ends(low: float, high: float, unit: str | None, language: Language) -> tuple[str, str]:
    """Return both ends of an interval, rounded alike to what can be read."""
    decimals = 1 if unit == PERCENT or max(abs(low), abs(high)) < 10 else 0
    return format_number(low, language, decimals), format_number(high, language, decimals)


def number_with_unit(value: float, unit: str | None, language: Language) -> str:
    """Return `value`, with the percent sign where it is a percentage."""
    text = number(value, language)
    if unit != PERCENT:
        return text
    return f"{text}\N{NO-BREAK SPACE}%" if language == "da" else f"{text}%"


def signed(value: float, unit: str | None, language: Language) -> str:
    """Return a change with its sign; percentages change by percentage points."""
    text = format_signed(value, language, decimals_of(value))
    if unit == PERCENT:
        return message("{number} percentage points", number=text).render(language)
    return text
