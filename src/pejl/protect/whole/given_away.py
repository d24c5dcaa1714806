"""What the numbers of a published row give away: numerator and base, also where only value and interval are printed."""

from __future__ import annotations

from math import isfinite

WHOLE = 1e-4
"""A number this near a whole one (relative to it, above 1) is that: published numbers have twelve digits at most."""


def numerator_and_base(
    kind: str,
    value: float | None,
    low: float | None,
    high: float | None,
    basis: str | None,
    numerator: float | None = None,
    denominator: float | None = None,
    level: float = 0.95,
) -> tuple[float | None, float | None]:
    """Return numerator and denominator as far as a row gives them away.

    A count is its value. A share with its base gives the numerator; with its interval after Wilson both. What is
    found is taken if it is whole; a figure printed with few decimals may give nothing.

    Args:
        kind: count, transition, share or rate; anything else gives only what is printed.
        value: as printed, percent 0-100 for a share.
        low: the lower end of its interval, in the same unit.
        high: the upper end.
        basis: `wilson` or `poisson` if the interval is one of ours.
        numerator: if printed.
        denominator: if printed.
        level: of the interval.

    Source: the ends of Wilson's interval are the roots of (p - x)² = z² x (1 - x) / n (see `pejl.measure.intervals`);
    their sum and product give p and n.
    """
    if value is None:
        return numerator, denominator
    if kind in ("count", "transition"):
        return (value if numerator is None else numerator), None
    if kind != "share" or (numerator is not None and denominator is not None):
        return numerator, denominator
    if denominator is None and basis == "wilson" and low is not None and high is not None:
        denominator = _base_of_wilson(low / 100.0, high / 100.0, level)
    if numerator is None and denominator is not None:
        numerator = _whole(value * denominator / 100.0)
    return numerator, denominator


def _base_of_wilson(low: float, high: float, level: float) -> float | None:
    from pejl.measure.intervals import normal_quantile

    # With s the sum of the ends, q their product, t² = 1 + z²/n:  (1 - s) t² + 2 √q t - 1 = 0
    t = 1.0 / (max(low * high, 0.0) ** 0.5 + max((1.0 - low) * (1.0 - high), 0.0) ** 0.5)
    weight = t * t - 1.0
    if not isfinite(weight) or weight <= 0.0:
        return None
    return _whole(normal_quantile(level) ** 2 / weight)


def _whole(number: float) -> float | None:
    nearest = float(round(number))
    return nearest if abs(number - nearest) <= WHOLE * max(1.0, abs(nearest) / 100.0) else None
