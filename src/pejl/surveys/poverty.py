"""At-risk-of-poverty threshold and rate, with linearised variance."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pejl.surveys.design import Design
from pejl.surveys.estimation import Estimate, t_estimate
from pejl.surveys.fitting import check_level, plan_of
from pejl.surveys.frames import Table
from pejl.surveys.statistics import EQUAL, domains_of, weighted_quantile
from pejl.surveys.variance import Influence, standard_errors
from pejl.surveys.weighting import Weighting

if TYPE_CHECKING:
    from pejl.surveys.frames import FloatArray


@dataclass(frozen=True, slots=True)
class Poverty:
    """Who is at risk of poverty.

    Attributes:
        threshold: in the unit of the income, one and the same for all domains; `se` is 0 if it was given.
        rate: share of all, 0..1, with an income below the threshold.
        rates: the same by domain, sorted; empty without `by`.
        fraction: of the median, 0..1; None if the threshold was given.
    """

    threshold: Estimate
    rate: Estimate
    rates: tuple[Estimate, ...]
    fraction: float | None


def poverty(
    frame: Any,
    design: Design | Weighting,
    income: str,
    by: str | Sequence[str] | None = None,
    *,
    fraction: float = 0.6,
    threshold: float | None = None,
    level: float = 0.95,
) -> Poverty:
    """Estimate the at-risk-of-poverty threshold, and the rate for all and by domain.

    The threshold is a fraction of the median equivalised income of all rows, also for domains. Persons of one household
    share an income: name the household in `Design(psu=…)`, or the standard errors are much too small (by 1.7 in the
    European test data). The median is the middle of two incomes where the weight divides exactly (Eurostat, laeken).

    Args:
        frame: table of pandas, polars or pyarrow, one row per person.
        design: how the sample was drawn.
        income: column with each person's equivalised income; a row without one stays in the design and is not counted.
        by: column, or list of columns, that make the domains.
        fraction: of the median, above 0; 0.6 is the European Union's, 0.5 the OECD's.
        threshold: a threshold known without error, in place of a fraction of the median.
        level: nominal coverage of the t intervals.

    Returns:
        Threshold and rates; a domain in which nobody's income is known has NaN and `n` 0.

    Raises:
        ValueError: as `estimate`; fraction or threshold not above 0; incomes that are all the same.

    Sources: Eurostat's definition (below 60 % of the national median); the linearisation of Deville (1999), Variance
    estimation for complex statistics and estimators, Survey Methodology 25, p. 193-203, and Osier (2009), Variance
    estimation for complex indicators of poverty and inequality using linearization techniques, Survey Research Methods
    3, p. 167-195: the density at a point is a Gaussian kernel's with bandwidth s / N^0.2, s the weighted standard
    deviation of income and N the sum of the weights, as in R's convey.
    """
    import numpy as np

    for name, number in (("fraction", fraction), ("threshold", threshold)):
        if number is not None and not 0.0 < number < math.inf:
            raise ValueError(f"{name} is {number:g}; give a number above 0.")
    check_level(level)
    table = Table(frame)
    plan, calibrator = plan_of(table, design)
    incomes = table.numbers(income, "income")
    known = ~np.isnan(incomes)
    if not known.any():
        raise ValueError(f"column '{income}' (income) holds no incomes at all; nothing can be estimated from it.")
    weights = np.where(known, plan.weights, 0.0)
    filled = np.where(known, incomes, 0.0)
    line, shared = _threshold(filled, weights, known, fraction, threshold)
    everyone = domains_of(table, None)
    line_influence = Influence(np.zeros(table.rows), np.where(known, 0, -1), 1, shared, np.ones(1))
    line_error = float(standard_errors(line_influence, plan, calibrator)[0]) if threshold is None else 0.0
    found: list[tuple[Estimate, ...]] = []
    for domains in (everyone, domains_of(table, by)) if by is not None else (everyone,):
        codes, count = np.where(known, domains.codes, -1), len(domains.levels)
        counts = np.bincount(codes + 1, minlength=count + 1)[1:]
        size = np.bincount(codes + 1, weights=weights, minlength=count + 1)[1:]
        size[counts == 0] = np.nan
        poor = (known & (filled < line)).astype(np.float64)
        rates = np.bincount(codes + 1, weights=weights * poor, minlength=count + 1)[1:] / size
        scores = (poor - np.append(np.nan_to_num(rates), 0.0)[codes]) / np.append(np.nan_to_num(size, nan=1.0), 1.0)[
            codes
        ]
        if threshold is None:
            slopes = np.array([_density(filled, weights * (codes == place), line) for place in range(count)])
            influence = Influence(scores, codes, count, shared, slopes)
        else:
            influence = Influence(scores, codes, count)
        errors = standard_errors(influence, plan, calibrator)
        found.append(
            tuple(
                t_estimate(float(rate), float(error), int(n), plan.df, level, domain)
                if n
                else Estimate(math.nan, math.nan, math.nan, math.nan, plan.df, 0, domain)
                for rate, error, n, domain in zip(rates, errors, counts, domains.levels, strict=True)
            )
        )
    return Poverty(
        threshold=t_estimate(line, line_error, int(known.sum()), plan.df, level),
        rate=found[0][0],
        rates=found[1] if len(found) > 1 else (),
        fraction=fraction if threshold is None else None,
    )


def _threshold(
    incomes: FloatArray, weights: FloatArray, known: Any, fraction: float, threshold: float | None
) -> tuple[float, FloatArray]:
    """Return the threshold and the influence of each row on it, shape (rows,)."""
    import numpy as np

    if threshold is not None:
        return float(threshold), np.zeros(incomes.size)
    median = float(weighted_quantile(incomes[known], weights[known], 0.5, between=True)[0])
    below = known & (incomes <= median)
    size = float(weights.sum())
    density = _density(incomes, weights, median)
    if density <= 0.0:
        raise ValueError("the incomes are all the same, so how sure their median is cannot be seen; check the column.")
    influence = np.where(known, below - 0.5, 0.0) / (-size * density)
    return fraction * median, fraction * influence


def _density(incomes: FloatArray, weights: FloatArray, point: float) -> float:
    """Return the density of income at a point, per unit of income; 0 without spread."""
    import numpy as np

    size = float(weights.sum())
    if size <= 0.0:
        return 0.0
    mean = float(weights @ incomes) / size
    spread = math.sqrt(float(weights @ (incomes - mean) ** 2) / size)
    width = spread / size**0.2
    if spread <= EQUAL * abs(mean):
        return 0.0
    inside = weights > 0
    near = np.exp(-0.5 * ((incomes[inside] - point) / width) ** 2)
    return float(np.dot(weights[inside], near)) / float(size * width * math.sqrt(2.0 * math.pi))
