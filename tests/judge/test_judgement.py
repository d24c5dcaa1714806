from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pejl.judge.facts import Point, Question
from pejl.judge.judgement import Case, Verdict, compare_points, judge
from pejl.judge.statuses import Development, TargetStatus
from pejl.workspace.kinds import TargetKind
from pejl.workspace.period import Period
from pejl.workspace.states import State


def count(period: object, value: float | None, state: State = State.MEASURED) -> Point:
    return Point(Period.parse(period), state, value, "count")


def share(period: object, value: float, n: float | None) -> Point:
    return Point(Period.parse(period), State.MEASURED, value, "share", n=n)


def nothing(period: object, state: State) -> Point:
    return Point(Period.parse(period), state, None, "count")


HOMELESS = [count(2013, 1581.0), count(2015, 1562.0), count(2017, 1482.0), count(2019, 1442.0), count(2024, 1378.0)]
CASE = Case(
    goal="1D",
    key=("homeless", "city"),
    question=Question("decrease", TargetKind.CHANGE, Period.year(2017), change=-325.0),
    points=HOMELESS,
    starts=date(2014, 1, 1),
    ends=date(2017, 12, 31),
    horizon=date(2024, 12, 31),
    baseline_period=Period.year(2013),
)


def only(case: Case) -> Verdict:
    verdicts, _ = judge([case])
    return verdicts[0]


def test_homelessness_in_copenhagen_2013_to_2017() -> None:
    verdict = only(CASE)
    assert verdict.target_status is TargetStatus.NOT_REACHED
    assert verdict.development is Development.NO_CLEAR_CHANGE
    assert verdict.level == 1256.0
    assert verdict.change == -99.0
    found = verdict.comparison
    assert found is not None
    assert (round(found.low), round(found.high)) == (-208, 10)
    assert found.ratio_low is not None
    assert found.ratio_high is not None
    assert (round(found.ratio_low, 3), round(found.ratio_high, 3)) == (0.873, 1.007)
    assert round(found.p, 3) == 0.077


def test_later_figures_are_what_happened_afterwards() -> None:
    verdict = only(CASE)
    assert verdict.latest.period.text == "2017"
    assert [(point.period.text, point.value) for point in verdict.afterwards] == [("2019", 1442.0), ("2024", 1378.0)]


def test_figures_in_any_order_give_the_same_verdict() -> None:
    assert only(replace(CASE, points=HOMELESS[::-1])) == only(CASE)


def test_loneliness_across_a_break_is_not_compared() -> None:
    case = Case(
        goal="lonely",
        key=("lonely", "sof"),
        question=Question("decrease", TargetKind.NOT_KNOWN),
        points=[share(2015, 47.0, 7282), nothing(2016, State.NOT_COLLECTED), share(2017, 42.0, 7094)],
        starts=date(2014, 1, 1),
        ends=date(2017, 12, 31),
        horizon=date(2017, 12, 31),
        breaks=(date(2016, 1, 1),),
    )
    verdict = only(case)
    assert (verdict.target_status, verdict.development) == (TargetStatus.NOT_KNOWN, Development.NOT_COMPARABLE)
    assert verdict.comparison is None
    assert verdict.change is None
    whole = only(replace(case, breaks=()))
    assert whole.development is Development.RIGHT_WAY
    assert whole.change == -5.0
    # Newcombe's method 10 by hand: Wilson 0.4586-0.4815 and 0.4086-0.4315, -5 -+ sqrt of the squared distances.
    assert whole.comparison is not None
    assert (round(whole.comparison.low, 2), round(whole.comparison.high, 2)) == (-6.62, -3.38)


def test_without_a_baseline_in_the_document_the_last_figure_before_the_strategy_is_taken() -> None:
    case = replace(CASE, baseline_period=None, points=[count(2009, 1494.0), *HOMELESS])
    verdict = only(case)
    assert verdict.baseline is not None
    assert verdict.baseline.period.text == "2013"
    assert "baseline_chosen" in {reason.code for reason in verdict.reasons}


