"""Goals and points that tests of sentences change."""

from __future__ import annotations

from typing import Any

from tests.publish.charts.worlds import goal_of, lilleby

Record = dict[str, Any]


def changed(**more: Any) -> Record:
    """Return the goal that more get help, changed."""
    return {**goal_of(lilleby(), "more_helped"), **more}


def point(period: str, value: float | None, unit: str = "persons", **more: Any) -> Record:
    """Return a point as the status has it, without an interval unless one is given."""
    return {
        "period": period, "value": value, "low": None, "high": None, "state": "measured", "n": None, "unit": unit,
        "next_due": None, "why_not": None, **more,
    }  # fmt: skip
