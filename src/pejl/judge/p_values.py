"""Two-sided p-values: of a z, of a t, and of a binomial count, as R computes it."""

from __future__ import annotations

import math

from pejl.judge.bisection import smallest_between

TIE_TOLERANCE = 1e-7
"""Outcomes up to this much likelier than the one observed count as equally likely, as in R's `binom.test`."""


def normal_two_sided_p(z: float) -> float:
    """Chance of a standard normal at least as far from 0 as `z`."""
    return math.erfc(abs(z) / math.sqrt(2.0))


def t_two_sided_p(t: float, df: int) -> float:
    """Chance of Student's t with `df` degrees of freedom at least as far from 0 as `t`."""
    from scipy.special import stdtr

    return float(2.0 * stdtr(df, -abs(t)))


def binomial_two_sided_p(hits: int, n: int, share: float) -> float:
    """Chance of an outcome no likelier than `hits` of `n` when each hits with probability `share`.

    Args:
        hits: 0..n.
        n: trials; 0 gives 1.0.
        share: probability, strictly between 0 and 1.

    Source: the two-sided p of R's `binom.test` (method of minimum likelihood, with its tolerance for ties).
    """
    expected = n * share
    if hits == expected:
        return 1.0
    bound = _log_pmf(hits, n, share) + math.log1p(TIE_TOLERANCE)
    if hits < expected:
        start = math.ceil(expected)
        far = start + smallest_between(0, n - start + 1, lambda step: _log_pmf(start + step, n, share) <= bound)
        tails = _at_most(hits, n, share) + _more_than(far - 1, n, share)
    else:
        start = math.floor(expected)
        far = start - smallest_between(0, start + 1, lambda step: _log_pmf(start - step, n, share) <= bound)
        tails = _at_most(far, n, share) + _more_than(hits - 1, n, share)
    return min(tails, 1.0)


def _log_pmf(hits: int, n: int, share: float) -> float:
    """Log probability; the terms are added so that `hits` and `n - hits` give the same float at share 0.5."""
    ways = math.lgamma(n + 1) - (math.lgamma(hits + 1) + math.lgamma(n - hits + 1))
    return ways + (hits * math.log(share) + (n - hits) * math.log1p(-share))


def _at_most(hits: int, n: int, share: float) -> float:
    from scipy.special import betainc

    if hits < 0:
        return 0.0
    return 1.0 if hits >= n else float(betainc(n - hits, hits + 1, 1.0 - share))


def _more_than(hits: int, n: int, share: float) -> float:
    from scipy.special import betainc

    if hits < 0:
        return 1.0
    return 0.0 if hits >= n else float(betainc(hits + 1, n - hits, share))