def test_without_any_figure_before_the_strategy_the_first_within_it_is_taken() -> None:
    verdict = only(replace(CASE, baseline_period=None, points=HOMELESS[1:]))
    assert verdict.baseline is not None
    assert verdict.baseline.period.text == "2015"


def test_a_single_figure_is_compared_with_nothing() -> None:
    verdict = only(replace(CASE, baseline_period=None, points=[count(2017, 1482.0)]))
    assert verdict.baseline is None
    assert verdict.development is Development.UNKNOWN
    assert verdict.reasons[1].code == "nothing_to_compare"


def test_a_baseline_known_from_the_document_only_is_used_and_said() -> None:
    printed = replace(count(2013, 1581.0), printed=True)
    verdict = only(replace(CASE, points=HOMELESS[2:], printed_baseline=printed))
    assert verdict.change == -99.0
    assert "baseline_printed" in {reason.code for reason in verdict.reasons}


@pytest.mark.parametrize("state", [State.NO_DATA, State.NOT_DUE, State.NO_METHOD, State.NOT_COLLECTED])
def test_the_kind_of_nothing_is_kept(state: State) -> None:
    verdict = only(replace(CASE, points=[count(2013, 1581.0), nothing(2017, state)]))
    assert verdict.target_status is TargetStatus.UNKNOWN
    assert verdict.development is Development.UNKNOWN
    assert verdict.latest.state is state
    assert verdict.reasons[0].values["state"] == str(state)


def test_a_withheld_figure_withholds_both_halves() -> None:
    verdict = only(replace(CASE, points=[*HOMELESS[:2], nothing(2017, State.WITHHELD)]))
    assert (verdict.target_status, verdict.development) == (TargetStatus.WITHHELD, Development.WITHHELD)
    assert verdict.change is None


def test_a_later_figure_that_is_missing_is_said_beside_the_verdict() -> None:
    points = [count(2013, 1581.0), count(2015, 1562.0), nothing(2017, State.NOT_COLLECTED)]
    verdict = only(replace(CASE, points=points))
    assert verdict.latest.period.text == "2015"
    assert verdict.reasons[0].code == "no_figure_for_deadline"
    missing = next(reason for reason in verdict.reasons if reason.code == "later_figure_missing")
    assert missing.values == {"period": "2017", "state": "not_collected"}


def test_figures_about_others_judge_nothing() -> None:
    case = replace(CASE, points=[], other_scope=HOMELESS)
    verdict = only(case)
    assert verdict.reasons[0].code == "only_other_scope"
    assert verdict.target_status is TargetStatus.UNKNOWN
    assert verdict.baseline is None


def test_one_test_is_made_however_many_goals_share_the_figures() -> None:
    other = replace(CASE, goal="again", question=Question("decrease", TargetKind.DIRECTION))
    verdicts, footnote = judge([CASE, other])
    assert footnote.tests == 1
    assert verdicts[0].comparison == verdicts[1].comparison
    assert verdicts[0].p_adjusted == verdicts[0].comparison.p  # type: ignore[union-attr]  # a comparison was made


def test_the_footnote_counts_signals_and_changes_no_verdict() -> None:
    """Twenty series that stood still and one that halved: one signal, which survives correction."""
    still = [
        replace(CASE, goal=f"still{number}", key=(f"still{number}",), points=[count(2013, 100.0), count(2017, 100.0)])
        for number in range(20)
    ]
    halved = replace(CASE, goal="halved", key=("halved",), points=[count(2013, 400.0), count(2017, 200.0)])
    alone, _ = judge([halved])
    verdicts, footnote = judge([*still, halved])
    assert (footnote.tests, footnote.signals) == (21, 1)
    assert footnote.expected_false == pytest.approx(21 * 0.05)
    assert footnote.surviving == ("halved",)
    assert verdicts[-1].development is alone[0].development is Development.RIGHT_WAY


