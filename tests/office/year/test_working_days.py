"""Working days as the municipality keeps them; every expected day is counted by hand in a calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pejl.office.year.states import PROPOSED_DAYS, DeadlineKind
from pejl.office.year.wheel import deadlines_of
from pejl.office.year.workdays import is_working_day, why_closed, working_days_before


def easter_sunday(year: int) -> date:
    """The anonymous Gregorian computus, as printed in Nature in 1876."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)


def closed_days(year: int) -> set[date]:
    easter = easter_sunday(year)
    moving = [-3, -2, 0, 1, 39, 49, 50] + ([26] if year <= 2023 else [])
    fixed = [(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)]
    return {easter + timedelta(days=each) for each in moving} | {date(year, month, day) for month, day in fixed}


@pytest.mark.parametrize("year", range(2009, 2041))
def test_the_offices_are_closed_on_the_same_days_as_by_the_rule_of_easter(year: int) -> None:
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) == (day.weekday() < 5 and day not in closed_days(year)), day
        day += timedelta(days=1)


def test_easter_2015_is_left_out() -> None:
    # 2 and 3 April are Thursday and Friday before Easter, 5 and 6 April Easter itself.
    assert working_days_before(date(2015, 4, 7), 1) == date(2015, 4, 1)
    assert working_days_before(date(2015, 4, 8), 3) == date(2015, 3, 31)


def test_the_day_of_prayer_is_closed_in_2023_and_open_in_2024() -> None:
    assert working_days_before(date(2023, 5, 8), 1) == date(2023, 5, 4)
    assert working_days_before(date(2024, 4, 29), 1) == date(2024, 4, 26)
    assert why_closed(date(2023, 5, 5), "da") == "Store bededag"
    assert why_closed(date(2024, 4, 26), "da") is None


def test_the_municipalitys_own_closed_days_are_left_out() -> None:
    assert working_days_before(date(2015, 6, 8), 1) == date(2015, 6, 4)
    assert working_days_before(date(2015, 1, 2), 3) == date(2014, 12, 23)
    assert why_closed(date(2015, 6, 5), "en") == "Constitution Day"


def test_a_weekend_is_closed_and_an_ordinary_day_is_not() -> None:
    assert why_closed(date(2015, 4, 18), "en") == "weekend"
    assert why_closed(date(2015, 4, 22), "en") is None


@pytest.mark.parametrize(
    ("on", "ready", "closes", "public"),
    [
        (date(2014, 8, 13), date(2014, 7, 23), date(2014, 8, 1), date(2014, 8, 7)),
        (date(2015, 4, 22), date(2015, 3, 27), date(2015, 4, 10), date(2015, 4, 16)),
        (date(2015, 5, 27), date(2015, 5, 4), date(2015, 5, 13), date(2015, 5, 20)),
        (date(2015, 6, 24), date(2015, 6, 2), date(2015, 6, 12), date(2015, 6, 18)),
    ],
)
def test_deadlines_are_counted_back_over_holidays(on: date, ready: date, closes: date, public: date) -> None:
    found = {each.kind: each.on for each in deadlines_of(on, PROPOSED_DAYS)}
    assert found == {
        DeadlineKind.DRAFT_READY: ready,
        DeadlineKind.AGENDA_CLOSES: closes,
        DeadlineKind.AGENDA_PUBLIC: public,
    }


def test_without_a_day_there_are_no_deadlines() -> None:
    assert deadlines_of(None, PROPOSED_DAYS) == ()


@settings(max_examples=100)
@given(st.dates(date(2012, 1, 1), date(2035, 12, 31)), st.integers(1, 40))
def test_as_many_working_days_lie_between_as_were_asked_for(day: date, count: int) -> None:
    found = working_days_before(day, count)
    between = [found + timedelta(days=each) for each in range((day - found).days)]
    assert is_working_day(found)
    assert sum(map(is_working_day, between)) == count
