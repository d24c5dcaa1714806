"""What the SQL proves about its rows, and what it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest

from pejl.measure.cube.keys import named_once
from pejl.measure.cube.spells import spells_apart
from pejl.measure.cube.values import Source, Spells
from pejl.measure.queries import Graph, Query
from pejl.workspace.registers import Register
from pejl.workspace.registers import Spells as Declared


def source(*key: str, spells: Spells | None = None) -> Source:
    return Source((Path("x"),), {}, "person", 1, "", key, spells=spells)


SOURCES = {
    "persons": source("person"),
    "income": source("person", "year"),
    "spells": source("spell_id"),
    "unchecked": source(),
    "homes": source("person", "a", spells=Spells("a", "b", ("person",))),
    "posts": source("post_id", spells=Spells("a", "b", ("person", "unit"))),
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
HELD = "SELECT h.person, y.period FROM homes h JOIN calendar_years y ON "
PROVEN_BY_SPELLS = [
    f"{HELD}h.a <= y.last_day AND COALESCE(h.b, CAST('9999-12-31' AS DATE)) >= y.last_day",
    f"{HELD}h.a <= y.last_day AND (h.b IS NULL OR h.b >= y.last_day)",
    f"{HELD}h.a <= y.last_day AND (h.b > y.last_day OR (h.b IS NULL))",
    f"{HELD}y.last_day >= h.a WHERE y.last_day <= h.b",
    f"{HELD}y.last_day BETWEEN h.a AND h.b",
    f"{HELD}y.last_day BETWEEN h.a AND h.b AND h.district = 'north'",
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year"
    " LEFT JOIN homes h ON h.person = i.person AND y.first_day BETWEEN h.a AND h.b",
    "SELECT h.person, '2016' AS period FROM homes h WHERE h.a < CAST('2016-07-01' AS DATE)"
    " AND h.b >= CAST('2016-07-01' AS DATE)",
    "SELECT i.person, y.period FROM income i JOIN calendar_years y ON y.year = i.year"
    " LEFT JOIN posts p ON p.person = i.person AND p.unit = 'u' AND y.last_day BETWEEN p.a AND p.b",
]
NOT_PROVEN_BY_SPELLS = [
    f"{HELD}h.a <= y.last_day",
    f"{HELD}h.a <= y.last_day AND h.b >= y.first_day",  # both of two that meet in the year
    f"{HELD}h.a <= y.last_day AND COALESCE(h.b, y.first_day) >= y.first_day",
    f"{HELD}h.a >= y.last_day AND h.b >= y.last_day",
    f"{HELD}y.last_day BETWEEN h.a AND h.c",
    f"{HELD}y.last_day BETWEEN h.a AND h.b OR y.year = 2016",
    f"{HELD}h.a <= y.last_day AND (h.c IS NULL OR h.b >= y.last_day)",
    f"{HELD}h.a <= y.last_day AND h.b + 1 >= y.last_day",
    "SELECT h.person, y.period FROM unchecked h JOIN calendar_years y ON y.last_day BETWEEN h.a AND h.b",
    "SELECT p.person, y.period FROM posts p JOIN calendar_years y ON y.last_day BETWEEN p.a AND p.b",
    # what a left join asks of its left side leaves rows that break it
    "SELECT h.person, '2016' AS period FROM homes h LEFT JOIN persons p ON p.person = h.person"
    " AND h.a < CAST('2016-07-01' AS DATE) AND h.b >= CAST('2016-07-01' AS DATE)",
    # a step of the same name is another relation
    "WITH homes AS (SELECT u.person, u.a, u.b FROM unchecked u) SELECT h.person, y.period FROM homes h"
    " JOIN calendar_years y ON y.last_day BETWEEN h.a AND h.b",
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


@pytest.mark.parametrize("sql", PROVEN + PROVEN_BY_SPELLS)
def test_each_row_is_named_once(sql: str) -> None:
    assert proven(sql)


@pytest.mark.parametrize("sql", NOT_PROVEN + NOT_PROVEN_BY_SPELLS)
def test_it_is_not_known(sql: str) -> None:
    assert not proven(sql)


def contract(fields: dict[str, Any]) -> Register:
    return Register.model_construct(**fields)


@pytest.mark.parametrize(
    ("per", "overlap", "person", "wanted"),
    [
        (("unit", "person"), "forbidden", "person", Spells("a", "b", ("unit", "person"))),
        ((), "forbidden", "person", Spells("a", "b", ("person",))),
        ((), "forbidden", None, None),
        (("person",), "allowed", "person", None),
    ],
)
def test_spells_are_apart_where_the_contract_says_so(
    per: tuple[str, ...], overlap: Literal["forbidden", "allowed"], person: str | None, wanted: Spells | None
) -> None:
    declared = Declared.model_construct(from_="a", to="b", per=per, overlap=overlap)
    with_spells, without = ({"spells": each, "person": person} for each in (declared, None))
    assert spells_apart(contract(with_spells)) == wanted
    assert spells_apart(contract(without)) is None
