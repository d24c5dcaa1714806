"""Where people stand on the day, with every answer worked out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.measure.cube.worlds import PERSONS, RESIDENCE, SUPPORT, VISITS, World, day, indicator, only, shown

ALIVE = "SELECT p.person, y.period, 1 AS numerator FROM persons p JOIN calendar_years y ON p.birth_date <= y.last_day"
EVENTS = "SELECT v.visit_id, v.person, v.day AS event_date, 1 AS numerator FROM visits v"


def alive(**counting: object) -> World:
    return World({"alive": (indicator("alive", "count", {"cubes": ["ways_1"], **counting}), ALIVE)})


def test_a_birthday_on_the_day_counts(tmp_path: Path) -> None:
    world = alive()
    born = [(1, day("2001-12-31"), "female"), (2, day("2002-01-01"), "female")]
    world.tables = {"persons": PERSONS.with_rows(born)}
    cells = only(world.count(tmp_path)["alive"]).cells
    assert shown(cells, "2019", "ages") == {
        ("0_17",): (1, 1),  # turns 18 the day after
        ("18_64",): (1, 1),
        ("65_plus",): (0, 0),
        ("unknown",): (0, 0),
    }
    assert shown(cells, "2020", "ages")["18_64",] == (2, 2)


def test_those_born_on_a_leap_day_turn_older_on_the_first_of_march(tmp_path: Path) -> None:
    counting = {"cubes": ["ways_1"], "row": ["visit_id"], "as_of": "event"}
    world = World({"visits_made": (indicator("visits_made", "count", counting), EVENTS)}, years=(2022, 2022))
    visits = [(1, 1, day("2022-02-28"), "x", 0.0, 0), (2, 2, day("2022-03-01"), "x", 0.0, 0)]
    born = [(1, day("2004-02-29"), "male"), (2, day("2004-02-29"), "male")]
    world.tables = {"persons": PERSONS.with_rows(born), "visits": VISITS.with_rows(visits)}
    ages = shown(only(world.count(tmp_path)["visits_made"]).cells, "2022", "ages")
    assert (ages["0_17",], ages["18_64",]) == ((1, 1), (1, 1))


def test_who_moved_in_the_year_counts_where_they_live_at_its_end_or_start(tmp_path: Path) -> None:
    spells = [
        (1, day("2010-01-01"), day("2020-06-30"), "north"),
        (1, day("2020-07-01"), None, "south"),  # still open
        (2, day("2010-01-01"), day("2020-12-30"), "north"),  # moved away the day before the last
        (3, day("2010-01-01"), day("2020-12-31"), "north"),  # the last day is included
    ]
    people = [(number, day("1980-01-01"), "female") for number in (1, 2, 3)]
    tables = {"persons": PERSONS.with_rows(people), "residence": RESIDENCE.with_rows(spells)}
    ends, starts = alive(), alive(as_of="period_start")
    ends.tables = starts.tables = tables
    at_end = shown(only(ends.count(tmp_path / "end")["alive"]).cells, "2020", "district")
    at_start = shown(only(starts.count(tmp_path / "start")["alive"]).cells, "2020", "district")
    assert at_end == {("north",): (1, 1), ("south",): (1, 1), ("unknown",): (1, 1)}
    assert at_start == {("north",): (3, 3), ("south",): (0, 0), ("unknown",): (0, 0)}


@pytest.mark.parametrize("known", [True, False])
def test_where_spells_overlap_the_code_declared_first_counts(tmp_path: Path, known: bool) -> None:
    world = alive()
    spells = [
        (1, day("2010-01-01"), None, "south"),
        (1, day("2020-01-01"), None, "north"),  # overlaps from 2020, and north is declared first
        (2, day("2010-01-01"), day("2019-12-31"), "south"),
        (2, day("2020-01-01"), None, "north"),  # follows
    ]
    people = [(number, day("1980-01-01"), "female") for number in (1, 2)]
    world.known_keys = known
    world.tables = {"persons": PERSONS.with_rows(people), "residence": RESIDENCE.with_rows(spells)}
    cells = only(world.count(tmp_path)["alive"]).cells
    assert shown(cells, "2019", "district") == {("north",): (0, 0), ("south",): (2, 2), ("unknown",): (0, 0)}
    assert shown(cells, "2020", "district") == {("north",): (2, 2), ("south",): (0, 0), ("unknown",): (0, 0)}


def test_districts_ages_and_groups_of_many_days_do_not_mix(tmp_path: Path) -> None:
    """Forty days of nine bits: more than one number of 64 bits holds."""
    world = World({"alive": (indicator("alive", "count", {"cubes": ["ways_1"]}), ALIVE)}, years=(1982, 2021))
    spells = [
        (1, day(f"{year}-01-01"), day(f"{year}-12-31"), "north" if year % 2 else "south") for year in range(1982, 2021)
    ]
    people = [(1, day("1970-06-30"), "male")]
    helped = [(1, 1, day("2000-01-01"), day("2001-12-31"), "b"), (2, 1, day("2001-01-01"), None, "a")]
    world.tables = {
        "persons": PERSONS.with_rows(people),
        "residence": RESIDENCE.with_rows(spells),
        "support": SUPPORT.with_rows(helped),
    }
    counted = only(world.count(tmp_path)["alive"])
    for year in range(1982, 2022):
        district = "unknown" if year == 2021 else "north" if year % 2 else "south"
        pattern = {2000: "b", 2001: "a+b"}.get(year, "none" if year < 2000 else "a")
        age = "0_17" if year <= 1987 else "18_64"
        for name, code in (("district", district), ("ages", age), ("sex", "male")):
            assert {each: sums for each, sums in shown(counted.cells, str(year), name).items() if sums[1]} == {
                (code,): (1, 1)
            }
        assert shown(counted.patterns, str(year), "groups") == {(pattern,): (1, 1)}


def test_the_oldest_the_unborn_and_those_without_a_birthday_have_their_place(tmp_path: Path) -> None:
    visits = [(number, number, day("2019-06-01"), "x", 0.0, 0) for number in (1, 2, 3, 4)]
    sql = "SELECT v.person, y.period, 1 AS numerator FROM visits v CROSS JOIN calendar_years y"
    world = World({"alive": (indicator("alive", "count", {"cubes": ["ways_1"]}), sql)}, years=(2019, 2020))
    born = [day("0001-01-01"), day("2019-12-31"), day("2020-12-31"), None]
    people = [(number, birthday, "male") for number, birthday in enumerate(born, 1)]
    world.tables = {"persons": PERSONS.with_rows(people), "visits": VISITS.with_rows(visits)}
    cells = only(world.count(tmp_path)["alive"]).cells
    none = (0, 0)
    assert shown(cells, "2019", "ages") == {
        ("0_17",): (1, 1),
        ("18_64",): none,
        ("65_plus",): (1, 1),
        ("unknown",): (2, 2),
    }
    assert shown(cells, "2020", "ages") == {
        ("0_17",): (2, 2),
        ("18_64",): none,
        ("65_plus",): (1, 1),
        ("unknown",): (1, 1),
    }


def test_several_target_groups_and_the_patterns_that_add_up(tmp_path: Path) -> None:
    world = alive()
    helped = [
        (1, 1, day("2019-01-01"), None, "a"),
        (2, 1, day("2019-05-01"), None, "b"),
        (3, 2, day("2019-05-01"), None, "b"),
        (4, 2, day("2019-08-01"), None, "b"),  # in the same group twice
    ]
    people = [(number, day("1980-01-01"), "female") for number in (1, 2, 3)]
    world.tables = {"persons": PERSONS.with_rows(people), "support": SUPPORT.with_rows(helped)}
    counted = only(world.count(tmp_path)["alive"])
    assert shown(counted.cells, "2019", "groups") == {("a",): (1, 1), ("b",): (2, 2), ("none",): (1, 1)}
    assert shown(counted.patterns, "2019", "groups") == {("a+b",): (1, 1), ("b",): (1, 1), ("none",): (1, 1)}
    assert shown(counted.cells, "2019") == {(): (3, 3)}


def test_rows_without_a_person_are_one_person_each_and_stand_nowhere_known(tmp_path: Path) -> None:
    counting = {"cubes": ["ways_1"], "row": ["visit_id"], "as_of": "event"}
    visits = [
        (1, None, day("2020-02-01"), "x", 0.0, 0),
        (2, None, day("2020-02-01"), "x", 0.0, 0),
        (3, 1, day("2020-02-01"), "x", 0.0, 0),
        (4, 1, day("2020-05-01"), "x", 0.0, 0),
    ]
    for known_keys in (True, False):
        world = World({"seen": (indicator("seen", "count", counting), EVENTS)}, known_keys=known_keys)
        people = PERSONS.with_rows([(1, day("1980-01-01"), "female")])
        world.tables = {"persons": people, "visits": VISITS.with_rows(visits)}
        cells = only(world.count(tmp_path / str(known_keys))["seen"]).cells
        assert shown(cells, "2020") == {(): (4, 3)}
        assert shown(cells, "2020", "sex") == {("female",): (2, 1), ("male",): (0, 0), ("unknown",): (2, 2)}


def test_the_unknown_can_be_left_out_of_breakdowns_and_stay_in_the_total(tmp_path: Path) -> None:
    world = alive(unknown="leave_out")
    people = [(1, day("1980-01-01"), "female"), (2, day("1980-01-01"), None)]
    world.tables = {"persons": PERSONS.with_rows(people)}
    cells = only(world.count(tmp_path)["alive"]).cells
    assert shown(cells, "2019") == {(): (2, 2)}
    assert shown(cells, "2019", "sex") == {("female",): (1, 1), ("male",): (0, 0)}
    assert shown(cells, "2019", "ages")["18_64",] == (2, 2)


def test_a_code_is_listed_only_while_it_is_valid(tmp_path: Path) -> None:
    world = alive()
    world.cubes = [{"id": "colours", "title": {"da": "f", "en": "c"}, "dimensions": ["colour"]}]
    codes = [
        {"code": "old", "label": {"da": "o", "en": "o"}, "valid_to": "2019-12-31"},
        {"code": "new", "label": {"da": "n", "en": "n"}, "valid_from": "2020-01-01"},
    ]
    world.dimensions = [{"id": "colour", "title": {"da": "f", "en": "c"}, "codes": codes}]
    declared = indicator("alive", "count", {"cubes": ["colours"]})
    world.indicators = {"alive": (declared, ALIVE.replace("1 AS numerator", "'old' AS colour, 1 AS numerator"))}
    counted = only(world.count(tmp_path)["alive"])
    assert shown(counted.cells, "2019", "colour") == {("old",): (0, 0)}
    assert shown(counted.cells, "2021", "colour") == {("new",): (0, 0)}
