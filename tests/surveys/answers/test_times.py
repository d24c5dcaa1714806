"""The Danish day of a moment."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.surveys.answers.times import day_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2017-05-31", date(2017, 5, 31)),
        ("2017-05-31 23:59:59", date(2017, 5, 31)),
        ("2017-05-31T23:59", date(2017, 5, 31)),
        ("2017-05-31T21:59:59.999Z", date(2017, 5, 31)),
        ("2017-05-31T22:00:00.000Z", date(2017, 6, 1)),  # summer time: two hours ahead
        ("2017-01-31T22:59Z", date(2017, 1, 31)),
        ("2017-01-31T23:00Z", date(2017, 2, 1)),  # winter time: one
        ("2017-03-26T00:59Z", date(2017, 3, 26)),
        ("2017-10-28T22:30:00Z", date(2017, 10, 29)),  # still summer time
        ("2017-10-29T22:30:00Z", date(2017, 10, 29)),  # no longer
        ("2017-06-01T00:30+02:00", date(2017, 6, 1)),
        ("2017-06-01T00:30+0300", date(2017, 5, 31)),
        ("2017-05-31T20:00-05:00", date(2017, 6, 1)),
        ("2017-02-30", None),
        ("2017-05-31T24:01", None),
        ("31-05-2017", None),
        ("2017-05-31T10:00+99:00", None),
        ("9999-12-31T23:59Z", None),
        ("", None),
    ],
)
def test_days(text: str, day: date | None) -> None:
    assert day_of(text) == day


@given(st.text(max_size=40))
def test_any_text_has_a_day_or_none(text: str) -> None:
    day_of(text)
