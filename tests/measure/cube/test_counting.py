"""Ways of counting, kinds and versions, with every answer worked out by hand."""

from __future__ import annotations

from math import sqrt
from pathlib import Path

import pytest
from tests.measure.cube.worlds import PERSONS, RESIDENCE, VISITS, Table, World, day, indicator, only, shown

from pejl.measure.cube import Cell, from_record, register_measurements, to_record
from pejl.measure.intervals import poisson_interval, wilson_interval
from pejl.workspace.states import State

YEAR = "JOIN calendar_years y ON v.day BETWEEN y.first_day AND y.last_day"


def total(cells: tuple[Cell, ...], period: str) -> Cell:
    (found,) = [cell for cell in cells if cell.period == period and not cell.dimensions]
    return found


def people(*numbers: int) -> Table:
    return PERSONS.with_rows([(number, day("1980-01-01"), "female") for number in numbers])


def living(*pairs: tuple[int, str]) -> Table:
    return RESIDENCE.with_rows([(person, day("2000-01-01"), None, district) for person, district in pairs])


def test_a_household_stands_where_its_reference_person_lives_and_counts_its_members_once(tmp_path: Path) -> None:
    columns = {"household": "integer", "person": "integer", "reference": "boolean"}
    members = [(10, 1, True), (10, 2, False), (10, 3, False), (20, 3, True), (30, 4, False)]
    evictions = [(1, 10, day("2020-03-01")), (2, 20, day("2020-09-01")), (3, 30, day("2020-09-01"))]
    evicted = {"eviction_id": "integer", "household": "integer", "day": "date"}
    way = {"relation": "households", "key": "household", "reference": "reference"}
    counting = {"unit": "household", "row": ["eviction_id"], "way": way, "as_of": "event", "cubes": ["ways_1"]}
    sql = "SELECT e.eviction_id, e.household, e.day AS event_date, 1 AS numerator FROM evictions e"
    world = World({"evicted": (indicator("evicted", "count", counting), sql)})
    world.tables = {
        "persons": people(1, 2, 3, 4),
        "residence": living((1, "north"), (2, "south"), (3, "south"), (4, "south")),
        "households": Table(columns, ("household", "person"), members),
        "evictions": Table(evicted, ("eviction_id",), evictions, None),
    }
    cells = only(world.count(tmp_path)["evicted"]).cells
    assert shown(cells, "2020") == {(): (3, 4)}  # person 3 lives in two of the households
    # the household without a reference person stands nowhere known
    assert shown(cells, "2020", "district") == {("north",): (1, 3), ("south",): (1, 1), ("unknown",): (1, 1)}


def cases(*owners: tuple[int, int]) -> World:
    decided = {"case_id": "integer", "day": "date", "in_time": "integer"}
    rows = [(1, day("2020-03-01"), 1), (2, day("2020-04-01"), 0), (3, day("2020-05-01"), 1)]
    counting = {
        "unit": "case",
        "row": ["case_id"],
        "as_of": "event",
        "cubes": ["ways_1"],
        "way": {"relation": "owners", "key": "case_id"},
    }
    sql = "SELECT d.case_id, d.day AS event_date, d.in_time AS numerator, 1 AS denominator FROM decided d"
    world = World({"on_time": (indicator("on_time", "share", counting), sql)})
    world.tables = {
        "residence": living((1, "north"), (2, "south")),
        "owners": Table({"case_id": "integer", "person": "integer"}, ("case_id", "person"), owners),
        "decided": Table(decided, ("case_id",), rows, None),
    }
    return world


def test_a_case_stands_where_its_person_lives(tmp_path: Path) -> None:
    cells = only(cases((1, 1), (2, 1)).count(tmp_path)["on_time"]).cells
    assert shown(cells, "2020") == {(): (2, 3, 2)}  # one person with two cases, one case without a person
    assert shown(cells, "2020", "district") == {("north",): (1, 2, 1), ("south",): (0, 0, 0), ("unknown",): (1, 1, 1)}


def test_a_way_to_several_persons_needs_a_reference(tmp_path: Path) -> None:
    counted = cases((1, 1), (1, 2)).count(tmp_path)["on_time"]
    assert (counted.code, counted.cells) == ("way_not_unique", ())


