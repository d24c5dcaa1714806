"""School, youth education, crime and work on the linked registers, in worlds of a few people, worked out by hand."""

from __future__ import annotations

from tests.demo.municipality.linked_world import World, numerators

PASSED: dict[str, object] = {"all_tests_danish": True, "all_tests_maths": True, "mean_danish": 2.0, "mean_maths": 2.0}


# ---- 9th grade ----


def _pupils(*pupils: tuple[str, dict[str, object]]) -> World:
    """Return pupils 1, 2, … who finish 9th grade in the summer of 2017, each with the day of birth and a result."""
    world = World()
    for person, (born, result) in enumerate(pupils, start=1):
        world.person(person, born)
        world.add("grade9", {"person": person, "school_year": "2016/2017", "special_class": False, **result})
    return world


def test_a_mean_of_exactly_two_in_both_subjects_is_passed_and_less_in_one_is_not() -> None:
    world = _pupils(("2001-05-01", PASSED), ("2001-05-01", PASSED | {"mean_maths": 1.9}))
    for variant in ("grade9_passed_a", "grade9_passed_b"):
        assert numerators(world.count(variant), "person", "period") == {(1, "2016/2017"): 1, (2, "2016/2017"): 0}


def test_pupils_without_all_tests_count_as_not_passed_in_b_and_not_at_all_in_a() -> None:
    missing = PASSED | {"all_tests_maths": False}
    none: dict[str, object] = {
        "all_tests_danish": False,
        "all_tests_maths": False,
        "mean_danish": None,
        "mean_maths": None,
    }
    world = _pupils(("2001-05-01", PASSED), ("2001-05-01", missing), ("2001-05-01", none))
    assert numerators(world.count("grade9_passed_a"), "person") == {1: 1}
    assert numerators(world.count("grade9_passed_b"), "person") == {1: 1, 2: 0, 3: 0}


def test_special_classes_and_ages_outside_14_to_20_count_in_b_only() -> None:
    ages = ("2003-07-31", "2003-08-01", "1997-08-01", "1996-07-31", "1996-08-01")  # 14, 13, 19, 21 and 20 years
    world = _pupils(*((born, PASSED) for born in ages), ("2001-05-01", PASSED | {"special_class": True}))
    assert numerators(world.count("grade9_passed_a"), "person") == {1: 1, 3: 1, 5: 1}
    assert numerators(world.count("grade9_passed_b"), "person") == {1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 6: 1}


def test_only_pupils_who_live_here_on_31_july_count() -> None:
    world = World()
    for person, until in ((1, "2017-07-31"), (2, "2017-07-30")):
        world.person(person, "2001-05-01", lives=False).lives(person, "2001-05-01", until)
        world.add("grade9", {"person": person, "school_year": "2016/2017", "special_class": False, **PASSED})
    assert numerators(world.count("grade9_passed_b"), "person") == {1: 1}


# ---- youth education ----


def _supported(world: World, person: int, born: str, from_day: str = "2011-01-01", to_day: str | None = "") -> World:
    """Add a young person supported on `from_day`, until `to_day` where it is given; None is open."""
    spell = {"person": person, "from_day": from_day, "to_day": from_day if to_day == "" else to_day}
    more = {"target_group": "children_young", "hours_per_week": 1, "aim": "develop"}
    return world.person(person, born).add("support", spell | more)


def test_a_youth_education_completed_on_the_last_of_the_six_years_days_counts_and_a_day_later_does_not() -> None:
    world = World(2016, 2018)
    outcomes = (
        ("2017-07-31", "completed"),
        ("2017-08-01", "completed"),
        (None, None),
        ("2016-06-30", "dropped"),
    )
    for person, (to_day, outcome) in enumerate(outcomes, start=1):
        _supported(world, person, "1995-05-01")
        world.add("grade9", {"person": person, "school_year": "2010/2011", "special_class": False})
        spell = {"person": person, "from_day": "2013-08-01", "to_day": to_day, "outcome": outcome}
        world.add("youth_education", spell)
    assert numerators(world.count("youth_education_six_years"), "person", "period") == {
        (1, "2016/2017"): 1,
        (2, "2016/2017"): 0,
        (3, "2016/2017"): 0,
        (4, "2016/2017"): 0,
    }


