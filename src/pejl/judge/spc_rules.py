"""Limits and rules of a control chart, one segment at a time, as "Making Data Count" has them.

The arithmetic follows R operation by operation, because the rules ask whether a point is above a line and
published figures have few decimals: points lie exactly on the mean or on a limit more often than one would
think, and a last bit decides on which side.

Names: a segment is a stretch of the series with limits of its own; `side` is 1 for a point above the mean, -1
below, 0 on it; a point is `close` when it is in the outer third between the mean and a limit, and not beyond
the limit.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

LIMIT = 2.66
"""Limits lie this many mean moving ranges from the mean: 3 / 1.128."""

CLOSE = 2 * (LIMIT / 3)
"""Points beyond this many mean moving ranges are close to the limit."""

SCREEN = 3.267
"""Moving ranges of this many mean moving ranges or more are left out: the upper limit of an mR chart."""

RUN = 7
"""Points in a row that make a shift or a trend."""

EXTENDED_BITS = 64
"""Precision of R's long double on x86, in which it adds up a mean."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean and limits of one segment; `spread` is the mean moving range, NaN where none is left."""

    mean: float
    spread: float
    screened: bool

    @property
    def lower(self) -> float:
        """Lower process limit."""
        return self.mean - (LIMIT * self.spread)

    @property
    def upper(self) -> float:
        """Upper process limit."""
        return self.mean + (LIMIT * self.spread)

    def side(self, value: float) -> int:
        """1 above the mean, -1 below, 0 on it."""
        return (value > self.mean) - (value < self.mean)

    def outside(self, value: float) -> bool:
        """Whether `value` is beyond a limit; nothing is beyond a limit that is NaN."""
        return value > self.upper or value < self.lower

    def close(self, value: float) -> bool:
        """Whether `value` is in the outer third between mean and limit."""
        reach = CLOSE * self.spread
        return not self.outside(value) and (value < self.mean - reach or value > self.mean + reach)


def limits_of(values: Sequence[float], screen_outliers: bool) -> Limits:
    """Mean and mean moving range of the points the limits are to be computed from.

    With `screen_outliers`, moving ranges of 3.267 times their mean or more are left out once, and the rest
    averaged again. In a constant series that leaves none, since 0 is not below 3.267 times 0: the limits are
    then NaN.
    """
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    spread = mean_as_r(ranges)
    kept = [moved for moved in ranges if moved < SCREEN * spread] if screen_outliers else ranges
    return Limits(
        mean=mean_as_r(values),
        spread=mean_as_r(kept) if len(kept) < len(ranges) else spread,
        screened=0 < len(kept) < len(ranges),
    )


def mean_as_r(values: Sequence[float]) -> float:
    """Mean to the last bit as R's `mean` on x86, on any machine; NaN for no values.

    R adds in long double, divides, and adds the mean of what is then left over; only the result is rounded to
    double. A plain sum differs in the last bit often enough to move points off the mean they lie on. Here the
    long doubles are whole numbers of one unit, 2 ** -bits, small enough for every quotient that occurs.
    """
    if not values:
        return math.nan
    ratios = [value.as_integer_ratio() for value in values]
    bits = max(denominator.bit_length() for _, denominator in ratios) - 1
    bits += 2 * (EXTENDED_BITS + 3 + len(values).bit_length())
    exact = [numerator * ((1 << bits) // denominator) for numerator, denominator in ratios]
    first = _extended_mean(exact)
    left_over = _extended_mean([_extended(value - first) for value in exact])
    return _extended(first + left_over) / (1 << bits)


def _extended_mean(values: Sequence[int]) -> int:
    total = 0
    for value in values:
        total = _extended(total + value)
    quotient, remainder = divmod(total, len(values))
    return _extended(quotient | (remainder != 0))


def _extended(value: int) -> int:
    """Round to a significand of 64 bits, half to even."""
    excess = value.bit_length() - EXTENDED_BITS
    if excess <= 0:
        return value
    kept, rest = divmod(value, 1 << excess)
    half = 1 << (excess - 1)
    return (kept + (rest > half or (rest == half and kept & 1))) << excess


def shift_ends(sides: Sequence[int]) -> list[int]:
    """1 at each point that is the last of seven in a row on one side of the mean, else 0."""
    return [
        int(end + 1 >= RUN and sides[end] != 0 and len(set(sides[end + 1 - RUN : end + 1])) == 1)
        for end in range(len(sides))
    ]


def trend_ends(values: Sequence[float]) -> list[int]:
    """1 at the last of seven rising points, -1 of seven falling ones, else 0; equal points break a trend."""
    steps = [0, *((later > earlier) - (later < earlier) for earlier, later in pairwise(values))]
    ends = []
    for end in range(len(values)):
        run = set(steps[end + 2 - RUN : end + 1]) if end + 1 >= RUN else {0}
        ends.append(run.pop() if len(run) == 1 else 0)
    return ends


def members_of_seven(ends: Sequence[int]) -> list[int]:
    """1 at each of the seven points up to and including each end, else 0."""
    return [int(any(ends[place : place + RUN])) for place in range(len(ends))]


def in_two_of_three(close: Sequence[int | bool], sides: Sequence[int]) -> list[int]:
    """1 at each of three points in a row on one side of the mean of which two or more are close, else 0."""
    found = [0] * len(close)
    for start in range(len(close) - 2):
        window = slice(start, start + 3)
        if abs(sum(sides[window])) == 3 and sum(close[window]) >= 2:
            found[window] = [1, 1, 1]
    return found


def special_causes(values: Sequence[float], limits: Limits) -> list[str | None]:
    """What, if anything, makes each point of a segment special.

    Returns:
        One of "above_upper_limit", "below_lower_limit", "trend_increasing", "trend_decreasing",
        "two_in_three_above", "two_in_three_below", "shift_above", "shift_below" or None per point. A point
        that falls under several rules gets the first in that order. Of two points in three only the close
        ones are special, not the third.
    """
    sides = [limits.side(value) for value in values]
    close = [limits.close(value) for value in values]
    trends = members_of_seven(trend_ends(values))
    shifts = members_of_seven(shift_ends(sides))
    pairs = in_two_of_three(close, sides)
    causes: list[str | None] = []
    for place, value in enumerate(values):
        above = sides[place] > 0
        if limits.outside(value):
            causes.append("above_upper_limit" if above else "below_lower_limit")
        elif trends[place]:
            causes.append("trend_increasing" if _rises_at(place, values, trends) else "trend_decreasing")
        elif pairs[place] and close[place]:
            causes.append("two_in_three_above" if above else "two_in_three_below")
        elif shifts[place]:
            causes.append("shift_above" if above else "shift_below")
        else:
            causes.append(None)
    return causes


def _rises_at(place: int, values: Sequence[float], trends: Sequence[int]) -> bool:
    """Direction of the trend at a point: of the step to the next point if that is in a trend, else to here.

    A trend's last point followed at once by another trend's first is thus coloured by the step between them,
    whichever trend it closed; a step of 0 counts as falling. That is what NHSRplotthedots does.
    """
    if place + 1 < len(values) and trends[place + 1]:
        return values[place + 1] > values[place]
    return place > 0 and values[place] > values[place - 1]
