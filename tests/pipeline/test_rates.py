"""A count comes with its rate per inhabitant where the inhabitants are known, and a word where the two differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pejl

POPULATION = "population,{year},total,{value},persons,measured,,city,made up for this test,\n"


def homeless(city: Path, inhabitants: dict[int, int]) -> dict[str, Any]:
    """Measure Copenhagen with these inhabitants and return goal 1D: 1,581 in 2013, 1,482 in 2017."""
    missing = city / "figures" / "missing.csv"
    kept = [line for line in missing.read_text().splitlines(keepends=True) if not line.startswith("population,")]
    rows = [POPULATION.format(year=year, value=value) for year, value in inhabitants.items()]
    missing.write_text("".join([*kept, *rows]))
    opened = pejl.open(city)
    opened.measure()
    goals: list[dict[str, Any]] = opened.status("grundlagspapir_2014_2017")["goals"]
    return next(goal for goal in goals if goal["code"] == "1D")


def codes(goal: dict[str, Any]) -> set[str]:
    return {reason["code"] for reason in goal["reasons"]}


def test_baseline_and_latest_get_their_rates(city: Path) -> None:
    goal = homeless(city, {2013: 560_000, 2017: 600_000})
    rates = {item["period"]: item for item in goal["context"] if item["kind"] == "rate"}
    assert {period: item["value"] for period, item in rates.items()} == {
        "2013": pytest.approx(1581 / 560_000 * rates["2013"]["per"]),
        "2017": pytest.approx(1482 / 600_000 * rates["2017"]["per"]),
    }
    assert rates["2017"]["unit"] == f"per_{rates['2017']['per']}_inhabitants"
    assert rates["2017"]["low"] < rates["2017"]["value"] < rates["2017"]["high"]
    assert codes(goal).isdisjoint({"rate_unknown", "rate_differs"})


def test_a_rate_that_goes_another_way_than_the_count_is_said_and_changes_no_verdict(city: Path) -> None:
    """1,581 of 560,000 is 2.82 per 1,000; 1,482 of 500,000 is 2.96: fewer people, but more of each thousand."""
    goal = homeless(city, {2013: 560_000, 2017: 500_000})
    assert "rate_differs" in codes(goal)
    assert (goal["target_status"], goal["development"]) == ("not_reached", "no_clear_change")


def test_one_known_year_is_not_enough(city: Path) -> None:
    goal = homeless(city, {2013: 560_000})
    assert "rate_unknown" in codes(goal)
    assert [item for item in goal["context"] if item["kind"] == "rate"] == []
