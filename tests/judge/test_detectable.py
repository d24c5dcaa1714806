"""What change could be seen: against brute force over the verdicts themselves, exact chances, and R."""

import math
from typing import Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from pejl.judge.comparison import compare_counts, compare_shares
from pejl.judge.detectable import (
    normal_variation_count,
    normal_variation_series,
    normal_variation_share,
    sample_size_for_change,
    smallest_visible_count,
    smallest_visible_share,
)

Direction = Literal["decrease", "increase"]
directions: st.SearchStrategy[Direction] = st.sampled_from(["decrease", "increase"])
inner_shares = st.floats(min_value=0.02, max_value=0.98)
bases = st.integers(min_value=10, max_value=20_000)


def sees_count(before: int, after: int) -> bool:
    change = compare_counts(before, after)
    return change.high < 0 or change.low > 0


def sees_share(before: float, n_before: float, after: float, n_after: float) -> bool:
    change = compare_shares(before, n_before, after, n_after)
    return change.high < 0 or change.low > 0


@pytest.mark.parametrize("direction", ["decrease", "increase"])
def test_the_smallest_visible_change_is_where_the_verdict_turns(direction: Direction) -> None:
    sign = -1 if direction == "decrease" else 1
    for baseline in (0, 1, 5, 6, 7, 10, 31, 100):
        steps = range(1, (baseline if sign < 0 else 100) + 1)
        seen = [sign * step for step in steps if sees_count(baseline, baseline + sign * step)]
        assert smallest_visible_count(baseline, direction) == (seen[0] if seen else None)
        assert seen == [sign * step for step in steps if seen and step >= abs(seen[0])]


def test_a_few_cannot_be_seen_to_fall() -> None:
    assert smallest_visible_count(5, "decrease") is None
    assert smallest_visible_count(5, "decrease", power=0.8) is None
    assert smallest_visible_share(0.01, 20, 20, "decrease") is None
    assert smallest_visible_share(0.99, 20, 20, "increase", power=0.8) is None


@given(baseline=st.integers(0, 50_000), direction=directions)
def test_the_smallest_visible_change_is_seen_and_one_less_is_not(baseline: int, direction: Direction) -> None:
    change = smallest_visible_count(baseline, direction)
    if change is None:
        assert not sees_count(baseline, 0)
        return
    towards_zero = -1 if change > 0 else 1
    assert sees_count(baseline, baseline + change)
    assert not sees_count(baseline, baseline + change + towards_zero)


@given(baseline=st.integers(7, 50_000), direction=directions, power=st.floats(0.5, 0.99))
def test_the_power_of_a_true_change_of_count_is_exact(baseline: int, direction: Direction, power: float) -> None:
    turn = smallest_visible_count(baseline, direction)
    change = smallest_visible_count(baseline, direction, power=power)
    assume(turn is not None)
    assert turn is not None
    assert change is not None
    limit = baseline + turn

    def chance(true_change: int) -> float:
        mean = baseline + true_change
        tail = stats.poisson.cdf(limit, mean) if turn < 0 else stats.poisson.sf(limit - 1, mean)
        return float(tail)

    assert chance(change) >= power - 1e-9
    assert chance(change + (1 if turn < 0 else -1)) < power + 1e-9


def test_eighty_percent_power_needs_more_than_the_visible_change() -> None:
    assert (smallest_visible_count(1581, "decrease"), smallest_visible_count(1581, "increase")) == (-109, 113)
    with_power = [smallest_visible_count(1581, way, power=0.8) for way in ("decrease", "increase")]
    assert with_power == [-141, 148]


@given(share=inner_shares, n_before=bases, n_after=bases, direction=directions)
def test_the_smallest_visible_share_is_where_the_verdict_turns(
    share: float, n_before: int, n_after: int, direction: Direction
) -> None:
    change = smallest_visible_share(share, n_before, n_after, direction)
    if change is None:
        assert not sees_share(share, n_before, 0 if direction == "decrease" else 1, n_after)
        return
    assert (change < 0) == (direction == "decrease")
    assert sees_share(share, n_before, min(max(share + change * (1 + 1e-9), 0), 1), n_after)
    assert not sees_share(share, n_before, share + change * (1 - 1e-9), n_after)


