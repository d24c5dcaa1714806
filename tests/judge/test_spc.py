"""Control charts: NHSRplotthedots' results to the last bit where known, each rule alone, and what must always hold."""

import json
import math
import os
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pejl.judge.spc import ControlChart, control_chart
from pejl.judge.spc_rules import (
    CLOSE,
    LIMIT,
    Limits,
    _extended,
    in_two_of_three,
    limits_of,
    mean_as_r,
    members_of_seven,
    shift_ends,
    special_causes,
    trend_ends,
)

DATA = Path(__file__).parents[1] / "data" / "refs" / "judge"
OUTSIDE = (
    Path(os.environ.get("PEJL_REFS") or Path(__file__).parents[3] / "shared" / "refs")
    / "spc"
    / "nhsr_plotthedots_reference.json"
)
NHS_NAMES = {
    None: "Common Cause",
    "above_upper_limit": "Above UCL",
    "below_lower_limit": "Below LCL",
    "trend_increasing": "7 Point Trend (Increasing)",
    "trend_decreasing": "7 Point Trend (Decreasing)",
    "two_in_three_above": "2 in 3 Above CL",
    "two_in_three_below": "2 in 3 Below CL",
    "shift_above": "7 Points Above CL",
    "shift_below": "7 Points Below CL",
}

Improvement = Literal["decrease", "increase", "neutral"]
MIRRORED: dict[Improvement, Improvement] = {
    "decrease": "increase",
    "increase": "decrease",
    "neutral": "neutral",
}
improvements: st.SearchStrategy[Improvement] = st.sampled_from(["decrease", "increase", "neutral"])
series = st.lists(st.integers(-200, 200), min_size=2, max_size=40)


def cases(name: str) -> list[Any]:
    return list(json.loads((DATA / name).read_text(encoding="utf-8"))["cases"])


def outside_reference() -> Any:
    if not OUTSIDE.exists():
        pytest.skip(f"{OUTSIDE} is not there: set PEJL_REFS to the folder with the NHS series, which may not be copied")
    return json.loads(OUTSIDE.read_text(encoding="utf-8"))


def or_none(value: Any) -> Any:
    """R's NULL is written as {}."""
    return None if value == {} else value


def or_nan(values: list[float | None]) -> list[float]:
    return [math.nan if value is None else value for value in values]


def assert_equals_nhsr(case: Any) -> None:
    groups = case["rebase_group"]
    chart = control_chart(
        case["y"],
        case["improvement_direction"],
        target=or_none(case["target"]),
        fixed_points=or_none(case["fix_after_n_points"]),
        rebase_at=[place for place in range(1, len(groups)) if groups[place] != groups[place - 1]],
        screen_outliers=case["screen_outliers"],
    )
    assert chart.mean == pytest.approx(case["mean"], rel=1e-12)
    assert chart.lower == pytest.approx(or_nan(case["lpl"]), rel=1e-12, nan_ok=True)
    assert chart.upper == pytest.approx(or_nan(case["upl"]), rel=1e-12, nan_ok=True)
    assert [NHS_NAMES[cause] for cause in chart.special_cause] == case["special_cause_type"]
    assert chart.point_type == case["point_type"]
    assert (chart.variation, chart.assurance) == (case["variation_icon"], case["assurance_icon"])


@pytest.mark.parametrize("case", cases("spc_made_up_series.json"), ids=lambda case: case["id"])
def test_made_up_series_equal_nhsrplotthedots(case: Any) -> None:
    assert_equals_nhsr(case)


def test_nhs_series_equal_nhsrplotthedots() -> None:
    found = outside_reference()["cases"]
    assert len(found) >= 20
    for case in found:
        assert_equals_nhsr(case)


def test_rules_alone_equal_nhsrplotthedots() -> None:
    rules = outside_reference()["unit_cases"]
    for case in rules["seven_point_one_side_mean"]:
        assert shift_ends(case["v"]) == case["out"]
    for case in rules["seven_point_trend"]:
        assert trend_ends(case["y"]) == case["out"]
    for case in rules["part_of_seven"]:
        assert members_of_seven(case["v"]) == case["out"]
    for case in rules["two_in_three"]:
        found = in_two_of_three(case["close"], case["rel_to_mean"])
        assert found == case["out"]
        assert [both * close for both, close in zip(found, case["close"], strict=True)] == case["part"]


