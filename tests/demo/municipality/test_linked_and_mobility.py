"""Poverty and social mobility in worlds of a few people, worked out by hand; what must hold in every world."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.demo.municipality.linked_world import World, day, numerators

# ---- poverty ----


def _incomes(world: World, person: int, incomes: dict[int, float], wealth: float = 0, studied: int = 0) -> World:
    for year, income in incomes.items():
        row = {"person": person, "year": year, "equivalised_income": income, "net_wealth": wealth}
        world.add("income", row | {"student": year == studied})
    return world


@pytest.mark.parametrize(("incomes", "line"), [((100, 210, 500), 105.0), ((100, 210, 250, 500), 115.0), ((70,), 35.0)])
def test_the_line_is_half_of_the_median_with_odd_and_even_numbers(incomes: tuple[float, ...], line: float) -> None:
    world = World()
    for person, income in enumerate(incomes, start=1):
        _incomes(world, person, {2016: income})
    assert world.model("poverty_lines") == [{"year": 2016, "half_of_median": line}]


def _poor(person: int, incomes: dict[int, float], **more: Any) -> World:
    """Return a world with a median of 200 in every year from 2014 on, made by persons 11-15, and one more person."""
    world = World(2016, 2017).person(person)
    for other in range(11, 16):
        _incomes(world.person(other), other, dict.fromkeys(range(2014, 2018), 200))
    return _incomes(world, person, incomes, **more)


@pytest.mark.parametrize(
    ("incomes", "more", "found"),
    [
        ({2014: 99, 2015: 99, 2016: 99}, {}, {"2016": 1}),
        ({2014: 99, 2015: 100, 2016: 99}, {}, {"2016": 0}),  # on the line is not below it
        ({2014: 99, 2015: 99, 2016: 99, 2017: 150}, {}, {"2016": 1, "2017": 0}),
        ({2014: 99, 2015: 99, 2016: 99}, {"wealth": 99_999.99}, {"2016": 1}),
        ({2014: 99, 2015: 99, 2016: 99}, {"wealth": 100_000}, {"2016": 0}),
        ({2014: 99, 2015: 99, 2016: 99, 2017: 99}, {"studied": 2014}, {"2017": 1}),  # 2014 is out of the three
        ({2014: 99, 2016: 99}, {}, {}),  # a year is missing
    ],
)
def test_long_term_poverty_takes_three_years_in_a_row(
    incomes: dict[int, float], more: dict[str, Any], found: dict[str, int]
) -> None:
    rows = _poor(1, incomes, **more).count("poverty_long_term")
    assert numerators((row for row in rows if row["person"] == 1), "period") == found
    assert {row["numerator"] for row in rows if row["person"] > 10} == {0}


def test_poverty_by_statistics_denmark_needs_all_five_criteria_where_one_means_met() -> None:
    flags = ("sdgfat_lavindkomst", "sdgfat_nf", "sdgfat_stud", "sdgfat_hjfra", "sdgfat_nul")
    world = World(2016, 2016)
    for person, lacking in enumerate((None, *flags), start=1):
        row = {"person": person, "year": 2016, "equivalised_income": 1, "net_wealth": 0, "student": False}
        world.person(person).add("income", row | {flag: int(flag != lacking) for flag in flags})
    world.add("income", {"person": 7, "year": 2016} | dict.fromkeys(flags, 1))  # does not live here
    assert numerators(world.count("poverty_sdg"), "person") == {1: 1, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0}


# ---- levels of vulnerability ----


def _support(person: int, hours: float, group: str = "vulnerable_adults", **more: object) -> dict[str, object]:
    given = {"person": person, "from_day": "2015-01-01", "target_group": group, "hours_per_week": hours}
    return {"aim": "develop", **given, **more}


def _levels(world: World, year: int) -> dict[int, str]:
    return {
        row["person"]: row["vulnerability_level"] for row in world.model("vulnerability_levels") if row["year"] == year
    }


def test_the_level_is_that_of_the_signs_on_the_day() -> None:
    world = World(2016, 2017)
    for person in range(1, 14):
        world.person(person)
    since = {"from_day": "2016-01-01"}
    world.add(
        "support", _support(2, 9.9), _support(3, 10), _support(4, 30, "disability"), _support(5, 1), _support(6, 10)
    )
    world.add("treatments", *({"person": person, "kind": "alcohol", **since} for person in (5, 6, 7)))
    world.add("treatments", {"person": None, "kind": "drug", **since})  # anonymous
    for person, section in ((8, "107"), (9, "108"), (10, "109"), (11, "110"), (7, "107")):
        world.add("stays", {"person": person, "section": section, **since})
    world.add(
        "homelessness",
        {"person": 12, "situation": "friends", **since},
        {"person": None, "situation": "street", **since},
    )
    assert _levels(world, 2016) == {
        1: "none",
        2: "light",
        3: "moderate",  # much support alone
        4: "none",  # a disability alone
        5: "moderate",  # treatment, and little support
        6: "severe",  # treatment and much support
        7: "severe",  # treatment and a temporary housing service
        8: "moderate",
        9: "none",  # a lasting home
        10: "severe",
        11: "severe",
        12: "severe",
        13: "none",
    }
    assert {
        (row["person"], row["vulnerability_level"])
        for row in world.count("socially_vulnerable")
        if row["period"] == "2016"
    } == {
        *((2, "light"), (3, "moderate"), (5, "moderate"), (6, "severe"), (7, "severe")),
        *((8, "moderate"), (10, "severe"), (11, "severe"), (12, "severe")),
    }


def test_a_sign_holds_on_its_first_and_its_last_day() -> None:
    world = World(2016, 2017)
    spells = {1: ("2016-12-31", "2016-12-31"), 2: ("2017-01-01", "2017-12-30"), 3: ("2016-01-01", "2017-12-31")}
    for person, (from_day, to_day) in spells.items():
        world.person(person).add("homelessness", {"person": person, "from_day": from_day, "to_day": to_day})
    assert _levels(world, 2016) == {1: "severe", 2: "none", 3: "severe"}
    assert _levels(world, 2017) == {1: "none", 2: "none", 3: "severe"}


# ---- the matrix ----


def _homeless(world: World, person: int, from_day: str, to_day: str | None = None) -> World:
    return world.add("homelessness", {"person": person, "from_day": from_day, "to_day": to_day})


def test_a_birth_a_death_and_moves_out_and_in_stand_in_the_matrix_once() -> None:
    world = World(2016, 2017)
    world.person(1)  # stays, not vulnerable
    _homeless(world.person(2), 2, "2016-01-01", "2017-06-30")  # leaves vulnerability
    _homeless(world.person(3), 3, "2017-06-30")  # becomes vulnerable
    world.person(4, "2017-03-01")  # is born
    world.person(5, died="2017-12-31")  # dies on the last day: lived here that day
    world.person(6, died="2017-12-30")  # dies the day before
    world.person(7, lives=False).lives(7, "1980-06-15", "2017-05-01")  # moves out
    world.person(8, lives=False).lives(8, "2017-05-01")  # moves in
    world.person(9, lives=False).lives(9, "2017-02-01", "2017-11-30")  # in and out within the year: at neither end
    world.person(10, died="2017-09-01", lives=False).lives(10, "1980-06-15", "2017-05-01")  # moves, then dies
    world.person(11, died="2018-01-01", lives=False).lives(11, "1980-06-15", "2017-05-01")  # moves, dies later
    world.person(12, lives=False).lives(12, "1980-06-15", "2017-02-01").lives(12, "2017-09-01")  # out and in again
    rows = world.count("social_mobility")
    assert {(row["person"], row["level_from"], row["level_to"]) for row in rows} == {
        *((1, "none", "none"), (2, "severe", "none"), (3, "none", "severe"), (4, "newcomer", "none")),
        *((5, "none", "none"), (6, "none", "dead"), (7, "none", "moved_away"), (8, "newcomer", "none")),
        *((10, "none", "dead"), (11, "none", "moved_away"), (12, "none", "none")),
    }
    assert len(rows) == 11
    assert {(row["period"], row["numerator"]) for row in rows} == {("2016>2017", 1)}


def test_the_three_figures_read_from_the_matrix_leave_out_who_lives_here_at_one_end_only() -> None:
    world = World(2016, 2017)
    for person in (1, 2, 3, 7):
        world.person(person)
    world.person(4, died="2017-03-01")
    world.person(5, lives=False).lives(5, "1980-06-15", "2017-03-01")
    world.person(6, lives=False).lives(6, "2017-03-01")
    for person in (1, 4, 5):
        _homeless(world, person, "2016-01-01", "2017-03-01")  # 1: severe to none
    world.add(
        "support", _support(2, 5, to_day="2017-01-31"), _support(2, 20, from_day="2017-02-01")
    )  # light to moderate
    _homeless(world, 3, "2017-03-01")  # none to severe
    _homeless(world, 6, "2017-03-01")
    assert numerators(world.count("left_vulnerability"), "person") == {1: 1, 2: 0}
    assert numerators(world.count("mobility_net"), "person") == {1: -3, 2: 1, 3: 3}


def test_stable_as_intended_is_support_to_maintain_whose_level_did_not_get_worse() -> None:
    world = World(2016, 2017)
    for person in range(1, 9):
        world.person(person)
    world.person(9, died="2017-03-01")
    for person in (1, 2, 3, 9):
        world.add("support", _support(person, 5, aim="maintain"))
    _homeless(world, 2, "2017-06-01")  # got worse
    world.add("support", _support(3, 5, aim="limit_loss"))  # beside the one that maintains
    world.add("support", _support(4, 5, aim="maintain"), _support(4, 5, aim="develop"))  # one of them is to develop
    world.add("support", _support(5, 5, aim="limit_loss"))
    world.add("support", _support(6, 5, aim="maintain", to_day="2016-12-30"))  # not on the day
    world.add("support", _support(7, 5, aim="maintain", to_day="2016-12-31"))  # over, and better
    world.add("support", _support(8, 40, "disability", aim="maintain"))
    assert numerators(world.count("stable_as_intended"), "person") == {1: 1, 2: 0, 3: 1, 7: 1, 8: 1}


# ---- what must hold in every world ----

_DAYS = st.dates(day("2015-06-01"), day("2018-06-30"))
_SPELLS = st.lists(
    st.tuples(st.integers(1, 5), st.sampled_from(["home", "shelter", "drug", "light", "much", "107"]), _DAYS, _DAYS),
    max_size=12,
)
_STAYS = st.lists(st.tuples(st.integers(1, 5), _DAYS, _DAYS), max_size=5, unique_by=lambda stay: stay[0])
_DEATHS = st.dictionaries(st.integers(1, 5), _DAYS, max_size=3)
_STEPS = {"none": 0, "light": 1, "moderate": 2, "severe": 3}


def _world(spells: Any, stays: Any, deaths: Any) -> World:
    world = World(2016, 2017)
    for person in range(1, 6):
        world.add("persons", {"person": person, "birth_date": "1980-01-01", "death_date": deaths.get(person)})
    for person, one, other in stays:
        world.add("residence", {"person": person, "from_day": min(one, other), "to_day": max(one, other)})
    for person, sign, one, other in spells:
        row: dict[str, object] = {"person": person, "from_day": min(one, other), "to_day": max(one, other)}
        if sign == "home":
            world.add("homelessness", row)
        elif sign in ("shelter", "107"):
            world.add("stays", row | {"section": "110" if sign == "shelter" else sign})
        elif sign == "drug":
            world.add("treatments", row)
        else:
            world.add("support", _support(person, 20 if sign == "much" else 2) | row)
    return world


@settings(max_examples=30, deadline=None)
@given(spells=_SPELLS, stays=_STAYS, deaths=_DEATHS)
def test_the_margins_of_the_matrix_are_the_stocks_of_the_two_years(spells: Any, stays: Any, deaths: Any) -> None:
    world = _world(spells, stays, deaths)
    rows = world.count("social_mobility")
    persons = [row["person"] for row in rows]
    assert len(persons) == len(set(persons))
    for year, side, others in ((2016, "level_from", {"newcomer"}), (2017, "level_to", {"dead", "moved_away"})):
        stock = Counter(_levels(world, year).values())
        margin = Counter(row[side] for row in rows if row[side] not in others)
        assert margin == stock
        assert {row["person"] for row in rows if row[side] not in others} == set(_levels(world, year))
    assert not [row for row in rows if row["level_from"] == "newcomer" and row["level_to"] in ("dead", "moved_away")]


@settings(max_examples=30, deadline=None)
@given(spells=_SPELLS, stays=_STAYS, deaths=_DEATHS)
def test_the_levels_agree_with_python_and_the_figures_with_the_matrix(spells: Any, stays: Any, deaths: Any) -> None:
    world = _world(spells, stays, deaths)
    for year in (2016, 2017):
        assert _levels(world, year) == _reference(spells, stays, day(f"{year}-12-31"))
    both = [row for row in world.count("social_mobility") if {row["level_from"], row["level_to"]} <= _STEPS.keys()]
    moved = {row["person"]: _STEPS[row["level_to"]] - _STEPS[row["level_from"]] for row in both}
    vulnerable = {row["person"] for row in both if row["level_from"] != "none"}
    newly = {row["person"] for row in both if row["level_from"] == "none" and row["level_to"] != "none"}
    left = {row["person"]: int(row["level_to"] == "none") for row in both if row["person"] in vulnerable}
    assert numerators(world.count("left_vulnerability"), "person") == left
    assert numerators(world.count("mobility_net"), "person") == {one: moved[one] for one in vulnerable | newly}


def _reference(spells: Any, stays: Any, on: Any) -> dict[int, str]:
    """Return the level of all who live in the municipality on the day, by the words of the definition."""
    found = {}
    for person in {person for person, one, other in stays if min(one, other) <= on <= max(one, other)}:
        signs = {sign for who, sign, one, other in spells if who == person and min(one, other) <= on <= max(one, other)}
        treated, much = "drug" in signs, bool(signs & {"107", "much"})
        if signs & {"home", "shelter"} or (treated and much):
            found[person] = "severe"
        elif treated or much:
            found[person] = "moderate"
        else:
            found[person] = "light" if signs else "none"
    return found
