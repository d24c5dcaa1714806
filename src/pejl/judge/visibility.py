"""What a number would mean before it is set: normal variation, the smallest change one could see, the pace."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pejl.judge.detectable import (
    normal_variation_count,
    normal_variation_series,
    normal_variation_share,
    sample_size_for_change,
    smallest_visible_count,
    smallest_visible_share,
)
from pejl.judge.facts import Point
from pejl.measure.intervals import normal_quantile

POWER = 0.8
LEVEL = 0.95
Way = Literal["increase", "decrease"]


@dataclass(frozen=True, slots=True)
class Visibility:
    """How finely a goal's figures can tell a change from chance. All in the unit of the figures.

    `variation` is where the next figure falls, 95 times in 100, if nothing changed, by chance alone;
    `series_variation` the natural process limits of the series itself, from three comparable figures on.
    `smallest` is the smallest change that would count as certain; `smallest_likely` the smallest true change
    that would be seen four times in five. `sample` is the number of answers both rest on, for shares and for estimates
    from surveys: as many are taken to answer next time, in a sample drawn and weighted alike.
    """

    variation: tuple[float, float] | None
    series_variation: tuple[float, float] | None
    smallest: float | None
    smallest_likely: float | None
    sample: float | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a proposed level would mean against the baseline.

    `relative_change` is in percent; `per_year` the change needed each year; `visible` whether it exceeds the
    smallest certain change (None where that is not known); `sample_needed` the answers needed to see it.
    """

    level: float
    change: float
    relative_change: float | None
    per_year: float | None
    visible: bool | None
    sample_needed: int | None


def visibility(baseline: Point, direction: Way, comparable: Sequence[float]) -> Visibility:
    """Return what can be seen from `baseline` in `direction`.

    Args:
        baseline: the figure one starts from.
        direction: the way the goal wants.
        comparable: the values of the series since its last break, in order of time.
    """
    series = normal_variation_series(comparable) if len(comparable) >= 3 else None
    value = baseline.value
    if value is None:
        return Visibility(None, series, None, None, None)
    if baseline.kind == "count" and float(value).is_integer():
        low, high = normal_variation_count(value)
        return Visibility(
            (float(low), float(high)),
            series,
            _number(smallest_visible_count(value, direction)),
            _number(smallest_visible_count(value, direction, POWER)),
            None,
        )
    if baseline.kind == "share" and baseline.n:
        share, n = value / 100, _effective(baseline, baseline.n)
        lowest, highest = normal_variation_share(share, n, n)
        return Visibility(
            (lowest * 100, highest * 100),
            series,
            _percent(smallest_visible_share(share, n, n, direction)),
            _percent(smallest_visible_share(share, n, n, direction, POWER)),
            baseline.n,
        )
    if baseline.deff is not None and baseline.se:
        return _of_estimate(baseline, value, baseline.se, direction, series)
    return Visibility(None, series, None, None, None)


def meaning(baseline: Point, level: float, years: float | None, seen: Visibility) -> Meaning | None:
    """Return what it would mean to go from `baseline` to `level` in `years`; None without a baseline."""
    value = baseline.value
    if value is None:
        return None
    change = level - value
    sample = None
    if baseline.kind == "share" and baseline.n and change and 0 <= level <= 100:
        effective = _effective(baseline, baseline.n)
        needed = sample_size_for_change(value / 100, level / 100, n_before=effective, power=POWER)
        sample = None if needed is None else math.ceil(needed * baseline.n / effective)
    visible = None
    if seen.smallest is not None:
        visible = change * seen.smallest > 0 and abs(change) >= abs(seen.smallest)
    return Meaning(
        level=level,
        change=change,
        relative_change=change / value * 100 if value else None,
        per_year=change / years if years else None,
        visible=visible,
        sample_needed=sample,
    )


def _effective(baseline: Point, n: float) -> float:
    """Return how many answers of a simple random sample tell as much: n over the design effect, at least 1."""
    return n if not baseline.deff else max(n / baseline.deff, 1.0)


def _of_estimate(
    baseline: Point, value: float, se: float, direction: Way, series: tuple[float, float] | None
) -> Visibility:
    """Return what can be seen from an estimate with a standard error, if the next one has the same."""
    reach = se * math.sqrt(2.0)
    certain, chance = normal_quantile(LEVEL), normal_quantile(2 * POWER - 1)
    sign = -1.0 if direction == "decrease" else 1.0
    return Visibility(
        (value - certain * reach, value + certain * reach),
        series,
        sign * certain * reach,
        sign * (certain + chance) * reach,
        baseline.n,
    )


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _percent(value: float | None) -> float | None:
    return None if value is None else value * 100