@pytest.mark.parametrize("case", cases("spc_edge_series.json"), ids=lambda case: case["id"])
def test_series_at_the_edges_equal_r_to_the_last_bit(case: Any) -> None:
    chart = control_chart(
        case["values"],
        case["improvement"],
        case["target"],
        case["fixed_points"],
        case["rebase_at"],
        case["screen_outliers"],
    )
    starts = [0, *case["rebase_at"]]
    limits = [
        [None if math.isnan(line[start]) else line[start] for line in (chart.mean, chart.lower, chart.upper)]
        for start in starts
    ]
    assert limits == case["limits"]
    assert [NHS_NAMES[cause] for cause in chart.special_cause] == case["special_cause_type"]
    assert chart.point_type == case["point_type"]
    assert chart.assurance == case["assurance"]


def test_limits_by_hand() -> None:
    chart = control_chart([10, 11, 9, 10, 14])
    assert chart.mean == pytest.approx([10.8] * 5)
    assert (chart.lower[0], chart.upper[0]) == pytest.approx((10.8 - 2.66 * 2, 10.8 + 2.66 * 2))


def test_an_outlier_is_screened_from_the_limits_but_not_from_the_mean() -> None:
    values = [10, 11, 10, 11, 40, 11, 10, 11, 10, 11, 10, 11]
    screened, kept = control_chart(values), control_chart(values, screen_outliers=False)
    assert screened.mean == kept.mean
    assert screened.upper[0] == pytest.approx(13 + 2.66)
    assert kept.upper[0] == pytest.approx(13 + 2.66 * (29 + 29 + 9) / 11)
    assert "outliers_screened" in screened.notes
    assert "outliers_screened" not in kept.notes


def test_a_moving_range_on_the_screen_is_left_out() -> None:
    ranges_ratio_is_met_exactly = limits_of([0, 0, 0, 0, 5], screen_outliers=True)
    assert (ranges_ratio_is_met_exactly.spread, ranges_ratio_is_met_exactly.screened) == (0.0, True)


def test_fixed_points_set_the_limits_of_every_segment() -> None:
    values = [1, 2, 3, 50, 60, 11, 12, 13, 90, 99]
    chart = control_chart(values, fixed_points=3, rebase_at=[5])
    assert [chart.mean[0], chart.mean[5]] == [2, 12]
    assert (chart.upper[0], chart.upper[9]) == pytest.approx((4.66, 14.66))
    assert control_chart(values, fixed_points=99) == control_chart(values)


def test_rules_do_not_look_across_a_rebase() -> None:
    rising = [float(value) for value in range(1, 9)]
    assert "trend_increasing" in control_chart(rising).special_cause
    assert "trend_increasing" not in control_chart(rising, rebase_at=[4]).special_cause
    assert control_chart(rising, rebase_at=[0, 4, 4]) == control_chart(rising, rebase_at=[4])


def test_assurance_asks_the_last_segment_only() -> None:
    values = [10, 11, 10, 11, 10, 11, 30, 31, 30, 31, 30, 31]
    assert control_chart(values, "increase", target=20, rebase_at=[6]).assurance == "pass"
    assert control_chart(values, "decrease", target=20, rebase_at=[6]).assurance == "fail"
    assert control_chart(values, "increase", target=20).assurance == "inconsistent"
    assert control_chart(values, "neutral", target=20, rebase_at=[6]).assurance is None
    assert control_chart(values, "increase").assurance is None


def test_a_target_on_the_limit_is_not_decided() -> None:
    chart = control_chart([10, 11, 9, 10, 14])
    assert control_chart([10, 11, 9, 10, 14], target=chart.upper[-1]).assurance == "inconsistent"
    beyond = math.nextafter(chart.upper[-1], math.inf)
    assert control_chart([10, 11, 9, 10, 14], target=beyond).assurance == "fail"


def test_a_constant_series_has_a_mean_and_no_limits() -> None:
    chart = control_chart([5, 5, 5, 5, 5, 5, 5, 5], "decrease", target=11)
    assert chart.mean == [5] * 8
    assert all(math.isnan(limit) for limit in chart.lower + chart.upper)
    assert (chart.variation, chart.assurance) == ("common_cause", "inconsistent")
    assert chart.notes == ("short_segment", "constant_series", "limits_undefined", "assurance_undecidable")


def test_a_constant_series_without_screening_has_limits_of_no_width() -> None:
    chart = control_chart([5] * 12, target=11, screen_outliers=False)
    assert (chart.lower, chart.upper, chart.assurance) == ([5] * 12, [5] * 12, "fail")
    assert chart.notes == ("constant_series", "zero_width_limits")
    assert "assurance_undecidable" not in control_chart([5] * 12, "decrease").notes
    assert "assurance_undecidable" not in control_chart([5] * 12, "neutral", target=11).notes


def test_a_single_jump_screened_away_leaves_limits_of_no_width() -> None:
    chart = control_chart([5] * 12 + [6], "increase")
    assert chart.special_cause == ["below_lower_limit"] * 12 + ["above_upper_limit"]
    assert chart.notes == ("zero_width_limits", "outliers_screened")


