"""A small municipality whose SQL is checked: registers, an indicator, and engines with the same few rows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from pejl.measure.queries import CALENDARS, Graph, Query, build_graph, calendar_rows
from pejl.workspace.loading import load_workspace
from pejl.workspace.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Content, MakeWorkspace, Swaps

YEARS = 'years = { first = 2016, last = 2018 }\nlanguages = ["da", "en"]'

TYPES = {"text": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "date": "DATE", "boolean": "BOOLEAN"}

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "persons": {"person": "integer", "birth_date": "date", "sex": "text", "income": "number", "moved": "boolean"},
    "stays": {
        "stay_id": "integer",
        "person": "integer",
        "from_day": "date",
        "to_day": "date",
        "unit": "text",
        "hours": "number",
        "place": "integer",
    },
    "units": {"unit": "text", "centre": "text", "beds": "integer"},
}
"""The registers as SQL sees them; `persons` also has a `name`, which it does not see."""


def register(name: str, *, place: str = "municipality") -> str:
    """The contract of a register of `COLUMNS`."""
    columns = COLUMNS[name]
    person = "person: person\n" if "person" in columns else ""
    cpr, other = "cpr, personal: identifier", "{}, personal: ordinary"
    kinds = {each: cpr if each == "person" else other.format(kind) for each, kind in columns.items()}
    lines = [f"  - {{name: {each}, type: {kind}}}" for each, kind in kinds.items()]
    if name == "persons":
        lines.append("  - {name: name, type: text, personal: identifier}")
    texts = "".join(f"{key}: {{da: D, en: E}}\n" for key in ("title", "purpose", "legal_basis", "delivered_by"))
    source = f"data: {{format: parquet, path: data/{name}.parquet}}\n"
    key = next(iter(columns))
    return f"id: {name}\n{texts}processed_at: [{place}]\n{source}{person}key: [{key}]\ncolumns:\n" + "\n".join(lines)


COUNTING = "source: registers\ncounting:\n  unit: person\n  row: [person, period]\nscope: city"
COUNTED = "select person, period, 1 as numerator from persons cross join calendar_years"


@dataclass(frozen=True)
class Checked:
    """What was found in SQL."""

    root: Path
    graph: Graph
    problems: tuple[Problem, ...]

    @property
    def lines(self) -> list[str]:
        """Each problem as one line: place, code, what, mend."""
        return [
            f"{each.location} {each.code}: {each.what.render('en')}. {each.mend.render('en')}"
            for each in self.problems
            if each.code != "sql_unused"
        ]

    @property
    def codes(self) -> list[str]:
        return [each.code for each in self.problems]

    @property
    def query(self) -> Query:
        """The model `m`."""
        return self.graph.models["m"]


class CheckSql(Protocol):
    """Checks SQL: a text is the model `m`; files and swaps change the workspace as in `make_workspace`."""

    def __call__(
        self, sql: str | None = None, files: Mapping[str, Content] | None = None, *, swap: Swaps | None = None
    ) -> Checked: ...


@pytest.fixture
def check_sql(make_workspace: MakeWorkspace) -> CheckSql:
    def check(
        sql: str | None = None, files: Mapping[str, Content] | None = None, *, swap: Swaps | None = None
    ) -> Checked:
        contents: dict[str, Content] = {f"registers/{name}.yaml": register(name) for name in COLUMNS}
        contents |= {"indicators/homeless.sql": COUNTED, **(files or {})}
        if sql is not None:
            contents["models/m.sql"] = sql
        swaps: dict[str, Any] = {
            "pejl.toml": ('languages = ["da", "en"]', YEARS),
            "indicators/homeless.yaml": ("scope: city", COUNTING),
            **(swap or {}),
        }
        root = make_workspace(contents, swap=swaps)
        for file in set(root.rglob("*.sql")) - {root / path for path in contents}:
            file.unlink()
        workspace, problems = load_workspace(root)
        assert [each.what.render("en") for each in problems.sorted()] == []
        graph = build_graph(workspace, problems)
        return Checked(root, graph, problems.sorted())

    return check


ROWS: Mapping[str, list[tuple[object, ...]]] = {
    "persons": [
        (1, "1980-02-29", "female", 100.5, True),
        (2, "1990-12-31", "male", 200.25, False),
        (3, "2001-08-01", "female", None, None),
    ],
    "stays": [
        (11, 1, "2016-01-31", "2016-02-29", "u1", 2.5, 1),
        (12, 1, "2016-03-05", None, "u2", 3.5, 2),
        (13, 2, "2017-07-31", "2017-08-01", "u1", 0.1, -7),
        (14, None, "2018-12-31", None, "u3", None, None),
    ],
    "units": [("u1", "c1", 10), ("u2", "c1", 0), ("Ø3", "c2", None)],
}


def relations() -> Iterator[tuple[str, Mapping[str, str], list[tuple[object, ...]]]]:
    """Every relation of the small world: its name, its columns, its rows."""
    for name, columns in COLUMNS.items():
        yield name, columns, ROWS[name]
    for name, columns in CALENDARS.items():
        if name != "calendar_months_later":  # many rows, and nothing engines could differ in
            yield name, columns, list(calendar_rows(name, 2016, 2018))


@pytest.fixture(scope="session")
def duckdb_world() -> Iterator[Any]:
    import duckdb

    with duckdb.connect() as connection:
        for name, columns, rows in relations():
            described = ", ".join(f"{each} {TYPES[kind]}" for each, kind in columns.items())
            connection.execute(f"create table {name} ({described})")
            values = ", ".join("unnest(?)" for _ in columns)
            connection.execute(
                f"insert into {name} select {values}", [list(column) for column in zip(*rows, strict=True)]
            )
        yield connection


@pytest.fixture(scope="session")
def postgres_world() -> Iterator[Any]:
    """A PostgreSQL server that is thrown away afterwards; without one the test is skipped."""
    if shutil.which("pg_virtualenv") is None:
        pytest.skip("there is no pg_virtualenv to start PostgreSQL with")
    psycopg = pytest.importorskip("psycopg")
    command = ["pg_virtualenv", "-t", "-c", "--locale C -e UTF8", "sh", "-c", "env; echo ready; read line"]
    server = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        with server:
            assert server.stdin is not None
            assert server.stdout is not None
            lines = iter(server.stdout.readline, "")
            said = [line.strip() for line in iter(lambda: next(lines, "ready\n").strip(), "ready")]
            names = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
            pairs = [line.partition("=") for line in said]
            where = {names[name]: value for name, _, value in pairs if name in names}
            if "port" not in where:
                pytest.skip("PostgreSQL could not be started")
            with psycopg.connect(dbname="postgres", connect_timeout=10, **where) as connection:
                _fill(connection)
                yield connection
            server.stdin.close()
    finally:
        server.wait(timeout=60)


def _fill(connection: Any) -> None:
    for name, columns, rows in relations():
        kinds = {**TYPES, "number": "DOUBLE PRECISION"}
        connection.execute(f"create table {name} ({', '.join(f'{c} {kinds[k]}' for c, k in columns.items())})")
        with connection.cursor() as cursor:
            cursor.executemany(f"insert into {name} values ({', '.join(['%s'] * len(columns))})", rows)
    connection.commit()


def plain(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    """Rows in an order of their own, numbers rounded: engines add numbers in any order."""
    rounded = [tuple(round(each, 9) if isinstance(each, float) else each for each in row) for row in rows]
    return sorted(rounded, key=lambda row: tuple((each is None, str(each)) for each in row))
