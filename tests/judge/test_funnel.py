"""Funnel plots: the recomputed reference, scipy.stats, hand calculation, and what must always hold."""

import json
import math
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from pejl.judge import funnel
from pejl.judge.funnel_plot import Funnel

REFERENCE = Path(__file__).parents[1] / "data" / "refs" / "judge" / "funnel_reference.json"
R: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))

Overdispersion = Literal["none", "multiplicative", "additive"]
units = st.lists(
    st.integers(1, 5000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=2,
    max_size=25,
).filter(lambda pairs: 0 < sum(hits for hits, _ in pairs) < sum(size for _, size in pairs))


def of(pairs: list[tuple[int, int]], overdispersion: Overdispersion = "none") -> Funnel:
    return funnel([hits for hits, _ in pairs], [size for _, size in pairs], overdispersion)


def exactly(expected: Any) -> Any:
    return pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_every_number_of_the_reference_is_reproduced() -> None:
    result = funnel(R["r"], R["n"])
    assert result.p0 == exactly(R["p0"])
    assert result.z == exactly(R["z"])
    assert result.phi == exactly(R["phi_winsorised_10pct"])
    assert result.tau2 == pytest.approx(R["tau2"], rel=1e-9)
    assert result.z_multiplicative == exactly(R["z_multiplicative"])
    assert result.z_additive == exactly(R["z_additive"])
    assert list(result.limits) == list(R["limits"])
    for quantile, limits in R["limits"].items():
        assert result.limits[quantile] == exactly(limits)
    assert result.p_two_sided == exactly(R["p_two_sided"])
    assert result.bh_reject == R["bh_reject_5pct"]
    assert result.holm_reject == R["holm_reject_5pct"]
    assert result.adjusted_limits == result.limits


def test_position_is_told_at_each_level() -> None:
    result = funnel(R["r"], R["n"])
    assert set(result.position) == {"0.95", "0.998"}
    for level, low, high in (("0.95", "0.025", "0.975"), ("0.998", "0.001", "0.999")):
        for place, word in enumerate(result.position[level]):
            share = R["r"][place] / R["n"][place]
            assert (word == "above") == (share > R["limits"][high][place])
            assert (word == "below") == (share < R["limits"][low][place])
    assert result.position["0.998"].count("below") == 2
    assert result.position["0.95"].count("inside") == 14


def test_a_small_unit_that_cannot_be_unusual_is_inside() -> None:
    all_of_ten = funnel([10, 890], [10, 990])
    assert all_of_ten.limits["0.975"][0] < 1
    assert all_of_ten.position == {"0.95": ["inside", "inside"], "0.998": ["inside", "inside"]}
    assert funnel([0, 1], [1, 998]).position["0.95"] == ["inside", "inside"]
    one_of_ten = funnel([1, 9], [10, 9990])
    assert one_of_ten.limits["0.999"][0] < 0.1
    assert (one_of_ten.position["0.95"][0], one_of_ten.position["0.998"][0]) == ("above", "inside")


def test_exact_limits_interpolate_binomial_quantiles() -> None:
    result = funnel([3, 40, 90], [10, 200, 900], levels=(0.9,))
    for place, size in enumerate((10, 200, 900)):
        for name, quantile in (("0.05", 0.05), ("0.95", 0.95)):
            count = stats.binom.ppf(quantile, size, result.p0)
            upto, below = (stats.binom.cdf(k, size, result.p0) for k in (count, count - 1))
            expected = (count - (upto - quantile) / (upto - below)) / size
            assert result.limits[name][place] == pytest.approx(expected, rel=1e-9)


def test_overdispersion_widens_limits_and_moves_p() -> None:
    plain, multiplied, added = (funnel(R["r"], R["n"], way) for way in ("none", "multiplicative", "additive"))
    assert multiplied.limits == added.limits == plain.limits
    for place, size in enumerate(R["n"]):
        variance = plain.p0 * (1 - plain.p0) / size
        for quantile, z in (("0.025", -1.959963984540054), ("0.999", 3.090232306167813)):
            widened = plain.p0 + z * math.sqrt(plain.phi * variance)
            assert multiplied.adjusted_limits[quantile][place] == pytest.approx(widened, rel=1e-12)
            widened = plain.p0 + z * math.sqrt(plain.tau2 + variance)
            assert added.adjusted_limits[quantile][place] == pytest.approx(widened, rel=1e-12)
        assert multiplied.p_two_sided[place] == pytest.approx(2 * stats.norm.sf(abs(plain.z_multiplicative[place])))
        assert added.p_two_sided[place] == pytest.approx(2 * stats.norm.sf(abs(plain.z_additive[place])))
    assert sum(plain.bh_reject) == 8
    assert sum(multiplied.bh_reject) == sum(added.bh_reject) == 0


def test_less_spread_than_chance_gives_narrows_nothing() -> None:
    result = funnel([50, 51, 50, 49, 50], [500] * 5, "multiplicative")
    assert result.phi < 1
    assert result.tau2 == 0
    assert result.z_multiplicative == result.z_additive == result.z


@given(pairs=units, seed=st.randoms())
def test_results_follow_the_order_given(pairs: list[tuple[int, int]], seed: Any) -> None:
    order = list(range(len(pairs)))
    seed.shuffle(order)
    one, other = of(pairs), of([pairs[place] for place in order])
    assert other.z == pytest.approx([one.z[place] for place in order], rel=1e-9, abs=1e-9)
    assert other.position["0.95"] == [one.position["0.95"][place] for place in order]


@given(pairs=units)
def test_limits_widen_with_the_level(pairs: list[tuple[int, int]]) -> None:
    result = of(pairs)
    columns = zip(*(result.limits[name] for name in ("0.001", "0.025", "0.975", "0.999")), strict=True)
    assert all(far_low <= low < high <= far_high for far_low, low, high, far_high in columns)
    inner, outer = result.position["0.95"], result.position["0.998"]
    assert all(near != "inside" or far == "inside" for near, far in zip(inner, outer, strict=True))


@given(pairs=units)
def test_a_unit_outside_is_beyond_its_limit_and_on_that_side_of_the_centre(pairs: list[tuple[int, int]]) -> None:
    result = of(pairs)
    for place, word in enumerate(result.position["0.95"]):
        share = pairs[place][0] / pairs[place][1]
        assert word != "above" or share > max(result.limits["0.975"][place], result.p0)
        assert word != "below" or share < min(result.limits["0.025"][place], result.p0)


@given(p0=st.floats(0.02, 0.98), size=st.integers(1, 300), level=st.sampled_from([0.95, 0.998]))
def test_chance_alone_puts_few_units_outside(p0: float, size: int, level: float) -> None:
    everybody_else = 10**12
    counts = list(range(size + 1))
    numerators, denominators = [*counts, round(p0 * everybody_else)], [*(size for _ in counts), everybody_else]
    words = funnel(numerators, denominators, levels=(level,)).position[str(level)]
    for side in ("above", "below"):
        chance = sum(float(stats.binom.pmf(count, size, p0)) for count in counts if words[count] == side)
        assert chance < 1 - level


@given(pairs=units)
def test_counting_the_others_mirrors_z(pairs: list[tuple[int, int]]) -> None:
    one, others = of(pairs), of([(size - hits, size) for hits, size in pairs])
    assert others.z == pytest.approx([-z for z in one.z], rel=1e-6, abs=1e-6)
    assert others.phi == pytest.approx(one.phi, rel=1e-6, abs=1e-6)


@given(pairs=units)
def test_additive_z_is_never_further_out(pairs: list[tuple[int, int]]) -> None:
    result = of(pairs)
    assume(result.tau2 > 0)
    assert all(abs(added) <= abs(z) for added, z in zip(result.z_additive, result.z, strict=True))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: funnel([1], [5]), "A funnel plot of 1 units has nothing to compare; give at least 2."),
        (lambda: funnel([1, 2], [5]), "numerators has 2 values and denominators has 1 values; give one"),
        (lambda: funnel([1, 6], [5, 5]), r"numerators\[1\] is 6 of 5; give a number from 0 to the denominator"),
        (lambda: funnel([1, 0], [5, 0]), r"denominators\[1\] is 0; leave the unit out"),
        (lambda: funnel([1, -1], [5, 5]), r"numerators\[1\] is -1; a count cannot be negative"),
        (lambda: funnel([1, 1.5], [5, 5]), r"numerators\[1\] is 1.5; a count is a whole number"),
        (lambda: funnel([0, 0], [5, 5]), "The share of all units is 0; with nobody or everybody counted"),
        (lambda: funnel([1, 2], [5, 5], "other"), "overdispersion is 'other'; give \"none\""),  # type: ignore[arg-type]
        (lambda: funnel([1, 2], [5, 5], levels=()), "levels is empty; give at least one level"),
        (lambda: funnel([1, 2], [5, 5], levels=(95,)), "level is 95; give a share between 0 and 1"),
    ],
)
def test_units_that_cannot_be_compared_are_refused_in_words(call: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
