"""Change between two figures: R's results, the papers' examples, scipy.stats, and what must always hold."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from pejl.judge.comparison import (
    Comparison,
    compare_counts,
    compare_shares,
    compare_with_standard_errors,
    mcnemar_test,
    two_proportion_test,
)

REFERENCE = Path(__file__).parents[1] / "data" / "refs" / "judge" / "base_r_rates_reference.json"
R: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))["results"]

counts = st.integers(min_value=0, max_value=100_000)
exposures = st.floats(min_value=0.01, max_value=1e6)
shares = st.floats(min_value=0, max_value=1)
bases = st.floats(min_value=1, max_value=1e6)
estimates = st.floats(min_value=-1e6, max_value=1e6)
errors = st.floats(min_value=1e-3, max_value=1e5)


def test_the_worked_check_of_homeless_people() -> None:
    change = compare_counts(1581, 1482)
    assert change.difference == -99
    assert (change.low, change.high) == pytest.approx((-208.2438469605524, 10.178145869956239), rel=1e-12)
    assert change.p == pytest.approx(0.0765883359224176, rel=1e-12)
    assert change.ratio == 1482 / 1581
    assert (change.ratio_low, change.ratio_high) == pytest.approx((0.872662658097333, 1.00685804416678), rel=1e-12)
    assert change.method == "poisson_exact_mover"


def test_two_counts_equal_r() -> None:
    change, expected = compare_counts(30, 45, 380, 400), R["poisson_two_45_400_30_380"]
    assert change.p == pytest.approx(expected["p"], rel=1e-12)
    assert change.ratio == pytest.approx(expected["rate_ratio"], rel=1e-12)
    assert (change.ratio_low, change.ratio_high) == pytest.approx(expected["ci"], rel=1e-12)


@pytest.mark.parametrize(
    ("before", "after", "exposure_before", "exposure_after", "p", "low", "high"),
    [
        (5, 12, 1, 1, 0.143463134765625, 0.787045894172816, 8.69598111868027),
        (20500, 20000, 1.1, 1, 1.25124496610245e-12, 1.05241528641316, 1.09433423316789),
        (9, 1, 1, 10, 3.89398722323829e-09, 0.0002534988461897, 0.0801854127087875),
        (0, 7, 3.5, 2, 0.00084075826090919, 2.52228990796167, None),
        (5, 0, 1, 1, 0.0625, 0.0, 1.09127910518255),
        (3, 3, 1, 1, 1.0, 0.13393758817773, 7.46616400672407),
    ],
)
def test_r_poisson_test_agrees(
    before: int,
    after: int,
    exposure_before: float,
    exposure_after: float,
    p: float,
    low: float,
    high: float | None,
) -> None:
    change = compare_counts(before, after, exposure_before, exposure_after)
    assert change.p == pytest.approx(p, rel=1e-10)
    assert change.ratio_low == pytest.approx(low, rel=1e-10)
    assert change.ratio_high == (None if high is None else pytest.approx(high, rel=1e-10))


def test_the_difference_of_rates_is_per_exposure() -> None:
    change = compare_counts(30, 45, 380, 400)
    low_before, high_before = (stats.chi2.ppf(q, df) / 760 for q, df in ((0.025, 60), (0.975, 62)))
    low_after, high_after = (stats.chi2.ppf(q, df) / 800 for q, df in ((0.025, 90), (0.975, 92)))
    rate_before, rate_after = 30 / 380, 45 / 400
    assert change.difference == pytest.approx(rate_after - rate_before)
    down = math.sqrt((rate_after - low_after) ** 2 + (high_before - rate_before) ** 2)
    up = math.sqrt((high_after - rate_after) ** 2 + (rate_before - low_before) ** 2)
    assert (change.low, change.high) == pytest.approx((change.difference - down, change.difference + up))


def test_a_count_of_zero_leaves_undefined_what_is_undefined() -> None:
    from_zero, to_zero, nothing = compare_counts(0, 5), compare_counts(5, 0), compare_counts(0, 0)
    assert (from_zero.ratio, from_zero.ratio_high) == (None, None)
    assert from_zero.ratio_low is not None
    assert from_zero.ratio_low > 0
    assert (to_zero.ratio, to_zero.ratio_low) == (0.0, 0.0)
    assert (nothing.ratio, nothing.ratio_low, nothing.ratio_high, nothing.p) == (None, None, None, 1.0)
    assert (nothing.low, nothing.high) == pytest.approx((math.log(0.025), -math.log(0.025)))


@given(before=counts, after=counts, exposure_before=exposures, exposure_after=exposures)
def test_scipy_agrees_on_the_conditional_test(
    before: int, after: int, exposure_before: float, exposure_after: float
) -> None:
    assume(before + after > 0)
    share = exposure_after / (exposure_before + exposure_after)
    expected = stats.binomtest(after, before + after, share).pvalue
    change = compare_counts(before, after, exposure_before, exposure_after)
    assert change.p == pytest.approx(expected, rel=1e-6, abs=1e-250)


@given(before=counts, after=counts)
def test_counts_the_other_way_round_mirror(before: int, after: int) -> None:
    there, back = compare_counts(before, after), compare_counts(after, before)
    assert (back.difference, back.low, back.high) == (-there.difference, -there.high, -there.low)
    assert back.p == pytest.approx(there.p, rel=1e-9, abs=1e-300)
    if there.ratio_high:
        assert back.ratio_low == pytest.approx(1 / there.ratio_high, rel=1e-9)


@given(before=counts, after=counts, exposure_before=exposures, exposure_after=exposures)
def test_intervals_of_counts_hold_their_estimates(
    before: int, after: int, exposure_before: float, exposure_after: float
) -> None:
    change = compare_counts(before, after, exposure_before, exposure_after)
    assert change.low <= change.difference <= change.high
    if change.ratio is not None and change.ratio_low is not None and change.ratio_high is not None:
        assert change.ratio_low * (1 - 1e-12) <= change.ratio <= change.ratio_high * (1 + 1e-12)
    assert 0 <= change.p <= 1


@given(before=st.integers(20, 50_000), after=st.integers(20, 50_000), factor=st.floats(0.01, 100))
def test_the_unit_of_exposure_is_only_a_unit(before: int, after: int, factor: float) -> None:
    one, other = compare_counts(before, after, 2, 3), compare_counts(before, after, 2 * factor, 3 * factor)
    assert other.p == pytest.approx(one.p, rel=1e-6, abs=1e-300)
    assert (other.low, other.high) == pytest.approx((one.low / factor, one.high / factor), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(
    ("first", "n1", "second", "n2", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (6, 7, 2, 7, 0.0582, 0.8062),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (0, 10, 0, 20, -0.1611, 0.2775),
        (0, 10, 0, 10, -0.2775, 0.2775),
        (10, 10, 0, 20, 0.6791, 1.0),
        (10, 10, 0, 10, 0.6075, 1.0),
    ],
)
def test_newcombes_own_examples(first: int, n1: int, second: int, n2: int, low: float, high: float) -> None:
    change = compare_shares(second / n2, n2, first / n1, n1)
    assert (change.low, change.high) == pytest.approx((low, high), abs=5.1e-5)


def test_p_of_shares_is_the_chi_square_of_r() -> None:
    change, expected = compare_shares(30 / 380, 380, 45 / 400, 400), R["two_prop_45_400_30_380"]
    assert change.p == pytest.approx(expected["p"], rel=1e-12)
    table = [[45, 355], [30, 350]]
    assert change.p == pytest.approx(stats.chi2_contingency(table, correction=False).pvalue, rel=1e-12)


def test_the_ratio_of_shares_has_katz_limits() -> None:
    change = compare_shares(0.2, 100, 0.3, 200)
    half = 1.959963984540054 * math.sqrt(0.8 / 20 + 0.7 / 60)
    assert change.ratio == pytest.approx(1.5)
    assert (change.ratio_low, change.ratio_high) == pytest.approx((1.5 * math.exp(-half), 1.5 * math.exp(half)))


def test_shares_of_nobody_and_everybody() -> None:
    nobody, everybody = compare_shares(0, 40, 0, 50), compare_shares(1, 40, 1, 50)
    assert (nobody.ratio, nobody.ratio_low, nobody.p) == (None, None, 1.0)
    assert (everybody.ratio, everybody.ratio_low, everybody.ratio_high, everybody.p) == (1.0, None, None, 1.0)
    assert compare_shares(0.5, 40, 0, 50).ratio == 0.0
    assert compare_shares(0, 40, 0.5, 50).ratio is None


@given(before=shares, n_before=bases, after=shares, n_after=bases)
def test_shares_the_other_way_round_and_of_the_others_mirror(
    before: float, n_before: float, after: float, n_after: float
) -> None:
    there = compare_shares(before, n_before, after, n_after)
    back = compare_shares(after, n_after, before, n_before)
    others = compare_shares(1 - before, n_before, 1 - after, n_after)
    mirrored = pytest.approx((-there.high, -there.low), abs=1e-9)
    assert (back.low, back.high) == mirrored
    assert (others.low, others.high) == mirrored
    assert back.p == pytest.approx(there.p, rel=1e-6, abs=1e-300)
    assert -1 - 1e-12 <= there.low <= there.difference <= there.high <= 1 + 1e-12


@given(share=st.floats(0.1, 0.9), change=st.floats(0.01, 0.09), n=st.integers(20, 100_000))
def test_more_answers_make_the_change_surer(share: float, change: float, n: int) -> None:
    few, many = (
        compare_shares(share, n, share + change, n),
        compare_shares(share, 2 * n, share + change, 2 * n),
    )
    assert many.high - many.low < few.high - few.low
    assert many.p <= few.p


def test_standard_errors_by_hand() -> None:
    change = compare_with_standard_errors(100, 3, 110, 4)
    assert (change.low, change.high) == pytest.approx((10 - 1.959963984540054 * 5, 10 + 1.959963984540054 * 5))
    assert change.p == pytest.approx(2 * stats.norm.sf(2), rel=1e-12)
    assert change.ratio == 1.1
    assert change.method == "normal"


def test_covariance_of_overlapping_samples_narrows_the_interval() -> None:
    apart, overlapping = (compare_with_standard_errors(100, 3, 110, 4, covariance) for covariance in (0, 8))
    assert overlapping.high - overlapping.low == pytest.approx(2 * 1.959963984540054 * 3)
    assert overlapping.p < apart.p


def test_the_ratio_of_estimates_has_limits_of_its_logarithm() -> None:
    change = compare_with_standard_errors(100, 3, 110, 4, 8)
    half = 1.959963984540054 * math.sqrt(0.03**2 + (4 / 110) ** 2 - 2 * 8 / (100 * 110))
    assert (change.ratio_low, change.ratio_high) == pytest.approx((1.1 * math.exp(-half), 1.1 * math.exp(half)))
    tied = compare_with_standard_errors(100, 10, 200, 20, 200)
    assert (tied.ratio_low, tied.ratio_high) == pytest.approx((2.0, 2.0))


def test_a_ratio_of_estimates_needs_both_above_zero() -> None:
    assert compare_with_standard_errors(0, 1, 5, 1).ratio is None
    below = compare_with_standard_errors(-2, 1, 5, 1)
    assert (below.ratio_low, below.ratio_high) == (None, None)


def test_a_ratio_to_next_to_nothing_has_no_upper_limit() -> None:
    for change in (compare_shares(1e-300, 10, 0.5, 10), compare_with_standard_errors(1e-300, 1, 5, 1)):
        assert (change.ratio_low, change.ratio_high) == (0.0, None)
    assert compare_with_standard_errors(1e-320, 1, 5, 1).ratio is None


@given(before=estimates, se_before=errors, after=estimates, se_after=errors, shift=st.integers(-1000, 1000))
def test_standard_errors_mirror_and_do_not_mind_a_shift(
    before: float, se_before: float, after: float, se_after: float, shift: int
) -> None:
    there = compare_with_standard_errors(before, se_before, after, se_after)
    back = compare_with_standard_errors(after, se_after, before, se_before)
    moved = compare_with_standard_errors(before + shift, se_before, after + shift, se_after)
    assert (back.low, back.high, back.p) == (-there.high, -there.low, there.p)
    assert (moved.low, moved.high) == pytest.approx((there.low, there.high), rel=1e-6, abs=1e-6)
    assert (there.p < 0.05) == (there.low > 0 or there.high < 0) or abs(there.p - 0.05) < 1e-9


def test_estimates_from_samples_are_compared_with_student_and_what_they_share() -> None:
    found = compare_with_standard_errors(30, 2, 25, 1.5, covariance=1, df=10)
    # Variance 4 + 2.25 - 2 = 4.25; t(10, 0.975) = 2.228139 from tables; R: 2 * pt(-5 / sqrt(4.25), 10).
    half = 2.228138851964939 * math.sqrt(4.25)
    assert (found.low, found.high) == pytest.approx((-5 - half, -5 + half), rel=1e-9)
    assert found.p == pytest.approx(0.0357328, abs=1e-7)
    assert found.method == "design_t"
    assert compare_with_standard_errors(30, 2, 25, 1.5, covariance=1).method == "normal"


def test_with_many_degrees_of_freedom_student_is_normal() -> None:
    few, many = (compare_with_standard_errors(30, 2, 25, 1.5, df=df) for df in (5, 10**7))
    normal = compare_with_standard_errors(30, 2, 25, 1.5)
    assert (many.low, many.high, many.p) == pytest.approx((normal.low, normal.high, normal.p), rel=1e-5)
    assert few.low < normal.low


def test_two_proportions_and_mcnemar_equal_r() -> None:
    expected = R["two_prop_45_400_30_380"]
    test = two_proportion_test(45, 400, 30, 380)
    assert (test.chisq, test.p) == pytest.approx((expected["chisq"], expected["p"]), rel=1e-12)
    assert (test.low, test.high) == pytest.approx(expected["ci"], rel=1e-12)
    assert test.difference == 45 / 400 - 30 / 380
    assert two_proportion_test(9, 10, 1, 20).high == 1.0
    assert two_proportion_test(1, 20, 9, 10).low == -1.0
    paired = mcnemar_test(15, 25)
    assert (paired.chisq, paired.p) == pytest.approx(
        (R["mcnemar_120_15_25_240"]["chisq"], R["mcnemar_120_15_25_240"]["p"]), rel=1e-12
    )


def test_tests_of_nothing_find_nothing() -> None:
    assert (mcnemar_test(0, 0).chisq, mcnemar_test(0, 0).p) == (0.0, 1.0)
    assert (two_proportion_test(0, 10, 0, 20).chisq, two_proportion_test(10, 10, 20, 20).p) == (0.0, 1.0)


def test_results_are_plain_and_frozen() -> None:
    change = compare_counts(1581, 1482)
    assert {type(getattr(change, name)) for name in Comparison.__slots__} == {float, str}
    with pytest.raises(AttributeError):
        change.p = 0.0  # type: ignore[misc]


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: compare_counts(-1, 2), "before is -1; a count cannot be negative, give 0 or more."),
        (lambda: compare_counts(1, 2.5), "after is 2.5; a count is a whole number"),
        (lambda: compare_counts(1, 2, 0), "exposure_before is 0; give a number above 0."),
        (lambda: compare_shares(12, 100, 0.1, 100), "before is 12; give a share from 0 to 1"),
        (lambda: compare_shares(0.1, 100, 0.1, 0), "n_after is 0; give a number above 0."),
        (lambda: compare_shares(0.1, 100, math.nan, 9), "after is nan; give a finite number"),
        (lambda: compare_with_standard_errors(1, -1, 2, 1), "se_before is -1; a standard error cannot be"),
        (lambda: compare_with_standard_errors(1, 1, 2, 1, 5), "covariance is 5; .* it cannot exceed 1"),
        (lambda: compare_with_standard_errors(1, 10, 2, 10, 105), "covariance is 105; .* it cannot exceed 100"),
        (lambda: compare_with_standard_errors(1, 10, 2, 10, 100), "The difference has no uncertainty"),
        (lambda: compare_with_standard_errors(1, 0, 2, 0), "The difference has no uncertainty"),
        (lambda: compare_with_standard_errors(1, 1, 2, 1, df=0), "df is 0; give a number above 0."),
        (lambda: compare_counts(1, 2, level=1), "level is 1; give a share between 0 and 1"),
        (lambda: two_proportion_test(5, 4, 1, 2), "x1 is 5 of n1 4; give a number from 0 to n1."),
        (lambda: mcnemar_test(1, -2), "c is -2; a count cannot be negative"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(call: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
