"""Control charts after the rules of NHS England's "Making Data Count"."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pejl.judge.spc_rules import Limits, limits_of, special_causes
from pejl.measure.number_checks import checked_count, checked_float, checked_series

Improvement = Literal["decrease", "increase", "neutral"]

ENOUGH_POINTS = 12
"""Limits from fewer points than this are preliminary, by the guidance of "Making Data Count"."""

COMMON = "common_cause"


@dataclass(frozen=True, slots=True)
class ControlChart:
    """An XmR chart, read.

    Attributes:
        mean: centre line at each point.
        lower: lower process limit at each point, NaN where there is none.
        upper: upper process limit at each point, NaN where there is none.
        point_type: "common_cause", "special_cause_improvement", "special_cause_concern",
            "special_cause_neutral_high" or "special_cause_neutral_low" for each point.
        special_cause: for each point the rule that made it special, as `spc_rules.special_causes` names them,
            or None.
        variation: what the last point says, by the name of the NHS icon: "common_cause", "improvement_high",
            "improvement_low", "concern_high", "concern_low", "neutral_high" or "neutral_low".
        assurance: whether the limits at the last point lie all on one side of the target: "pass", "fail" or
            "inconsistent"; None without a target and where no direction is an improvement.
        notes: codes of what a reader must know, in this order: "short_segment" (limits from fewer than 12
            points), "constant_series" (a segment whose points are all equal), "limits_undefined" (no moving
            range to average: one point, or a constant segment with screening), "zero_width_limits" (every
            moving range that was kept is 0), "outliers_screened" (moving ranges were left out),
            "assurance_undecidable" (a target, but no limits at the last point; assurance is "inconsistent"
            then).
    """

    mean: list[float]
    lower: list[float]
    upper: list[float]
    point_type: list[str]
    special_cause: list[str | None]
    variation: str
    assurance: str | None
    notes: tuple[str, ...]


def control_chart(
    values: Iterable[float],
    improvement: Improvement = "increase",
    target: float | None = None,
    fixed_points: int | None = None,
    rebase_at: Sequence[int] = (),
    screen_outliers: bool = True,
) -> ControlChart:
    """Draw up the XmR control chart of a series.

    A point is special when it lies beyond a limit (mean -+ 2.66 mean moving ranges), belongs to seven points
    that all rise or all fall, is one of two or more in three on one side of the mean that are close to a
    limit, or belongs to seven points on one side of the mean. Every rule looks within one segment only.

    Args:
        values: at least 2 values in the order of time, in any unit.
        improvement: the direction that is better, or "neutral".
        target: a level in the unit of the values; None for none.
        fixed_points: compute mean and limits from this many first points only, in every segment; at least 2.
            None or more than there are points: from all.
        rebase_at: places in `values` (from 0) at which a new segment starts, with a mean and limits of its
            own.
        screen_outliers: leave moving ranges of 3.267 times their mean or more out of the limits.

    Returns:
        The chart; its lists are as long as `values`.

    Raises:
        ValueError: fewer than 2 values, a value or target not finite, an improvement of another name,
            fixed_points below 2, or a place in rebase_at outside the series.

    Source: NHS England, "Making data count: strengthening your decisions" (2019), as NHSRplotthedots 0.2.2
    computes it: names, precedence of rules and ties are those of that package.
    """
    numbers = checked_series("values", values)
    goal = None if target is None else checked_float("target", target)
    if improvement not in ("decrease", "increase", "neutral"):
        raise ValueError(f'improvement is {improvement!r}; give "decrease", "increase" or "neutral".')
    if fixed_points is not None and checked_count("fixed_points", fixed_points) < 2:
        raise ValueError(f"fixed_points is {fixed_points}; limits need at least 2 points, better 12.")
    segments = _segments(numbers, rebase_at)
    bases = [segment[:fixed_points] for segment in segments]
    limits = [limits_of(base, screen_outliers) for base in bases]
    causes = [cause for segment, its in zip(segments, limits, strict=True) for cause in special_causes(segment, its)]
    types = [_point_type(cause, improvement) for cause in causes]
    lines = [its for segment, its in zip(segments, limits, strict=True) for _ in segment]
    return ControlChart(
        mean=[its.mean for its in lines],
        lower=[its.lower for its in lines],
        upper=[its.upper for its in lines],
        point_type=types,
        special_cause=causes,
        variation=_variation(causes[-1], types[-1]),
        assurance=_assurance(goal, lines[-1], improvement),
        notes=_notes(bases, limits, asks_assurance=goal is not None and improvement != "neutral"),
    )


def _segments(values: list[float], rebase_at: Sequence[int]) -> list[list[float]]:
    for place in rebase_at:
        if not 0 <= place < len(values):
            raise ValueError(f"rebase_at has {place}; give places from 0 to {len(values) - 1}.")
    cuts = sorted({0, *rebase_at, len(values)})
    return [values[start:stop] for start, stop in pairwise(cuts)]


def _is_high(cause: str) -> bool:
    return "above" in cause or cause == "trend_increasing"


def _point_type(cause: str | None, improvement: str) -> str:
    if cause is None:
        return COMMON
    high = _is_high(cause)
    if improvement == "neutral":
        return "special_cause_neutral_high" if high else "special_cause_neutral_low"
    return "special_cause_improvement" if high == (improvement == "increase") else "special_cause_concern"


def _variation(cause: str | None, point_type: str) -> str:
    """Name of the icon for the last point, such as "concern_high"."""
    if cause is None:
        return COMMON
    kind = point_type.removeprefix("special_cause_").partition("_")[0]
    return f"{kind}_{'high' if _is_high(cause) else 'low'}"


def _assurance(target: float | None, limits: Limits, improvement: str) -> str | None:
    """Where the target lies against the last limits; on a limit and without limits it is undecided."""
    if target is None or improvement == "neutral":
        return None
    if target > limits.upper:
        return "fail" if improvement == "increase" else "pass"
    if target < limits.lower:
        return "pass" if improvement == "increase" else "fail"
    return "inconsistent"


def _notes(bases: list[list[float]], limits: list[Limits], asks_assurance: bool) -> tuple[str, ...]:
    found = {
        "short_segment": any(len(base) < ENOUGH_POINTS for base in bases),
        "constant_series": any(len(base) > 1 and len(set(base)) == 1 for base in bases),
        "limits_undefined": any(math.isnan(its.spread) for its in limits),
        "zero_width_limits": any(its.spread == 0 for its in limits),
        "outliers_screened": any(its.screened for its in limits),
        "assurance_undecidable": asks_assurance and math.isnan(limits[-1].spread),
    }
    return tuple(code for code, holds in found.items() if holds)
