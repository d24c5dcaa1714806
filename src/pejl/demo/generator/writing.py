"""Writing the registers as municipal systems deliver them: Parquet, CSV and one SQLite file."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pejl.demo.generator.days import OPEN
from pejl.demo.generator.numbers import cpr_numbers, pseudonyms
from pejl.demo.generator.tables import (
    COPIED,
    MUNICIPAL,
    NATIONAL,
    REGISTERS,
    Kind,
    Table,
    Text,
    categorical,
    codes,
    values,
)

if TYPE_CHECKING:
    import duckdb

    from pejl.demo.generator.world import World

Identifiers = Literal["cpr", "pseudonym"]

PARQUET = (
    "persons", "residence", "households", "pupils", "school_absence", "support_delivered", "labour", "income",
)  # fmt: skip
SQLITE = ("cases", "time_limits", "complaints")
SQLITE_FILE = "cases.sqlite"


def registers_written(linked: bool | None) -> tuple[str, ...]:
    """The registers of the municipality (False), of the linked registers (True), or all (None)."""
    if linked is None:
        return tuple(REGISTERS)
    return (*NATIONAL, *COPIED) if linked else MUNICIPAL


def write(world: World, folder: Path, *, linked: bool | None, identifiers: Identifiers) -> tuple[Path, ...]:
    """Write registers into `folder`, which is made.

    Args:
        world: the registers.
        folder: where; files of the same name are replaced.
        linked: False for the municipality's registers, True for those that are linked nationally with copies of the
            municipal ones they need, None for all.
        identifiers: "cpr" for made-up replacement numbers (day of birth + 60), each register in the format its
            system delivers; "pseudonym" for whole numbers of 60 bits, every register in Parquet sorted by person.

    Returns:
        The files written.
    """
    import duckdb

    folder.mkdir(parents=True, exist_ok=True)
    persons = world.tables["persons"]
    if identifiers == "cpr":
        keys: Any = cpr_numbers(values(persons, "birth_date"), codes(persons, "sex") == 1, world.seed)
    else:
        keys = pseudonyms(len(values(persons, "person")), world.seed)
    written = []
    names = registers_written(linked)
    with duckdb.connect() as session:
        session.execute("SET preserve_insertion_order = true")
        for name in names:
            if identifiers == "cpr" and name in SQLITE:
                continue
            written.append(_write_one(session, world, name, keys, folder, identifiers))
        if identifiers == "cpr" and set(SQLITE) <= set(names):
            written.append(_write_sqlite(session, world, keys, folder / SQLITE_FILE))
    return tuple(written)


def _write_one(
    session: duckdb.DuckDBPyConnection, world: World, name: str, keys: Any, folder: Path, identifiers: Identifiers
) -> Path:
    parquet = identifiers == "pseudonym" or name in PARQUET
    query = _query(session, world.tables[name], REGISTERS[name], keys, danish=not parquet)
    if parquet:
        path = folder / f"{name}.parquet"
        session.execute(f"COPY ({query}) TO '{_quoted(path)}' (FORMAT parquet, COMPRESSION zstd)")
        return path
    path = folder / f"{name}.csv"
    session.execute(f"COPY ({query}) TO '{_quoted(path)}' (FORMAT csv, DELIMITER ';', HEADER, QUOTE '\"')")
    # DuckDB writes UTF-8 only; the systems imitated here write Latin-1.
    path.write_bytes(path.read_bytes().decode("utf-8").encode("latin-1"))
    return path


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")


def _query(session: duckdb.DuckDBPyConnection, table: Table, kinds: dict[str, Kind], keys: Any, *, danish: bool) -> str:
    """Register a table with DuckDB, and the query that gives its columns their types."""
    import pandas as pd

    arrays: dict[str, Any] = {}
    columns = []
    for name, column in table.items():
        if isinstance(column, Text):
            arrays[name] = categorical(column)
        elif kinds[name] == "person":
            arrays[name] = _with_keys(column, keys)
        else:
            arrays[name] = column
        columns.append(f"{_expression(name, kinds[name], danish=danish)} AS {name}")
    session.register("rows_", pd.DataFrame(arrays, copy=False))
    return f"SELECT {', '.join(columns)} FROM rows_"  # noqa: S608 - names of our own


def _with_keys(person: Any, keys: Any) -> Any:
    """The numbers of persons instead of their rows; none where there is no row."""
    import pandas as pd

    if keys.dtype.kind != "i":
        return pd.Categorical.from_codes(person, pd.Index(keys))
    return pd.arrays.IntegerArray(keys[person], person < 0)


def _expression(name: str, kind: Kind, *, danish: bool) -> str:
    """A column with its type; with `danish`, as systems print it: 31-12-2025, 7,5 and J or N."""
    day = f"(DATE '1970-01-01' + nullif({name}, {OPEN})::INTEGER)"
    number = f"CASE WHEN isnan({name}::DOUBLE) THEN NULL ELSE {name}::DOUBLE END"
    plain: dict[Kind, str] = {
        "person": name,
        "integer": f"{name}::BIGINT",
        "number": number,
        "date": day,
        "boolean": f"{name}::BOOLEAN",
        "text": f"{name}::VARCHAR",
    }
    printed: dict[Kind, str] = {
        "number": f"replace(({number})::VARCHAR, '.', ',')",
        "date": f"strftime({day}, '%d-%m-%Y')",
        "boolean": f"CASE WHEN {name} THEN 'J' ELSE 'N' END",
    }
    return (plain | printed if danish else plain)[kind]


def _write_sqlite(session: duckdb.DuckDBPyConnection, world: World, keys: Any, path: Path) -> Path:
    """The case system: a SQLite file with days as ISO texts."""
    path.unlink(missing_ok=True)
    types = {"integer": "INTEGER", "number": "REAL"}
    with sqlite3.connect(path) as connection:
        for name in SQLITE:
            kinds = REGISTERS[name]
            columns = ", ".join(f"{column} {types.get(kind, 'TEXT')}" for column, kind in kinds.items())
            connection.execute(f"CREATE TABLE {name} ({columns})")
            query = _query(session, world.tables[name], kinds, keys, danish=False)
            texts = ", ".join(
                f"{column}::VARCHAR" if kind in ("date", "person") else column for column, kind in kinds.items()
            )
            rows = session.execute(f"SELECT {texts} FROM ({query})").fetchall()  # noqa: S608 - names of our own
            places = ", ".join("?" * len(kinds))
            connection.executemany(f"INSERT INTO {name} VALUES ({places})", rows)  # noqa: S608 - names of our own
    connection.close()
    return path
