"""Citizens, homes, homelessness and school, counted in worlds of a few people; every answer worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.demo.municipality.municipal_world import World

# --- who lives here, who has special needs, who belongs to which target group -----------------------------------------


def test_inhabitants_are_those_with_an_address_on_the_last_day_of_the_year() -> None:
    world = World().has(
        "residence",
        "1 2010-01-01 - tranevig ordinary",  # open spell
        "2 2010-01-01 2016-12-31 tranevig ordinary",  # leaves after the last day
        "3 2010-01-01 2016-12-30 tranevig ordinary",  # leaves the day before
        "4 2016-12-31 - tranevig no_fixed",  # comes on the day
        "5 2017-01-01 - unknown unknown",  # comes the day after
        "6 2010-01-01 2016-06-30 tranevig ordinary",  # moved in the year, within the municipality
        "6 2016-07-01 - egeskraent ordinary",
    )
    assert world.sums("population") == {"2016": (4, 0), "2017": (4, 0), "2018": (4, 0)}
    assert set(world.persons("population", "2016")) == {1, 2, 4, 6}
    assert set(world.persons("population", "2017")) == {1, 4, 5, 6}


def test_each_kind_of_help_makes_a_special_need_once_and_only_for_those_who_live_here() -> None:
    world = World().lives(1, 2, 3, 4, 5).lives(6, until="2016-12-30")
    world.has("support", "1 1 2016-05-01 2016-12-31 85 disability u001 4.0 maintain")
    world.has("stays", "1 2 2016-12-31 - 108 u002", "2 1 2015-01-01 - 107 u002")
    world.has("treatments", "1 3 2016-01-01 2016-12-30 drug other", "2 - 2016-01-01 - drug -")
    world.has("homelessness", "1 4 2016-11-01 - street", "2 - 2016-11-01 - street", "3 6 2016-11-01 - shelter")
    assert world.persons("citizens_special_needs", "2016") == {1: 1, 2: 1, 4: 1}
    assert world.persons("citizens_special_needs", "2017") == {1: 1, 2: 1, 4: 1}


def test_target_groups_come_from_support_and_from_homelessness_shelters_and_treatment() -> None:
    world = World()
    world.has("support", "1 1 2016-01-01 - 85 disability u001 4.0 maintain")
    world.has("stays", *(f"{n} {n} 2016-01-01 - {section} u001" for n, section in enumerate((107, 108, 109, 110), 1)))
    world.has("treatments", "1 5 2016-01-01 2016-02-01 alcohol other", "2 - 2016-01-01 - drug -")
    world.has("homelessness", "1 6 2016-01-01 - hotel", "2 - 2016-01-01 - street")
    groups = [(row["person"], row["target_group"]) for row in world.model("target_group_spells")]
    assert groups == [(1, "disability"), *((person, "vulnerable_adults") for person in (3, 4, 5, 6))]


# --- homes ------------------------------------------------------------------------------------------------------------


def test_a_citizen_assigned_two_homes_in_a_year_counts_once_and_stands_where_they_stood_the_day_before() -> None:
    world = World().has("housing_assignments", "1 1 2016-03-02", "2 1 2016-03-01", "3 1 2017-01-01", "4 2 2016-12-31")
    assert world.rows("homes_assigned") == [
        {"person": 1, "period": "2016", "event_date": date(2016, 2, 29), "numerator": 1},
        {"person": 1, "period": "2017", "event_date": date(2016, 12, 31), "numerator": 1},
        {"person": 2, "period": "2016", "event_date": date(2016, 12, 30), "numerator": 1},
    ]


@pytest.mark.parametrize(
    ("assigned", "last_day_homeless", "kept"),
    [
        ("2016-03-01", "2017-02-28", 1),  # looked at on 1 March
        ("2016-03-01", "2017-03-01", 0),
        ("2016-02-29", "2017-02-27", 1),  # assigned on a leap day: looked at on 28 February
        ("2016-02-29", "2017-02-28", 0),
        ("2016-12-31", "2017-12-30", 1),
        ("2016-12-31", "2017-12-31", 0),
    ],
)
def test_a_home_is_looked_at_on_the_same_date_a_year_later(assigned: str, last_day_homeless: str, kept: int) -> None:
    world = World().lives(1).has("housing_assignments", f"1 1 {assigned}")
    world.has("homelessness", f"1 1 2017-01-10 {last_day_homeless} friends")
    assert world.rows("homes_kept_one_year") == [
        {
            "person": 1,
            "period": "2017",
            "event_date": date.fromisoformat(assigned) - timedelta(days=1),
            "numerator": kept,
            "denominator": 1,
        }
    ]


@pytest.mark.parametrize(
    ("register", "row", "kept"),
    [
        ("stays", "1 1 2016-08-01 2017-03-01 107 u001", 0),  # the first day of the month in which the year is over
        ("stays", "1 1 2016-08-01 2017-02-28 107 u001", 1),  # left the month before
        ("stays", "1 1 2017-03-31 - 110 u001", 0),  # later in the same month
        ("stays", "1 1 2017-04-01 - 110 u001", 1),
        ("stays", "1 1 2016-08-01 - 108 u001", 1),  # other sections do not count
        ("stays", "1 1 2016-08-01 - 109 u001", 1),
        ("homelessness", "1 1 2016-08-01 - friends", 0),
        ("homelessness", "1 1 2017-03-10 2017-03-10 friends", 0),  # registered on the day
        ("homelessness", "1 1 2016-08-01 2017-03-09 friends", 1),  # until the day before
        ("homelessness", "1 1 2017-03-11 - friends", 1),
    ],
)
def test_a_home_is_kept_without_a_stay_in_the_month_or_homelessness_on_the_day(
    register: str, row: str, kept: int
) -> None:
    world = World().lives(1).has("housing_assignments", "1 1 2016-03-10").has(register, row)
    assert world.sums("homes_kept_one_year") == {"2017": (kept, 1)}


@pytest.mark.parametrize("address", ["service_address", "no_fixed", "unknown"])
def test_only_an_ordinary_address_is_a_home(address: str) -> None:
    world = World().has("persons", "1 1980-06-15 female -").has("housing_assignments", "1 1 2016-03-10")
    world.has("residence", "1 2010-01-01 2017-03-09 tranevig ordinary", f"1 2017-03-10 - tranevig {address}")
    assert world.sums("homes_kept_one_year") == {"2017": (0, 1)}


def test_who_has_died_or_moved_away_within_the_year_is_left_out() -> None:
    world = World()
    world.lives(1, until="2017-01-05", died="2017-01-05").lives(2, until="2017-01-05")
    world.lives(3, until="2017-03-10", died="2017-03-10")  # on the day itself
    world.lives(4, until="2017-03-11", died="2017-03-11")  # the day after
    world.has("housing_assignments", *(f"{person} {person} 2016-03-10" for person in (1, 2, 3, 4)))
    assert world.persons("homes_kept_one_year", "2017") == {4: 1}


def test_of_two_assignments_in_a_year_the_first_is_followed() -> None:
    world = World().lives(1).has("housing_assignments", "1 1 2016-12-20", "2 1 2016-01-10")
    world.has("homelessness", "1 1 2016-11-01 2017-02-01 shelter")
    assert world.sums("homes_kept_one_year") == {"2017": (0, 1)}


def test_only_evictions_carried_out_count_in_the_year_of_the_day_and_by_where_they_lived_the_day_before() -> None:
    world = World().has(
        "evictions",
        "1 70 received 2016-01-10",
        "1 70 scheduled 2016-02-10",
        "1 70 carried_out 2016-03-10",
        "2 71 scheduled 2016-03-10",
        "3 70 carried_out 2018-01-01",  # the same household again, on New Year's Day
    )
    assert world.rows("evictions") == [
        {"eviction_id": 1, "period": "2016", "event_date": date(2016, 3, 9), "numerator": 1},
        {"eviction_id": 3, "period": "2018", "event_date": date(2017, 12, 31), "numerator": 1},
    ]


def test_an_eviction_strikes_those_who_lived_in_the_household_the_day_before() -> None:
    world = World().has("evictions", "1 70 carried_out 2016-03-10", "2 71 received 2016-03-10")
    world.has(
        "households",
        "70 1 2010-01-01 - true",
        "70 2 2010-01-01 2016-03-09 false",  # until the day before
        "70 3 2010-01-01 2016-03-08 false",  # left before that
        "70 4 2016-03-09 - false",  # came the day before
        "70 5 2016-03-10 - false",  # came on the day
        "71 6 2010-01-01 - true",  # not evicted
    )
    assert world.model("evicted_persons") == [
        {"eviction_id": 1, "person": 1, "reference": True},
        {"eviction_id": 1, "person": 2, "reference": False},
        {"eviction_id": 1, "person": 4, "reference": False},
    ]


# --- homelessness: week 6 of 2017 is 6-12 February --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spell", "first_day"),
    [
        ("2017-01-01 2017-02-05", None),
        ("2017-01-01 2017-02-06", date(2017, 2, 6)),
        ("2017-01-01 -", date(2017, 2, 6)),
        ("2017-02-12 2017-02-12", date(2017, 2, 12)),
        ("2017-02-13 -", None),
    ],
)
def test_homelessness_is_counted_from_monday_to_sunday_of_week_6(spell: str, first_day: date | None) -> None:
    world = World().has("homelessness", f"1 1 {spell} street")
    rows = [row for row in world.rows("homeless") if row["event_date"].year == 2017]
    assert [row["event_date"] for row in rows] == ([first_day] if first_day else [])


def test_a_person_counts_once_by_the_latest_registration_and_each_one_without_a_number_is_a_person() -> None:
    world = World().has(
        "homelessness",
        "1 1 2016-06-01 - street",
        "2 1 2017-02-08 - shelter",
        "3 1 2017-02-08 2017-02-09 hotel",  # began the same day, registered later
        "4 - 2017-02-01 2017-02-07 street",
        "5 - 2017-02-08 2017-02-20 street",
        "6 2 2017-02-10 - friends",
    )
    found = {key[1]: sums for key, sums in world.sums("homeless", "situation").items() if key[0] == "2017"}
    assert found == {"hotel": (1, 0), "street": (2, 0), "friends": (1, 0)}


# --- school -----------------------------------------------------------------------------------------------------------


def test_school_absence_is_all_days_of_absence_over_all_school_days_of_the_school_year() -> None:
    world = World().has(
        "school_absence",
        "1 2016-07-01 0 0 0 0",  # the year before, without school
        "1 2016-08-01 15 1.5 0 0.5",
        "1 2017-06-01 20 0 3 0",
        "1 2017-08-01 16 1 0 0",  # the next school year
        "2 2016-09-01 22 0 0 0",
    )
    world.has("pupils", "1 2016/2017 school_1 false", "1 2017/2018 school_2 true")  # nothing is known of pupil 2
    assert world.sums("school_absence", "person", "class_kind") == {
        ("2016/2017", 1, "ordinary"): (5, 35),
        ("2016/2017", 2, "unknown"): (0, 22),
        ("2017/2018", 1, "special"): (1, 16),
    }
