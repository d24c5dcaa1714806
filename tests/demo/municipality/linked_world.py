"""Worlds of a few people: registers and calendars as small tables, the template's SQL run straight in DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

import duckdb

Row = Mapping[str, object]
TEMPLATE = files("pejl.demo").joinpath("municipality")

MODELS = (
    *("mobility_signs", "vulnerability_levels", "mobility_pairs", "mobility_episodes", "special_needs_spells"),
    *("poverty_lines", "poverty_years", "youth_grade9", "youth_supported"),
)
"""The models these tests need, each after what it reads."""

REGISTERS = {
    "persons": "person BIGINT, birth_date DATE, sex VARCHAR, death_date DATE",
    "residence": "person BIGINT, from_day DATE, to_day DATE, district VARCHAR, address_type VARCHAR",
    "homelessness": "registration_id BIGINT, person BIGINT, from_day DATE, to_day DATE, situation VARCHAR",
    "stays": "stay_id BIGINT, person BIGINT, from_day DATE, to_day DATE, section VARCHAR, unit VARCHAR",
    "support": (
        "support_id BIGINT, person BIGINT, from_day DATE, to_day DATE, section VARCHAR, target_group VARCHAR, "
        "unit VARCHAR, hours_per_week DOUBLE, aim VARCHAR"
    ),
    "treatments": "course_id BIGINT, person BIGINT, from_day DATE, to_day DATE, kind VARCHAR, end_status VARCHAR",
    "income": (
        "person BIGINT, year BIGINT, household BIGINT, equivalised_income DOUBLE, net_wealth DOUBLE, "
        "sdgfat_lavindkomst BIGINT, sdgfat_nf BIGINT, sdgfat_stud BIGINT, sdgfat_hjfra BIGINT, sdgfat_nul BIGINT, "
        "student BOOLEAN"
    ),
    "charges": "charge_id BIGINT, person BIGINT, charged_on DATE, offence VARCHAR",
    "grade9": (
        "person BIGINT, school_year VARCHAR, special_class BOOLEAN, all_tests_danish BOOLEAN, "
        "all_tests_maths BOOLEAN, mean_danish DOUBLE, mean_maths DOUBLE"
    ),
    "youth_education": "spell_id BIGINT, person BIGINT, from_day DATE, to_day DATE, outcome VARCHAR",
    "labour": "person BIGINT, quarter_first DATE, status VARCHAR",
}

CALENDARS = {
    "calendar_years": (
        "SELECT CAST(y AS VARCHAR) AS period, y AS year, make_date(y, 1, 1) AS first_day, "
        "make_date(y, 12, 31) AS last_day FROM range({first}, {last} + 1) AS years (y)"
    ),
    "calendar_quarters": (
        "SELECT y || '-Q' || q AS period, y AS year, q AS quarter, make_date(y, q * 3 - 2, 1) AS first_day, "
        "last_day(make_date(y, q * 3, 1)) AS last_day "
        "FROM range({first}, {last} + 1) AS years (y), range(1, 5) AS quarters (q)"
    ),
    "calendar_school_years": (
        "SELECT (y - 1) || '/' || y AS period, y AS end_year, make_date(y - 1, 8, 1) AS first_day, "
        "make_date(y, 7, 31) AS last_day FROM range({first}, {last} + 1) AS years (y)"
    ),
    "calendar_transitions": (
        "SELECT y || '>' || (y + 1) AS period, y AS from_year, y + 1 AS to_year, make_date(y, 12, 31) AS from_day, "
        "make_date(y + 1, 12, 31) AS to_day FROM range({first}, {last}) AS years (y)"
    ),
    "calendar_days": (
        "SELECT d AS day, year(d) AS year, month(d) AS month, day(d) AS day_of_month, "
        "CAST(d + INTERVAL 1 YEAR AS DATE) AS year_later FROM ({days})"
    ),
    "calendar_months_later": (
        "SELECT d AS day, m AS months, CAST(d + to_months(m) AS DATE) AS later "
        "FROM ({days}), (SELECT CAST(n AS INTEGER) AS m FROM range(1, 13) AS months (n))"
    ),
}
DAYS = (
    "SELECT CAST(unnest(generate_series(make_date({first} - 12, 1, 1), make_date({last} + 2, 12, 31), "
    "INTERVAL 1 DAY)) AS DATE) AS d"
)


def day(text: str) -> date:
    """Return the day written year-month-day."""
    return date.fromisoformat(text)


class World:
    """Registers as rows; what a row leaves out is null, and days may be written as text."""

    def __init__(self, first: int = 2016, last: int = 2020) -> None:
        self.years = {"first": first, "last": last}
        self.rows: dict[str, list[Row]] = {name: [] for name in REGISTERS}
        self._filled: duckdb.DuckDBPyConnection | None = None

    def add(self, register: str, *rows: Row) -> World:
        self.rows[register].extend(rows)
        self._filled = None
        return self

    def person(self, person: int, born: str = "1980-06-15", *, died: str | None = None, lives: bool = True) -> World:
        """Add a person, living in the municipality since birth (and until death) unless told otherwise."""
        self.add("persons", {"person": person, "birth_date": born, "sex": "female", "death_date": died})
        if lives:
            self.lives(person, born, died)
        return self

    def lives(self, person: int, from_day: str, to_day: str | None = None) -> World:
        return self.add("residence", {"person": person, "from_day": from_day, "to_day": to_day, "district": "tranevig"})

    def count(self, indicator: str) -> list[dict[str, Any]]:
        """Return the rows of the indicator's SQL, in the order of their values."""
        return self.ask(TEMPLATE.joinpath("indicators", f"{indicator}.sql").read_text(encoding="utf-8"))

    def model(self, name: str) -> list[dict[str, Any]]:
        return self.ask(f"SELECT * FROM {name}")

    def ask(self, sql: str) -> list[dict[str, Any]]:
        if self._filled is None:
            self._filled = duckdb.connect(config={"threads": 1})
            self._fill(self._filled)
        found = self._filled.execute(sql)
        names = [column[0] for column in found.description or ()]
        return sorted((dict(zip(names, row, strict=True)) for row in found.fetchall()), key=_order)

    def _fill(self, connection: duckdb.DuckDBPyConnection) -> None:
        for name, columns in REGISTERS.items():
            connection.execute(f"CREATE TABLE {name} ({columns})")
            names = [column.split()[0] for column in columns.split(", ")]
            values = [tuple(row.get(each) for each in names) for row in self.rows[name]]
            if values:
                marks = ", ".join("?" * len(names))
                connection.executemany(f"INSERT INTO {name} VALUES ({marks})", values)
        days = DAYS.format(**self.years)
        for name, sql in CALENDARS.items():
            connection.execute(f"CREATE VIEW {name} AS {sql.format(days=days, **self.years)}")
        for name in MODELS:
            text = TEMPLATE.joinpath("models", f"{name}.sql").read_text(encoding="utf-8")
            connection.execute(f"CREATE VIEW {name} AS {text}")


def _order(row: Row) -> str:
    return str([str(value) for value in row.values()])


def numerators(rows: Iterable[Row], *keys: str) -> dict[Any, Any]:
    """Return the numerator of each row by its keys: a single one, or a tuple of several."""
    found: dict[Any, Any] = {}
    for row in rows:
        key = row[keys[0]] if len(keys) == 1 else tuple(row[each] for each in keys)
        assert key not in found, f"two rows for {key}"
        found[key] = row["numerator"]
    return found
