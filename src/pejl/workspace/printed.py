"""What a printed number can mean: numbers in papers are rounded, so a number is a range.

A contradiction between numbers is one outside the rounding of what is printed, never one of digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Span:
    """The numbers from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def meets(self, other: Span) -> bool:
        """Tell whether the two share a number."""
        return self.low <= other.high and other.low <= self.high

    def plus(self, other: Span) -> Span:
        """Return all sums of a number of one and a number of the other."""
        return Span(self.low + other.low, self.high + other.high)


def exactly(number: Decimal) -> Span:
    """Return a number that was counted, not rounded."""
    return Span(number, number)


def printed(number: Decimal) -> Span:
    """Return what `number` can have been before it was rounded to the decimals it is printed with."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    half = Decimal(1).scaleb(exponent) / 2
    return Span(number - half, number + half)


def implied_baseline(change: Span, relative_change: Span) -> Span | None:
    """Return the baselines for which `change` is `relative_change` percent; None where none can be.

    baseline = change / (relative change / 100), over all combinations of the two spans. A relative change printed
    as 0 is any that rounds to it: the baseline may then be as large as one likes.
    """
    if relative_change.low <= 0 <= relative_change.high:
        size = min(abs(change.low), abs(change.high))
        largest = max(abs(relative_change.low), abs(relative_change.high))
        return Span(size / largest * 100, Decimal("Infinity"))
    corners = [
        each / part * 100 for each in (change.low, change.high) for part in (relative_change.low, relative_change.high)
    ]
    low, high = min(corners), max(corners)
    return Span(low, high) if high > 0 else None


def after_relative_change(baseline: Span, relative_change: Span) -> Span:
    """Return what `baseline` becomes by a change of `relative_change` percent."""
    corners = [
        start * (1 + part / 100)
        for start in (baseline.low, baseline.high)
        for part in (relative_change.low, relative_change.high)
    ]
    return Span(min(corners), max(corners))