def test_a_signal_that_does_not_survive_correction_keeps_its_verdict() -> None:
    """440 to 380 has p 0.039 alone; among 20 tests it is 0.79 adjusted."""
    weak = replace(CASE, goal="weak", key=("weak",), points=[count(2013, 440.0), count(2017, 380.0)])
    still = [
        replace(CASE, goal=f"still{number}", key=(f"still{number}",), points=[count(2013, 100.0), count(2017, 100.0)])
        for number in range(19)
    ]
    verdicts, footnote = judge([weak, *still])
    assert verdicts[0].development is Development.RIGHT_WAY
    assert verdicts[0].comparison is not None
    assert verdicts[0].p_adjusted == pytest.approx(20 * verdicts[0].comparison.p)
    assert footnote.surviving == ()


def test_published_standard_errors_are_compared_as_normal() -> None:
    before = Point(Period.year(2015), State.MEASURED, 5.1, "mean", se=0.03)
    after = Point(Period.year(2017), State.MEASURED, 5.5, "mean", se=0.04)
    found = compare_points(before, after)
    assert found is not None
    # The standard error of the difference is sqrt(0.03² + 0.04²) = 0.05.
    assert found.low == pytest.approx(0.4 - 1.959963984540054 * 0.05)
    assert found.high == pytest.approx(0.4 + 1.959963984540054 * 0.05)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Point(Period.year(2015), State.MEASURED, 5.1, "mean"), Point(Period.year(2017), State.MEASURED, 5.5, "mean")),
        (share(2015, 47.0, None), share(2017, 42.0, 7094)),
        (count(2015, 1562.5), count(2017, 1482.0)),
    ],
)
def test_where_uncertainty_is_unknown_nothing_is_compared(before: Point, after: Point) -> None:
    assert compare_points(before, after) is None


def test_a_strategy_without_an_end_has_no_afterwards() -> None:
    verdict = only(replace(CASE, ends=None))
    assert verdict.latest.period.text == "2024"
    assert verdict.afterwards == ()


def test_a_school_year_that_ends_after_the_strategy_is_afterwards() -> None:
    points = [count("2015/2016", 50.0), count("2016/2017", 40.0), count("2017/2018", 30.0)]
    verdict = only(replace(CASE, points=points, baseline_period=Period.parse("2015/2016")))
    assert verdict.latest.period.text == "2016/2017"
    assert [point.period.text for point in verdict.afterwards] == ["2017/2018"]


def asked(period: object, value: float, se: float, df: int, **more: Any) -> Point:
    return replace(share(period, value, 300.0), se=se, df=df, **more)


def test_estimates_from_overlapping_samples_are_judged_with_their_covariance() -> None:
    before = asked(2020, 34.0, 2.0, 60)
    apart = compare_points(before, asked(2025, 29.0, 2.0, 80))
    overlapping = compare_points(before, asked(2025, 29.0, 2.0, 80, covariances=(("2020", 2.0), ("2015", 9.0))))
    assert apart is not None
    assert overlapping is not None
    # t(60, 0.975) = 2.000298: 5 -+ t * sqrt(8) holds no change, 5 -+ t * sqrt(4) does not.
    assert (apart.low, apart.high) == pytest.approx((-5 - 5.657697, -5 + 5.657697), abs=1e-5)
    assert (overlapping.low, overlapping.high) == pytest.approx((-5 - 4.000596, -5 + 4.000596), abs=1e-5)
    assert overlapping.method == "design_t"


def test_a_covariance_that_cannot_be_leaves_some_uncertainty() -> None:
    found = compare_points(asked(2020, 34.0, 2.0, 60), asked(2025, 29.0, 2.0, 60, covariances=(("2020", 7.0),)))
    assert found is not None
    assert found.high - found.low == pytest.approx(2 * 2.000298 * (8 - 2 * 0.99 * 4) ** 0.5, rel=1e-5)


def test_an_estimate_is_judged_against_its_target_by_its_own_interval() -> None:
    point = asked(2025, 29.0, 2.0, 60, low=25.2, high=33.1)
    question = Question("decrease", TargetKind.AT_MOST, Period.year(2025), value=33.5)
    case = Case(
        "lonely", ("lonely", "city"), question, [point], date(2021, 1, 1), date(2025, 12, 31), date(2025, 12, 31)
    )
    verdict = only(case)
    assert verdict.target_status is TargetStatus.REACHED
    assert [reason.code for reason in verdict.reasons if reason.half == "target"] == ["reached_for_certain"]
