"""Tables in SQLite files, read with Python's own client."""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from pejl.engines.sql_text import quoted
from pejl.registers.csv_files import found_columns
from pejl.registers.extracts import csv_sql, extract
from pejl.registers.sources import Reading, SourceError, located, read_columns, shown
from pejl.text import message
from pejl.workspace.registers import Register

_BATCH = 10_000
_CPR_DIGITS = 10


@contextmanager
def sqlite_reading(root: Path, register: Register, folder: Path) -> Iterator[Reading]:
    """Yield the reading of a table or view; rows are numbered as SQLite returns them.

    Raises:
        SourceError: the file, the table or a column is missing, or SQLite cannot read it.
    """
    file = located(root, register.data)[0]
    name = shown(root, file)
    with extract(folder) as passed, io.TextIOWrapper(passed.file, encoding="utf-8", newline="") as text:
        writer = csv.writer(text, lineterminator="\n", delimiter=";", quoting=csv.QUOTE_ALL)
        try:
            with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                # bytes that are no UTF-8 become a sign no rule accepts, rather than an error that quotes them
                connection.text_factory = lambda stored: stored.decode("utf-8", "replace")
                number = 0
                for number, row in enumerate(_rows(connection, register, name), 1):
                    writer.writerow([number, *row])
        except sqlite3.Error:
            raise SourceError(
                message("SQLite cannot read the table '{table}' in '{file}'", **_place(register, name))
            ) from None
        text.flush()
        natives = {column.name: "VARCHAR" for column in read_columns(register)}
        columns = ", ".join(quoted(column) for column in natives)
        cells = csv_sql(passed.path, ("_row", *natives), header=False)
        sql = f"SELECT {columns}, CAST(0 AS BIGINT) AS _file, CAST(_row AS BIGINT) AS _row FROM {cells}"
        yield Reading(sql, natives, (name,), numbered=True, expected=number)


def _place(register: Register, name: str) -> dict[str, object]:
    return {"table": register.data.table or "", "file": name}


def _rows(connection: sqlite3.Connection, register: Register, name: str) -> Iterator[Iterator[str]]:
    table = quoted(register.data.table or "")
    there = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")]
    if not there:
        raise SourceError(message("there is no table '{table}' in '{file}'", **_place(register, name)))
    columns = read_columns(register)
    places = found_columns({each.name: each.source_name or each.name for each in columns}, there, name)
    selected = ", ".join(quoted(there[places[each.name]]) for each in columns)
    numbers = [each.type == "cpr" for each in columns]
    found = connection.execute(f"SELECT {selected} FROM {table}")
    while batch := found.fetchmany(_BATCH):
        for row in batch:
            yield _texts(row, numbers, register.data.decimal)


def _texts(row: Sequence[object], numbers: Sequence[bool], decimal: str) -> Iterator[str]:
    """Yield cells as the contract says they are written, whatever SQLite stored them as."""
    for cell, is_cpr in zip(row, numbers, strict=True):
        if cell is None:
            yield ""
        elif isinstance(cell, int):
            yield str(cell).zfill(_CPR_DIGITS) if is_cpr else str(cell)
        elif isinstance(cell, float):
            yield str(int(cell)) if cell.is_integer() else repr(cell).replace(".", decimal)
        elif isinstance(cell, bytes):
            yield "\ufffd"
        else:
            yield str(cell).replace("\0", "\ufffd")