def test_a_point_on_a_line_is_inside_it() -> None:
    limits = Limits(mean=0.0, spread=1.0, screened=False)
    assert [limits.outside(value) for value in (LIMIT, -LIMIT, 2.67, -2.67)] == [False, False, True, True]
    assert [limits.close(value) for value in (CLOSE, -CLOSE, 1.78, -1.78, 2.67)] == [False, False, True, True, False]
    assert [limits.side(value) for value in (0.0, 1e-300, -1e-300)] == [0, 1, -1]


def test_limits_from_two_points_and_segments_of_one() -> None:
    assert control_chart([1, 3, 50, 9], fixed_points=2).mean == [2] * 4
    chart = control_chart([1, 3, 5], rebase_at=[1, 2])
    assert chart.notes == ("short_segment", "limits_undefined")
    assert chart.special_cause == [None] * 3


def test_a_point_on_the_mean_breaks_a_shift() -> None:
    assert shift_ends([1, 1, 1, 0, 1, 1, 1, 1]) == [0] * 8
    assert shift_ends([-1] * 8) == [0] * 6 + [1, 1]


def test_trends_that_share_their_turning_point_colour_it_by_the_step_onwards() -> None:
    values = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    assert trend_ends(values) == [0] * 6 + [1] + [0] * 5 + [-1]
    wide = Limits(mean=3.5, spread=100.0, screened=False)
    assert special_causes(values, wide) == ["trend_increasing"] * 6 + ["trend_decreasing"] * 7


def test_a_trend_that_another_follows_at_once_ends_in_the_step_between_them() -> None:
    values = [1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13]
    wide = Limits(mean=7.0, spread=100.0, screened=False)
    rising = "trend_increasing"
    assert special_causes(values, wide) == [rising] * 6 + ["trend_decreasing"] + [rising] * 7


def test_a_point_gets_the_first_of_the_rules_it_falls_under() -> None:
    limits = Limits(mean=0.0, spread=1.0, screened=False)
    falls_under_all = [0.5, 1.0, 1.5, 1.9, 2.0, 2.5, 3.0]
    assert special_causes(falls_under_all, limits) == ["trend_increasing"] * 6 + ["above_upper_limit"]
    without_trend = [1.9, 2.0, 0.5, 0.6, 0.4, 0.7, 0.3]
    assert special_causes(without_trend, limits) == ["two_in_three_above"] * 2 + ["shift_above"] * 5


def test_the_mean_is_rs_to_the_last_bit() -> None:
    assert mean_as_r([10.1, 10.3, 10.1, 10.0, 10.2, 10.2, 10.1, 10.2, 10.2, 10.1, 10.1, 9.8, 9.9]) == 10.1
    assert mean_as_r([10.0, 10.3, 10.3, 10.4, 10.0]) == 10.200000000000001
    assert mean_as_r([-1e300, 1e300, 3.0]) == 1.6666666666666667
    assert mean_as_r([4.0, -4.0, 3e-200]) == 1.6666666666666665e-200
    assert mean_as_r([0.1] * 10) == 0.1
    assert mean_as_r([5e-324, 5e-324]) == 5e-324
    assert math.isnan(mean_as_r([]))


def test_long_doubles_round_to_64_bits_and_ties_to_even() -> None:
    odd = 2**63 + 1
    assert _extended(odd) == odd
    assert [_extended(2**64 + rest) - 2**64 for rest in (0, 1, 2, 3)] == [0, 0, 2, 4]
    assert [_extended(4 * odd + rest) - 4 * odd for rest in (0, 1, 2, 3)] == [0, 0, 4, 4]
    assert _extended(-(4 * odd + 2)) == -(4 * odd + 4)


@pytest.mark.skipif(np.finfo(np.longdouble).nmant != 63, reason="this machine's long double is not that of x86")
@given(values=st.lists(st.floats(-1e12, 1e12) | st.floats(9, 11).map(lambda value: round(value, 1)), min_size=1))
def test_the_mean_is_that_of_long_doubles(values: list[float]) -> None:
    extended = np.array(values, dtype=np.longdouble)
    first = np.longdouble(0)
    for value in extended:
        first += value
    first /= len(values)
    left_over = np.longdouble(0)
    for value in extended:
        left_over += value - first
    assert mean_as_r(values) == float(first + left_over / len(values))


@given(values=st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=30))
def test_the_mean_is_within_a_bit_of_the_exact_one(values: list[float]) -> None:
    exact = math.fsum(values) / len(values)
    largest = max(abs(value) for value in values)
    assert mean_as_r(values) == pytest.approx(exact, rel=3e-16, abs=largest * 2**-62)


