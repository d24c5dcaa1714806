"""Calendars: every edge of the year, worked out by hand or by Python's own calendar."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from pejl.measure.queries import CALENDARS, calendar_rows

NAMES = CALENDARS["calendar_days"]
DAYS = {row[0]: dict(zip(NAMES, row, strict=True)) for row in calendar_rows("calendar_days", 2016, 2025)}
LATER = {(day, months): later for day, months, later in calendar_rows("calendar_months_later", 2016, 2025)}


@pytest.mark.parametrize("name", CALENDARS)
def test_each_row_has_a_value_of_the_type_declared_for_each_column(name: str) -> None:
    kinds = {"text": str, "integer": int, "date": date}
    for row in calendar_rows(name, 2016, 2017):
        assert [type(value) for value in row] == [kinds[kind] for kind in CALENDARS[name].values()]


@pytest.mark.parametrize("name", CALENDARS)
def test_no_row_comes_twice_and_rows_come_in_the_order_of_time(name: str) -> None:
    rows = list(calendar_rows(name, 2016, 2018))
    days = [next(value for value in row if isinstance(value, date)) for row in rows]
    assert len(set(rows)) == len(rows) > 0
    assert days == sorted(days)


def test_years_are_those_counted() -> None:
    assert list(calendar_rows("calendar_years", 2016, 2017)) == [
        ("2016", 2016, date(2016, 1, 1), date(2016, 12, 31)),
        ("2017", 2017, date(2017, 1, 1), date(2017, 12, 31)),
    ]


def test_quarters_end_on_the_last_day_of_their_month() -> None:
    assert list(calendar_rows("calendar_quarters", 2016, 2016)) == [
        ("2016-Q1", 2016, 1, date(2016, 1, 1), date(2016, 3, 31)),
        ("2016-Q2", 2016, 2, date(2016, 4, 1), date(2016, 6, 30)),
        ("2016-Q3", 2016, 3, date(2016, 7, 1), date(2016, 9, 30)),
        ("2016-Q4", 2016, 4, date(2016, 10, 1), date(2016, 12, 31)),
    ]


def test_school_years_are_those_that_end_in_a_year_counted() -> None:
    assert list(calendar_rows("calendar_school_years", 2016, 2017)) == [
        ("2015/2016", 2016, date(2015, 8, 1), date(2016, 7, 31)),
        ("2016/2017", 2017, date(2016, 8, 1), date(2017, 7, 31)),
    ]


def test_transitions_lead_from_each_year_counted_to_the_next() -> None:
    assert list(calendar_rows("calendar_transitions", 2016, 2018)) == [
        ("2016>2017", 2016, 2017, date(2016, 12, 31), date(2017, 12, 31)),
        ("2017>2018", 2017, 2018, date(2017, 12, 31), date(2018, 12, 31)),
    ]
    assert list(calendar_rows("calendar_transitions", 2016, 2016)) == []


def test_days_reach_twelve_years_back_and_two_years_on_without_a_gap() -> None:
    days = [day for day in DAYS if isinstance(day, date)]
    assert (days[0], days[-1]) == (date(2004, 1, 1), date(2027, 12, 31))
    assert all(later - day == timedelta(days=1) for day, later in pairwise(days))


def test_a_leap_day_is_a_day_and_a_year_later_is_the_28th() -> None:
    assert DAYS[date(2016, 2, 29)] == {
        "day": date(2016, 2, 29),
        "year": 2016,
        "month": 2,
        "day_of_month": 29,
        "iso_weekday": 1,
        "iso_week": 9,
        "iso_year": 2016,
        "quarter": 1,
        "month_first": date(2016, 2, 1),
        "month_last": date(2016, 2, 29),
        "year_later": date(2017, 2, 28),
    }
    assert DAYS[date(2015, 2, 28)]["year_later"] == date(2016, 2, 28)
    assert DAYS[date(2016, 2, 28)]["year_later"] == date(2017, 2, 28)


def test_week_53_belongs_to_the_year_that_ends() -> None:
    new_years_day = DAYS[date(2021, 1, 1)]  # a Friday; 2020 had 53 weeks
    assert [new_years_day[name] for name in ("iso_weekday", "iso_week", "iso_year", "year")] == [5, 53, 2020, 2021]
    last_day = DAYS[date(2018, 12, 31)]  # a Monday, and in week 1 of 2019
    assert [last_day[name] for name in ("iso_weekday", "iso_week", "iso_year", "year")] == [1, 1, 2019, 2018]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2016, 1, 31), 1, date(2016, 2, 29)),
        (date(2017, 1, 31), 1, date(2017, 2, 28)),
        (date(2016, 8, 31), 1, date(2016, 9, 30)),
        (date(2016, 12, 31), 2, date(2017, 2, 28)),
        (date(2015, 12, 31), 2, date(2016, 2, 29)),
        (date(2016, 2, 29), 12, date(2017, 2, 28)),
        (date(2016, 2, 29), 1, date(2016, 3, 29)),
        (date(2016, 11, 15), 3, date(2017, 2, 15)),
        (date(2016, 12, 1), 12, date(2017, 12, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert LATER[day, months] == later


def test_every_day_has_twelve_later_days_and_the_twelfth_is_a_year_later() -> None:
    assert len(LATER) == 12 * len(DAYS)
    assert all(LATER[day, 12] == DAYS[day]["year_later"] for day in DAYS)


def test_a_calendar_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        calendar_rows("calendar_moons", 2016, 2017)
