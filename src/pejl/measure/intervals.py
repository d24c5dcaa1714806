"""Intervals for one count or one share.

The functions take single numbers or arrays. Single numbers give two Python floats, arrays give two numpy
arrays of the shape of the arguments; a single number beside an array counts for every place in it. All
intervals are two-sided with equal tails. All functions raise `ValueError` for a figure that cannot be
(negative, not finite, a share outside 0..1, a base of 0, arrays of different lengths), with a sentence that
says what to give instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, overload

from pejl.measure.number_checks import aligned_arrays, checked_level, refuse_where

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from pejl.measure.number_checks import FloatArray, Floats

    Limits = tuple[float, float] | tuple[FloatArray, FloatArray]

NOT_NEGATIVE = "a count cannot be negative, give 0 or more"
WHOLE = "a count is a whole number, give the number that was counted"
ABOVE_ZERO = "give a number above 0"
WITHIN_ONE = "give a share from 0 to 1 (divide a percentage by 100)"


@overload
def poisson_interval(count: float, exposure: float = 1.0, level: float = 0.95) -> tuple[float, float]: ...
@overload
def poisson_interval(count: float, exposure: Floats, level: float = 0.95) -> tuple[FloatArray, FloatArray]: ...
@overload
def poisson_interval(
    count: Floats, exposure: float | Floats = 1.0, level: float = 0.95
) -> tuple[FloatArray, FloatArray]: ...
def poisson_interval(count: float | Floats, exposure: float | Floats = 1.0, level: float = 0.95) -> Limits:
    """Exact interval for the mean of a Poisson count, or for a rate.

    The coverage is never below `level`. Equals R's `poisson.test(count, exposure)`.

    Args:
        count: events counted, whole and not negative.
        exposure: what the count is divided by (inhabitants, person-years), above 0; 1 gives limits for the
            count.
        level: share of such intervals that hold the truth.

    Returns:
        Low and high, in events per unit of exposure. Low is 0 for a count of 0.

    Raises:
        ValueError: count negative or not whole, exposure not above 0, level not between 0 and 1.

    Source: Garwood (1936), Fiducial limits for the Poisson distribution, Biometrika 28, p. 437-442; the
    chi-square quantiles there are written as inverse incomplete gamma functions.
    """
    from scipy.special import gammainccinv, gammaincinv

    tail = (1.0 - checked_level(level)) / 2.0
    (counts, exposures), scalar = aligned_arrays(count=count, exposure=exposure)
    _check_counts("count", counts)
    refuse_where("exposure", exposures, exposures <= 0, ABOVE_ZERO)
    low = gammaincinv(counts, tail)
    low[counts == 0] = 0.0
    high = gammainccinv(counts + 1.0, tail)
    return _limits(low / exposures, high / exposures, scalar)


@overload
def wilson_interval(share: float, n: float, level: float = 0.95) -> tuple[float, float]: ...
@overload
def wilson_interval(share: float, n: Floats, level: float = 0.95) -> tuple[FloatArray, FloatArray]: ...
@overload
def wilson_interval(share: Floats, n: float | Floats, level: float = 0.95) -> tuple[FloatArray, FloatArray]: ...
def wilson_interval(share: float | Floats, n: float | Floats, level: float = 0.95) -> Limits:
    """Score interval for a share, without continuity correction.

    `share * n` need not be whole: a published percentage is rounded, and `n` may be an effective sample size.
    Equals R's `prop.test(x, n, correct = FALSE)`.

    Args:
        share: observed share, 0..1.
        n: answers behind the share, above 0.
        level: nominal coverage.

    Returns:
        Low and high as shares, within 0..1.

    Raises:
        ValueError: share outside 0..1, n not above 0, level not between 0 and 1.

    Source: Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22, p.
    209-212; as method 3 in Newcombe (1998), Statistics in Medicine 17, p. 857-872.
    """
    (shares, bases), scalar = aligned_arrays(share=share, n=n)
    z = normal_quantile(level)
    refuse_where("share", shares, (shares < 0) | (shares > 1), WITHIN_ONE)
    refuse_where("n", bases, bases <= 0, ABOVE_ZERO)
    weight = z * z / bases
    centre = shares + weight / 2.0
    half = z * ((shares * (1.0 - shares) + weight / 4.0) / bases) ** 0.5
    low = ((centre - half) / (1.0 + weight)).clip(0.0, shares)
    high = ((centre + half) / (1.0 + weight)).clip(shares, 1.0)
    return _limits(low, high, scalar)


@overload
def clopper_pearson_interval(successes: float, n: float, level: float = 0.95) -> tuple[float, float]: ...
@overload
def clopper_pearson_interval(successes: float, n: Floats, level: float = 0.95) -> tuple[FloatArray, FloatArray]: ...
@overload
def clopper_pearson_interval(
    successes: Floats, n: float | Floats, level: float = 0.95
) -> tuple[FloatArray, FloatArray]: ...
def clopper_pearson_interval(successes: float | Floats, n: float | Floats, level: float = 0.95) -> Limits:
    """Exact interval for a share.

    The coverage is never below `level`, and mostly well above it. Equals R's `binom.test(successes, n)`.

    Args:
        successes: how many of `n`, whole, 0..n.
        n: trials, whole and above 0.
        level: share of such intervals that hold the truth.

    Returns:
        Low and high as shares, within 0..1.

    Raises:
        ValueError: a number negative or not whole, successes above n, n of 0, level not between 0 and 1.

    Source: Clopper and Pearson (1934), The use of confidence or fiducial limits, Biometrika 26, p. 404-413,
    with the tails written as incomplete beta functions.
    """
    from scipy.special import betainccinv, betaincinv

    tail = (1.0 - checked_level(level)) / 2.0
    (hits, trials), scalar = aligned_arrays(successes=successes, n=n)
    _check_counts("successes", hits)
    _check_counts("n", trials)
    refuse_where("n", trials, trials == 0, ABOVE_ZERO)
    refuse_where("successes", hits, hits > trials, "there cannot be more successes than n, give 0..n")
    misses = trials - hits
    low = betaincinv(hits.clip(min=1.0), misses + 1.0, tail)
    high = betainccinv(hits + 1.0, misses.clip(min=1.0), tail)
    low[hits == 0] = 0.0
    high[misses == 0] = 1.0
    return _limits(low, high, scalar)


def normal_quantile(level: float) -> float:
    """Quantile of the standard normal that cuts off both tails at `level`: 1.96 for 0.95."""
    from scipy.special import ndtri

    return float(ndtri(0.5 + checked_level(level) / 2.0))


def _check_counts(name: str, counts: FloatArray) -> None:
    refuse_where(name, counts, counts < 0, NOT_NEGATIVE)
    refuse_where(name, counts, counts != counts.round(), WHOLE)


def _limits(low: NDArray[Any], high: NDArray[Any], scalar: bool) -> Limits:
    return (float(low[0]), float(high[0])) if scalar else (low, high)
