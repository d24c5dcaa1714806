"""Estimates worked by hand, and what must always hold."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.surveys.references import Frame, pd

from pejl.surveys import Design, Estimate, design_effects, difference, estimate, estimates_with_covariance

T_3 = 3.182446305284263
"""The 97.5 % quantile of Student's t with 3 degrees of freedom, from a table."""

TINY = pd.DataFrame({"answer": [2.0, 4.0, 6.0, 8.0], "yes": [1, 0, 0, 0], "of": [100.0] * 4})


def test_a_mean_worked_by_hand() -> None:
    (found,) = estimate(TINY, Design(), mean="answer")
    se = math.sqrt((9 + 1 + 1 + 9) / 3 / 4)
    assert (found.value, found.df, found.n, found.domain) == (5.0, 3, 4, None)
    assert (found.se, found.low, found.high) == pytest.approx((se, 5 - T_3 * se, 5 + T_3 * se))


def test_a_finite_population_worked_by_hand() -> None:
    (mean,) = estimate(TINY, Design(population_size="of"), mean="answer")
    assert mean.se == pytest.approx(math.sqrt((1 - 4 / 100) * 20 / 3 / 4))
    (total,) = estimate(TINY, Design(population_size="of"), total="answer")
    assert (total.value, total.se) == pytest.approx((500.0, 100 * mean.se))


def test_two_stages_worked_by_hand() -> None:
    # 2 of 4 schools; of the first 2 of 3 pupils, of the second both of 2.
    frame = pd.DataFrame(
        {"school": [1, 1, 2, 2], "pupil": [1, 2, 1, 2], "N": 4, "M": [3, 3, 2, 2], "y": [1.0, 3.0, 5.0, 6.0]}
    )
    (found,) = estimate(frame, Design(psu=["school", "pupil"], population_size=["N", "M"]), total="y")
    schools = (3 / 2 * 4.0, 11.0)
    assert found.value == pytest.approx(4 / 2 * sum(schools))
    between = 4**2 * (1 - 2 / 4) / 2 * (schools[1] - schools[0]) ** 2 / 2
    within = 4 / 2 * 3**2 * (1 - 2 / 3) / 2 * 2.0
    assert found.se == pytest.approx(math.sqrt(between + within))


def test_strata_worked_by_hand() -> None:
    frame = pd.DataFrame({"part": list("aabb"), "w": [1.0, 1.0, 3.0, 3.0], "y": [1.0, 3.0, 10.0, 14.0]})
    (found,) = estimate(frame, Design(weights="w", strata="part"), mean="y")
    assert found.value == (1 + 3 + 30 + 42) / 8
    assert found.se == pytest.approx(math.sqrt(2 * 2 * (1 / 8) ** 2 + 2 * 8 * (3 / 8) ** 2))
    assert found.df == 2


def test_numbers_of_units_are_nested_in_strata() -> None:
    frame = pd.DataFrame({"part": list("aaaabbbb"), "home": [1, 1, 2, 2] * 2, "y": [1.0, 2, 4, 5, 1, 1, 7, 8]})
    nested = estimate(frame, Design(strata="part", psu="home"), mean="y")
    frame["own"] = frame["part"] + frame["home"].astype(str)
    assert nested == estimate(frame, Design(strata="part", psu="own"), mean="y")
    assert nested[0].df == 2


def test_a_share_that_all_or_none_gave_has_exact_limits() -> None:
    frame = pd.DataFrame({"answer": ["no"] * 20, "group": ["x"] * 20})
    frame.loc[0, "answer"] = "yes"
    frame.loc[0, "group"] = "y"
    none, _ = estimate(frame, Design(), share=("answer", "yes"), by="group")
    assert (none.value, none.se, none.low) == (0.0, 0.0, 0.0)
    size = 19 * (2.10092204024096 / 2.093024054408263) ** 2
    assert none.high == pytest.approx(1 - 0.025 ** (1 / size), rel=1e-6)
    everyone, _ = estimate(frame, Design(), share=("answer", "no"), by="group")
    assert (everyone.value, everyone.high) == (1.0, 1.0)
    assert everyone.low == pytest.approx(1 - none.high)


