"""Tables of SQLite and PostgreSQL become the same rows as files do."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.registers.conftest import KEY, LoadRegisters, Take, contract
from tests.registers.test_csv import pseudonym

from pejl.engines import Session
from pejl.registers import Intake, take_in

Rows = Callable[[Intake], list[tuple[Any, ...]]]

COLUMNS = """\
person: person
key:
  - id
columns:
  - name: id
    type: integer
    personal: pseudonym
  - name: person
    source_name: cpr
    type: cpr
    personal: identifier
  - name: name
    type: text
    personal: identifier
  - name: day
    type: date
    personal: indirect
  - name: hours
    type: number
    personal: indirect
  - name: secret
    type: boolean
    personal: indirect
  - name: note
    type: text
    personal: indirect
"""
SQLITE = "data:\n  format: sqlite\n  path: data/cases.sqlite\n  table: \"the stays\"\n  thousands: '.'\n" + COLUMNS
CREATE = 'CREATE TABLE "the stays" (id, cpr, name, day, hours, secret, note)'
ROWS: list[tuple[object, ...]] = [
    (1, "010190-1234", "Karen", "2016-02-29", 1234.5, 1, 'æ; "ø"\nå'),
    (2, 101901234, None, "29-02-2016", "1.234,5", "ja", None),
    (3.0, None, None, "2016-02-29 10:00:00", 7, 0, ""),
]


def sqlite_file(path: Path, rows: list[tuple[object, ...]]) -> None:
    path.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(CREATE)
        connection.executemany('INSERT INTO "the stays" VALUES (?, ?, ?, ?, ?, ?, ?)', rows)


@pytest.fixture
def from_sqlite(load: LoadRegisters, session: Session, tmp_path: Path) -> Callable[..., Intake]:
    def make(rows: list[tuple[object, ...]], body: str = SQLITE) -> Intake:
        workspace = load({"registers/stays.yaml": contract(body)})
        sqlite_file(workspace.root / "data" / "cases.sqlite", rows)
        return take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)

    return make


def test_a_table_of_sqlite_is_read_whatever_its_cells_are_stored_as(
    from_sqlite: Callable[..., Intake], rows_of: Rows
) -> None:
    intake = from_sqlite(ROWS)
    assert [(each.rule, each.column) for each in intake.findings] == []
    number = pseudonym("0101901234")
    assert rows_of(intake) == [
        (1, number, date(2016, 2, 29), 1234.5, True, 'æ; "ø"\nå'),
        (2, number, date(2016, 2, 29), 1234.5, True, None),
        (3, None, date(2016, 2, 29), 7.0, False, None),
    ]


def test_faults_in_a_table_of_sqlite_are_counted_with_their_rows(from_sqlite: Callable[..., Intake]) -> None:
    rows: list[tuple[object, ...]] = [
        *ROWS,
        (4, b"\xff", None, 42, "x", 2, None),
        (None, None, None, None, None, None, 1),
    ]
    found = {(each.rule, each.column): each.rows for each in from_sqlite(rows).findings}
    assert found == {
        ("cpr_form", "person"): (4,),
        ("format", "day"): (4,),
        ("format", "hours"): (4,),
        ("format", "secret"): (4,),
        ("required", "id"): (5,),
    }


@pytest.mark.parametrize(
    ("content", "table", "reason"),
    [
        (None, "the stays", "there is no file 'data/cases.sqlite'"),
        ("no database at all", "the stays", "SQLite cannot read the table 'the stays' in 'data/cases.sqlite'"),
        ("", "the stays", "there is no table 'the stays' in 'data/cases.sqlite'"),
    ],
)
def test_a_database_that_cannot_be_read_is_a_reason(take: Take, content: str | None, table: str, reason: str) -> None:
    intake = take(SQLITE, {"data/cases.sqlite": content})
    assert intake.reason is not None
    assert intake.reason.render("en") == reason


def test_what_sqlite_has_not_yet_moved_from_its_log_is_read_and_noticed(
    load: LoadRegisters, session: Session, tmp_path: Path
) -> None:
    workspace = load({"registers/stays.yaml": contract(SQLITE)})
    path = workspace.root / "data" / "cases.sqlite"
    sqlite_file(path, ROWS[:1])
    before = take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        with connection:
            connection.execute('INSERT INTO "the stays" (id) VALUES (9)')
        after = take_in(workspace, workspace.registers[0], session, tmp_path / "cache", KEY)
    assert (before.rows, after.rows) == (1, 2)


POSTGRESQL = "data:\n  format: postgresql\n  connection: STAYS_DB\n  table: own.stays\n" + COLUMNS


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """A PostgreSQL server of its own; its address."""
    if shutil.which("pg_virtualenv") is None:
        pytest.skip("pg_virtualenv is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    shell = 'echo "host=$PGHOST port=$PGPORT user=$PGUSER password=$PGPASSWORD dbname=$PGDATABASE"; read -r _'
    # -t: a folder of its own, so that two runs do not meet
    command = ["pg_virtualenv", "-t", "-c", "--locale C -e UTF8", "sh", "-c", shell]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        address = next((line for line in process.stdout if line.startswith("host=")), None)
        if address is None:
            pytest.skip("no PostgreSQL server can be started here")
        yield address.strip()
        process.stdin.close()
        process.stdout.read()


@pytest.fixture
def table(server: str, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Run SQL on the server, after an empty schema `own` was made."""
    import psycopg

    monkeypatch.setenv("STAYS_DB", server)

    def make(sql: str) -> None:
        with psycopg.connect(server) as connection:
            connection.execute(sql.encode())

    make("DROP SCHEMA IF EXISTS own CASCADE; CREATE SCHEMA own")
    return make


