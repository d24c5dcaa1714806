"""Parquet files: read by the engine as they are."""

# ruff: noqa: S608
# names and texts in SQL go through pejl.engines.sql_text

from __future__ import annotations

from pathlib import Path

from pejl.engines import Session
from pejl.engines.sql_text import literal, quoted
from pejl.registers.csv_files import found_columns
from pejl.registers.formats import CANONICAL, IN_PLACE
from pejl.registers.sources import Reading, located, read_columns, shown
from pejl.workspace.registers import Register


def parquet_reading(root: Path, register: Register, session: Session) -> Reading:
    """Return the reading of a register's Parquet files; their rows are numbered.

    The files can be used in place when they hold the declared columns under their own names and types. Whether their
    cells need no conversion either is for the checks to find out.

    Raises:
        SourceError: a file or a column is missing.
        EngineError: a file is no Parquet file.
    """
    files = located(root, register.data)
    names = ", ".join(literal(str(file)) for file in files)
    read = f"read_parquet([{names}], file_row_number=true)"
    described = {str(row[0]): str(row[1]) for row in session.fetch(f"DESCRIBE SELECT * FROM {read}")}
    there = [name for name in described if name != "file_row_number"]
    columns = read_columns(register)
    wanted = {each.name: each.source_name or each.name for each in columns}
    places = found_columns(wanted, there, shown(root, files[0]))
    natives = {each.name: described[there[places[each.name]]] for each in columns}
    cells = ", ".join(f"{quoted(there[place])} AS {quoted(name)}" for name, place in places.items())
    as_declared = all(
        there[places[each.name]] == each.name
        and each.type != "cpr"
        and natives[each.name] in IN_PLACE[CANONICAL[each.type]]
        for each in columns
    )
    return Reading(
        f"SELECT {cells}, CAST(file_index AS BIGINT) AS _file, file_row_number + 1 AS _row FROM {read}",
        natives,
        tuple(shown(root, file) for file in files),
        numbered=True,
        in_place=files if as_declared else (),
    )