def test_missing_answers_count_for_nothing_and_stay_in_the_design() -> None:
    frame = pd.DataFrame({"part": list("aaabbb"), "y": [1.0, None, 3.0, 5.0, 6.0, None]})
    (found,) = estimate(frame, Design(strata="part"), mean="y")
    assert (found.value, found.n, found.df) == (3.75, 4, 4)
    scores = np.array([1 - 3.75, 0, 3 - 3.75, 5 - 3.75, 6 - 3.75, 0]) / 4
    variance = sum(3 / 2 * ((part - part.mean()) ** 2).sum() for part in (scores[:3], scores[3:]))
    assert found.se == pytest.approx(math.sqrt(variance))


def test_a_domain_in_which_nobody_answered_says_so() -> None:
    frame = pd.DataFrame({"part": list("aabb"), "y": [1.0, 2.0, None, None]})
    for asked in ({"mean": "y"}, {"total": "y"}, {"ratio": ("y", "y")}, {"median": "y"}, {"share": ("y", 1.0)}):
        known, empty = estimate(frame, Design(), by="part", **asked)
        assert known.n == 2
        assert empty.n == 0
        assert all(math.isnan(number) for number in (empty.value, empty.se, empty.low, empty.high))
    with pytest.raises(ValueError, match="nobody answered in one of the two domains"):
        difference(frame, Design(), mean="y", by="part")


def test_domains_of_several_columns_are_pairs_in_sort_order() -> None:
    frame = pd.DataFrame({"part": list("bbaab"), "year": [2, 1, 2, 1, 1], "y": [1.0, 2, 3, 4, 5]})
    found = estimate(frame, Design(), mean="y", by=["part", "year"])
    assert [(each.domain, each.value, each.n) for each in found] == [
        (("a", 1), 4.0, 1),
        (("a", 2), 3.0, 1),
        (("b", 1), 3.5, 2),
        (("b", 2), 1.0, 1),
    ]


def test_a_median_too_small_to_have_limits_has_none() -> None:
    (found,) = estimate(TINY, Design(), median="answer")
    assert found.value == 4.0
    assert math.isnan(found.low)
    assert math.isnan(found.se)


def test_the_difference_of_medians_without_covariance_adds_the_variances() -> None:
    rng = np.random.default_rng(4)
    frame = pd.DataFrame({"part": np.repeat(["a", "b"], 400), "y": rng.normal(size=800)})
    first, second = estimate(frame, Design(strata="part"), median="y", by="part")
    found = difference(frame, Design(strata="part"), median="y", by="part")
    assert found.value == pytest.approx(second.value - first.value)
    assert found.se == pytest.approx(math.hypot(first.se, second.se))


def test_the_difference_of_medians_of_the_same_answers_is_certain() -> None:
    rng = np.random.default_rng(4)
    wave = pd.DataFrame({"person": range(300), "y": rng.normal(size=300)})
    both = pd.concat([wave.assign(year=1), wave.assign(year=2)])
    assert difference(both, Design(psu="person"), median="y", by="year").se == pytest.approx(0.0, abs=1e-9)


def test_a_design_effect_that_cannot_be_told_is_none() -> None:
    frame = pd.DataFrame({"part": list("abbcc"), "y": [1.0, 2.0, 2.0, None, None], "w": 100.0})
    assert all(math.isnan(effect) for effect in design_effects(frame, Design("w"), mean="y", by="part"))
    spread = frame.assign(y=[1.0, 2.0, 5.0, 3.0, 4.0])
    assert design_effects(spread, Design("w"), share=("part", "b")) == pytest.approx([1 / (1 - 5 / 500)])
    assert math.isnan(design_effects(spread, Design(), mean="y")[0])
    assert design_effects(spread, Design(), ratio=("y", "w"), replace=True) == pytest.approx([1.0])


@st.composite
def samples(draw: st.DrawFn) -> Frame:
    """Samples of two or three strata of two to four households of one to four persons."""
    rows: list[dict[str, Any]] = []
    number = st.floats(-100, 100).map(lambda value: round(value, 3))
    for stratum in range(draw(st.integers(2, 3))):
        for home in range(draw(st.integers(2, 4))):
            for _ in range(draw(st.integers(1, 4))):
                rows.append(
                    {
                        "stratum": stratum,
                        "home": home,
                        "w": draw(st.floats(0.5, 50).map(lambda value: round(value, 2))),
                        "y": draw(st.one_of(number, st.none())),
                        "x": draw(st.floats(1, 20).map(lambda value: round(value, 2))),
                        "sex": draw(st.sampled_from(["f", "m"])),
                    }
                )
    rows[0].update(y=1.0, sex="f")
    rows[1].update(y=2.0, sex="m")
    frame = pd.DataFrame(rows)
    frame["y"] = frame["y"].astype("float64")
    return frame


