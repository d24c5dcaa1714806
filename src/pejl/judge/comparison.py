"""Change from one figure to another, with its uncertainty.

Each function gives the difference after - before with an interval, the ratio after / before with an interval,
and a two-sided p-value. The interval of the difference is what judges the change; p is for the count of false
signals among many. The two come from different methods, each the usual one for its purpose, so a change close
to the edge may have an interval that leaves out zero and a p just above 0.05, or the other way round.

A number that does not exist or is not finite (a ratio to zero, an upper limit without bound) is None.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pejl.judge.p_values import binomial_two_sided_p, normal_two_sided_p, t_two_sided_p
from pejl.measure.intervals import (
    clopper_pearson_interval,
    normal_quantile,
    poisson_interval,
    wilson_interval,
)
from pejl.measure.number_checks import checked_count, checked_float, checked_level, checked_positive, checked_share

COUNTS = "poisson_exact_mover"
SHARES = "newcombe_10_score"
STANDARD_ERRORS = "normal"
DESIGN = "design_t"

LARGEST_EXPONENT = 700.0
"""The exponential of more than this is no double."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """One change and how sure it is.

    Attributes:
        difference: after - before, in the unit of the figures (per unit of exposure for counts with
            exposures).
        low: lower limit of the difference.
        high: upper limit of the difference.
        ratio: after / before, or None when before is 0.
        ratio_low: lower limit of the ratio, or None when it does not exist.
        ratio_high: upper limit of the ratio, or None when it does not exist or has no bound.
        p: two-sided p-value of no change.
        method: stable code of the methods used.
    """

    difference: float
    low: float
    high: float
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    p: float
    method: str


def compare_counts(
    before: float,
    after: float,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    level: float = 0.95,
) -> Comparison:
    """Compare two counts, taken as Poisson, or two rates.

    p and the interval of the ratio are exact given the sum of the counts, and equal R's
    `poisson.test(c(after, before), c(exposure_after, exposure_before))`: after is then binomial among before
    + after; p sums the outcomes that are no likelier than the one observed, and the limits are Clopper and
    Pearson's. The difference has MOVER limits from the exact limits of each count.

    Args:
        before: events counted before, whole and not negative.
        after: events counted after, whole and not negative.
        exposure_before: what the count before is divided by (inhabitants, person-years), above 0.
        exposure_after: the same for the count after.
        level: level of both intervals.

    Returns:
        The comparison; differences per unit of exposure. With before = 0 the ratio and its upper limit are
        None; with both counts 0 so is the lower limit, and p is 1. With after = 0 the ratio and its lower
        limit are 0.

    Raises:
        ValueError: a count negative or not whole, an exposure not above 0, level not between 0 and 1.

    Source: Przyborowski and Wilenski (1940), Homogeneity of results in testing samples from Poisson series,
    Biometrika 31, p. 313-323 (the conditional test); Clopper and Pearson (1934); Zou and Donner (2008) as in
    `count_difference`.
    """
    difference, low, high = count_difference(before, after, exposure_before, exposure_after, level)
    count_before, count_after = int(before), int(after)
    total = count_before + count_after
    share_after = float(exposure_after / (exposure_before + exposure_after))
    odds = float(exposure_before / exposure_after)
    ratio_low, ratio_high = _ratio_limits(count_after, total, odds, level)
    return Comparison(
        difference=difference,
        low=low,
        high=high,
        ratio=odds * count_after / count_before if count_before else None,
        ratio_low=ratio_low,
        ratio_high=ratio_high,
        p=binomial_two_sided_p(count_after, total, share_after),
        method=COUNTS,
    )


def count_difference(
    before: float,
    after: float,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    level: float = 0.95,
) -> tuple[float, float, float]:
    """Difference of two Poisson rates with MOVER limits: difference, low, high.

    Arguments and errors are those of `compare_counts`.

    Source: Zou and Donner (2008), Construction of confidence limits about effect measures: a general
    approach, Statistics in Medicine 27, p. 1693-1702 (MOVER), on the exact limits of `poisson_interval`.
    """
    first, second = checked_count("before", before), checked_count("after", after)
    base_first = checked_positive("exposure_before", exposure_before)
    base_second = checked_positive("exposure_after", exposure_after)
    limits_before = poisson_interval(first, base_first, level)
    limits_after = poisson_interval(second, base_second, level)
    return _mover(first / base_first, limits_before, second / base_second, limits_after)


def compare_shares(before: float, n_before: float, after: float, n_after: float, level: float = 0.95) -> Comparison:
    """Compare two shares from independent samples.

    Shares need not be whole numbers of answers: published percentages are rounded, and a base may be an
    effective sample size. p is that of the pooled two-sided z test, which is the chi-square test without
    correction.

    Args:
        before: share before, 0..1.
        n_before: answers behind it, above 0.
        after: share after, 0..1.
        n_after: answers behind it, above 0.
        level: level of both intervals.

    Returns:
        The comparison; differences in shares. p is 1 when both shares are 0 or both are 1. The ratio is None
        when before is 0; its limits are None when either share is 0 and when both are 1, where the logarithm
        or its standard error does not exist.

    Raises:
        ValueError: a share outside 0..1, a base not above 0, level not between 0 and 1.

    Source: Newcombe (1998), Interval estimation for the difference between independent proportions,
    Statistics in Medicine 17, p. 873-890, method 10; Katz et al. (1978), Biometrics 34, p. 469-474, method C
    (log ratio).
    """
    difference, low, high = share_difference(before, n_before, after, n_after, level)
    before, n_before, after, n_after = float(before), float(n_before), float(after), float(n_after)
    ratio_low, ratio_high = _katz_limits(before, n_before, after, n_after, level)
    return Comparison(
        difference=difference,
        low=low,
        high=high,
        ratio=_ratio(after, before),
        ratio_low=ratio_low,
        ratio_high=ratio_high,
        p=normal_two_sided_p(pooled_z(before * n_before, n_before, after * n_after, n_after)),
        method=SHARES,
    )


def share_difference(
    before: float, n_before: float, after: float, n_after: float, level: float = 0.95
) -> tuple[float, float, float]:
    """Difference of two shares with Newcombe's limits: difference, low, high.

    Arguments, errors and source are those of `compare_shares`.
    """
    first, second = checked_share("before", before), checked_share("after", after)
    limits_before = wilson_interval(first, checked_positive("n_before", n_before), level)
    limits_after = wilson_interval(second, checked_positive("n_after", n_after), level)
    return _mover(first, limits_before, second, limits_after)


def compare_with_standard_errors(
    before: float,
    se_before: float,
    after: float,
    se_after: float,
    covariance: float = 0.0,
    level: float = 0.95,
    df: int | None = None,
) -> Comparison:
    """Compare two estimates that come with standard errors, as normal, or with few degrees of freedom as t.

    Args:
        before: estimate before.
        se_before: its standard error, not negative.
        after: estimate after, in the same unit.
        se_after: its standard error, not negative.
        covariance: covariance of the two estimates, from 0 for independent samples up to the product of the
            standard errors; samples that overlap make it positive and the interval narrower.
        level: level of both intervals.
        df: degrees of freedom of the standard errors, 1 or more; the smaller of two. None: taken as known.

    Returns:
        The comparison. The limits of the ratio are those of its logarithm (delta method), None unless both
        estimates are above 0. `method` is `design_t` with degrees of freedom, else `normal`.

    Raises:
        ValueError: a number not finite, a standard error negative, a covariance larger than the standard
            errors allow, a difference without any uncertainty, level not between 0 and 1, df below 1.

    Source: Wald interval of a difference, variance se_before^2 + se_after^2 - 2 covariance; delta method of
    the log ratio as in Wolter (2007), Introduction to Variance Estimation, chapter 6.
    """
    before, after = checked_float("before", before), checked_float("after", after)
    z = normal_quantile(level) if df is None else _t_quantile(level, df)
    se = _se_of_difference(se_before, se_after, covariance)
    difference = after - before
    ratio_low: float | None = None
    ratio_high: float | None = None
    if before > 0 and after > 0:
        own, other = se_before / before, se_after / after
        spread = own * own + other * other - 2.0 * covariance / before / after
        ratio_low, ratio_high = _log_limits(after / before, max(spread, 0.0), z)
    return Comparison(
        difference=difference,
        low=difference - z * se,
        high=difference + z * se,
        ratio=_ratio(after, before),
        ratio_low=ratio_low,
        ratio_high=ratio_high,
        p=normal_two_sided_p(difference / se) if df is None else t_two_sided_p(difference / se, df),
        method=STANDARD_ERRORS if df is None else DESIGN,
    )


def _t_quantile(level: float, df: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(checked_positive("df", df), (1.0 + checked_level(level)) / 2.0))


def pooled_z(hits_before: float, n_before: float, hits_after: float, n_after: float) -> float:
    """Score of the difference of two shares with pooled variance; 0 when nobody or everybody is counted."""
    pooled = (hits_before + hits_after) / (n_before + n_after)
    variance = pooled * (1.0 - pooled) * (1.0 / n_before + 1.0 / n_after)
    if variance <= 0.0:
        return 0.0
    return (hits_after / n_after - hits_before / n_before) / math.sqrt(variance)


def _mover(
    before: float, limits_before: tuple[float, float], after: float, limits_after: tuple[float, float]
) -> tuple[float, float, float]:
    difference = after - before
    low = difference - math.hypot(after - limits_after[0], limits_before[1] - before)
    high = difference + math.hypot(limits_after[1] - after, before - limits_before[0])
    return difference, low, high


def _ratio_limits(hits: int, total: int, odds: float, level: float) -> tuple[float | None, float | None]:
    """Limits of the ratio from those of the share of the total that fell after."""
    if total == 0:
        return None, None
    low, high = clopper_pearson_interval(hits, total, level)
    return odds * low / (1.0 - low), odds * high / (1.0 - high) if hits < total else None


def _katz_limits(
    before: float, n_before: float, after: float, n_after: float, level: float
) -> tuple[float | None, float | None]:
    if before == 0 or after == 0 or before == after == 1:
        return None, None
    spread = (1.0 - before) / before / n_before + (1.0 - after) / after / n_after
    return _log_limits(after / before, spread, normal_quantile(level))


def _log_limits(ratio: float, spread: float, z: float) -> tuple[float, float | None]:
    """Limits of a ratio from the variance of its logarithm; 0 and None where they are beyond any double."""
    reach = z * math.sqrt(spread)
    if not reach < LARGEST_EXPONENT or math.isinf(ratio):
        return 0.0, None
    high = ratio * math.exp(reach)
    return ratio / math.exp(reach), None if math.isinf(high) else high


def _ratio(after: float, before: float) -> float | None:
    ratio = after / before if before else math.inf
    return None if math.isinf(ratio) else ratio


def _se_of_difference(se_before: float, se_after: float, covariance: float) -> float:
    for name, value in (("se_before", se_before), ("se_after", se_after)):
        if checked_float(name, value) < 0:
            raise ValueError(f"{name} is {value}; a standard error cannot be negative, give 0 or more.")
    largest = se_before * se_after
    if abs(checked_float("covariance", covariance)) > largest * (1.0 + 1e-9):
        raise ValueError(
            f"covariance is {covariance}; with standard errors {se_before} and {se_after} it cannot exceed "
            f"{largest:g}, give the covariance of the two estimates, not of the answers."
        )
    variance = se_before**2 + se_after**2 - 2.0 * covariance
    if variance <= 1e-15 * (se_before**2 + se_after**2):
        raise ValueError(
            f"The difference has no uncertainty (se_before {se_before}, se_after {se_after}, covariance "
            f"{covariance}); give standard errors above 0."
        )
    return math.sqrt(variance)


@dataclass(frozen=True, slots=True)
class TwoProportionTest:
    """Result of `two_proportion_test`: the first share minus the second, as R has it."""

    chisq: float
    p: float
    difference: float
    low: float
    high: float


def two_proportion_test(x1: float, n1: float, x2: float, n2: float, level: float = 0.95) -> TwoProportionTest:
    """Compare x1 of n1 with x2 of n2 as R's `prop.test(c(x1, x2), c(n1, n2), correct = FALSE)` does.

    For comparison with other software; `compare_shares` has the better interval. Mind the sign: the
    difference is first - second, not after - before.

    Args:
        x1: how many of the first n1, whole, 0..n1.
        n1: size of the first sample, above 0.
        x2: how many of the second n2, whole, 0..n2.
        n2: size of the second sample, above 0.
        level: level of the Wald interval of the difference.

    Returns:
        chi-square on one degree of freedom, p, difference and limits in shares. When nobody or everybody is
        counted in both samples, chi-square is 0 and p is 1 (R says NaN).

    Raises:
        ValueError: a count negative, not whole or above its n, an n of 0, level not between 0 and 1.

    Source: Pearson's chi-square of a 2 x 2 table without continuity correction; Wald interval with unpooled
    variance.
    """
    for name, hits, n in (("1", x1, n1), ("2", x2, n2)):
        checked_positive(f"n{name}", checked_count(f"n{name}", n))
        if checked_count(f"x{name}", hits) > n:
            raise ValueError(f"x{name} is {hits} of n{name} {n}; give a number from 0 to n{name}.")
    share1, share2 = float(x1 / n1), float(x2 / n2)
    z = pooled_z(x2, n2, x1, n1)
    half = normal_quantile(level) * math.sqrt(share1 * (1 - share1) / n1 + share2 * (1 - share2) / n2)
    difference = share1 - share2
    return TwoProportionTest(
        chisq=z * z,
        p=normal_two_sided_p(z),
        difference=difference,
        low=max(difference - half, -1.0),
        high=min(difference + half, 1.0),
    )


@dataclass(frozen=True, slots=True)
class McNemarTest:
    """Result of `mcnemar_test`."""

    chisq: float
    p: float


def mcnemar_test(b: float, c: float) -> McNemarTest:
    """Test whether as many went one way as the other among people asked twice.

    Equals R's `mcnemar.test(matrix(c(a, b, c, d), 2), correct = FALSE)`; those who did not change (a and d)
    do not enter.

    Args:
        b: people who went from yes to no, whole and not negative.
        c: people who went from no to yes, whole and not negative.

    Returns:
        chi-square on one degree of freedom and p. When nobody changed, chi-square is 0 and p is 1 (R says
        NaN).

    Raises:
        ValueError: a count negative or not whole.

    Source: McNemar (1947), Note on the sampling error of the difference between correlated proportions,
    Psychometrika 12, p. 153-157, without continuity correction.
    """
    one_way, other_way = checked_count("b", b), checked_count("c", c)
    changed = one_way + other_way
    chisq = (one_way - other_way) ** 2 / changed if changed else 0.0
    return McNemarTest(chisq=chisq, p=normal_two_sided_p(math.sqrt(chisq)))
