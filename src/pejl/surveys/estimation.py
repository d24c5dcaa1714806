"""Estimates with their uncertainty under the design: `estimate` and `difference`."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from pejl.surveys.fitting import asked, check_level, fit
from pejl.surveys.limits import beta_limits, logit_limits, t_quantile
from pejl.surveys.statistics import weighted_quantile
from pejl.surveys.variance import covariance, standard_errors

if TYPE_CHECKING:
    from pejl.surveys.design import Design
    from pejl.surveys.fitting import Fitted
    from pejl.surveys.frames import FloatArray
    from pejl.surveys.statistics import Domains
    from pejl.surveys.weighting import Weighting

ShareInterval: TypeAlias = Literal["logit", "beta"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate for a domain.

    Attributes:
        value: in the unit of the column; a share is 0..1. NaN, as `se`, `low` and `high`, where nobody in the domain
            answered (`n` is 0).
        se: standard error under the design.
        low: lower limit.
        high: upper limit.
        df: the design's degrees of freedom, for domains too.
        n: answers behind it, unweighted.
        domain: level of `by`, a tuple for several columns, None for all; (first, second) for a difference.
    """

    value: float
    se: float
    low: float
    high: float
    df: int
    n: int
    domain: Any = None


def estimate(
    frame: Any,
    design: Design | Weighting,
    *,
    mean: str | None = None,
    total: str | None = None,
    share: tuple[str, Any] | None = None,
    ratio: tuple[str, str] | None = None,
    median: str | None = None,
    by: str | Sequence[str] | None = None,
    level: float = 0.95,
    interval: ShareInterval = "logit",
) -> list[Estimate]:
    """Estimate one statistic, for all or for each domain.

    Rows with a missing answer stay in the design and count for nothing; rows without a value of `by` are in no domain.
    Equals R survey's `svymean`, `svytotal`, `svyratio`, `svyby`, `svyciprop` and `svyquantile` (`qrule = "math"`,
    Woodruff's limits) with the design's degrees of freedom.

    Args:
        frame: table of pandas, polars or pyarrow, one row per person drawn.
        design: how the sample was drawn, or the weighting made of it by `rake` or `post_stratify` on these rows.
        mean: column of numbers (True counts as 1).
        total: column of numbers.
        share: column and the answer whose share is wanted.
        ratio: columns above and below; a row that misses one of them counts for nothing.
        median: column of numbers.
        by: column, or list of columns, that make the domains.
        level: nominal coverage of the interval.
        interval: of shares: "logit", or "beta" (Korn and Graubard), which suits rare answers. Where all or none
            gave the answer the limits are the beta ones either way, since the standard error is 0 there.

    Returns:
        One estimate per domain, sorted by domain; limits from Student's t with the design's degrees of freedom.

    Raises:
        ValueError: not exactly one statistic, or something in the table that cannot be; see `resolve`.
    """
    kind, what = asked(mean=mean, total=total, share=share, ratio=ratio, median=median)
    check_level(level)
    if interval not in get_args(ShareInterval):
        raise ValueError(f'interval is {interval!r}; give "logit" or "beta".')
    fitted = fit(frame, design, kind, what, by)
    return _estimates(fitted, standard_errors(fitted.found.influence, fitted.plan, fitted.calibrator), level, interval)


def estimates_with_covariance(
    frame: Any,
    design: Design | Weighting,
    *,
    mean: str | None = None,
    total: str | None = None,
    share: tuple[str, Any] | None = None,
    ratio: tuple[str, str] | None = None,
    by: str | Sequence[str] | None = None,
    level: float = 0.95,
) -> tuple[list[Estimate], FloatArray]:
    """Return the estimates of `estimate` and their covariance matrix, shape (domains, domains), in the same order."""
    kind, what = asked(mean=mean, total=total, share=share, ratio=ratio)
    check_level(level)
    fitted = fit(frame, design, kind, what, by)
    matrix = covariance(fitted.found.influence, fitted.plan, fitted.calibrator)
    return _estimates(fitted, matrix.diagonal() ** 0.5, level, "logit"), matrix


