"""What change could be seen, and what change is nothing.

Before a target is set one should know whether the measure can show it. The functions answer three questions:
the smallest change that would get the verdict "changed" (`smallest_visible_*`), how many answers a planned
change needs (`sample_size_for_change`), and how far a figure moves when nothing happens
(`normal_variation_*`).

"Visible" means what the verdicts mean: the interval of the difference from `comparison` leaves out zero. With
`power=None` that is said of the figure observed next; with a power, of the true change, which is larger,
because the figure observed next varies too. The first figure is taken as observed in both: it is the
published baseline, and one asks about what comes after it.

Every function raises `ValueError` for a figure that cannot be, with a sentence that says what to give
instead.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Literal

from pejl.judge.bisection import smallest_between, smallest_from
from pejl.judge.comparison import count_difference, share_difference
from pejl.measure.intervals import normal_quantile
from pejl.measure.number_checks import (
    checked_count,
    checked_level,
    checked_positive,
    checked_series,
    checked_share,
)

Direction = Literal["decrease", "increase"]

XMR_FACTOR = 2.66
"""3 / 1.128: three standard deviations, of which the mean moving range is 1.128 (Shewhart's d2 for pairs)."""

SHARE_STEPS = 60
"""Halvings of the unit interval: more than a double can tell apart."""


def smallest_visible_count(
    baseline: float, direction: Direction, power: float | None = None, level: float = 0.95
) -> int | None:
    """Smallest change of a count that would be seen.

    Args:
        baseline: the count observed, whole and not negative.
        direction: "decrease" or "increase".
        power: None for the smallest change of the count observed next; otherwise the chance, such as 0.8 and
            at least 0.5, with which a true change is to be seen. The next count is then Poisson, and the
            chance is exact.
        level: level of the interval of the difference.

    Returns:
        A signed whole number to add to the baseline, or None when not even a fall to 0 would be seen.

    Raises:
        ValueError: baseline negative or not whole, another direction, power below 0.5 or not below 1, level
            not between 0 and 1.

    Source: inversion of `compare_counts` (MOVER on exact Poisson limits), which is monotone in the second
    count; the power from the Poisson tail as an incomplete gamma function, at the count where the verdict
    turns.
    """
    from scipy.special import gammainccinv, gammaincinv

    count, falls = checked_count("baseline", baseline), _falls(direction)
    limit = _turning_count(count, falls, checked_level(level))
    if limit is None:
        return None
    if power is None:
        return limit - count
    chance = _checked_power(power)
    if falls:
        return math.floor(gammainccinv(limit + 1, chance)) - count
    return math.ceil(gammaincinv(limit, chance)) - count


def smallest_visible_share(
    baseline: float,
    n_before: float,
    n_after: float,
    direction: Direction,
    power: float | None = None,
    level: float = 0.95,
) -> float | None:
    """Smallest change of a share that would be seen.

    Args:
        baseline: the share observed, 0..1.
        n_before: answers behind it, above 0; may be an effective sample size.
        n_after: answers the next share will rest on, above 0. With a power it is rounded down to whole
            answers.
        direction: "decrease" or "increase".
        power: None for the smallest change of the share observed next, not held to whole answers; otherwise
            the chance, such as 0.8 and at least 0.5, with which a true change is to be seen. The number of
            hits is then binomial, and the chance is exact.
        level: level of the interval of the difference.

    Returns:
        A signed change in share units (0.05 is five percentage points), or None when not even 0 or 1 would be
        seen.

    Raises:
        ValueError: baseline outside 0..1, a base not above 0 (with a power: below 1), another direction,
            power below 0.5 or not below 1, level not between 0 and 1.

    Source: inversion of `compare_shares` (Newcombe's method 10), which is monotone in the second share; the
    power from the binomial tail as an incomplete beta function, at the number of hits where the verdict
    turns.
    """
    share, falls = checked_share("baseline", baseline), _falls(direction)
    first, second = checked_positive("n_before", n_before), checked_positive("n_after", n_after)
    if power is not None:
        second = checked_positive("n_after in whole answers", math.floor(second))

    def seen(after: float) -> bool:
        _, low, high = share_difference(share, first, after, second, level)
        return high < 0.0 if falls else low > 0.0

    if not seen(0.0 if falls else 1.0):
        return None
    if power is None:
        return _turning_share(share, falls, seen) - share
    return _true_share(int(second), falls, seen, _checked_power(power)) - share


def sample_size_for_change(
    before: float, after: float, n_before: float | None = None, power: float = 0.8, level: float = 0.95
) -> int | None:
    """Answers the second sample needs to show a change from one true share to another.

    Args:
        before: true share before, 0..1.
        after: true share after, 0..1, different from before.
        n_before: answers the first sample has, above 0; None when both samples are to be equally large.
        power: chance of seeing the change, from 0.5 up to 1.
        level: level of the two-sided test.

    Returns:
        Answers in the second sample (in each, with n_before None), rounded up; None when the first sample is
        too small for any second sample to do.

    Raises:
        ValueError: a share outside 0..1, both shares equal, n_before not above 0, power below 0.5 or not
            below 1, level not between 0 and 1.

    Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, chapter 4, without
    continuity correction; with equal samples as R's `power.prop.test`.
    """
    first, second = checked_share("before", before), checked_share("after", after)
    if first == second:
        raise ValueError(f"before and after are both {before}; give two different shares.")
    chance = _checked_power(power)
    fixed = None if n_before is None else checked_positive("n_before", n_before)
    z_test, z_power = normal_quantile(level), _one_sided_quantile(chance)

    def spare(n_after: float) -> float:
        n_first = n_after if fixed is None else fixed
        pooled = (n_first * first + n_after * second) / (n_first + n_after)
        no_change = pooled * (1 - pooled) * (1 / n_first + 1 / n_after)
        change = first * (1 - first) / n_first + second * (1 - second) / n_after
        return abs(second - first) - z_test * math.sqrt(no_change) - z_power * math.sqrt(change)

    if fixed is not None:
        without_end = z_test * math.sqrt(second * (1 - second)) + z_power * math.sqrt(first * (1 - first))
        if abs(second - first) <= without_end / math.sqrt(fixed) * (1 + 1e-9):
            return None
    return smallest_from(1, lambda n: spare(n) >= 0.0)


def normal_variation_count(baseline: float, level: float = 0.95) -> tuple[int, int]:
    """Between what counts the next one will fall if nothing changed.

    Both counts are Poisson with one mean, which only the baseline tells of, so the interval is wider than
    that of the baseline alone. Given the sum of the two counts, the next one is binomial with share 1/2; the
    interval holds the counts that neither tail of that binomial finds too unlikely. It holds the next count
    at least `level` of the time, whatever the mean.

    Args:
        baseline: the count observed, whole and not negative.
        level: share of such intervals that hold the next count.

    Returns:
        Lowest and highest count, both included.

    Raises:
        ValueError: baseline negative or not whole, level not between 0 and 1.

    Source: the exact (conditional) prediction interval in Krishnamoorthy and Peng (2011), Improved
    closed-form prediction intervals for binomial and Poisson distributions, Journal of Statistical Planning
    and Inference 141, p. 1709-1718.
    """
    from scipy.special import betainc

    count, tail = checked_count("baseline", baseline), (1.0 - checked_level(level)) / 2.0
    low = smallest_from(0, lambda y: bool(betainc(count, y + 1, 0.5) > tail)) if count else 0
    beyond = smallest_from(count + 1, lambda y: bool(betainc(y, count + 1, 0.5) <= tail))
    return low, beyond - 1


def normal_variation_share(
    baseline: float, n_before: float, n_after: float, level: float = 0.95
) -> tuple[float, float]:
    """Between what shares the next one will fall if nothing changed.

    The shares that the pooled z test would not find different from the baseline: the two solutions of
    (next - baseline)^2 = z^2 P (1 - P) (1/n_before + 1/n_after), P being the pooled share.

    Args:
        baseline: the share observed, 0..1.
        n_before: answers behind it, above 0.
        n_after: answers the next share will rest on, above 0.
        level: nominal share of such intervals that hold the next share.

    Returns:
        Low and high as shares, within 0..1.

    Raises:
        ValueError: baseline outside 0..1, a base not above 0, level not between 0 and 1.

    Source: the joint sampling approach of Krishnamoorthy and Peng (2011), Journal of Statistical Planning and
    Inference 141, p. 1709-1718.
    """
    share, z = checked_share("baseline", baseline), normal_quantile(level)
    first, second = checked_positive("n_before", n_before), checked_positive("n_after", n_after)
    a, b = first / (first + second), second / (first + second)
    c = z * z * (1.0 / first + 1.0 / second)
    square = 1.0 + c * b * b
    half_linear = share + c * b / 2.0 - c * a * b * share
    constant = share * share - c * a * share * (1.0 - a * share)
    root = math.sqrt(max(half_linear * half_linear - square * constant, 0.0))
    return max((half_linear - root) / square, 0.0), min((half_linear + root) / square, 1.0)


def normal_variation_series(values: Iterable[float]) -> tuple[float, float] | None:
    """Natural process limits of a series: between what values it moves when nothing special happens.

    The spread is taken from the changes from point to point, not from the standard deviation, so that a slow
    drift does not widen the limits.

    Args:
        values: at least 3 values in the order of time, in any unit.

    Returns:
        Low and high, mean -+ 2.66 times the mean moving range; None with fewer than 3 values, where the
        spread would rest on a single change, and None for a series that never moved, where no spread was seen
        (rounded figures often stand still) and limits of width 0 would make any change look special.

    Raises:
        ValueError: a value that is not finite.

    Source: Wheeler (2000), Understanding Variation: the XmR chart and its factor 2.66.
    """
    numbers = checked_series("values", values, at_least=0)
    if len(numbers) < 3 or len(set(numbers)) == 1:
        return None
    ranges = [abs(later - earlier) for earlier, later in pairwise(numbers)]
    centre, reach = math.fsum(numbers) / len(numbers), XMR_FACTOR * math.fsum(ranges) / len(ranges)
    return centre - reach, centre + reach


def _falls(direction: str) -> bool:
    if direction not in ("decrease", "increase"):
        raise ValueError(f'direction is {direction!r}; give "decrease" or "increase".')
    return direction == "decrease"


def _checked_power(power: float) -> float:
    """Return `power`; a change seen less often than not is no answer to what can be seen."""
    if not 0.5 <= power < 1.0:
        raise ValueError(f"power is {power}; give a chance from 0.5 up to 1, such as 0.8.")
    return float(power)


def _turning_count(count: int, falls: bool, level: float) -> int | None:
    """The count nearest to `count`, on the side asked for, that gets the verdict "changed"."""
    if not falls:
        return smallest_from(count, lambda after: count_difference(count, after, level=level)[1] > 0.0)

    def seen(fall: int) -> bool:
        return count_difference(count, count - fall, level=level)[2] < 0.0

    return count - smallest_between(0, count, seen) if seen(count) else None


def _turning_share(share: float, falls: bool, seen: Callable[[float], bool]) -> float:
    """The share nearest to `share` that is seen, to the precision of a double."""
    hidden, visible = share, 0.0 if falls else 1.0
    for _ in range(SHARE_STEPS):
        middle = (hidden + visible) / 2.0
        if seen(middle):
            visible = middle
        else:
            hidden = middle
    return visible


def _true_share(n: int, falls: bool, seen: Callable[[float], bool], chance: float) -> float:
    """The true share with which `n` answers give a share that is seen with probability `chance`."""
    from scipy.special import betaincinv

    if falls:
        lacking = smallest_between(0, n, lambda misses: seen((n - misses) / n))
        return 1.0 - float(betaincinv(lacking, n - lacking + 1, chance))
    hits = smallest_between(0, n, lambda hits: seen(hits / n))
    return float(betaincinv(hits, n - hits + 1, chance))


def _one_sided_quantile(chance: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(chance))
