"""Arithmetic on days, and spells drawn at random."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pejl.demo.generator.days import (
    LAST,
    OPEN,
    birthday,
    day,
    day_of_month,
    first_days,
    month_of,
    month_starts,
    months_later,
    year_of,
)  # fmt: skip
from pejl.demo.generator.draws import Windows, between, choose, courses, expand, running_maximum, running_sum

DAYS = st.integers(day(1901), day(2026))


def whole(number: int) -> date:
    return date(1970, 1, 1) + timedelta(days=number)


@given(DAYS)
def test_year_month_and_day_are_the_calendars(number: int) -> None:
    one = np.array([number])
    assert date(int(year_of(one)[0]), int(month_of(one)[0]), int(day_of_month(one)[0])) == whole(number)
    assert whole(int(first_days(year_of(one))[0])) == whole(number).replace(month=1, day=1)


@pytest.mark.parametrize(
    ("start", "months", "later"),
    [
        (day(2020, 1, 31), 1, day(2020, 2, 29)),
        (day(2021, 1, 31), 1, day(2021, 2, 28)),
        (day(2020, 2, 29), 12, day(2021, 2, 28)),
        (day(2020, 11, 15), 3, day(2021, 2, 15)),
    ],
)
def test_months_later(start: int, months: int, later: int) -> None:
    assert months_later(np.array([start]), months)[0] == later


def test_birthdays_of_those_born_on_a_leap_day_are_in_march_of_other_years() -> None:
    assert birthday(np.array([day(2004, 2, 29)] * 2), np.array([16, 18])).tolist() == [
        day(2020, 2, 29),
        day(2022, 3, 1),
    ]


def test_months_of_two_years() -> None:
    starts = month_starts(2019, 2020)
    assert len(starts) == 24
    assert whole(int(starts[13])) == date(2020, 2, 1)


def test_expanding_running_sums_and_maxima_by_hand() -> None:
    rows, place = expand(np.array([2, 0, 3]))
    assert rows.tolist() == [0, 0, 2, 2, 2]
    assert place.tolist() == [0, 1, 0, 1, 2]
    assert running_sum(rows, np.array([1, 2, 10, -4, 1])).tolist() == [1, 3, 10, 6, 7]
    assert running_maximum(rows, np.array([5, 2, 1, 4, 3])).tolist() == [5, 5, 1, 4, 4]


def test_shares_are_shares() -> None:
    drawn = choose(np.random.default_rng(1), 100_000, (1, 0, 3))
    assert np.bincount(drawn, minlength=3)[1] == 0
    assert np.mean(drawn == 2) == pytest.approx(0.75, abs=0.006)


@given(DAYS, st.integers(0, 400), st.integers(0, 1000))
def test_a_day_between_two_days_is_between_them(low: int, room: int, seed: int) -> None:
    found = between(np.random.default_rng(seed), np.array([low] * 20), np.array([low + room] * 20))
    assert ((found >= low) & (found <= low + room)).all()


@given(
    st.lists(st.tuples(st.integers(day(2012), LAST), st.integers(0, 3000), st.booleans()), min_size=1, max_size=20),
    st.integers(0, 10_000),
    st.integers(1, 40),
)
def test_spells_lie_in_their_window_and_keep_their_distance(
    stretches: list[tuple[int, int, bool]], seed: int, gap: int
) -> None:
    low = np.array([start for start, _, _ in stretches])
    high = np.array([OPEN if stays else start + room for start, room, stays in stretches])
    windows = Windows(np.arange(len(low)), low, high).within(0)
    found = courses(np.random.default_rng(seed), windows, np.full(len(windows.low), 2.0), 90, gap=gap)
    until = np.minimum(found.end, LAST)
    assert (found.start >= windows.low[found.window]).all()
    assert (until <= windows.high[found.window]).all()
    assert (found.start <= until).all()
    assert ((found.end <= LAST) | (found.end == OPEN)).all()
    assert (found.end[found.cut] == windows.high[found.window][found.cut]).all()
    same = found.window[1:] == found.window[:-1]
    assert (found.start[1:][same] - found.end[:-1][same] > gap).all()
