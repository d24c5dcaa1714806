"""Calibration against R survey, weights worked by hand, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.surveys.references import Frame, figures, pd, table

from pejl.surveys import (
    Design,
    Weighting,
    adjust_for_nonresponse,
    difference,
    estimate,
    estimates_with_covariance,
    post_stratify,
    poverty,
    rake,
    trim,
    weights_report,
)

PUBLISHED = {check["what"]: check["got"] for check in figures("survey_reference")["published_checks"]}
MADE_UP: dict[str, Any] = {case["id"]: case for case in figures("made_up_three_stage_reference")["cases"]}
TYPES = {"E": 4421, "H": 755, "M": 1018}
GOALS = {"No": 1072, "Yes": 5122}
CLUSTERS = Design("pw", psu="dnum", population_size="fpc")


def test_published_post_stratification() -> None:
    weighting = post_stratify(table("apiclus1"), CLUSTERS, "stype", TYPES)
    (found,) = estimate(table("apiclus1"), weighting, mean="api00")
    assert (found.value, found.se) == pytest.approx(PUBLISHED["svymean(~api00, dclus1 poststrat)"], rel=1e-9)


def test_published_raking() -> None:
    weighting = rake(table("apiclus1"), CLUSTERS, {"stype": TYPES, "sch.wide": GOALS})
    (found,) = estimate(table("apiclus1"), weighting, mean="api00")
    # R stopped when no cell changed by more than one school: hence 1e-5.
    assert (found.value, found.se) == pytest.approx(PUBLISHED["svymean(~api00,rake)"], rel=1e-5)


def made_up(kind: str) -> tuple[Frame, Weighting]:
    frame = table("made_up_three_stage").assign(north=lambda rows: rows["part"] == "north")
    sexes, parts = {"f": 900, "m": 1100}, {"north": 600, "south": 800, "west": 600}
    design = Design("weight", "stratum", None if kind == "post" else "school")
    if kind == "raked":
        return frame, rake(frame, design, {"sex": sexes, "part": parts}, tolerance=1e-13)
    return frame, post_stratify(frame, design, "sex", sexes)


@pytest.mark.parametrize("kind", ["post", "post_clusters", "raked"])
def test_unequal_weights_in_strata_and_clusters(kind: str) -> None:
    frame, weighting = made_up(kind)
    for call, got in {
        "mean": estimate(frame, weighting, mean="z"),
        "total": estimate(frame, weighting, total="z"),
        "ratio": estimate(frame, weighting, ratio=("z", "weight")),
        "share": estimate(frame, weighting, share=("north", True)),
        "by_sex": estimate(frame, weighting, mean="z", by="sex"),
    }.items():
        wanted = MADE_UP[f"{kind}:{call}"]
        assert [ours.value for ours in got] == pytest.approx(wanted["est"], rel=1e-8)
        assert [ours.se for ours in got] == pytest.approx(wanted["se"], rel=1e-8, abs=1e-12)


def test_known_sizes_come_out_exactly_and_are_certain() -> None:
    frame, weighting = made_up("raked")
    for found, size in zip(
        estimate(frame.assign(one=1), weighting, total="one", by="part"), (600, 800, 600), strict=True
    ):
        assert found.value == pytest.approx(size, rel=1e-10)
        assert found.se == pytest.approx(0.0, abs=1e-6)


def test_differences_and_poverty_take_calibrated_weights() -> None:
    frame, weighting = made_up("raked")
    (first, second), matrix = estimates_with_covariance(frame, weighting, mean="z", by="sex")
    found = difference(frame, weighting, mean="z", by="sex")
    assert found.value == pytest.approx(second.value - first.value)
    assert found.se**2 == pytest.approx(matrix[0, 0] + matrix[1, 1] - 2 * matrix[0, 1])
    assert poverty(frame, weighting, "z", "sex").rate.se > 0


def test_groups_of_two_columns() -> None:
    frame = pd.DataFrame({"a": list("xxyy"), "b": [1, 2, 1, 2], "y": [1.0, 2.0, 3.0, 4.0]})
    sizes = {("x", 1): 10, ("x", 2): 20, ("y", 1): 30, ("y", 2): 40}
    assert post_stratify(frame, Design(), ["a", "b"], sizes).weights.tolist() == [10, 20, 30, 40]
    assert rake(frame, Design(), {("a", "b"): sizes}).weights.tolist() == [10, 20, 30, 40]


def test_raking_worked_by_hand() -> None:
    frame = pd.DataFrame({"a": list("xxyy"), "b": list("ppqq"), "w": [1.0, 3.0, 2.0, 2.0]})
    weighting = rake(frame, Design("w"), {"a": {"x": 8, "y": 12}, "b": {"p": 8, "q": 12}})
    assert weighting.weights.tolist() == pytest.approx([2, 6, 6, 6])
    assert weighting.base.tolist() == [1, 3, 2, 2]


def test_non_response_worked_by_hand() -> None:
    frame = pd.DataFrame({"got": [1, 0, 1, 1, 0], "class": list("aabbb"), "w": [1.0, 3.0, 2.0, 2.0, 4.0]})
    weights = adjust_for_nonresponse(frame, Design("w"), "got", "class")
    assert weights == pytest.approx([4.0, np.nan, 4.0, 4.0, np.nan], nan_ok=True)
    with pytest.raises(ValueError, match="nobody answered in the class of row 1 by column 'class'"):
        adjust_for_nonresponse(frame.assign(got=[0, 0, 1, 1, 0]), Design("w"), "got", "class")
    with pytest.raises(ValueError, match=r"column 'got' \(responded\) is neither True nor False in row 2"):
        adjust_for_nonresponse(frame.assign(got=[0, 2, 1, 1, 0]), Design("w"), "got", "class")


def test_trimming_worked_by_hand() -> None:
    trimmed = trim(np.array([1.0, 1.0, 1.0, 1.0, 6.0]), 2.0)
    assert trimmed == pytest.approx([2.0, 2.0, 2.0, 2.0, 2.0])
    assert trim(np.array([1.0, 1.0, 2.0]), 3.0).tolist() == [1.0, 1.0, 2.0]
    with pytest.raises(ValueError, match=r"no weights of the same sum stay below 1\.5 medians"):
        trim(np.array([1.0, 1.0, 1.0, 1.0, 60.0]), 1.5)
    with pytest.raises(ValueError, match="times_median is 1; give a number above 1"):
        trim(np.array([1.0, 2.0]), 1.0)


@given(weights=st.lists(st.floats(0.1, 100), min_size=1, max_size=50), limit=st.floats(1.1, 20))
def test_trimming_keeps_the_sum_and_the_limit(weights: list[float], limit: float) -> None:
    given_weights = np.array(weights)
    try:
        trimmed = trim(given_weights, limit)
    except ValueError:
        assert given_weights.sum() > 0.99 * limit * np.median(given_weights) * len(weights)
        return
    assert trimmed.sum() == pytest.approx(given_weights.sum())
    assert trimmed.max() <= limit * np.median(given_weights) * (1 + 1e-9)
    assert (trimmed > 0).all()


def test_the_report_worked_by_hand() -> None:
    report = weights_report(np.array([1.0, 1.0, 2.0]))
    assert (report.n, report.total) == (3, 4.0)
    assert report.effective_n == pytest.approx(16 / 6)
    assert report.design_effect == pytest.approx(18 / 16)
    assert (report.smallest, report.median, report.largest) == (1.0, 1.0, 2.0)
    assert (report.largest_to_median, report.largest_share) == (2.0, 0.5)
    for bad in ([], [1.0, 0.0], [1.0, np.nan]):
        with pytest.raises(ValueError, match="give one weight above 0"):
            weights_report(np.array(bad))


def test_sizes_that_do_not_fit_are_refused() -> None:
    frame = pd.DataFrame({"a": list("xxyy"), "b": list("ppqp"), "w": 1.0})
    design = Design("w")
    with pytest.raises(ValueError, match="no row has 'z' in column 'a'"):
        post_stratify(frame, design, "a", {"x": 1, "y": 2, "z": 3})
    with pytest.raises(ValueError, match="no size for the group of row 3 by column 'a'"):
        post_stratify(frame, design, "a", {"x": 1})
    with pytest.raises(ValueError, match="size of 'y' in column 'a' is not positive"):
        post_stratify(frame, design, "a", {"x": 1, "y": 0})
    with pytest.raises(ValueError, match=r"column 'a' \(population\) is missing in row 1"):
        post_stratify(frame.assign(a=[None, "x", "y", "y"]), design, "a", {"x": 1, "y": 2})
    with pytest.raises(ValueError, match="by column 'b' sum to 21 and those by column 'a' to 20"):
        rake(frame, design, {"a": {"x": 10, "y": 10}, "b": {"p": 11, "q": 10}})
    with pytest.raises(ValueError, match="after 50 rounds the sizes still differ"):
        rake(frame, design, {"a": {"x": 10, "y": 10}, "b": {"p": 5, "q": 15}}, most_rounds=50)
    with pytest.raises(ValueError, match="margins is empty"):
        rake(frame, design, {})


def test_a_weighting_belongs_to_its_rows() -> None:
    frame, weighting = made_up("raked")
    for other in (frame.head(50), frame.sample(frac=1, random_state=1)):
        with pytest.raises(ValueError, match="made for another table"):
            estimate(other, weighting, mean="z")