@given(values=series, improvement=improvements, data=st.data())
def test_every_list_is_as_long_as_the_series_and_plain(
    values: list[int], improvement: Improvement, data: st.DataObject
) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(values) - 1), max_size=3))
    chart = control_chart(values, improvement, target=3, rebase_at=cuts)
    for line in (chart.mean, chart.lower, chart.upper):
        assert [type(value) for value in line] == [float] * len(values)
    assert len(chart.point_type) == len(chart.special_cause) == len(values)
    assert all(
        (kind == "common_cause") == (why is None)
        for kind, why in zip(chart.point_type, chart.special_cause, strict=True)
    )
    assert chart.variation.split("_")[0] in ("common", "improvement", "concern", "neutral")
    for low, centre, high in zip(chart.lower, chart.mean, chart.upper, strict=True):
        assert math.isnan(low) or low <= centre <= high


def far_from_every_line(values: list[int], chart: ControlChart) -> bool:
    """Whether no point is so near a line, without lying on the mean, that rounding could decide."""
    for value, centre, low, high in zip(values, chart.mean, chart.lower, chart.upper, strict=True):
        third = (high - centre) / 3
        lines = (low, high, centre + 2 * third, centre - 2 * third)
        if any(abs(value - line) < 1e-6 for line in lines):
            return False
    return True


@given(values=series, improvement=improvements)
def test_a_mirrored_series_with_the_other_direction_tells_the_same(values: list[int], improvement: Improvement) -> None:
    assume(all(first != second for first, second in pairwise(values)))
    chart = control_chart(values, improvement)
    mirror = control_chart([-value for value in values], MIRRORED[improvement])
    assert mirror.mean == [-value for value in chart.mean]
    assert mirror.lower == pytest.approx([-value for value in chart.upper], nan_ok=True)
    if improvement != "neutral":
        assert mirror.point_type == chart.point_type
    else:
        swap = {"special_cause_neutral_high": "special_cause_neutral_low"}
        swap |= {low: high for high, low in swap.items()} | {"common_cause": "common_cause"}
        assert mirror.point_type == [swap[kind] for kind in chart.point_type]


@given(values=series, improvement=improvements, shift=st.integers(-1000, 1000), doublings=st.integers(-3, 3))
def test_shifting_and_scaling_a_series_changes_no_judgement(
    values: list[int], improvement: Improvement, shift: int, doublings: int
) -> None:
    chart = control_chart(values, improvement)
    assume(far_from_every_line(values, chart))
    factor = 2.0**doublings
    moved = control_chart([value + shift for value in values], improvement)
    scaled = control_chart([value * factor for value in values], improvement)
    assert moved.point_type == chart.point_type
    assert moved.mean == pytest.approx([value + shift for value in chart.mean])
    assert (scaled.point_type, scaled.variation) == (chart.point_type, chart.variation)
    assert scaled.mean == [value * factor for value in chart.mean]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: control_chart([5]), "values has 1 values; give at least 2."),
        (lambda: control_chart([1, math.nan, 2]), r"values\[1\] is nan; give a finite number"),
        (lambda: control_chart([1, 2], "up"), "improvement is 'up'; give \"decrease\""),  # type: ignore[arg-type]
        (lambda: control_chart([1, 2], target=math.inf), "target is inf; give a finite number"),
        (lambda: control_chart([1, 2, 3], fixed_points=1), "fixed_points is 1; limits need at least 2 points"),
        (lambda: control_chart([1, 2, 3], rebase_at=[3]), "rebase_at has 3; give places from 0 to 2"),
        (lambda: control_chart([1, 2, 3], rebase_at=[-1]), "rebase_at has -1; give places from 0 to 2"),
    ],
)
def test_a_series_that_cannot_be_charted_is_refused_in_words(call: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()


@pytest.mark.parametrize(
    ("improvement", "expected"),
    [("increase", ["fail", "pass", "inconsistent"]), ("decrease", ["pass", "fail", "inconsistent"])],
)
def test_assurance_by_where_the_target_lies(improvement: Literal["increase", "decrease"], expected: list[str]) -> None:
    """NHSRplotthedots' own unit cases: target 4 against limits 1-3, 5-7 and 1-5."""
    found = []
    for lower, upper in ((1.0, 3.0), (5.0, 7.0), (1.0, 5.0)):
        # Two points a moving range apart: the limits are their mean -+ 2.66 times it.
        reach = (upper - lower) / 2 / 2.66 / 2
        middle = (lower + upper) / 2
        chart = control_chart([middle - reach, middle + reach], improvement, target=4)
        assert [chart.lower[0], chart.upper[0]] == pytest.approx([lower, upper])
        found.append(chart.assurance)
    assert found == expected