def test_employees_by_unit_are_counted_once_in_the_total(tmp_path: Path) -> None:
    jobs = [(1, 1, "x"), (2, 1, "y"), (3, 2, "x"), (4, 2, "x"), (5, 3, None)]
    rows = [(number, person, day("2020-05-05"), unit, 1.0, 1) for number, person, unit in jobs]
    counting = {"unit": "employee", "row": ["visit_id"], "sets": [{"by": ["kind"]}, {"by": ["kind", "district"]}]}
    sql = f"SELECT v.visit_id, v.person, y.period, v.kind, 1 AS numerator FROM visits v {YEAR}"
    world = World({"employed": (indicator("employed", "count", counting), sql)})
    world.tables = {"residence": living((1, "north"), (2, "north"), (3, "south")), "visits": VISITS.with_rows(rows)}
    cells = only(world.count(tmp_path)["employed"]).cells
    assert shown(cells, "2020") == {(): (5, 3)}
    assert shown(cells, "2020", "kind") == {("x",): (3, 2), ("y",): (1, 1), ("unknown",): (1, 1)}
    assert shown(cells, "2020", "district", "kind") == {
        ("north", "x"): (3, 2),
        ("north", "y"): (1, 1),
        ("south", "unknown"): (1, 1),
    }


def test_each_version_counts_the_periods_in_which_it_holds(tmp_path: Path) -> None:
    rows = [(1, 1, day("2019-02-02"), "x", 1.0, 1), (2, 1, day("2020-02-02"), "x", 1.0, 1)]
    sql = f"SELECT v.visit_id, v.person, y.period, {{}} AS numerator FROM visits v {YEAR}"
    versions = [
        {"version": "old", "definition": {"da": "g", "en": "o"}, "sql": "indicators/old.sql"},
        {"version": "new", "definition": {"da": "n", "en": "n"}, "valid_from": "2020-06-01"},
    ]
    declared = indicator("seen", "count", {"row": ["visit_id"]}, versions=versions)
    world = World({"seen": (declared, sql.format("10"))}, more_sql={"old.sql": sql.format("1")})
    world.tables = {"visits": VISITS.with_rows(rows)}
    counted = only(world.count(tmp_path)["seen"])
    assert [total(counted.cells, year).numerator for year in ("2019", "2020", "2021")] == [1, 10, 0]
    workspace, _ = world.write(tmp_path / "again")
    found = register_measurements(workspace, workspace.indicators_by_id["seen"], counted, day("2020-12-31"))
    assert [(item.period.text, item.version, item.value) for item in found] == [("2019", "old", 1), ("2020", "new", 10)]


def test_a_matrix_of_transitions(tmp_path: Path) -> None:
    moved = [(1, 2019, "low"), (1, 2020, "high"), (2, 2019, "low"), (2, 2020, "low"), (1, 2021, "high")]
    levels = Table({"person": "integer", "year": "integer", "level": "text"}, ("person", "year"), moved)
    sql = (
        "SELECT a.person, t.period, a.level AS level_from, b.level AS level_to, 1 AS numerator FROM levels a"
        " JOIN calendar_transitions t ON t.from_year = a.year"
        " JOIN levels b ON b.person = a.person AND b.year = t.to_year"
    )
    counting = {"period": "transition", "sets": [{"by": ["level_from", "level_to"]}], "cubes": ["ways_1"]}
    world = World({"mobility": (indicator("mobility", "transition", counting), sql)}, {"levels": levels})
    for parts in (1, 7):
        counted = only(world.count(tmp_path / str(parts), parts=parts)["mobility"])
        both = ("level_from", "level_to")
        assert shown(counted.cells, "2019>2020", *both) == {("low", "high"): (1, 1), ("low", "low"): (1, 1)}
        assert shown(counted.cells, "2020>2021", *both) == {("high", "high"): (1, 1)}
        assert shown(counted.cells, "2019>2020") == {(): (2, 2)}


HOURS = [(1, 1, 2.0, 0), (2, 1, 4.0, 1), (3, 2, 1.5, 1), (4, 3, 7.0, 1), (5, None, 3.0, 0)]


def hours(kind: str, num: str, den: str, **counting: object) -> World:
    rows = [(number, person, day("2020-05-05"), "x", spent, good) for number, person, spent, good in HOURS]
    sql = f"SELECT v.visit_id, v.person, y.period, {num} AS numerator, {den} AS denominator FROM visits v {YEAR}"
    world = World({"h": (indicator("h", kind, {"row": ["visit_id"], **counting}), sql)})
    world.tables = {"visits": VISITS.with_rows(rows)}
    return world


