"""Progress as Open SDG measures it: one growth rate, three thresholds.

The method looks at two years only and knows no uncertainty. It is here so that figures can be compared with
those of places that publish by it; Pejl's own verdicts rest on `comparison`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from pejl.measure.number_checks import checked_float

TINY = 0.001
"""Stands in for a base value or a target of 0, from which no growth rate can be computed."""

LIMIT_POWER = 4.44
"""How fast thresholds shrink as the base value nears the limit."""

WITHOUT_TARGET = {"high": 0.015, "med": 0.005, "low": 0.0}
"""Growth a year that counts as substantial, moderate, limited progress."""

WITH_TARGET = {"high": 0.95, "med": 0.6, "low": 0.0}
"""The same, as a share of the growth a year that would reach the target in time."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Outcome of `progress`.

    Attributes:
        progress_value: without a target the growth a year in the desired direction (0.01 is 1 %); with one,
            that growth as a share of the growth required. None when neither can be computed.
        thresholds: what progress_value is held against, by "high", "med" and "low".
        score: -5 to 5, linear between the thresholds; None without a progress_value, unless the target is
            achieved.
        status: "target_achieved", "substantial_progress", "moderate_progress", "limited_progress",
            "deterioration" or "not_available".
    """

    progress_value: float | None
    thresholds: dict[str, float]
    score: float | None
    status: str


def progress(
    base_value: float,
    base_year: float,
    current_value: float,
    current_year: float,
    direction: int,
    target: float | None = None,
    target_year: float | None = None,
    limit: float | None = None,
) -> Progress:
    """Measure progress from a base year to now, by compound annual growth.

    Args:
        base_value: the figure of the base year. 0 is taken as 0.001.
        base_year: the year progress is counted from.
        current_value: the latest figure, in the same unit.
        current_year: its year.
        direction: 1 where more is better, -1 where less is.
        target: the level to reach; None for none. 0 is taken as 0.001.
        target_year: the year to reach it in; needed with a target.
        limit: the best value there can be (100 %, say). Without a target, thresholds shrink as the base value
            nears it, and with the base value on it holding it is substantial progress. Ignored with a target.

    Returns:
        The progress. progress_value is None and status "not_available" when the current year is not after the
        base year, when base and current value have different signs, and when the target has another sign than
        the base value, equals it, or was due less than a year after the base year. Whether the target is
        achieved is told even then.

    Raises:
        ValueError: a number not finite, a direction other than 1 and -1, or a target without its year.

    Source: the progress measure of open-sdg/sdg-build (method of Statistics Canada after Eurostat's
    monitoring reports), documentation "Progress measure", methods 1 (no target) and 2 (target). Where
    sdg-build would divide by zero or take a root of a negative number (target equal to or of another sign
    than the base value) this says "not_available"; sdg-build assumes the target year 2030, this asks for it.
    """
    if direction not in (1, -1):
        raise ValueError(f"direction is {direction}; give 1 where more is better and -1 where less is better.")
    if target is not None and target_year is None:
        raise ValueError(f"target is {target} without a target_year; give the year it is to be reached in.")
    given = checked_float("base_value", base_value)
    years = checked_float("current_year", current_year) - checked_float("base_year", base_year)
    growth = _growth_a_year(given or TINY, checked_float("current_value", current_value), years)
    better = direction if given >= 0 else -direction
    if target is None or target_year is None:
        share_left = 1.0 if limit is None else _room_left(given, checked_float("limit", limit))
        thresholds = {name: value * share_left for name, value in WITHOUT_TARGET.items()}
        value = None if growth is None else better * growth
        score = None if value is None else _score_without_target(value, thresholds, share_left)
        return Progress(value, thresholds, score, _status(value, thresholds))
    goal = checked_float("target", target) or TINY
    due = checked_float("target_year", target_year) - base_year
    value = _share_of_required(better, growth, _growth_a_year(given or TINY, goal, due))
    if direction * (current_value - goal) >= 0:
        return Progress(value, dict(WITH_TARGET), 5.0, "target_achieved")
    score = None if value is None else _score_with_target(value)
    return Progress(value, dict(WITH_TARGET), score, _status(value, WITH_TARGET))


def _growth_a_year(first: float, last: float, years: float) -> float | None:
    """Compound annual growth, or None over less than a year or through zero."""
    if years < 1 or min(first, last) < 0 < max(first, last):
        return None
    return math.pow(last / first, 1.0 / years) - 1.0


def _share_of_required(better: int, growth: float | None, required: float | None) -> float | None:
    return None if growth is None or not required else better * growth / abs(required)


def _room_left(base: float, limit: float) -> float:
    """How far the base value is from the limit: 1 far off, 0 on it, by absolute size as sdg-build has it."""
    size, end = abs(base), abs(limit)
    if size >= 2.0 * end:
        return 1.0
    near = size if size <= end else 2.0 * end - size
    return 1.0 - math.pow(near / end, LIMIT_POWER)


def _score_without_target(value: float, thresholds: dict[str, float], room_left: float) -> float:
    if value < thresholds["low"]:
        return max(125.0 * value - 2.5, -5.0)
    if room_left == 0.0:
        return 5.0
    if value >= thresholds["high"]:
        return min(500.0 * value / room_left - 5.0, 5.0)
    if value >= thresholds["med"]:
        return 250.0 * value / room_left - 1.25
    return 500.0 * value / room_left - 2.5


def _score_with_target(value: float) -> float:
    if value >= WITH_TARGET["med"]:
        return min(7.1429 * value - 4.2857, 5.0)
    return max(4.1667 * value - 2.5, -5.0)


def _status(value: float | None, thresholds: dict[str, float]) -> str:
    if value is None:
        return "not_available"
    if value >= thresholds["high"]:
        return "substantial_progress"
    if value >= thresholds["med"]:
        return "moderate_progress"
    return "limited_progress" if value >= thresholds["low"] else "deterioration"
