"""The worlds of these tests, made once."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from pejl.demo.generator import DEMO_CITIZENS, DEMO_SEED, generate, write
from pejl.demo.generator.tables import REGISTERS
from pejl.demo.generator.world import World


@cache
def town() -> World:
    """20,000 citizens, as `pejl demo` makes them."""
    return generate(DEMO_CITIZENS, DEMO_SEED)


@cache
def frame(name: str) -> Any:
    """A register of the town for pandas; not to be changed by a test."""
    return town().frame(name)


@cache
def village() -> World:
    return generate(1500, 7)


@cache
def registers() -> duckdb.DuckDBPyConnection:
    """The whole town as written, with pseudonyms, one view for each register."""
    folder = Path(tempfile.mkdtemp())
    write(town(), folder, linked=None, identifiers="pseudonym")
    session = duckdb.connect()
    for name in REGISTERS:
        session.execute(f"CREATE TABLE {name} AS SELECT * FROM '{folder / name}.parquet'")
        (folder / f"{name}.parquet").unlink()
    folder.rmdir()
    session.execute("CREATE MACRO until(day) AS coalesce(day, DATE '9999-12-31')")
    session.execute(
        """
        CREATE TABLE stretches AS  -- unbroken stretches of living here
        WITH marked AS (
            SELECT person, from_day, until(to_day) AS to_day,
                   coalesce(from_day = lag(to_day) OVER (PARTITION BY person ORDER BY from_day) + 1, false) AS goes_on
            FROM residence),
        counted AS (
            SELECT *, sum((NOT goes_on)::INT) OVER (PARTITION BY person ORDER BY from_day) AS stretch FROM marked)
        SELECT person, min(from_day) AS from_day, max(to_day) AS to_day FROM counted GROUP BY person, stretch
        """
    )
    return session


def number(sql: str) -> int:
    """The one number a query gives."""
    row = registers().execute(sql).fetchone()
    assert row is not None
    return int(row[0])
