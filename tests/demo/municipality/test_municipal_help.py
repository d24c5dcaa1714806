"""Less need for help, and treatment, counted in worlds of a few people; every answer worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.demo.municipality.municipal_world import World

# --- less need for help -----------------------------------------------------------------------------------------------

SUPPORT = "85 mental_illness u001"


def _support(first: float, last: float | None, before: int = 120, after: int = 60) -> World:
    """Hours granted until June 2017 and from July (None: no more), and minutes in its first and its last 13 weeks."""
    world = World().lives(1)
    world.has("support", f"1 1 2016-07-01 2017-06-30 {SUPPORT} {first} develop")
    if last is not None:
        world.has("support", f"2 1 2017-07-01 - {SUPPORT} {last} develop")
    return world.has("support_delivered", f"1 2017-01-02 u001 {before}", f"1 2017-12-25 u001 {after}")


@pytest.mark.parametrize(
    ("granted", "delivered", "less"),
    [
        ((4, 2), (120, 60), 1),
        ((4, 2), (120, 120), 0),  # less on paper only
        ((4, 4), (120, 60), 0),  # less delivered only
        ((2, 4), (120, 60), 0),
    ],
)
def test_support_is_less_where_both_what_is_granted_and_what_is_delivered_is_less(
    granted: tuple[float, float], delivered: tuple[int, int], less: int
) -> None:
    world = _support(*granted, *delivered)
    assert world.persons("less_need_support", "2017") == {1: less}


def test_who_has_no_support_any_more_is_left_out() -> None:
    assert _support(4, None).persons("less_need_support", "2017") == {}


def test_hours_of_several_grants_are_added_up() -> None:
    world = _support(4, 4).has("support", f"3 1 2017-01-01 2017-12-30 {SUPPORT} 1 maintain")
    assert world.persons("less_need_support", "2017") == {1: 1}


@pytest.mark.parametrize(("spell", "less"), [("2017-12-31 -", 0), ("2017-12-01 2017-12-30", 1), ("2018-01-01 -", 1)])
def test_who_lives_in_a_service_at_the_end_of_the_year_does_not_need_less(spell: str, less: int) -> None:
    world = _support(4, 2).has("stays", f"1 1 {spell} 108 u002")
    assert world.persons("less_need_support", "2017") == {1: less}


def test_the_first_and_the_last_13_weeks_are_those_of_the_mondays_in_the_first_and_last_91_days() -> None:
    # 2017 begins on a Sunday: its Mondays 1-13 are 2 January to 27 March, its last 13 are 2 October to 25 December.
    world = _support(4, 2, before=100, after=60)
    world.has("support_delivered", "1 2017-03-27 u001 20", "1 2017-04-03 u001 500", "1 2017-09-25 u001 500")
    assert world.persons("less_need_support", "2017") == {1: 1}
    world.has("support_delivered", "1 2017-10-02 u001 60")
    assert world.persons("less_need_support", "2017") == {1: 0}  # 120 minutes at both ends


def test_support_must_have_begun_by_new_year_be_delivered_early_and_the_citizen_still_live_here() -> None:
    world = World().lives(1, 2, 4).lives(3, until="2017-12-30", died="2017-12-30")
    world.has("support", f"1 1 2017-01-02 - {SUPPORT} 4 develop")  # begins a day late
    for person in (2, 3, 4):
        world.has("support", f"{person} {person} 2016-01-01 2017-06-30 {SUPPORT} 4 develop")
        world.has("support", f"1{person} {person} 2017-07-01 - {SUPPORT} 2 develop")
    world.has("support_delivered", *(f"{person} 2017-01-09 u001 90" for person in (1, 3, 4)), "2 2017-04-03 u001 90")
    assert world.persons("less_need_support", "2017") == {4: 1}


def test_functional_ability_is_compared_with_the_last_assessment_of_an_earlier_year() -> None:
    world = World().has(
        "ffb_assessments",
        "1 1 2015-05-01 t1 complete",
        "2 1 2016-03-01 t1 moderate",
        "3 1 2016-09-01 t1 severe",  # the last of 2016
        "4 1 2018-02-01 t1 moderate",  # 2017 has none
    )
    assert world.sums("less_need_ffb") == {"2016": (1, 1), "2018": (1, 1)}


def test_not_assessed_is_passed_over_and_is_no_zero() -> None:
    world = World().has(
        "ffb_assessments",
        "1 1 2016-05-01 t1 light",
        "2 1 2017-05-01 t1 not_assessed",  # nothing known of 2017
        "3 2 2016-05-01 t1 not_assessed",
        "4 2 2017-05-01 t1 light",  # nothing to compare with
        "5 3 2016-05-01 t1 moderate",
        "6 3 2017-05-01 t1 light",
        "7 3 2017-06-01 t1 not_assessed",  # the assessment of May stands
        "8 1 2018-05-01 t1 light",  # as in 2016
    )
    assert world.persons("less_need_ffb", "2017") == {3: 1}
    assert world.persons("less_need_ffb", "2018") == {1: 0}


def test_steps_are_added_up_over_the_themes_that_can_be_compared() -> None:
    world = World().has(
        "ffb_assessments",
        "1 1 2016-05-01 t1 severe",
        "2 1 2017-05-01 t1 light",  # two steps better
        "3 1 2016-05-01 t2 none",
        "4 1 2017-05-01 t2 light",  # one step worse
        "5 1 2017-05-01 t3 complete",  # new theme
        "6 2 2016-05-01 t1 moderate",
        "7 2 2017-05-01 t1 light",
        "8 2 2016-05-01 t2 light",
        "9 2 2017-05-01 t2 moderate",  # as much worse as better
    )
    assert world.persons("less_need_ffb", "2017") == {1: 1, 2: 0}


# --- treatment --------------------------------------------------------------------------------------------------------


def test_courses_with_10_days_between_are_one_and_with_11_days_two() -> None:
    world = World().has(
        "treatments",
        "1 1 2017-01-01 2017-02-01 drug other",
        "2 1 2017-02-11 2017-03-01 drug drug_free",  # 10 days after 1 February
        "3 2 2017-01-01 2017-02-01 drug other",
        "4 2 2017-02-12 2017-03-01 drug drug_free",  # 11 days after
    )
    assert [(row["person"], str(row["from_day"]), str(row["to_day"])) for row in world.model("treatment_courses")] == [
        (1, "2017-01-01", "2017-03-01"),
        (2, "2017-01-01", "2017-02-01"),
        (2, "2017-02-12", "2017-03-01"),
    ]


def test_a_merged_course_ends_as_its_last_part_ends_and_is_open_while_any_part_is() -> None:
    world = World().has(
        "treatments",
        "1 1 2017-01-01 2017-06-30 drug drug_free",  # the longest of three
        "2 1 2017-02-01 2017-03-01 drug other",  # within it
        "3 1 2017-07-05 2017-08-01 drug reduced",  # five days after it
        "4 2 2017-01-01 - drug -",
        "5 2 2017-02-01 2017-03-01 drug drug_free",  # ends, but another goes on
        "6 3 2017-01-01 2017-02-01 drug other",
        "7 3 2017-02-05 2017-03-01 alcohol drug_free",  # another kind
    )
    found = {
        (row["person"], row["kind"]): (row["to_day"], row["end_status"]) for row in world.model("treatment_courses")
    }
    assert found == {
        (1, "drug"): (date(2017, 8, 1), "reduced"),
        (2, "drug"): (None, None),
        (3, "drug"): (date(2017, 2, 1), "other"),
        (3, "alcohol"): (date(2017, 3, 1), "drug_free"),
    }


def test_the_last_course_of_the_year_counts_for_both_ways_of_ending() -> None:
    world = (
        World()
        .lives(1, 2, 3, 4)
        .has(
            "treatments",
            "1 1 2017-01-01 2017-02-01 drug drug_free",
            "2 1 2017-05-01 2017-12-31 drug reduced",
            "3 2 2016-05-01 2017-01-01 drug drug_free",
            "4 3 2017-05-01 - drug -",  # goes on
            "5 4 2017-01-01 2017-02-01 alcohol drug_free",  # alcohol is not counted here
            "6 - 2017-01-01 2017-02-01 drug drug_free",  # nor is anonymous treatment
        )
    )
    assert world.persons("treatment_drug_free", "2017") == {1: 0, 2: 1}
    assert world.persons("treatment_reduced", "2017") == {1: 1, 2: 0}


def test_a_death_is_not_an_end_of_treatment() -> None:
    world = World().lives(1, 4).lives(2, died="2017-03-01").lives(3, died="2017-03-02")
    world.has(
        "treatments",
        "1 1 2017-01-01 2017-03-01 drug deceased",  # registered as how it ended
        "2 2 2017-01-01 2017-03-01 drug other",  # died on its last day
        "3 3 2017-01-01 2017-03-01 drug drug_free",  # died the day after
        "4 4 2017-01-01 2017-03-01 drug -",  # ended, how is not known
    )
    assert world.persons("treatment_drug_free", "2017") == {3: 1, 4: 0}


Course = tuple[int, int]


def _merged(courses: list[Course]) -> list[Course]:
    """Merge (first day, last day) where at most 10 days lie between, one after the other."""
    merged: list[Course] = []
    for first, last in sorted(courses):
        if merged and first - merged[-1][1] <= 10:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 120), st.integers(0, 30)), min_size=1, max_size=8))
def test_courses_are_merged_as_one_would_by_hand(drawn: list[tuple[int, int]]) -> None:
    courses = [(first, first + length) for first, length in drawn]
    start = date(2016, 1, 1).toordinal()
    rows = [
        f"{number} 1 {date.fromordinal(start + first)} {date.fromordinal(start + last)} drug other"
        for number, (first, last) in enumerate(courses)
    ]
    found = World().has("treatments", *rows).model("treatment_courses")
    days = sorted((row["from_day"].toordinal() - start, row["to_day"].toordinal() - start) for row in found)
    assert days == _merged(courses)
