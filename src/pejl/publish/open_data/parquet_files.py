"""Parquet, written by DuckDB with one thread, so that the same figures give the same bytes.

The statements are put together from names and literals that are quoted here.
"""

# ruff: noqa: S608

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pejl.publish.open_data.columns import TYPES, column_of_dimension, columns
from pejl.publish.open_data.csv_files import FigureLines
from pejl.publish.open_data.labels import Label
from pejl.publish.open_data.tables import FigureTable, Vocabulary
from pejl.publish.open_data.texts import unchanged
from pejl.release.public import ALL

if TYPE_CHECKING:
    import duckdb

ROWS_IN_GROUP = 500_000


@dataclass(frozen=True, slots=True)
class Source:
    """Where figures stand already, as Parquet.

    Attributes:
        files: in the order of their figures.
        dimensions: those that any of the files has a column for.
        between: the first and the last indicator that is taken, where not all are.
    """

    files: tuple[Path, ...]
    dimensions: Collection[str]
    between: tuple[str, str] | None = None


class ParquetWriter:
    """Writes Parquet files one after the other over one connection."""

    @cached_property
    def _scratch(self) -> tempfile.TemporaryDirectory[str]:
        return tempfile.TemporaryDirectory(prefix="pejl-")

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        import duckdb

        connection = duckdb.connect(config={"threads": 1, "preserve_insertion_order": True})
        connection.execute("SET enable_progress_bar = false")
        return connection

    def write(self, table: FigureTable, label: Label, file: Path) -> None:
        """Write the figures of an indicator, with words beside the codes, to `file`.

        They are read from lines of CSV, in which numbers stand so that exactly the same ones come back; in these lines
        no text is made harmless for spreadsheets, which do not read Parquet unasked.
        """
        lines = Path(self._scratch.name, "figures.csv")
        lines.write_bytes(FigureLines(table, label, guard=unchanged).file())
        told = columns(table.dimensions, table.vocabulary, labelled=True)
        types = ", ".join(f"{_text(each.name)}: {_text(TYPES[each.type])}" for each in told)
        read = "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', parallel = false"
        self._copy(f"FROM read_csv({_text(str(lines))}, {read}, columns = {{{types}}})", label, file)

    def write_all(
        self, sources: Sequence[Source], dimensions: Sequence[str], vocabulary: Vocabulary, label: Label, file: Path
    ) -> None:
        """Write the figures of all sources, in their order, to one file under `dimensions`; codes without words.

        Up to `ROWS_IN_GROUP` figures, the bytes depend on the figures alone and not on the sources they come from.
        """
        told = [each.name for each in columns(dimensions, vocabulary, labelled=False)]
        by = {column_of_dimension(dimension): dimension for dimension in dimensions}
        self._copy(" UNION ALL ".join(_selected(source, told, by) for source in sources), label, file)

    def content(self, table: FigureTable, label: Label) -> bytes:
        """Return the file of an indicator as bytes."""
        file = Path(self._scratch.name, "figures.parquet")
        self.write(table, label, file)
        return file.read_bytes()

    def close(self) -> None:
        """Let go of the connection and of what was written on the way."""
        if "_connection" in self.__dict__:
            self._connection.close()
        if "_scratch" in self.__dict__:
            self._scratch.cleanup()

    def __enter__(self) -> ParquetWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _copy(self, query: str, label: Label, file: Path) -> None:
        notice = _text(label.text(label.languages[0]))
        self._connection.execute(
            f"COPY ({query}) TO {_text(str(file))} (FORMAT parquet, COMPRESSION zstd, "
            f"ROW_GROUP_SIZE {ROWS_IN_GROUP}, KV_METADATA {{notice: {notice}}})"
        )


def _selected(source: Source, told: Sequence[str], by: Mapping[str, str]) -> str:
    """Return the query for the columns `told` of a source, of which those in `by` hold codes of dimensions."""

    def picked(name: str) -> str:
        if name not in by:
            return _name(name)
        there = by[name] in source.dimensions
        return f"coalesce({_name(name)}, '{ALL}') AS {_name(name)}" if there else f"'{ALL}' AS {_name(name)}"

    listed = ", ".join(_text(str(each)) for each in source.files)
    query = f"SELECT {', '.join(map(picked, told))} FROM read_parquet([{listed}], union_by_name = true)"
    if source.between is None:
        return query
    first, last = map(_text, source.between)
    return f"{query} WHERE indicator BETWEEN {first} AND {last}"


def _text(told: str | None) -> str:
    """Return a literal of SQL; a character that literals cannot hold is put in by its number."""
    if told is None:
        return "NULL"
    quoted = told.replace("'", "''")
    return f"'{quoted}'" if "\0" not in told else "'" + quoted.replace("\0", "' || chr(0) || '") + "'"


def _name(told: str) -> str:
    return '"' + told.replace('"', '""') + '"'
