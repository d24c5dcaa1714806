"""Scores by declaration equal those worked out by hand, and the short ways of `pejl.surveys.instruments`."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.surveys import instruments as ins
from pejl.surveys.answers import in_band, past_cut_off, score_range, scores
from pejl.surveys.answers.scoring import attainable
from pejl.surveys.library import library
from pejl.workspace.instruments import Instrument
from pejl.workspace.problems import Problems
from pejl.workspace.yaml_source import read_yaml

NAN = math.nan


def same(found: object, wanted: object) -> None:
    np.testing.assert_array_equal(np.asarray(found, dtype=float), np.asarray(wanted, dtype=float))


def declared(score: str, items: str | None = None, more: str = "") -> Instrument:
    number = "kind: number, lowest: 1, highest: 7"
    three = "\n".join(f"  - {{id: {name}, text: {{da: {name}}}, {number}}}" for name in "abc")
    text = (
        "id: theme\ntitle: {da: T}\nversion: '1'\ncredit: {da: C}\nlicence: {da: L}\n"
        f"items:\n{items or three}\nscore: {score}\n{more}"
    )
    return Instrument.model_validate(read_yaml(text, "theme.yaml", Problems()))


def answers(lowest: int, highest: int, items: int) -> Any:
    one = st.one_of(st.none(), st.integers(lowest, highest))
    return st.lists(st.tuples(*[one] * items), min_size=1, max_size=30)


def total(row: tuple[int | None, ...]) -> float:
    return sum(NAN if code is None else code for code in row)


def columns(instrument: Instrument, rows: list[tuple[int | None, ...]]) -> dict[str, list[int | None]]:
    return {item.id: list(column) for item, column in zip(instrument.items, zip(*rows, strict=True), strict=True)}


@given(rows=answers(1, 3, 3))
def test_t_ils_is_the_sum_of_three(rows: list[tuple[int | None, ...]]) -> None:
    found = scores(library()["t_ils"], columns(library()["t_ils"], rows))
    same(found, [total(row) for row in rows])
    same(found, ins.t_ils(np.array(rows, dtype=float)))
    same(past_cut_off(library()["t_ils"], "severe_loneliness", found), ins.lonely(found))


@given(rows=answers(0, 5, 5))
def test_who_5_is_four_times_the_sum_of_five(rows: list[tuple[int | None, ...]]) -> None:
    who = library()["who_5"]
    found = scores(who, columns(who, rows))
    same(found, [4 * total(row) for row in rows])
    same(found, ins.who_5(np.array(rows, dtype=float)))
    same(past_cut_off(who, "low_wellbeing", found), ins.low_wellbeing(found))
    same(past_cut_off(who, "low_wellbeing_48", found), ins.low_wellbeing(found, cut_off=48))
    for band in who.bands:
        wanted = [NAN if name is None else float(name == band.id) for name in ins.who_5_band(found)]
        same(in_band(who, band.id, found), wanted)


@given(rows=st.lists(st.sampled_from([1, 2, 3, 4, 5, 9, None]), min_size=1, max_size=30))
@pytest.mark.parametrize("name", ["satisfaction_cooperation", "involvement", "coherence", "quality_of_life"])
def test_the_two_top_boxes_of_five_count_and_who_does_not_know_does_not(name: str, rows: list[int | None]) -> None:
    instrument = library()[name]
    known = [None if code == 9 else code for code in rows]
    found = scores(instrument, {instrument.items[0].id: rows})
    same(found, [NAN if code is None else float(code >= 4) for code in known])
    same(found, ins.top_box(known, 1, 5, boxes=2))


@given(rows=answers(1, 7, 3), least=st.integers(1, 3))
def test_a_mean_is_of_the_answers_given_where_enough_are(rows: list[tuple[int | None, ...]], least: int) -> None:
    theme = declared(f"{{rule: mean, least_answered: {least}}}")
    found = scores(theme, columns(theme, rows))
    given_answers = [[code for code in row if code is not None] for row in rows]
    wanted = [sum(codes) / len(codes) if len(codes) >= least else NAN for codes in given_answers]
    np.testing.assert_allclose(found, wanted)
    same(found, ins.staff_theme(np.array(rows, dtype=float), least_answered=least))


def test_the_staff_scale_of_the_library_needs_every_answer() -> None:
    safety = library()["staff_safety"]
    same(scores(safety, {"safe": [7, 6, None], "help": [6, None, None]}), [6.5, NAN, NAN])


def test_one_item_times_its_factor() -> None:
    one = declared("{rule: item, factor: 10}", "  - {id: a, text: {da: A}, kind: number, lowest: 0, highest: 10}")
    same(scores(one, {"a": [0, 7, None]}), [0, 70, NAN])
    assert score_range(one) == (0.0, 100.0)


def test_a_free_text_is_in_no_score() -> None:
    more = "  - {id: a, text: {da: A}, kind: number, lowest: 1, highest: 7}\n  - {id: why, text: {da: W}, kind: text}"
    theme = declared("{rule: mean}", more)
    same(scores(theme, {"a": [3, None]}), [3, NAN])
    with pytest.raises(ValueError, match="theme has no score: its rule is 'none'"):
        scores(declared("{rule: none}", more), {"a": [3]})


def test_the_scores_that_can_be() -> None:
    assert attainable(library()["t_ils"]) == tuple(Fraction(score) for score in range(3, 10))
    assert attainable(declared("{rule: mean, least_answered: 2}"))[:4] == (  # type: ignore[index]
        Fraction(1),
        Fraction(4, 3),
        Fraction(3, 2),
        Fraction(5, 3),
    )
    wide = "\n".join(f"  - {{id: {name}, text: {{da: A}}, kind: number, lowest: 0, highest: 99999}}" for name in "ab")
    assert attainable(declared("{rule: sum}", wide)) is None


def test_the_range_of_a_mean_with_other_scales() -> None:
    items = (
        "  - {id: a, text: {da: A}, kind: number, lowest: 0, highest: 4}\n"
        "  - {id: b, text: {da: B}, kind: number, lowest: 2, highest: 10}"
    )
    assert score_range(declared("{rule: mean}", items)) == (1.0, 7.0)
    assert score_range(declared("{rule: mean, least_answered: 1}", items)) == (0.0, 10.0)


def test_what_is_not_there_is_named() -> None:
    t_ils = library()["t_ils"]
    with pytest.raises(ValueError, match="t_ils has the item 'company', which was not given"):
        scores(t_ils, {"isolated": [1]})
    with pytest.raises(ValueError, match="t_ils has no cut-off 'lonely'"):
        past_cut_off(t_ils, "lonely", np.array([3.0]))
    with pytest.raises(ValueError, match="t_ils has no band 'lonely'"):
        in_band(t_ils, "lonely", np.array([3.0]))
    with pytest.raises(ValueError, match="the score in row 1, item 1 is outside the scale 3-9"):
        past_cut_off(t_ils, "severe_loneliness", np.array([10.0]))


def test_an_answer_outside_its_scale_is_told_by_place() -> None:
    given_answers = {"isolated": [1, 2], "company": [1, 2], "left_out": [1, 44]}
    with pytest.raises(ValueError, match="the answer in row 2, item 3 is outside the scale 1-3") as caught:
        scores(library()["t_ils"], given_answers)
    assert "44" not in str(caught.value)
    with pytest.raises(ValueError, match="the answer in row 1, item 1 is outside the scale 1-7"):
        scores(library()["staff_pride"], {"proud": [2.5]})
