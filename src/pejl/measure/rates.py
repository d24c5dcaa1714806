"""Counts per inhabitant, where the number of inhabitants in the same year is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from pejl.measure.intervals import poisson_interval
from pejl.measure.measurement import Measurement
from pejl.workspace.period import Period


@dataclass(frozen=True, slots=True)
class Rate:
    """A count per `per` inhabitants; `inhabitants` are those of the period, taken as known without error."""

    period: Period
    value: float
    low: float
    high: float
    per: int
    inhabitants: float


def rate_of(count: Measurement, population: Sequence[Measurement], per: int) -> Rate | None:
    """Return `count` per `per` inhabitants with its exact Poisson interval; None where either is not known."""
    inhabitants = inhabitants_in(count.period, population)
    if count.value is None or inhabitants is None:
        return None
    low, high = poisson_interval(count.value, exposure=inhabitants / per)
    return Rate(count.period, count.value * per / inhabitants, low, high, per, inhabitants)


def inhabitants_in(period: Period, population: Iterable[Measurement]) -> float | None:
    """Return the number of inhabitants counted nearest the middle of `period`, within its year(s)."""
    middle = period.start + (period.end - period.start) / 2
    candidates = [
        item for item in population if item.value and not item.dimensions and _same_years(period, item.period)
    ]
    if not candidates:
        return None
    nearest = min(candidates, key=lambda item: abs(item.period.start + _half(item.period) - middle))
    return nearest.value


def _half(period: Period) -> timedelta:
    return (period.end - period.start) / 2


def _same_years(period: Period, counted: Period) -> bool:
    return period.start.year <= counted.start.year and counted.end.year <= period.end.year
