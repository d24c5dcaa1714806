"""Periods by their numbers: which SQL is rewritten, and that what is counted stays the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.measure.cube.worlds import VISITS, World, day, indicator, only, shown

from pejl.measure.cube.numbered import numbered

COLUMNS = "y.period, v.person, count(*) AS numerator"
JOIN = "FROM visits AS v JOIN calendar_years AS y ON v.day BETWEEN y.first_day AND y.last_day"
PLAIN = f"SELECT {COLUMNS} {JOIN} GROUP BY y.period, v.person"


def words(sql: str) -> str:
    return " ".join(sql.split())


def test_the_period_of_a_calendar_becomes_its_number() -> None:
    found = numbered(PLAIN, "year", "_calendar_0")
    assert found is not None
    assert (found.calendar, found.name) == ("calendar_years", "_calendar_0")
    assert words(found.sql) == (
        "SELECT y.period_no, v.person, COUNT(*) AS numerator FROM visits AS v JOIN _calendar_0 AS y"
        " ON v.day BETWEEN y.first_day AND y.last_day GROUP BY y.period_no, v.person"
    )


@pytest.mark.parametrize(
    "sql",
    [
        PLAIN.replace("y.period,", "CAST(y.year AS TEXT) AS period,", 1),  # no column of a calendar
        PLAIN.replace("v.person, count", "v.person, y.period AS named, count"),  # its name is wanted, too
        PLAIN.replace(" JOIN calendar", " LEFT JOIN calendar"),  # rows may have none
        PLAIN.replace("FROM visits AS v JOIN", "FROM visits AS v RIGHT JOIN"),
        PLAIN + " HAVING count(*) > 1",
        f"WITH calendar_years AS (SELECT 1 AS period) {PLAIN}",  # not the calendar
        f"{PLAIN} UNION ALL {PLAIN}",
        f"SELECT f.period, f.person, f.numerator FROM ({PLAIN}) AS f",
    ],
)
def test_what_is_not_plainly_a_calendars_period_stays_a_name(sql: str) -> None:
    assert numbered(sql, "year", "_calendar_0") is None


def test_the_period_of_a_calendar_of_another_kind_stays_a_name() -> None:
    assert numbered(PLAIN, "quarter", "_calendar_0") is None
    assert numbered(PLAIN, "date", "_calendar_0") is None


VISITED = [(number, 1, day(f"{year}-05-05"), "x", 0.5, 1) for number, year in enumerate([2018, 2019, 2019, 2021, 2022])]


@pytest.mark.parametrize("sql", [PLAIN, f"SELECT f.period, f.person, f.numerator FROM ({PLAIN}) AS f"])
def test_by_number_or_by_name_the_same_is_counted(tmp_path: Path, sql: str) -> None:
    world = World({"seen": (indicator("seen", "count", {}), sql)})
    world.tables = {"visits": VISITS.with_rows(VISITED)}
    cells = only(world.count(tmp_path)["seen"]).cells
    assert [(cell.period, cell.numerator, cell.n) for cell in cells] == [("2019", 2, 1), ("2020", 0, 0), ("2021", 1, 1)]


def test_each_version_counts_its_own_periods_only(tmp_path: Path) -> None:
    versions = [
        {"version": "1", "definition": {"da": "o", "en": "w"}, "valid_to": "2019-12-31"},
        {"version": "2", "definition": {"da": "o", "en": "w"}, "valid_from": "2020-01-01", "sql": "indicators/two.sql"},
    ]
    world = World({"seen": (indicator("seen", "count", {}, versions=versions), PLAIN)})
    world.more_sql = {"two.sql": PLAIN.replace("count(*)", "10 * count(*)")}
    world.tables = {"visits": VISITS.with_rows(VISITED)}
    cells = only(world.count(tmp_path)["seen"]).cells
    assert {cell.period: cell.numerator for cell in cells} == {"2019": 2, "2020": 0, "2021": 10}


def test_a_window_over_periods_sees_those_that_are_not_counted(tmp_path: Path) -> None:
    window = f"SELECT y.period, v.person, count(*) OVER (PARTITION BY v.person) AS numerator {JOIN}"
    listed = {"every_years": 1, "periods": ["2021"]}
    world = World({"seen": (indicator("seen", "count", {}, rhythm=listed), window)})
    world.tables = {"visits": VISITS.with_rows(VISITED)}
    cells = only(world.count(tmp_path)["seen"]).cells
    assert {cell.period: shown(cells, cell.period)[()] for cell in cells} == {"2021": (3, 1)}