CLUSTERS = Design("w", "stratum", "home")


def close(first: list[Estimate], second: list[Estimate]) -> None:
    for one, other in zip(first, second, strict=True):
        assert (one.value, one.se) == pytest.approx((other.value, other.se), rel=1e-8, abs=1e-8, nan_ok=True)
        assert (one.df, one.n, one.domain) == (other.df, other.n, other.domain)


@given(frame=samples(), factor=st.floats(0.01, 1000))
def test_scaled_weights_change_totals_only(frame: Frame, factor: float) -> None:
    scaled = frame.assign(w=frame["w"] * factor)
    for asked in ({"mean": "y"}, {"ratio": ("y", "x")}, {"share": ("sex", "f")}):
        close(estimate(frame, CLUSTERS, by="sex", **asked), estimate(scaled, CLUSTERS, by="sex", **asked))
    (total,), (larger,) = estimate(frame, CLUSTERS, total="y"), estimate(scaled, CLUSTERS, total="y")
    assert (larger.value, larger.se) == pytest.approx((total.value * factor, total.se * factor), rel=1e-8, abs=1e-6)


@given(frame=samples(), seed=st.integers(0, 1000))
def test_the_order_of_rows_does_not_matter(frame: Frame, seed: int) -> None:
    shuffled = frame.sample(frac=1, random_state=seed)
    for asked in ({"mean": "y"}, {"total": "y"}, {"share": ("sex", "f")}):
        close(estimate(frame, CLUSTERS, by="sex", **asked), estimate(shuffled, CLUSTERS, by="sex", **asked))


@given(frame=samples())
def test_a_domain_is_a_total_of_its_rows_with_zeros_elsewhere(frame: Frame) -> None:
    for found in estimate(frame, CLUSTERS, total="x", by="sex"):
        frame["own"] = frame["x"].where(frame["sex"] == found.domain, 0.0)
        (own,) = estimate(frame, CLUSTERS, total="own")
        assert (found.value, found.se, found.df) == pytest.approx((own.value, own.se, own.df), rel=1e-9, abs=1e-9)


@given(frame=samples())
def test_a_mean_is_the_ratio_of_its_total_to_the_weights(frame: Frame) -> None:
    frame["known"] = frame["y"].notna()
    (mean,) = estimate(frame, CLUSTERS, mean="y")
    (ratio,) = estimate(frame, CLUSTERS, ratio=("y", "known"))
    assert (mean.value, mean.se) == pytest.approx((ratio.value, ratio.se), rel=1e-9, abs=1e-9)


@given(frame=samples())
def test_a_difference_is_that_of_the_estimates_with_their_covariance(frame: Frame) -> None:
    for asked in ({"mean": "x"}, {"total": "x"}, {"ratio": ("x", "w")}):
        (first, second), matrix = estimates_with_covariance(frame, CLUSTERS, by="sex", **asked)
        found = difference(frame, CLUSTERS, by="sex", **asked)
        assert found.value == pytest.approx(second.value - first.value, abs=1e-9)
        variance = matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1]
        assert found.se**2 == pytest.approx(variance, rel=1e-6, abs=1e-9)
        assert found.n == first.n + second.n
        close([first, second], estimate(frame, CLUSTERS, by="sex", **asked))


@given(frame=samples())
def test_shares_of_all_answers_sum_to_one_and_lie_in_their_limits(frame: Frame) -> None:
    shares = [estimate(frame, CLUSTERS, share=("sex", sex))[0] for sex in ("f", "m")]
    assert sum(share.value for share in shares) == pytest.approx(1.0)
    assert shares[0].se == pytest.approx(shares[1].se, abs=1e-12)
    for share in shares:
        assert 0.0 <= share.low <= share.value + 1e-12
        assert share.value - 1e-12 <= share.high <= 1.0
