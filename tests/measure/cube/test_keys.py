"""What the SQL proves about its rows, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pejl.measure.cube.keys import named_once
from pejl.measure.cube.values import Source
from pejl.measure.queries import Graph, Query


def source(*key: str) -> Source:
    return Source((Path("x"),), {}, "person", 1, "", key)


SOURCES = {
    "persons": source("person"),
    "income": source("person", "year"),
    "spells": source("spell_id"),
    "unchecked": source(),
}
PROVEN = [
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year",
    "SELECT i.person, CAST(i.year AS TEXT) AS period FROM income i",
    "SELECT s.person, y.period FROM spells s JOIN calendar_years y ON s.a <= y.last_day GROUP BY s.person, y.period",
    "SELECT i.person, '2016' AS period FROM income i WHERE i.year = 2016",
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year"
    " LEFT JOIN persons p ON p.person = i.person",
    "WITH a AS (SELECT s.person, s.year FROM spells s GROUP BY s.person, s.year)"
    " SELECT a.person, y.period FROM a JOIN calendar_years y ON a.year = y.year",
    "SELECT DISTINCT s.person, s.period FROM spells s",
    "SELECT m.person, m.period FROM model m",
    "SELECT p.person, y.period FROM persons p CROSS JOIN calendar_years y",
]
NOT_PROVEN = [
    "SELECT s.person, y.period FROM spells s JOIN calendar_years y ON s.a <= y.last_day",
    "SELECT u.person, y.period FROM unchecked u JOIN calendar_years y ON y.year = u.year",
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year <= i.year",
    "SELECT i.person, '2016' AS period FROM income i",
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year"
    " LEFT JOIN spells s ON s.person = i.person",
    "SELECT s.person, s.period FROM spells s GROUP BY s.person, s.period, s.district",
    "SELECT i.person, i.year / 10 AS period FROM income i",
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year"
    " UNION ALL SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year",
    "SELECT i.person, y.period FROM income i FULL JOIN calendar_years y ON y.year = i.year",
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year OR y.year = 2016",
    "SELECT i.person FROM income i",
]
MODEL = Query("model", "", "", PROVEN[0], ("income", "calendar_years"), {}, True)


def proven(sql: str) -> bool:
    query = Query("q", "", "", sql, (), {"person": "integer", "period": "text"}, True)
    return named_once(query, ("person", "period"), Graph(models={"model": MODEL}), SOURCES)


@pytest.mark.parametrize("sql", PROVEN)
def test_each_row_is_named_once(sql: str) -> None:
    assert proven(sql)


@pytest.mark.parametrize("sql", NOT_PROVEN)
def test_it_is_not_known(sql: str) -> None:
    assert not proven(sql)