def test_a_ratio_has_the_linearised_standard_error_of_its_persons(tmp_path: Path) -> None:
    world = hours("ratio", "v.good", "v.hours", per=100)
    cell = total(only(world.count(tmp_path)["h"]).cells, "2020")
    assert (cell.numerator, cell.denominator, cell.n, cell.rows) == (3, 17.5, 4, 5)
    persons = [(1, 6.0), (1, 1.5), (1, 7.0), (0, 3.0)]  # the one without a number is a person of its own
    left = [num - 3 / 17.5 * den for num, den in persons]
    assert sum(left) == pytest.approx(0, abs=1e-12)
    assert cell.se == pytest.approx(100 * sqrt(4 / 3 * sum(each**2 for each in left)) / 17.5, rel=1e-11)


def test_a_mean_of_one_row_a_person_has_the_standard_error_of_a_mean(tmp_path: Path) -> None:
    world = hours("mean", "v.hours", "1")
    cell = total(only(world.count(tmp_path)["h"]).cells, "2020")
    sums = [6.0, 1.5, 7.0, 3.0]
    assert (cell.numerator, cell.denominator, cell.n) == (17.5, 5, 4)
    counts = [2, 1, 1, 1]
    left = [total_ - 3.5 * count for total_, count in zip(sums, counts, strict=True)]
    assert cell.se == pytest.approx(sqrt(4 / 3 * sum(each**2 for each in left)) / 5, rel=1e-11)
    workspace, _ = world.write(tmp_path / "again")
    counted = only(world.count(tmp_path)["h"])
    found = {
        each.period.text: each for each in register_measurements(workspace, workspace.indicators[0], counted, None)
    }
    t_3 = 3.182446305284263  # of Student's table: 97.5 per cent, 3 degrees of freedom
    assert found["2020"].value == 3.5
    assert found["2020"].low == pytest.approx(3.5 - t_3 * (cell.se or 0), rel=1e-11)
    assert (found["2020"].basis, found["2019"].state, found["2019"].value) == ("standard_error", State.NO_DATA, None)


@pytest.mark.parametrize(("kind", "per"), [("count", 1), ("rate", 1000), ("share", 1)])
def test_values_and_intervals(kind: str, per: int, tmp_path: Path) -> None:
    world = hours(kind, "v.good", "1", per=per)
    counted = only(world.count(tmp_path)["h"])
    workspace, _ = world.write(tmp_path / "again")
    found = {
        each.period.text: each for each in register_measurements(workspace, workspace.indicators[0], counted, None)
    }
    item = found["2020"]
    if kind == "count":
        assert (item.value, item.basis, (item.low, item.high)) == (3, "poisson", poisson_interval(3))
        assert (found["2019"].value, found["2019"].low, found["2019"].state) == (0, 0, State.MEASURED)
    elif kind == "rate":
        low, high = poisson_interval(3, 5)
        assert (item.value, item.low, item.high) == (600, low * 1000, high * 1000)
    else:
        low, high = wilson_interval(0.6, 5)
        assert (item.value, item.low, item.high) == (60, low * 100, high * 100)
        assert (item.n, item.numerator, item.denominator, item.method) == (4, 3, 5, "register")
    assert from_record(to_record(counted)) == counted


def test_a_register_that_is_not_there_costs_only_what_needs_it(tmp_path: Path) -> None:
    world = hours("count", "v.good", "1", cubes=["ways_1"])
    plain = f"SELECT v.visit_id, v.person, y.period, 1 AS numerator FROM visits v {YEAR}"
    world.indicators = {**world.indicators, "plain": (indicator("plain", "count", {"row": ["visit_id"]}), plain)}
    counted = world.count(tmp_path, without=["residence"])
    assert counted["plain"].reason is None
    assert counted["h"].code == "register_not_available"
    assert counted["h"].reason is not None
    assert counted["h"].reason.render("en") == "the register is not available here: residence"
    workspace, _ = world.write(tmp_path / "again")
    found = register_measurements(workspace, workspace.indicators_by_id["h"], counted["h"], None)
    assert {(item.period.text, item.state) for item in found} == {
        (year, State.NOT_COLLECTED) for year in ("2019", "2020", "2021")
    }