@given(
    share=inner_shares, n_before=bases, n_after=st.integers(10, 3000), direction=directions, power=st.floats(0.5, 0.95)
)
def test_the_power_of_a_true_change_of_share_is_exact(
    share: float, n_before: int, n_after: int, direction: Direction, power: float
) -> None:
    change = smallest_visible_share(share, n_before, n_after, direction, power=power)
    assume(change is not None)
    assert change is not None
    turn = smallest_visible_share(share, n_before, n_after, direction)
    assert turn is not None
    true = share + change
    edge = (share + turn) * n_after
    if direction == "decrease":
        chance = stats.binom.cdf(math.floor(edge + 1e-6), n_after, true)
    else:
        chance = stats.binom.sf(math.ceil(edge - 1e-6) - 1, n_after, true)
    assert chance == pytest.approx(power, rel=1e-6)


def test_with_a_power_answers_are_whole() -> None:
    assert smallest_visible_share(0.3, 90.5, 100.7, "increase", power=0.8) == smallest_visible_share(
        0.3, 90.5, 100, "increase", power=0.8
    )
    assert smallest_visible_share(0.3, 90.5, 100.7, "increase") != smallest_visible_share(0.3, 90.5, 100, "increase")


def test_sample_sizes_equal_r_power_prop_test() -> None:
    assert sample_size_for_change(0.5, 0.75, power=0.9) == math.ceil(76.7069301141077)
    assert sample_size_for_change(0.3, 0.25) == math.ceil(1250.71673846211)
    assert sample_size_for_change(0.02, 0.05, power=0.9, level=0.99) == math.ceil(1114.3061955523)


def test_a_first_sample_that_is_too_small_cannot_be_made_up_for() -> None:
    equal = sample_size_for_change(0.3, 0.25)
    assert equal is not None
    assert sample_size_for_change(0.3, 0.25, n_before=equal) == equal
    z_test, z_power = (float(stats.norm.ppf(chance)) for chance in (0.975, 0.8))
    needed = ((z_test * math.sqrt(0.25 * 0.75) + z_power * math.sqrt(0.3 * 0.7)) / 0.05) ** 2
    assert sample_size_for_change(0.3, 0.25, n_before=math.floor(needed)) is None
    assert sample_size_for_change(0.3, 0.25, n_before=math.ceil(needed)) is not None


def test_an_even_chance_needs_no_more_than_the_test_itself() -> None:
    assert sample_size_for_change(0.3, 0.25, power=0.5) == math.ceil(
        2 * 0.275 * 0.725 * (1.959963984540054 / 0.05) ** 2
    )


@given(before=inner_shares, after=inner_shares, n_before=st.integers(50, 5000))
def test_a_larger_first_sample_never_asks_for_a_larger_second(before: float, after: float, n_before: int) -> None:
    assume(abs(before - after) > 0.001)
    small = sample_size_for_change(before, after, n_before=n_before)
    large = sample_size_for_change(before, after, n_before=2 * n_before)
    assert small is None or (large is not None and large <= small)


def test_a_new_count_falls_within_normal_variation_as_often_as_promised() -> None:
    limits = [normal_variation_count(count) for count in range(130)]
    for mean in (0.3, 1.0, 2.7, 10.0, 31.4, 60.0):
        covered = sum(
            stats.poisson.pmf(count, mean) * (stats.poisson.cdf(high, mean) - stats.poisson.cdf(low - 1, mean))
            for count, (low, high) in enumerate(limits)
        )
        assert covered >= 0.95
    assert covered < 0.97


