"""Response rates worked by hand: AAPOR's RR1 and RR2."""

from __future__ import annotations

import numpy as np
import pytest
from tests.surveys.answers.conftest import drawn

from pejl.surveys.answers import Answers, ResponseRate, response_rates

STATUS = ["complete"] * 5 + ["partial"] * 2 + ["refused"] + ["no_answer"] * 3 + ["ineligible"]


def answers(status: list[str], by: list[str] | None = None) -> Answers:
    persons = len(status)
    nobody = np.array([""] * persons)
    return Answers(
        "voices", "2017", {}, np.array(status), nobody, np.array(by or nobody), np.zeros(persons, dtype=np.int64), 0
    )


def tokens(count: int) -> str:
    return " ".join(f"t{number}" for number in range(count))


def test_all_together() -> None:
    by = ["self"] * 4 + ["proxy"] + ["proxy", "self"] + [""] * 5
    (rate,) = response_rates(answers(STATUS, by), drawn(tokens(12)))
    assert rate == ResponseRate((), 12, 5, 2, 1, 3, 1, 2)
    assert rate.eligible == 11
    assert rate.rr1 == 5 / 11
    assert rate.rr2 == 7 / 11


def test_by_stratum() -> None:
    north = ["north"] * 6 + ["south"] * 6
    rates = response_rates(answers(STATUS), drawn(tokens(12), district=list(north)), by="district")
    assert [(rate.group, rate.drawn, rate.rr1, rate.rr2) for rate in rates] == [
        (("north",), 6, 5 / 6, 1.0),
        (("south",), 6, 0.0, 1 / 5),
    ]


def test_by_two_columns_numbers_by_size_and_what_is_missing_last() -> None:
    sample = drawn("a b c d", size=[10, 9, 9, None], district=["y", "x", None, "x"])
    rates = response_rates(answers(["complete", "refused", "partial", "no_answer"]), sample, by=("size", "district"))
    assert [(rate.group, rate.rr1, rate.rr2) for rate in rates] == [
        ((9.0, "x"), 0.0, 0.0),
        ((9.0, None), 0.0, 1.0),
        ((10.0, "y"), 1.0, 1.0),
        ((None, "x"), 0.0, 0.0),
    ]


def test_where_nobody_is_eligible_there_is_no_rate() -> None:
    (rate,) = response_rates(answers(["ineligible"]), drawn("a"))
    assert (rate.rr1, rate.rr2) == (None, None)


def test_other_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="the sample has 2 persons and the answers are of 1"):
        response_rates(answers(["complete"]), drawn("a b"))
    with pytest.raises(ValueError, match="the sample has no column 'district'"):
        response_rates(answers(["complete"]), drawn("a"), by="district")
