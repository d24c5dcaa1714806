"""Many tests at once: R's adjusted values, scipy's, hand calculation, and what must always hold."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pejl.judge.multiplicity import benjamini_hochberg, expected_false_signals, holm

REFERENCE = Path(__file__).parents[1] / "data" / "refs" / "judge" / "base_r_rates_reference.json"
R: dict[str, Any] = json.loads(REFERENCE.read_text(encoding="utf-8"))["results"]["p_adjust"]

p_values = st.lists(st.floats(0, 1), max_size=40)


def test_adjusted_values_equal_r() -> None:
    assert benjamini_hochberg(R["p"]) == pytest.approx(R["BH"], rel=1e-12)
    assert holm(R["p"]) == pytest.approx(R["holm"], rel=1e-12)


def test_adjusted_values_by_hand_in_the_order_given() -> None:
    assert benjamini_hochberg([0.04, 0.01, 0.5]) == pytest.approx([0.06, 0.03, 0.5])
    assert holm([0.04, 0.01, 0.5]) == pytest.approx([0.08, 0.03, 0.5])


def test_ties_share_their_adjusted_value() -> None:
    assert benjamini_hochberg([0.02, 0.02, 0.9, 0.02]) == pytest.approx([0.08 / 3, 0.08 / 3, 0.9, 0.08 / 3])
    assert holm([0.02, 0.02, 0.9, 0.02]) == pytest.approx([0.08, 0.08, 0.9, 0.08])


def test_nothing_and_one_are_left_as_they_are() -> None:
    assert benjamini_hochberg([]) == []
    assert holm([]) == []
    assert benjamini_hochberg([0.03]) == [0.03]
    assert holm([0.03]) == [0.03]


@given(p=p_values.filter(bool))
def test_scipy_agrees(p: list[float]) -> None:
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p).tolist(), rel=1e-12)


@given(p=p_values)
def test_adjusting_keeps_the_order_and_only_raises(p: list[float]) -> None:
    for adjusted in (benjamini_hochberg(p), holm(p)):
        assert len(adjusted) == len(p)
        for first, its in zip(p, adjusted, strict=True):
            assert first * (1 - 1e-12) <= its <= 1
            assert all(its <= other for second, other in zip(p, adjusted, strict=True) if first <= second)


@given(p=p_values)
def test_holm_is_never_milder_than_benjamini_hochberg(p: list[float]) -> None:
    pairs = zip(benjamini_hochberg(p), holm(p), strict=True)
    assert all(rate <= family * (1 + 1e-12) for rate, family in pairs)


@given(p=p_values, seed=st.randoms())
def test_the_order_given_does_not_matter(p: list[float], seed: Any) -> None:
    order = list(range(len(p)))
    seed.shuffle(order)
    for adjust in (benjamini_hochberg, holm):
        assert adjust([p[place] for place in order]) == [adjust(p)[place] for place in order]


def test_expected_false_signals_are_plain_numbers() -> None:
    assert expected_false_signals(20) == 1.0
    assert expected_false_signals(7) == 0.35
    assert expected_false_signals(130, 0.99) == 1.3
    assert expected_false_signals(0) == 0.0


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: benjamini_hochberg([0.1, 1.2]), r"p\[1\] is 1.2; give a share from 0 to 1"),
        (lambda: holm([math.nan]), r"p\[0\] is nan; give a finite number"),
        (lambda: expected_false_signals(-1), "tests is -1; a count cannot be negative"),
        (lambda: expected_false_signals(5, 1), "level is 1; give a share between 0 and 1"),
    ],
)
def test_a_figure_that_cannot_be_is_refused_in_words(call: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        call()