@given(baseline=st.integers(0, 20_000))
def test_normal_variation_ends_where_the_binomial_tail_does(baseline: int) -> None:
    low, high = normal_variation_count(baseline)
    assert low <= baseline <= high
    assert stats.binom.sf(high - 1, baseline + high, 0.5) > 0.025
    assert stats.binom.sf(high, baseline + high + 1, 0.5) <= 0.025
    if low > 0:
        assert stats.binom.cdf(low, baseline + low, 0.5) > 0.025
        assert stats.binom.cdf(low - 1, baseline + low - 1, 0.5) <= 0.025


@given(share=inner_shares, n_before=bases, n_after=bases)
def test_shares_at_the_edge_of_normal_variation_have_p_at_the_edge(share: float, n_before: int, n_after: int) -> None:
    low, high = normal_variation_share(share, n_before, n_after)
    assert 0 <= low < share < high <= 1
    if high < 1:
        assert compare_shares(share, n_before, high, n_after).p == pytest.approx(0.05, rel=1e-6)
    if low > 0:
        assert compare_shares(share, n_before, low, n_after).p == pytest.approx(0.05, rel=1e-6)


def test_normal_variation_of_nobody_and_everybody() -> None:
    z2 = 3.8414588206941254
    low, high = normal_variation_share(0, 100, 100)
    assert (low, high) == pytest.approx((0.0, (z2 / 100) / (1 + z2 * 100 / (200 * 100))))
    assert normal_variation_share(1, 100, 100) == pytest.approx((1 - high, 1.0))


def test_natural_process_limits_by_hand() -> None:
    assert normal_variation_series([10, 11, 9, 10, 14]) == pytest.approx((5.48, 16.12))
    assert normal_variation_series([1, 2, 6]) == pytest.approx((3 - 2.66 * 2.5, 3 + 2.66 * 2.5))
    assert normal_variation_series([10, 12]) is None
    assert normal_variation_series([]) is None
    assert normal_variation_series([7, 7, 7, 7]) is None


@given(values=st.lists(st.integers(-1000, 1000), min_size=3, max_size=30), shift=st.integers(-500, 500))
def test_natural_process_limits_move_and_mirror_with_the_series(values: list[int], shift: int) -> None:
    limits = normal_variation_series(values)
    moved = normal_variation_series([value + shift for value in values])
    mirrored = normal_variation_series([-value for value in values])
    if limits is None:
        assert (moved, mirrored) == (None, None)
        return
    assert moved == pytest.approx((limits[0] + shift, limits[1] + shift))
    assert mirrored == pytest.approx((-limits[1], -limits[0]))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: smallest_visible_count(-1, "decrease"), "baseline is -1; a count cannot be negative"),
        (lambda: smallest_visible_count(9, "down"), 'direction is \'down\'; give "decrease" or "increase".'),  # type: ignore[arg-type]
        (lambda: smallest_visible_count(9, "increase", power=80), "power is 80; give a chance from 0.5 up to 1"),
        (lambda: smallest_visible_share(30, 9, 9, "increase"), "baseline is 30; give a share from 0 to 1"),
        (lambda: smallest_visible_share(0.3, 9, 0, "increase"), "n_after is 0; give a number above 0."),
        (lambda: sample_size_for_change(0.3, 0.3), "before and after are both 0.3; give two different"),
        (lambda: sample_size_for_change(0.3, 0.2, power=0.3), "power is 0.3; give a chance from 0.5 up to 1"),
        (lambda: sample_size_for_change(0.3, 0.2, power=1), "power is 1; give a chance from 0.5 up to 1"),
        (lambda: smallest_visible_share(0.3, 9, 0.5, "increase", power=0.8), "n_after in whole answers is 0; give"),
        (lambda: sample_size_for_change(0.3, 0.2, n_before=0), "n_before is 0; give a number above 0."),
        (lambda: normal_variation_count(2.5), "baseline is 2.5; a count is a whole number"),
        (lambda: normal_variation_share(0.2, -3, 9), "n_before is -3; give a number above 0."),
        (lambda: normal_variation_series([1, math.nan, 2]), r"values\[1\] is nan; give a finite number"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(call: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