def test_six_years_after_counts_whoever_lived_here_then_was_supported_at_15_to_17_and_is_alive() -> None:
    world = World(2016, 2018)
    _supported(world, 1, "1995-05-01")
    _supported(world, 2, "1995-05-01", "2013-04-30")  # the day before turning 18, long after 9th grade
    world.person(3, "1995-05-01")  # never helped
    for person in (4, 5, 6):
        _supported(world, person, "1995-05-01")
    world.rows["persons"][3] = {"person": 4, "birth_date": "1995-05-01", "death_date": "2017-07-31"}
    world.rows["residence"][4] = {"person": 5, "from_day": "1995-05-01", "to_day": "2011-08-01"}  # moved after
    world.rows["residence"][5] = {"person": 6, "from_day": "2011-08-01", "to_day": None}  # moved in after
    for person in range(1, 7):
        world.add("grade9", {"person": person, "school_year": "2010/2011", "special_class": False})
    assert numerators(world.count("youth_education_six_years"), "person") == {1: 0, 2: 0, 5: 0}


def test_who_goes_through_9th_grade_twice_left_it_the_last_time() -> None:
    world = _supported(World(2016, 2018), 1, "1995-05-01")
    for school_year in ("2009/2010", "2010/2011"):
        world.add("grade9", {"person": 1, "school_year": school_year, "special_class": False})
    assert numerators(world.count("youth_education_six_years"), "period") == {"2016/2017": 0}


def test_at_18_to_21_being_in_education_on_31_december_counts_like_having_completed_one() -> None:
    spells = {
        1: ("2016-08-01", None, None),  # open
        2: ("2013-08-01", "2015-06-30", "completed"),
        3: ("2013-08-01", "2016-12-30", "dropped"),
        4: ("2013-08-01", "2016-12-31", "dropped"),  # the last day is still in it
        5: ("2017-01-01", None, None),  # begins the day after
    }
    world = World(2016, 2016)
    for person, (from_day, to_day, outcome) in spells.items():
        _supported(world, person, "1997-03-01", "2013-01-01")
        world.add("youth_education", {"person": person, "from_day": from_day, "to_day": to_day, "outcome": outcome})
    _supported(world, 6, "1997-03-01", "2013-01-01")
    assert numerators(world.count("youth_education_18_21"), "person") == {1: 1, 2: 1, 3: 0, 4: 1, 5: 0, 6: 0}


def test_an_education_begun_again_after_dropping_out_makes_one_row_that_counts() -> None:
    world = _supported(World(2016, 2016), 1, "1997-03-01", "2013-01-01")
    world.add("youth_education", {"person": 1, "from_day": "2013-08-01", "to_day": "2014-01-01", "outcome": "dropped"})
    world.add(
        "youth_education", {"person": 1, "from_day": "2014-08-01", "to_day": "2016-06-30", "outcome": "completed"}
    )
    world.add("youth_education", {"person": 1, "from_day": "2016-08-01"})
    assert numerators(world.count("youth_education_18_21"), "person") == {1: 1}


def test_ages_18_to_21_are_those_on_31_december() -> None:
    world = World(2016, 2016)
    for person, born in enumerate(("1998-12-31", "1999-01-01", "1995-01-01", "1994-12-31"), start=1):
        _supported(world, person, born, "2012-01-01" if person > 2 else "2015-01-01")
    assert set(numerators(world.count("youth_education_18_21"), "person")) == {1, 3}


