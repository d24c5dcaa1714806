"""Intervals of one count or share: R's results, hand calculation, scipy.stats, and what must always hold."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pejl.measure.intervals import clopper_pearson_interval, poisson_interval, wilson_interval

REFERENCE = Path(__file__).parents[1] / "data" / "refs" / "judge" / "base_r_rates_reference.json"
R: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))["results"]

counts = st.integers(min_value=0, max_value=2_000_000)
sizes = st.integers(min_value=1, max_value=2_000_000)
levels = st.floats(min_value=0.5, max_value=0.999)


def test_limits_equal_r() -> None:
    assert wilson_interval(3 / 40, 40) == pytest.approx(R["prop_test_3_40"], rel=1e-12)
    assert clopper_pearson_interval(3, 40) == pytest.approx(R["binom_test_3_40"], rel=1e-12)
    assert poisson_interval(7, 1000) == pytest.approx(R["poisson_test_7_1000"], rel=1e-12)
    assert poisson_interval(0, 500) == pytest.approx(R["poisson_0_500"], rel=1e-12, abs=0)


def test_limits_worked_by_hand() -> None:
    assert poisson_interval(0) == pytest.approx((0.0, -math.log(0.025)), rel=1e-12)
    assert clopper_pearson_interval(0, 10) == pytest.approx((0.0, 1 - 0.025**0.1), rel=1e-12)
    assert clopper_pearson_interval(10, 10) == pytest.approx((0.025**0.1, 1.0), rel=1e-12)
    z2 = 3.8414588206941254
    assert wilson_interval(0, 100) == pytest.approx((0.0, z2 / (100 + z2)), rel=1e-12)
    assert wilson_interval(1, 100) == pytest.approx((100 / (100 + z2), 1.0), rel=1e-12)


def test_garwood_and_chi_square_agree() -> None:
    for count in (1, 2, 17, 1581, 43_210):
        expected = (stats.chi2.ppf(0.025, 2 * count) / 2, stats.chi2.ppf(0.975, 2 * count + 2) / 2)
        assert poisson_interval(count) == pytest.approx(expected, rel=1e-9)


def test_scipy_agrees_on_shares() -> None:
    for hits, n in ((1, 7), (40, 60), (999, 1000), (5, 100_000)):
        test = stats.binomtest(hits, n)
        wilson, exact = test.proportion_ci(0.9, "wilson"), test.proportion_ci(0.9, "exact")
        assert wilson_interval(hits / n, n, 0.9) == pytest.approx((wilson.low, wilson.high), rel=1e-9)
        assert clopper_pearson_interval(hits, n, 0.9) == pytest.approx((exact.low, exact.high), rel=1e-9)


@given(count=counts, level=levels)
def test_poisson_limits_leave_out_exactly_the_tails(count: int, level: float) -> None:
    low, high = poisson_interval(count, level=level)
    assert low <= count <= high
    assert stats.poisson.cdf(count, high) == pytest.approx((1 - level) / 2, rel=1e-6)
    if count:
        assert stats.poisson.sf(count - 1, low) == pytest.approx((1 - level) / 2, rel=1e-6)


@given(share=st.floats(0, 1), n=st.floats(0.5, 1e7), level=levels)
def test_wilson_limits_hold_the_share_and_mirror(share: float, n: float, level: float) -> None:
    low, high = wilson_interval(share, n, level)
    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1
    assert wilson_interval(1 - share, n, level) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(data=st.data(), n=sizes)
def test_exact_limits_hold_the_share_and_mirror(data: st.DataObject, n: int) -> None:
    hits = data.draw(st.integers(0, n))
    low, high = clopper_pearson_interval(hits, n)
    assert 0 <= low <= hits / n <= high <= 1
    assert clopper_pearson_interval(n - hits, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(count=counts, more=st.integers(1, 1000), exposure=st.floats(1e-3, 1e6))
def test_more_events_move_both_limits_up(count: int, more: int, exposure: float) -> None:
    first, second = poisson_interval(count, exposure), poisson_interval(count + more, exposure)
    assert first[0] < second[0]
    assert first[1] < second[1]


def test_scalars_give_floats_and_arrays_give_arrays() -> None:
    assert [type(limit) for limit in poisson_interval(np.float64(3), np.float64(2))] == [float, float]
    low, high = wilson_interval([0.1, 0.5, 1.0], 40)
    assert [low[1], high[1]] == list(wilson_interval(0.5, 40))
    assert low.shape == high.shape == (3,)
    rates_low, _ = poisson_interval(4, np.array([1.0, 2.0]))
    assert rates_low[0] == 2 * rates_low[1]
    exact_low, _ = clopper_pearson_interval(np.array([[0, 1], [2, 4]]), 4)
    assert exact_low.shape == (2, 2)
    assert exact_low[1, 1] == clopper_pearson_interval(4, 4)[0]


def test_arguments_are_not_changed() -> None:
    given_counts, given_shares = np.array([0.0, 5.0]), np.array([0.0, 1.0])
    poisson_interval(given_counts)
    wilson_interval(given_shares, 10)
    assert given_counts.tolist() == [0.0, 5.0]
    assert given_shares.tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: poisson_interval(-1), "count is -1; a count cannot be negative, give 0 or more."),
        (lambda: poisson_interval([1, 2.5]), r"count\[1\] is 2.5; a count is a whole number"),
        (lambda: poisson_interval(5, 0), "exposure is 0; give a number above 0."),
        (lambda: poisson_interval(math.nan), "count is nan; give a finite number"),
        (lambda: poisson_interval(5, level=95), "level is 95; give a share between 0 and 1"),
        (
            lambda: poisson_interval([1, 2], [1, 2, 3]),
            r"count has shape \(2,\) and exposure has shape \(3,\)",
        ),
        (lambda: wilson_interval(30, 100), r"share is 30; give a share from 0 to 1 \(divide a percentage"),
        (lambda: wilson_interval(0.3, 0), "n is 0; give a number above 0."),
        (lambda: clopper_pearson_interval(5, 4), "successes is 5; there cannot be more successes than n"),
        (lambda: clopper_pearson_interval(0, 0), "n is 0; give a number above 0."),
        (lambda: clopper_pearson_interval(1.5, 4), "successes is 1.5; a count is a whole number"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(call: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
