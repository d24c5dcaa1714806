"""Scores worked by hand, missing items, and answers that cannot be."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.surveys import instruments as ins
from pejl.surveys.answers.scoring import score_range
from pejl.surveys.library import library

NAN = math.nan


def same(found: object, wanted: list[float]) -> None:
    np.testing.assert_array_equal(np.asarray(found, dtype=float), np.array(wanted, dtype=float))


def test_t_ils() -> None:
    same(ins.t_ils(np.array([[1, 1, 1], [3, 3, 3], [2, 2, 3], [3, 2, 1]])), [3, 9, 7, 6])
    same(ins.lonely(ins.t_ils([[1, 3, 2, 3], [1, 3, 2, 2], [1, 3, 3, 1]])), [0, 1, 1, 0])
    assert score_range(library()["t_ils"]) == (3, 9)
    assert ins.T_ILS_CUT_OFF == 7


def test_who_5() -> None:
    scores = ins.who_5(np.array([[0] * 5, [5] * 5, [3, 3, 3, 2, 2], [1, 2, 2, 2, 2], [2, 2, 3, 3, 2]]))
    same(scores, [0, 100, 52, 36, 48])
    assert ins.who_5_band(scores) == ["high_risk", "no_immediate_risk", "no_immediate_risk", "risk", "risk"]
    assert ins.who_5_band(np.array([35.0, 36.0, 50.0, 51.0, NAN])) == [
        "high_risk",
        "risk",
        "risk",
        "no_immediate_risk",
        None,
    ]
    same(ins.low_wellbeing(np.array([48.0, 52.0, 50.0, NAN])), [1, 0, 1, NAN])
    same(ins.low_wellbeing(np.array([48.0, 52.0, 50.0, NAN]), cut_off=48), [1, 0, 0, NAN])


def test_bands_cover_the_scale_without_overlap() -> None:
    bands = library()["who_5"].bands
    assert [band.lowest for band in bands] == [0, *(band.highest + 1 for band in bands[:-1])]
    assert bands[-1].highest == score_range(library()["who_5"])[1]


def test_any_missing_item_gives_no_score() -> None:
    same(ins.t_ils(np.array([[1, NAN, 3], [NAN, NAN, NAN]])), [NAN, NAN])
    same(ins.who_5([[1, None], [2, 2], [3, 3], [4, 4], [5, 5]]), [60, NAN])
    same(ins.lonely(np.array([NAN, 9.0])), [NAN, 1])


def test_top_boxes() -> None:
    answers = [1, 2, 3, 4, 5, None]
    same(ins.top_box(answers, 1, 5, boxes=2), [0, 0, 0, 1, 1, NAN])
    same(ins.top_box(answers, 1, 5, boxes=1), [0, 0, 0, 0, 1, NAN])
    same(ins.top_box(answers, 1, 5, boxes=2, top_is_low=True), [1, 1, 0, 0, 0, NAN])
    for boxes in (0, 5):
        with pytest.raises(ValueError, match="on a scale of 5 steps; give 1 to 4"):
            ins.top_box(answers, 1, 5, boxes=boxes)


def test_staff_themes() -> None:
    answers = np.array([[7, 6, 5], [1, NAN, 2], [NAN, NAN, NAN]])
    same(ins.staff_theme(answers), [6, NAN, NAN])
    same(ins.staff_theme(answers, least_answered=2), [6, 1.5, NAN])
    with pytest.raises(ValueError, match="least_answered is 4 for 3 items"):
        ins.staff_theme(answers, least_answered=4)


def test_answers_outside_the_scale_are_told_by_place_and_not_by_value() -> None:
    with pytest.raises(
        ValueError, match=r"the answer in row 2, item 3 is outside the scale 1-3 \(1 such in all\)"
    ) as caught:
        ins.t_ils(np.array([[1, 2, 3], [1, 1, 77]]))
    assert "77" not in str(caught.value)
    with pytest.raises(ValueError, match="the answer in row 1, item 1 is outside the scale 0-5"):
        ins.who_5(np.array([[2.5, 1, 1, 1, 1]]))
    with pytest.raises(ValueError, match="the score in row 1"):
        ins.lonely(np.array([12.0]))


def test_other_shapes_and_types_are_refused() -> None:
    with pytest.raises(ValueError, match="t_ils has 3 items and 2 were given"):
        ins.t_ils(np.array([[1, 2]]))
    with pytest.raises(ValueError, match="different numbers of answers"):
        ins.t_ils([[1, 2], [1], [1, 2]])
    with pytest.raises(ValueError, match="not a table of persons by items"):
        ins.t_ils(np.array([1, 2, 3]))
    with pytest.raises(ValueError, match="not numbers"):
        ins.t_ils([["often"], ["rarely"], ["often"]])
    with pytest.raises(ValueError, match="answers to one item are not a list"):
        ins.top_box(np.ones((2, 2)), 1, 5, boxes=2)


def test_cut_offs_that_say_nothing_are_refused() -> None:
    for cut_off in (3, 10):
        with pytest.raises(ValueError, match="give 4 to 9"):
            ins.lonely(np.array([5.0]), cut_off=cut_off)
    with pytest.raises(ValueError, match="give 0 to 99"):
        ins.low_wellbeing(np.array([5.0]), cut_off=100)


@given(answers=st.lists(st.tuples(*[st.integers(0, 5)] * 5), min_size=1, max_size=30))
def test_who_5_lies_in_its_range_and_one_band(answers: list[tuple[int, ...]]) -> None:
    scores = ins.who_5(np.array(answers))
    assert ((scores >= 0) & (scores <= 100) & (scores % 4 == 0)).all()
    for score, band in zip(scores, ins.who_5_band(scores), strict=True):
        assert sum(each.lowest <= score <= each.highest for each in library()["who_5"].bands) == 1
        assert band is not None
