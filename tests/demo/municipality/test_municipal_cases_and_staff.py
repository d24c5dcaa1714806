"""Cases, complaints and staff, counted in worlds of a few people; every answer worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from tests.demo.municipality.municipal_world import World

# --- cases ------------------------------------------------------------------------------------------------------------

LIMITS = (
    "aid 2000-01-01 2016-12-31 8 weeks",
    "aid 2017-01-01 - 4 weeks",
    "economy 2000-01-01 - 1 months",
    "residence_service 2000-01-01 - 3 months",
)


def _cases(*rows: str) -> World:
    return World().lives(1, 2, 3, 4).has("time_limits", *LIMITS).has("cases", *rows)


@pytest.mark.parametrize(
    ("area", "received", "deadline"),
    [
        ("aid", "2017-01-31", date(2017, 2, 28)),  # four weeks later
        ("aid", "2016-12-31", date(2017, 2, 25)),  # the limit that held when it was received: eight weeks
        ("aid", "2017-12-29", date(2018, 1, 26)),
        ("economy", "2016-01-31", date(2016, 2, 29)),  # no 31 February, but a leap day
        ("economy", "2017-01-31", date(2017, 2, 28)),
        ("economy", "2017-02-28", date(2017, 3, 28)),
        ("residence_service", "2016-11-30", date(2017, 2, 28)),
    ],
)
def test_the_limit_runs_for_weeks_or_months_from_receipt(area: str, received: str, deadline: date) -> None:
    world = _cases(f"1 1 {area} {received} - -")
    assert [row["deadline"] for row in world.model("case_deadlines")] == [deadline]


@pytest.mark.parametrize(
    ("decided", "event", "on_time"),
    [
        ("2017-01-02", date(2017, 1, 2), 1),  # at once
        ("2017-01-30", date(2017, 1, 30), 1),  # on the last day
        ("2017-01-31", date(2017, 1, 30), 0),  # the day after: late, known the day before
        ("2018-05-01", date(2017, 1, 30), 0),
        ("-", date(2017, 1, 30), 0),  # not decided
    ],
)
def test_a_case_counts_once_on_the_day_it_is_known_whether_the_limit_was_kept(
    decided: str, event: date, on_time: int
) -> None:
    world = _cases(f"1 1 aid 2017-01-02 {decided} -")
    assert world.rows("cases_on_time") == [
        {"case_id": 1, "person": 1, "event_date": event, "area": "aid", "numerator": on_time, "denominator": 1}
    ]


def test_a_case_in_an_area_without_a_published_limit_is_left_out() -> None:
    assert _cases("1 1 child_support 2017-01-02 2017-01-03 -").rows("cases_on_time") == []


def test_a_case_never_decided_of_a_citizen_who_died_or_moved_before_the_limit_ran_out_has_lapsed() -> None:
    world = _cases(
        *(f"{person} {person} aid 2017-01-02 - -" for person in (5, 6, 7)), "8 8 aid 2017-01-02 2017-02-10 -"
    )
    world.lives(5, until="2017-01-29").lives(6, until="2017-01-30").lives(7, 8, until="2017-01-20", died="2017-01-20")
    assert world.persons("cases_on_time", "2017") == {6: 0, 8: 0}  # 8 was decided, though too late
    assert world.persons("cases_late_notified", "2017") == {6: 0, 8: 0}


def test_late_is_late_though_the_citizen_was_told_and_being_told_is_counted_apart() -> None:
    world = _cases(
        "1 1 aid 2017-01-02 2017-01-30 -",  # in time
        "2 1 aid 2017-01-02 2017-02-10 2017-01-30",  # late, told on the last day of the limit
        "3 2 aid 2017-01-02 2017-02-10 2017-01-31",  # told a day too late
        "4 3 aid 2017-01-02 - -",  # not decided, not told
        "5 3 economy 2017-01-02 - 2017-01-20",  # not decided, told
        "6 4 aid 2017-01-02 2017-01-25 2017-01-20",  # told, and yet in time
    )
    assert world.sums("cases_on_time", "area") == {("2017", "aid"): (2, 5), ("2017", "economy"): (0, 1)}
    assert world.sums("cases_late_notified", "area") == {("2017", "aid"): (1, 3), ("2017", "economy"): (1, 1)}


def test_complaints_are_upheld_where_the_decision_was_changed_or_returned() -> None:
    world = World().has("cases", "7 1 aid 2016-01-01 2016-02-01 -", "8 2 economy 2016-01-01 2016-02-01 -")
    world.has(
        "complaints",
        "1 7 2016-02-10 2016-12-31 confirmed",
        "2 7 2016-12-10 2017-01-01 changed",
        "3 7 2017-01-10 2017-05-01 returned",
        "4 8 2017-01-10 2017-05-01 confirmed",
        "5 8 2017-01-10 2017-05-01 rejected",  # not taken up
        "6 8 2017-01-10 - -",  # not decided
    )
    assert world.sums("complaints_upheld", "area") == {
        ("2016", "aid"): (0, 1),
        ("2017", "aid"): (2, 2),
        ("2017", "economy"): (0, 1),
    }
    assert {row["complaint_id"]: row["person"] for row in world.rows("complaints_upheld")} == {1: 1, 2: 1, 3: 1, 4: 2}


# --- sick leave -------------------------------------------------------------------------------------------------------


def _months(person: int, unit: str, year: int, first: int, last: int, fte: float) -> list[str]:
    return [f"{person} {year}-{month:02d}-01 {unit} {fte}" for month in range(first, last + 1)]


def test_sick_days_are_set_against_the_mean_of_full_time_posts_over_twelve_months() -> None:
    world = World()
    world.has("pay_months", *_months(1, "u001", 2017, 1, 12, 1.0), *_months(2, "u001", 2017, 1, 6, 0.5))
    world.has("pay_months", *_months(2, "u002", 2017, 7, 12, 1.0))
    world.has(
        "sick_absence",
        "1 1 u001 2017-02-01 2017-02-07 5",
        "2 1 u001 2017-09-01 2017-09-01 0.5",
        "3 2 u002 2017-08-01 2017-08-02 2",
        "4 2 u003 2017-08-01 2017-08-02 2",  # no pay in that unit: no match
    )
    assert world.sums("sick_days_per_fte", "unit") == {("2017", "u001"): (5.5, 1.25), ("2017", "u002"): (2, 0.5)}


def test_leave_across_new_year_is_divided_by_days() -> None:
    world = World().has("pay_months", *_months(1, "u001", 2016, 1, 12, 1.0), *_months(1, "u001", 2017, 1, 12, 1.0))
    world.has("sick_absence", "1 1 u001 2016-12-29 2017-01-07 6")  # 3 of 10 days in 2016
    found = {row["period"]: row["numerator"] for row in world.rows("sick_days_per_fte")}
    assert found == pytest.approx({"2016": 1.8, "2017": 4.2})


def test_without_trainees_pay_and_leave_count_only_in_an_employment_that_is_no_trainees() -> None:
    world = World().has(
        "employees",
        "1 1 2010-01-01 - u001 false",
        "2 2 2017-01-01 2017-06-30 u001 true",
        "3 2 2017-07-01 - u001 false",  # kept on after the training
        "4 3 2010-01-01 - u001 true",
    )
    for person in (1, 2, 3):
        world.has("pay_months", *_months(person, "u001", 2017, 1, 12, 1.0))
    world.has(
        "sick_absence",
        "1 1 u001 2017-03-01 2017-03-02 2",
        "2 2 u001 2017-06-30 2017-07-03 4",  # begins as a trainee
        "3 2 u001 2017-07-01 2017-07-03 1",
        "4 3 u001 2017-03-01 2017-03-10 8",
    )
    assert world.sums("sick_days_per_fte") == {"2017": (15, 3)}
    assert world.sums("sick_days_per_fte", version="KRL uden elever") == {"2017": (3, 1.5)}


# --- turnover ---------------------------------------------------------------------------------------------------------


def _leavers(*employments: str) -> dict[str, float]:
    rows = World().has("employees", *employments).rows("staff_turnover")
    return {row["period"]: row["numerator"] for row in rows if row["numerator"]}


@pytest.mark.parametrize(
    ("employments", "leavers"),
    [
        (("1 1 2010-01-01 - u001 false",), {}),
        (("1 1 2010-01-01 2017-05-31 u001 false",), {"2017": 1}),
        (("1 1 2010-01-01 2016-12-31 u001 false",), {"2016": 1}),
        (("1 1 2010-01-01 2017-05-31 u001 true",), {}),  # a trainee
        (("1 1 2010-01-01 2017-05-31 u001 false", "2 1 2017-06-01 - u002 false"), {}),  # moves on
        (("1 1 2010-01-01 2017-05-31 u001 false", "2 1 2017-07-01 - u002 false"), {}),  # 31 days later
        (("1 1 2010-01-01 2017-05-31 u001 false", "2 1 2017-07-02 - u002 false"), {"2017": 1}),  # 32 days later
        (("1 1 2010-01-01 2017-05-31 u001 false", "2 1 2017-01-01 - u002 false"), {}),  # has two, keeps one
        (("1 1 2010-01-01 2017-05-31 u001 false", "2 1 2017-01-01 2017-05-31 u002 false"), {"2017": 1}),  # once
        (("1 1 2010-01-01 2017-02-28 u001 false", "2 1 2017-09-01 2017-10-31 u002 false"), {"2017": 1}),  # once
        (("1 1 2010-01-01 2017-02-28 u001 false", "2 1 2017-09-01 2018-10-31 u002 false"), {"2017": 1, "2018": 1}),
    ],
)
def test_a_leaver_has_no_other_employment_within_31_days(employments: tuple[str, ...], leavers: dict[str, int]) -> None:
    assert _leavers(*employments) == leavers


def test_turnover_is_set_against_the_mean_of_the_first_days_of_the_twelve_months() -> None:
    world = World().has(
        "employees",
        "1 1 2010-01-01 - u001 false",
        "2 2 2017-01-02 2017-07-01 u001 false",  # 1 February to 1 July: 6 months
        "3 2 2017-07-02 - u002 false",  # 1 August to 1 December: 5
        "4 3 2017-03-02 2017-03-20 u002 false",  # on no first day of a month, and yet a leaver
        "5 4 2010-01-01 - u002 true",
    )
    found = {unit: sums for (period, unit), sums in world.sums("staff_turnover", "unit").items() if period == "2017"}
    assert found == {"u001": (0, 1.5), "u002": (1, pytest.approx(5 / 12))}
