"""Tables on a PostgreSQL server, read with its own client, in a transaction that can only read.

The connection string stands in an environment variable that the contract names. Errors of the server can quote rows
and passwords, so none of their words are passed on.
"""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pejl.engines.sql_text import literal, quoted
from pejl.registers.csv_files import found_columns
from pejl.registers.extracts import csv_sql, extract
from pejl.registers.sources import Reading, SourceError, joined, read_columns
from pejl.text import message
from pejl.workspace.registers import Column, Register, RegisterSource

if TYPE_CHECKING:
    import psycopg

_BOOLEAN, _DATE = 16, 1082
_MOMENTS = (1114, 1184)
_WHOLE = (20, 21, 23)
_FRACTIONS = (700, 701, 1700)
"""The numbers of PostgreSQL's own types (its catalogue `pg_type`)."""


@contextmanager
def postgresql_reading(register: Register, folder: Path) -> Iterator[Reading]:
    """Yield the reading of a table or view; a server has no row numbers.

    Raises:
        SourceError: the connection, the table or a column is missing, or the server does not answer.
    """
    with extract(folder) as passed:
        with _connected(register) as connection, connection.cursor() as cursor:
            cells = _cells(cursor, register)
            rows = f"SELECT {', '.join(cells)} FROM {_table(register)}"
            statement = f"COPY ({rows}) TO STDOUT (FORMAT csv, FORCE_QUOTE *, ENCODING 'UTF8')"
            with cursor.copy(statement) as copy:
                for block in copy:
                    passed.file.write(block)
            rows_sent = cursor.rowcount
        passed.file.flush()
        natives = {column.name: "VARCHAR" for column in read_columns(register)}
        source = csv_sql(passed.path, list(natives), header=False, delimiter=",")
        columns = ", ".join(quoted(column) for column in natives)
        sql = f"SELECT {columns}, CAST(0 AS BIGINT) AS _file, CAST(NULL AS BIGINT) AS _row FROM {source}"
        yield Reading(sql, natives, (register.data.table or "",), numbered=False, expected=rows_sent)


def table_digest(register: Register) -> str:
    """Return a hash of the declared columns' content, made on the server: the same for any order of the rows.

    Raises:
        SourceError: as for reading.
    """
    with _connected(register) as connection, connection.cursor() as cursor:
        cells = ", ".join(_cells(cursor, register))
        row = f"CAST(ROW({cells}) AS text)"
        sums = ", ".join(f"sum(CAST(hashtextextended({row}, {seed}) AS numeric))" for seed in (0, 1))
        cursor.execute(f"SELECT count(*), {sums} FROM {_table(register)}")
        return joined(str(each) for each in cursor.fetchone() or ())


@contextmanager
def _connected(register: Register) -> Iterator[psycopg.Connection[Any]]:
    try:
        import psycopg
    except ImportError:
        raise SourceError(
            message("reading from PostgreSQL needs the package psycopg; install pejl[postgresql]")
        ) from None
    variable = register.data.connection or ""
    address = os.environ.get(variable)
    if not address:
        raise SourceError(message("the environment variable '{name}' with the connection is not set", name=variable))
    try:
        connection = psycopg.connect(address)
    except psycopg.Error:
        raise SourceError(message("no connection to PostgreSQL with '{name}'", name=variable)) from None
    try:
        with connection:
            connection.read_only = True
            yield connection
    except psycopg.Error:
        raise SourceError(
            message("PostgreSQL cannot read the table '{table}'", table=register.data.table or "")
        ) from None


def _table(register: Register) -> str:
    return ".".join(quoted(part) for part in (register.data.table or "").split("."))


def _cells(cursor: psycopg.Cursor[Any], register: Register) -> list[str]:
    """Return SQL for each declared column's cells as text, written as the contract says."""
    cursor.execute(f"SELECT * FROM {_table(register)} LIMIT 0")
    described = cursor.description or []
    columns = read_columns(register)
    wanted = {each.name: each.source_name or each.name for each in columns}
    places = found_columns(wanted, [each.name for each in described], register.data.table or "")
    return [_cell(each, described[places[each.name]], register.data) for each in columns]


def _cell(column: Column, described: psycopg.Column, source: RegisterSource) -> str:
    name = quoted(described.name)
    text = f"CAST({name} AS text)"
    kind = described.type_code
    if kind == _BOOLEAN and source.true_words and source.false_words:
        true, false = literal(source.true_words[0]), literal(source.false_words[0])
        return f"CASE WHEN {name} THEN {true} WHEN NOT {name} THEN {false} END"
    if kind == _DATE or kind in _MOMENTS:
        return f"to_char({name}, 'YYYY-MM-DD')"
    if kind in _WHOLE and column.type == "cpr":
        return f"lpad({text}, 10, '0')"
    if kind in _FRACTIONS:
        return f"replace({text}, '.', {literal(source.decimal)})"
    return text