TYPED = """CREATE TABLE own.stays (id int, "CPR" text, name text, day date, hours numeric, secret boolean, note text);
    INSERT INTO own.stays VALUES
        (1, '010190-1234', 'Karen', '2016-02-29', 1234.5, true, E'æ; "ø"\\nå'),
        (3, NULL, NULL, '2016-03-01', 7, false, ''), (2, '6101901234', NULL, NULL, NULL, NULL, NULL)"""


def test_a_table_of_postgresql_is_read_by_its_types(take: Take, table: Callable[[str], None], rows_of: Rows) -> None:
    table(TYPED)
    intake = take(POSTGRESQL, {})
    assert (intake.reason, intake.findings) == (None, ())
    known, replaced = pseudonym("0101901234"), pseudonym("6101901234")
    rows = [
        (1, known, date(2016, 2, 29), 1234.5, True, 'æ; "ø"\nå'),
        (2, replaced, None, None, None, None),
    ]
    assert rows_of(intake) == [*sorted(rows, key=lambda row: row[1]), (3, None, date(2016, 3, 1), 7.0, False, None)]


def test_texts_in_postgresql_are_read_as_declared_and_faults_have_no_row_numbers(
    take: Take, table: Callable[[str], None]
) -> None:
    table(
        "CREATE TABLE own.stays (id text, cpr bigint, name text, day text, hours text, secret text, note text);"
        "INSERT INTO own.stays VALUES ('1', 101901234, '', '29-02-2016', '1,5', 'nej', ''),"
        "('2', 12, '', '30-02-2016', '1.5', 'x', '')"
    )
    found = {(each.rule, each.column): (each.count, each.rows) for each in take(POSTGRESQL, {}).findings}
    assert found == {
        ("cpr_form", "person"): (1, ()),
        ("format", "day"): (1, ()),
        ("format", "hours"): (1, ()),
        ("format", "secret"): (1, ()),
    }


def test_a_table_that_has_not_changed_is_known_whatever_the_order_of_its_rows(
    take: Take, table: Callable[[str], None]
) -> None:
    table(TYPED)
    first = take(POSTGRESQL, {})
    table(
        "CREATE TABLE own.other AS SELECT * FROM own.stays ORDER BY id DESC; DROP TABLE own.stays;"
        "ALTER TABLE own.other RENAME TO stays"
    )
    assert take(POSTGRESQL, {}).sha256 == first.sha256
    table("UPDATE own.stays SET name = 'Anna'")  # never read
    assert take(POSTGRESQL, {}).sha256 == first.sha256
    table("UPDATE own.stays SET hours = 8 WHERE id = 3")
    assert take(POSTGRESQL, {}).sha256 != first.sha256


@pytest.mark.parametrize(
    ("address", "sql", "reason"),
    [
        (None, "SELECT 1", "the environment variable 'STAYS_DB' with the connection is not set"),
        (
            "host=/nowhere password=Karen",
            "SELECT 1",
            "no connection to PostgreSQL with 'STAYS_DB'",
        ),
        ("", "SELECT 1", "PostgreSQL cannot read the table 'own.stays'"),
        (
            "",
            "CREATE TABLE own.stays (id int)",
            "'own.stays' has no column 'cpr', 'day', 'hours', 'secret', 'note'",
        ),
    ],
)
def test_a_server_that_does_not_give_the_table_is_a_reason(
    take: Take,
    table: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
    address: str | None,
    sql: str,
    reason: str,
) -> None:
    table(sql)
    if address is None:
        monkeypatch.delenv("STAYS_DB")
    elif address:
        monkeypatch.setenv("STAYS_DB", address)
    intake = take(POSTGRESQL, {})
    assert intake.reason is not None
    assert intake.reason.render("en") == reason
