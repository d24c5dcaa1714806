"""Progress as Open SDG measures it: the recomputed cases, hand calculation, edges, and what must always hold."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.judge import progress

REFERENCE = Path(__file__).parents[1] / "data" / "refs" / "judge" / "open_sdg_cases.json"
CASES: list[dict[str, Any]] = json.loads(REFERENCE.read_text(encoding="utf-8"))["cases"]
GIVEN = (
    "base_value",
    "base_year",
    "current_value",
    "current_year",
    "direction",
    "target",
    "target_year",
    "limit",
)

values = st.floats(min_value=0.1, max_value=1e6)
ways = st.sampled_from([1, -1])


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['base_value']}_to_{case['current_value']}")
def test_the_cases_of_open_sdg_are_reproduced(case: dict[str, Any]) -> None:
    result = progress(**{name: case[name] for name in GIVEN})
    assert result.progress_value == pytest.approx(case["progress_value"], rel=1e-12)
    assert result.thresholds == pytest.approx(case["thresholds"], rel=1e-12)
    assert result.score == pytest.approx(case["score"], rel=1e-12)
    assert result.status == case["status"]


def test_growth_by_hand() -> None:
    assert progress(100, 2000, 121, 2002, 1).progress_value == pytest.approx(0.1)
    assert progress(100, 2000, 121, 2002, -1).progress_value == pytest.approx(-0.1)
    halfway = progress(100, 2000, 110, 2001, 1, target=144, target_year=2002)
    assert halfway.progress_value == pytest.approx(0.1 / 0.2)


def test_a_negative_base_turns_growth_round() -> None:
    assert progress(-20, 2015, -10, 2020, 1).status == "substantial_progress"
    assert progress(-20, 2015, -30, 2020, 1).status == "deterioration"


def test_standing_on_the_limit_is_substantial_progress() -> None:
    held = progress(100, 2015, 100, 2020, 1, limit=100)
    assert (held.thresholds, held.score, held.status) == (
        {"high": 0.0, "med": 0.0, "low": 0.0},
        5.0,
        "substantial_progress",
    )
    assert progress(100, 2015, 99, 2020, 1, limit=100).status == "deterioration"


def test_a_limit_far_off_changes_nothing_and_is_ignored_with_a_target() -> None:
    for far in (200, 205, 300):
        assert progress(far, 2015, 190, 2020, -1, limit=100) == progress(far, 2015, 190, 2020, -1)
    assert progress(150, 2015, 140, 2020, -1, limit=100).thresholds["high"] == pytest.approx(0.015 * (1 - 0.5**4.44))
    with_target = {"target": 80, "target_year": 2030}
    assert progress(60, 2015, 66, 2020, 1, **with_target, limit=100) == progress(60, 2015, 66, 2020, 1, **with_target)
    assert progress(5, 2015, 4, 2020, -1, limit=0) == progress(5, 2015, 4, 2020, -1)


def test_scores_by_hand_without_a_target() -> None:
    for growth, score in ((0.016, 3.0), (0.01, 1.25), (0.003, -1.0), (-0.01, -3.75), (0.5, 5.0), (-0.5, -5.0)):
        assert progress(100, 2015, 100 * (1 + growth), 2016, 1).score == pytest.approx(score)
    room_left = 1 - 0.9**4.44
    for share, score in ((0.016, 3.0), (0.01, 1.25), (0.003, -1.0)):
        near_limit = progress(90, 2015, 90 * (1 + share * room_left), 2016, 1, limit=100)
        assert near_limit.score == pytest.approx(score)


def test_a_fall_to_nothing_is_progress_where_less_is_better() -> None:
    assert progress(20, 2015, 0, 2020, -1).progress_value == 1.0
    assert progress(-20, 2015, 0, 2020, 1).progress_value == 1.0


def test_a_target_year_alone_is_no_target() -> None:
    assert progress(20, 2015, 18, 2020, -1, target_year=2030) == progress(20, 2015, 18, 2020, -1)


def test_zero_is_taken_as_a_thousandth() -> None:
    assert progress(0, 2015, 0.002, 2016, 1).progress_value == pytest.approx(1.0)
    assert progress(4, 2015, 0.001, 2020, -1, target=0, target_year=2030).status == "target_achieved"
    assert progress(4, 2015, 0.002, 2020, -1, target=0, target_year=2030).status == "substantial_progress"


@pytest.mark.parametrize(
    "given_figures",
    [
        (20, 2015, 21, 2015, 1),
        (20, 2015, 21, 2014, 1),
        (20, 2015, -21, 2020, 1),
        (-20, 2015, 21, 2020, 1),
        (20, 2015, 21, 2020, 1, 30, 2015),
        (20, 2015, 21, 2020, -1, 20, 2030),
        (20, 2015, 21, 2020, -1, -5, 2030),
    ],
)
def test_what_cannot_be_computed_is_not_available(given_figures: Any) -> None:
    result = progress(*given_figures)
    assert (result.progress_value, result.score, result.status) == (None, None, "not_available")


def test_an_achieved_target_is_told_without_a_growth_rate() -> None:
    result = progress(20, 2015, 20, 2020, -1, target=20, target_year=2030)
    assert (result.progress_value, result.score, result.status) == (None, 5.0, "target_achieved")


def test_status_turns_on_the_thresholds() -> None:
    for growth, status in ((0.0151, "substantial_progress"), (0.0149, "moderate_progress")):
        assert progress(100, 2015, 100 * (1 + growth), 2016, 1).status == status
    assert progress(100, 2015, 100, 2016, 1).status == "limited_progress"
    assert progress(100, 2015, 100.4999, 2016, 1).status == "limited_progress"
    assert progress(100, 2015, 99.9999, 2016, 1).status == "deterioration"


@given(base=values, now=values, way=ways, years=st.integers(1, 40))
def test_scores_stay_within_five_and_agree_with_the_status(base: float, now: float, way: int, years: int) -> None:
    result = progress(base, 2000, now, 2000 + years, way)
    assert result.score is not None
    assert -5 <= result.score <= 5
    least = {"substantial_progress": 2.5, "moderate_progress": 0, "limited_progress": -2.5, "deterioration": -5}
    assert result.score >= least[result.status] - 1e-6


@given(base=values, now=values, more=st.floats(1.0001, 10), years=st.integers(1, 40), target=values)
def test_more_is_never_worse_where_more_is_better(
    base: float, now: float, more: float, years: int, target: float
) -> None:
    for goal in ({}, {"target": base + target, "target_year": 2030.0}):
        less = progress(base, 2000, now, 2000 + years, 1, **goal)
        greater = progress(base, 2000, now * more, 2000 + years, 1, **goal)
        assert less.score is not None
        assert greater.score is not None
        assert greater.score >= less.score - 1e-3


@given(base=values, now=values, factor=st.floats(0.01, 100))
def test_the_unit_is_only_a_unit(base: float, now: float, factor: float) -> None:
    one, other = progress(base, 2000, now, 2010, 1), progress(base * factor, 2000, now * factor, 2010, 1)
    assert other.progress_value == pytest.approx(one.progress_value, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: progress(1, 2015, 2, 2020, 0), "direction is 0; give 1 where more is better and -1"),
        (lambda: progress(1, 2015, 2, 2020, 1, target=3), "target is 3 without a target_year; give the year"),
        (lambda: progress(math.nan, 2015, 2, 2020, 1), "base_value is nan; give a finite number"),
        (lambda: progress(1, 2015, 2, 2020, 1, limit=math.inf), "limit is inf; give a finite number"),
    ],
)
def test_figures_that_cannot_be_are_refused_in_words(call: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()


def test_importing_the_room_loads_no_numbers_library() -> None:
    code = "import sys, pejl.judge; print(sorted({'numpy', 'scipy', 'pandas'} & set(sys.modules)))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"