def test_support_makes_vulnerable_on_a_day_from_the_15th_birthday_until_the_day_before_the_18th() -> None:
    spells = {
        1: ("2014-05-09", "2015-01-01"),  # 17 on the first day
        2: ("2014-05-10", "2015-01-01"),  # 18 on the first day
        3: ("2008-01-01", "2011-05-10"),  # 15 on the last day
        4: ("2008-01-01", "2011-05-09"),  # 14 on the last day
        5: ("2008-01-01", None),  # lasts
    }
    world = World(2016, 2016)
    for person, (from_day, to_day) in spells.items():
        _supported(world, person, "1996-05-10", from_day, to_day)
    _supported(world, 6, "1996-02-29", "2014-02-28")  # a leap day's child turns 18 on 1 March
    assert set(numerators(world.count("youth_education_18_21"), "person")) == {1, 3, 5, 6}


# ---- crime ----


def test_a_charge_counts_from_the_tenth_birthday_until_the_day_before_the_eighteenth() -> None:
    days = {
        1: ("2006-05-10", "2016-05-10"),  # 10 on the day
        2: ("2006-05-10", "2016-05-09"),  # 9
        3: ("1998-05-10", "2016-05-09"),  # 17
        4: ("1998-05-10", "2016-05-10"),  # 18 on the day
    }
    world = World(2016, 2016)
    for person, (born, charged_on) in days.items():
        world.person(person, born).add("charges", {"person": person, "charged_on": charged_on, "offence": "robbery"})
    assert numerators(world.count("youth_crime_serious"), "person") == {1: 1, 2: 0, 3: 1, 4: 0}


def test_the_young_are_those_who_lived_here_and_were_10_to_17_on_one_and_the_same_day() -> None:
    world = World(2016, 2016)
    world.person(1, "2006-12-31")  # turns 10 on the last day
    world.person(2, "2007-01-01")  # the day after
    world.person(3, "1998-01-02")  # 17 on the first day
    world.person(4, "1998-01-01")  # turns 18 on the first day
    world.person(5, "1998-05-10", lives=False).lives(5, "2016-05-10")  # moves in on the 18th birthday
    world.person(6, "1998-05-10", lives=False).lives(6, "2016-05-09")  # and the day before
    world.person(7, "2006-05-10", lives=False).lives(7, "2006-05-10", "2016-05-09")  # moves out the day before 10
    assert set(numerators(world.count("youth_crime_serious"), "person")) == {1, 3, 6}


def test_only_serious_charges_while_living_here_count_and_each_person_once() -> None:
    world = World(2016, 2016)
    for person in (1, 2, 3):
        world.person(person, "2001-01-01", lives=False).lives(person, "2016-03-01")
    for person, charged_on, offence in (
        (1, "2016-03-01", "violence"),
        (1, "2016-04-01", "serious_other"),
        (2, "2016-02-29", "violence"),  # the day before moving in
        (3, "2016-04-01", "other"),
    ):
        world.add("charges", {"person": person, "charged_on": charged_on, "offence": offence})
    assert numerators(world.count("youth_crime_serious"), "person") == {1: 1, 2: 0, 3: 0}


# ---- work or education ----


def test_work_and_education_in_the_fourth_quarter_count_among_those_aged_18_to_64_with_special_needs() -> None:
    world = World(2016, 2016)
    people = {1: "1980-01-01", 2: "1980-01-01", 3: "1980-01-01", 4: "1998-12-31", 5: "1999-01-01", 6: "1951-12-31"}
    for person, born in people.items():
        world.person(person, born).add("stays", {"person": person, "from_day": "2016-12-31", "section": "108"})
    world.person(7)  # without special needs
    statuses = {1: "employed", 2: "education", 3: "benefits", 4: "other", 5: "employed", 6: "employed", 7: "employed"}
    for person, status in statuses.items():
        world.add("labour", {"person": person, "quarter_first": "2016-10-01", "status": status})
        world.add("labour", {"person": person, "quarter_first": "2016-07-01", "status": "employed"})
    assert numerators(world.count("employment_or_education"), "person") == {1: 1, 2: 1, 3: 0, 4: 0}
