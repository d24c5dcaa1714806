"""Worlds of a few people: registers as their contracts declare them, real calendars, the template's SQL in DuckDB.

`World().has("residence", "1 2015-01-01 - tranevig ordinary")` adds a row: its values in the contract's order, `-` where
there is none. `.rows("population")` is what the SQL gives, `.sums("population")` {period: (numerator, denominator)}.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from pejl.measure.queries.calendars import CALENDARS, calendar_rows
from pejl.workspace.loading import load_workspace
from pejl.workspace.model import Workspace

FIRST, LAST = 2016, 2018
SQL_TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "cpr": "BIGINT",
}


@cache
def template() -> Workspace:
    """The workspace of the invented municipality."""
    workspace, problems = load_workspace(Path(str(files("pejl.demo").joinpath("municipality"))))
    assert not list(problems.sorted())
    return workspace


@cache
def _with_calendars() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name, columns in CALENDARS.items():
        kinds = ", ".join(f"{column} {SQL_TYPES[kind]}" for column, kind in columns.items())
        rows = calendar_rows(name, FIRST, LAST)
        values = ", ".join(f"({', '.join(_literal(value) for value in row)})" for row in rows)
        connection.execute(f"CREATE TABLE {name} ({kinds})")
        connection.execute(f"INSERT INTO {name} VALUES {values}")
    return connection


def _literal(value: object) -> str:
    return str(value) if isinstance(value, int) else f"'{value}'"


class World:
    """Registers with the rows they are given; each world has a database of its own."""

    def __init__(self) -> None:
        self.connection = _with_calendars().cursor()
        self.connection.execute(
            "DROP SCHEMA IF EXISTS world CASCADE; CREATE SCHEMA world; SET search_path = 'world,main'"
        )
        for register in template().registers:
            columns = ", ".join(f"{column.name} {SQL_TYPES[column.type]}" for column in register.columns)
            self.connection.execute(f"CREATE TABLE world.{register.id} ({columns})")

    def has(self, register: str, *rows: str) -> World:
        """Add rows, each the values of all columns in the order of the contract, `-` where there is none."""
        for row in rows:
            values = [None if word == "-" else word for word in row.split()]
            marks = ", ".join("?" for _ in values)
            self.connection.execute(f"INSERT INTO world.{register} VALUES ({marks})", values)
        return self

    def lives(self, *persons: int, until: str = "-", died: str = "-") -> World:
        """Let people be born in 1980 and live at an ordinary address since 2010."""
        for person in persons:
            self.has("persons", f"{person} 1980-06-15 female {died}")
            self.has("residence", f"{person} 2010-01-01 {until} tranevig ordinary")
        return self

    def rows(self, indicator: str, version: str | None = None) -> list[dict[str, Any]]:
        """Return what the indicator's SQL gives, as its contract wants it: every row key once."""
        declared = template().indicators_by_id[indicator]
        rows = self.ask(template().sql_by_file[template().sql_of(declared, version)].text)
        assert declared.counting is not None
        keys = [tuple(row[name] for name in declared.counting.row) for row in rows]
        assert len(set(keys)) == len(keys)
        return rows

    def ask(self, sql: str) -> list[dict[str, Any]]:
        """Return the rows of a SELECT, sorted, after the models it reads have been made."""
        self._make_models(sql)
        found = self.connection.execute(sql)
        names = [column[0] for column in found.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        return sorted(rows, key=lambda row: [(value is None, str(value)) for value in row.values()])

    def model(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a model."""
        return self.ask(f"SELECT * FROM {name}")

    def sums(self, indicator: str, *by: str, version: str | None = None) -> dict[Any, tuple[float, float]]:
        """Return numerator and denominator by period, or by period and the columns `by`; a count's denominator is 0."""
        sums: dict[Any, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for row in self.rows(indicator, version):
            period = row["period"] if "period" in row else str(row["event_date"].year)
            cell = sums[(period, *(row[name] for name in by)) if by else period]
            cell[0] += row["numerator"]
            cell[1] += row.get("denominator", 0)
        return {key: (numerator, denominator) for key, (numerator, denominator) in sorted(sums.items())}

    def persons(self, indicator: str, period: str) -> dict[int, float]:
        """Return the numerator of each person of a period."""
        rows = self.rows(indicator)
        return {
            row["person"]: row["numerator"]
            for row in rows
            if (row["period"] if "period" in row else str(row["event_date"].year)) == period
        }

    def _make_models(self, sql: str) -> None:
        for name, model in template().models.items():
            if re.search(rf"\b{name}\b", sql):
                self._make_models(model.text)
                self.connection.execute(f"CREATE OR REPLACE VIEW world.{name} AS {model.text}")
