"""Limits of shares and of estimates with few degrees of freedom."""

from __future__ import annotations

import math


def t_quantile(level: float, df: int) -> float:
    """Return how many standard errors a two-sided t interval reaches to each side."""
    from scipy.special import stdtrit

    return float(stdtrit(df, (1.0 + level) / 2.0))


def logit_limits(share: float, se: float, n: int, df: int, level: float) -> tuple[float, float]:
    """Return t limits on the logit scale; the share lies strictly between 0 and 1.

    Equals R's `svyciprop(method = "logit")`. `n` is not used; it is there because `beta_limits` needs it.

    Source: Lumley (2010), Complex Surveys, chapter 2.
    """
    del n
    logit = math.log(share / (1.0 - share))
    half = t_quantile(level, df) * se / (share * (1.0 - share))
    return _share_of(logit - half), _share_of(logit + half)


def beta_limits(share: float, se: float, n: int, df: int, level: float) -> tuple[float, float]:
    """Return the exact binomial limits at the effective sample size.

    Equals R's `svyciprop(method = "beta")`. Where all or none gave the answer the standard error is 0, and the
    effective size is taken from the `n` answers.

    Source: Korn and Graubard (1998), Confidence intervals for proportions with small expected number of positive
    counts estimated from survey data, Survey Methodology 24, p. 193-201.
    """
    from scipy.special import betaincinv

    tail = (1.0 - level) / 2.0
    whole = share in (0.0, 1.0)
    if se == 0.0 and not whole:
        return share, share
    size = float(n) if whole else share * (1.0 - share) / se**2
    if n > 1:
        size *= (t_quantile(level, n - 1) / t_quantile(level, df)) ** 2
    low = 0.0 if share == 0.0 else float(betaincinv(size * share, size * (1.0 - share) + 1.0, tail))
    high = 1.0 if share == 1.0 else float(betaincinv(size * share + 1.0, size * (1.0 - share), 1.0 - tail))
    return low, high


def _share_of(logit: float) -> float:
    if logit < 0:
        odds = math.exp(max(logit, -700.0))
        return odds / (1.0 + odds)
    return 1.0 / (1.0 + math.exp(-min(logit, 700.0)))