def difference(
    frame: Any,
    design: Design | Weighting,
    *,
    by: str,
    mean: str | None = None,
    total: str | None = None,
    share: tuple[str, Any] | None = None,
    ratio: tuple[str, str] | None = None,
    median: str | None = None,
    levels: Sequence[Any] | None = None,
    level: float = 0.95,
) -> Estimate:
    """Estimate the second domain less the first, with the covariance of the two.

    Two years of overlapping samples are two domains: put one table after the other, let `by` be the year and `psu` the
    person's (or the household's) pseudonym, the same in both.

    Args:
        frame: table of pandas, polars or pyarrow.
        design: as for `estimate`.
        by: column that makes the domains.
        mean: as for `estimate`; so are `total`, `share`, `ratio` and `median`.
        total: see `mean`.
        share: see `mean`.
        ratio: see `mean`.
        median: see `mean`; the covariance of two medians is that of the shares at or below them, each divided by the
            density that Woodruff's interval implies.
        levels: the first and the second level; None: the first two in sort order.
        level: nominal coverage of the t interval.

    Returns:
        One estimate; `n` is the answers of both domains, `domain` is (first, second).

    Raises:
        ValueError: as `estimate`; fewer than two domains, a level that is not one, nobody answered in one of them.
    """
    kind, what = asked(mean=mean, total=total, share=share, ratio=ratio, median=median)
    check_level(level)
    fitted = fit(frame, design, kind, what, by)
    places = _two(fitted.domains, by, levels)
    found = fitted.found
    if not found.counts[places].all():
        raise ValueError(
            f"nobody answered in one of the two domains of column '{by}'; there is no difference to estimate."
        )
    influence = found.influence.picked(places)
    matrix = covariance(influence, fitted.plan, fitted.calibrator)
    if kind == "median":
        errors = matrix.diagonal() ** 0.5
        widths = [
            _median_limits(fitted, place, float(error), level)[0] for place, error in zip(places, errors, strict=True)
        ]
        slopes = [width / error if error > 0 else 0.0 for width, error in zip(widths, errors, strict=True)]
        matrix = matrix * slopes * [[slope] for slope in slopes]
    value = float(found.values[places[1]] - found.values[places[0]])
    se = math.sqrt(max(float(matrix[0, 0] + matrix[1, 1] - 2.0 * matrix[0, 1]), 0.0))
    half = t_quantile(level, fitted.plan.df) * se
    pair = (fitted.domains.levels[places[0]], fitted.domains.levels[places[1]])
    return Estimate(value, se, value - half, value + half, fitted.plan.df, int(found.counts[places].sum()), pair)


def t_estimate(value: float, se: float, n: int, df: int, level: float, domain: Any = None) -> Estimate:
    """Return an estimate with t limits."""
    half = t_quantile(level, df) * se
    return Estimate(value, se, value - half, value + half, df, n, domain)


def _estimates(fitted: Fitted, errors: FloatArray, level: float, interval: ShareInterval) -> list[Estimate]:
    found, df = fitted.found, fitted.plan.df
    results = []
    for place, domain in enumerate(fitted.domains.levels):
        value, se, n = float(found.values[place]), float(errors[place]), int(found.counts[place])
        if not n:
            results.append(Estimate(math.nan, math.nan, math.nan, math.nan, df, 0, domain))
        elif found.kind == "median":
            se, low, high = _median_limits(fitted, place, se, level)
            results.append(Estimate(value, se, low, high, df, n, domain))
        elif found.kind == "share":
            whole = found.whole is not None and bool(found.whole[place])
            se = 0.0 if whole else se
            limits = beta_limits if whole or interval == "beta" else logit_limits
            results.append(Estimate(value, se, *limits(value, se, n, df, level), df, n, domain))
        else:
            results.append(t_estimate(value, se, n, df, level, domain))
    return results


def _median_limits(fitted: Fitted, place: int, error: float, level: float) -> tuple[float, float, float]:
    """Return Woodruff's standard error and limits of a domain's median.

    A limit is NaN where the interval of the share below reaches outside 0..1: the sample is too small to have one.

    Source: Woodruff (1952), Confidence intervals for medians and other position measures, JASA 47, p. 635-646.
    """
    import numpy as np

    answers, influence = fitted.found.answers, fitted.found.influence
    assert answers is not None
    rows = influence.domains == place
    own, weights = answers[rows], fitted.plan.weights[rows]
    share = float(np.average(own <= fitted.found.values[place], weights=weights))
    t = t_quantile(level, fitted.plan.df)
    wanted = (share - t * error, share + t * error)
    low, high = (float(weighted_quantile(own, weights, each)[0]) if 0.0 <= each <= 1.0 else math.nan for each in wanted)
    return (high - low) / (2.0 * t), low, high


def _two(domains: Domains, by: str, levels: Sequence[Any] | None) -> list[int]:
    if levels is None:
        if len(domains.levels) < 2:
            raise ValueError(f"column '{by}' (by) holds one level only; a difference needs two.")
        return [0, 1]
    if len(levels) != 2 or levels[0] == levels[1]:
        raise ValueError("levels is not a pair of two different levels; give (first, second).")
    for wanted in levels:
        if wanted not in domains.levels:
            raise ValueError(f"column '{by}' (by) never holds {wanted!r}; give two of the levels that occur.")
    return [domains.levels.index(wanted) for wanted in levels]
