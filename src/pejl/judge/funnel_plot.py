"""Funnel plots: units of different size against what chance alone would give.

A funnel plot asks of each unit whether it differs from the whole by more than its size allows. It does not
rank: a rank is mostly chance when units are small, and most units here are inside the limits and thereby not
told apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pejl.judge.multiplicity import benjamini_hochberg, holm
from pejl.judge.p_values import normal_two_sided_p
from pejl.measure.number_checks import checked_count, checked_level, same_length

if TYPE_CHECKING:
    from pejl.measure.number_checks import FloatArray

Overdispersion = Literal["none", "multiplicative", "additive"]

WINSORISED = 0.1
"""Share of the z-scores pulled in at each end before overdispersion is estimated.

Outliers would otherwise hide themselves by widening the limits.
"""

REJECTED_AT = 0.05
"""False discovery rate (Benjamini-Hochberg) and family-wise error rate (Holm) of the two lists of signals."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel plot in numbers; every list is in the order the units were given.

    Attributes:
        p0: share of all units together, the centre line.
        z: (share - p0) / standard error of each unit.
        phi: overdispersion, the mean square of the winsorised z; about 1 when chance alone separates the
            units.
        tau2: variance between units beyond chance, in squared shares; 0 when phi shows none.
        z_multiplicative: z divided by the root of phi (of 1 when phi is below 1).
        z_additive: (share - p0) / root of the variance of the unit and tau2.
        limits: for each quantile, such as "0.025", the exact binomial limit of each unit, without
            overdispersion. They may lie outside 0..1 for small units, because they are interpolated between
            counts.
        adjusted_limits: the limits that `position` is judged by: `limits` without overdispersion, otherwise
            normal limits widened by phi or tau2.
        p_two_sided: p-value of each unit's z under the chosen overdispersion, as normal; too small where
            fewer than about 5 are expected, and there `position` is the one to go by.
        bh_reject: whether each unit is a signal by Benjamini-Hochberg at 5 %.
        holm_reject: whether each unit is a signal by Holm at 5 %.
        position: for each level, such as "0.95", where each unit lies: "inside", "above" or "below"; on a
            limit is inside. Without overdispersion a unit beyond its limit is outside only if the mid-P
            chance of its count or one further out is below the tail too. The interpolated limit alone would
            call every unit of 10 out of 10 above, even where 9 in 10 is the rule; the difference is at most
            half a person.
    """

    p0: float
    z: list[float]
    phi: float
    tau2: float
    z_multiplicative: list[float]
    z_additive: list[float]
    limits: dict[str, list[float]]
    adjusted_limits: dict[str, list[float]]
    p_two_sided: list[float]
    bh_reject: list[bool]
    holm_reject: list[bool]
    position: dict[str, list[str]]


def funnel(
    numerators: Sequence[float],
    denominators: Sequence[float],
    overdispersion: Overdispersion = "none",
    levels: Sequence[float] = (0.95, 0.998),
) -> Funnel:
    """Compare the share of each unit with the share of all.

    Units are never ranked: results keep the order given, and nothing in them says which unit is best.

    Args:
        numerators: those counted in each unit, whole, 0..denominator; at least 2 units.
        denominators: those in each unit, whole and above 0.
        overdispersion: what `adjusted_limits`, `p_two_sided`, the signals and `position` allow for beyond
            chance: "none", "multiplicative" (phi) or "additive" (tau2).
        levels: shares of units that limits are to hold when chance alone separates them.

    Returns:
        The funnel plot; z, phi, tau2, both adjusted z and `limits` are the same for every choice of
        overdispersion.

    Raises:
        ValueError: fewer than 2 units, lists of different lengths, a number negative or not whole, a
            numerator above its denominator, a denominator of 0, nobody or everybody counted, no level or one
            not between 0 and 1.

    Source: Spiegelhalter (2005), Funnel plots for comparing institutional performance, Statistics in Medicine
    24, p. 1185-1202: interpolated exact limits, phi and tau2 in the appendix; winsorising and the moment
    estimate of tau2 also in Spiegelhalter et al. (2012), JRSS A 175, p. 1-47. Mid-P: Lancaster (1961), JASA
    56, p. 223-234.
    """
    import numpy as np

    hits, sizes = _checked_units(numerators, denominators)
    if overdispersion not in ("none", "multiplicative", "additive"):
        options = '"none", "multiplicative" or "additive"'
        raise ValueError(f"overdispersion is {overdispersion!r}; give {options}.")
    p0 = float(hits.sum() / sizes.sum())
    if not 0.0 < p0 < 1.0:
        raise ValueError(f"The share of all units is {p0:g}; with nobody or everybody counted none can differ.")
    quantiles = _quantiles(levels)
    excess = hits / sizes - p0
    variance = p0 * (1.0 - p0) / sizes
    z = excess / np.sqrt(variance)
    phi = _phi(z)
    tau2 = _tau2(phi, variance)
    widened = {"none": variance, "multiplicative": variance * max(phi, 1.0), "additive": variance + tau2}
    limits = {name: _exact_limit(quantile, sizes, p0) for name, quantile in quantiles.items()}
    adjusted = limits
    if overdispersion != "none":
        spread = np.sqrt(widened[overdispersion])
        adjusted = {name: _normal_limit(quantile, spread, p0) for name, quantile in quantiles.items()}
    p = [normal_two_sided_p(score) for score in (excess / np.sqrt(widened[overdispersion])).tolist()]
    return Funnel(
        p0=p0,
        z=z.tolist(),
        phi=phi,
        tau2=tau2,
        z_multiplicative=(z / max(phi, 1.0) ** 0.5).tolist(),
        z_additive=(excess / np.sqrt(widened["additive"])).tolist(),
        limits={name: limit.tolist() for name, limit in limits.items()},
        adjusted_limits={name: limit.tolist() for name, limit in adjusted.items()},
        p_two_sided=p,
        bh_reject=[value <= REJECTED_AT for value in benjamini_hochberg(p)],
        holm_reject=[value <= REJECTED_AT for value in holm(p)],
        position={
            str(float(level)): _position(hits, sizes, adjusted, level, p0 if overdispersion == "none" else None)
            for level in levels
        },
    )


def _checked_units(numerators: Sequence[float], denominators: Sequence[float]) -> tuple[FloatArray, FloatArray]:
    import numpy as np

    same_length(numerators=numerators, denominators=denominators)
    if len(numerators) < 2:
        raise ValueError(f"A funnel plot of {len(numerators)} units has nothing to compare; give at least 2.")
    sizes = [checked_count(f"denominators[{index}]", value) for index, value in enumerate(denominators)]
    hits = [checked_count(f"numerators[{index}]", value) for index, value in enumerate(numerators)]
    for index, (hit, size) in enumerate(zip(hits, sizes, strict=True)):
        if size == 0:
            raise ValueError(f"denominators[{index}] is 0; leave the unit out, it has nobody to count.")
        if hit > size:
            raise ValueError(f"numerators[{index}] is {hit} of {size}; give a number from 0 to the denominator.")
    return np.array(hits, dtype=np.float64), np.array(sizes, dtype=np.float64)


def _tails(level: float) -> tuple[float, float]:
    tail = round((1.0 - checked_level(level)) / 2.0, 12)
    return tail, round(1.0 - tail, 12)


def _quantiles(levels: Sequence[float]) -> dict[str, float]:
    """Both tails of each level by name, from low to high."""
    if len(levels) == 0:
        raise ValueError("levels is empty; give at least one level, such as 0.95.")
    return {str(quantile): quantile for quantile in sorted({tail for level in levels for tail in _tails(level)})}


def _phi(z: FloatArray) -> float:
    """Mean square of z, its outer tenths at each end pulled in to the quantiles there."""
    import numpy as np

    low, high = np.quantile(z, [WINSORISED, 1.0 - WINSORISED])
    return float((z.clip(low, high) ** 2).mean())


def _tau2(phi: float, variance: FloatArray) -> float:
    """Moment estimate of the variance between units (DerSimonian and Laird), from the winsorised phi."""
    weights = 1.0 / variance
    units = len(weights)
    spread = weights.sum() - (weights**2).sum() / weights.sum()
    return max(float((units * phi - (units - 1)) / spread), 0.0)


def _exact_limit(quantile: float, sizes: FloatArray, p0: float) -> FloatArray:
    """Binomial quantile as a share, interpolated between the two counts around it."""
    count = _binomial_quantile(quantile, sizes, p0)
    upto, below = _binomial_cdf(count, sizes, p0), _binomial_cdf(count - 1.0, sizes, p0)
    return (count - (upto - quantile) / (upto - below)) / sizes


def _binomial_quantile(quantile: float, sizes: FloatArray, p0: float) -> FloatArray:
    """Smallest count of each size whose cumulated probability reaches the quantile."""
    import numpy as np

    low, high = np.zeros_like(sizes), sizes.copy()
    while (low < high).any():
        middle = np.floor((low + high) / 2.0)
        reached = _binomial_cdf(middle, sizes, p0) >= quantile
        high = np.where(reached, middle, high)
        low = np.where(reached, low, np.minimum(middle + 1.0, high))
    return low


def _binomial_cdf(count: FloatArray, sizes: FloatArray, p0: float) -> FloatArray:
    import numpy as np
    from scipy.special import betainc

    within = betainc((sizes - count).clip(min=1.0), count.clip(min=0.0) + 1.0, 1.0 - p0)
    return np.where(count < 0, 0.0, np.where(count >= sizes, 1.0, within))


def _normal_limit(quantile: float, spread: FloatArray, p0: float) -> FloatArray:
    from scipy.special import ndtri

    return p0 + float(ndtri(quantile)) * spread


def _position(
    hits: FloatArray, sizes: FloatArray, limits: dict[str, FloatArray], level: float, p0: float | None
) -> list[str]:
    """Where each unit lies; with `p0` a unit beyond a binomial limit must be unlikely by its mid-P too."""
    import numpy as np

    low, high = (limits[str(tail)] for tail in _tails(level))
    above, below = hits / sizes > high, hits / sizes < low
    if p0 is not None:
        middle = (_binomial_cdf(hits, sizes, p0) + _binomial_cdf(hits - 1.0, sizes, p0)) / 2.0
        tail, _ = _tails(level)
        above, below = above & (1.0 - middle < tail), below & (middle < tail)
    return [str(word) for word in np.select([above, below], ["above", "below"], "inside")]
